"""Wire: a browser's part of a WebSocket over a real network, small enough to be cut at any moment."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import struct
from typing import Any
from urllib.parse import urlsplit

Message = dict[str, Any]


class Cut(Exception):
    """The connection is gone; `code` is that of the close, if there was one."""

    def __init__(self, code: int | None = None) -> None:
        self.code = code
        super().__init__(code)


class Wire:
    """One socket of one person. Keeps sections and entries as a page does, and acknowledges what it draws."""

    def __init__(self, home: str, code: str, token: str) -> None:
        self.host = urlsplit(home).netloc
        self.relay = ""
        """Where the way to the host leads by, if not straight there."""
        self.path = f"/r/{code}/ws/"
        self.token = token
        self.proof: str | None = None
        """What is shown at the door instead of the cookie with the token."""
        self.sections: dict[str, Any] = {}
        self.entries: dict[int, Message] = {}
        self.epoch: int | None = None
        self.n = 0
        self.writer: asyncio.StreamWriter | None = None

    async def open(self) -> Wire:
        """Connects, says hello from where it stands, and returns when the answer is there."""
        await self.shake_hands()
        await self.send({"type": "hello", "protocol": 1, "epoch": self.epoch, "last": self.n})
        await self.hear("welcome", "update")
        return self

    async def shake_hands(self) -> None:
        """Connects and says nothing yet."""
        self.cut()
        host, port = (self.relay or self.host).split(":")
        self.reader, self.writer = await asyncio.open_connection(host, int(port))
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {self.path} HTTP/1.1",
            f"Host: {self.host}",
            f"Origin: http://{self.host}",
            self.proof or f"Cookie: seat={self.token}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        self.writer.write("\r\n".join([*lines, "", ""]).encode())
        answer = await self.reader.readuntil(b"\r\n\r\n")
        assert b" 101 " in answer.splitlines()[0], answer

    async def come_back(self, seconds: float = 30) -> Wire:
        """Tries until the server is there again."""
        async with asyncio.timeout(seconds):
            while True:
                try:
                    return await self.open()
                except (OSError, Cut, asyncio.IncompleteReadError):
                    await asyncio.sleep(0.1)

    def cut(self) -> None:
        if self.writer is not None:
            self.writer.transport.abort()

    async def send(self, message: Message) -> None:
        assert self.writer is not None
        data = json.dumps(message).encode()
        mask = os.urandom(4)
        head = bytes([0x81])
        head += bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(data))
        self.writer.write(head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)))

    async def act(self, id_: str, decision: Message) -> Message:
        """Acts under the id and returns the answer. Raises `Cut`."""
        await self.send({"type": "act", "id": id_, "epoch": self.epoch, "decision": decision})
        while (answer := await self.hear("answer"))["id"] != id_:
            pass
        return answer

    async def hear(self, *types: str, seconds: float = 20) -> Message:
        """Returns the next message of one of the types; raises `Cut` when the connection ends."""
        async with asyncio.timeout(seconds):
            while True:
                message = json.loads(await self._frame())
                if message["type"] in ("welcome", "update"):
                    await self._draw(message)
                if message["type"] in types:
                    return message

    async def _draw(self, message: Message) -> None:
        if message["type"] == "welcome":
            self.entries = {}
        self.sections |= message["sections"]
        self.entries |= {entry["n"]: entry for entry in message["entries"]}
        self.epoch, self.n = message["epoch"], message["n"]
        await self.send({"type": "ack", "n": self.n})

    async def _frame(self) -> bytes:
        try:
            while True:
                first, second = await self.reader.readexactly(2)
                size = second & 0x7F
                if size == 126:
                    (size,) = struct.unpack(">H", await self.reader.readexactly(2))
                elif size == 127:
                    (size,) = struct.unpack(">Q", await self.reader.readexactly(8))
                data = await self.reader.readexactly(size)
                if first & 0x0F == 0x8:
                    raise Cut(struct.unpack(">H", data[:2])[0] if data else None)
                if first & 0x0F == 0x1:
                    return data
        except (asyncio.IncompleteReadError, ConnectionError):
            raise Cut from None
