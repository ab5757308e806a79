"""Lean: a socket of a room that costs its own side next to nothing, so that it is the server that gives out first.

It says words with a number in them, notes when a number comes back, and acknowledges as a page does.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
from collections.abc import Callable
from urllib.parse import urlsplit

NUMBER = re.compile(rb"@a(\d{9})@")
PLACE = re.compile(rb'"n":(\d+)')
ACK_MESSAGES, ACK_SECONDS = 8, 4.0
WORDS = (
    "We could live with that, if the patrols stop first and the payments come in the same year, as you said yesterday."
)


class Lean(asyncio.Protocol):
    """One socket; `hear(number)` is called for every number in what comes, `refused` counts what the server refused."""

    def __init__(self, host: str, code: str, token: str, hear: Callable[[int], None]) -> None:
        self.hear = hear
        self.refused = self.unread = 0
        self.last = b""
        self.is_closed = False
        self.greeted = asyncio.get_running_loop().create_future()
        self._buffer = bytearray()
        self._is_open = False
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET /r/{code}/ws/ HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", f"Cookie: seat={token}"]
        lines += ["Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
        self._knock = "\r\n".join([*lines, "", ""]).encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._knock)

    def connection_lost(self, _: Exception | None) -> None:
        self.is_closed = True
        if not self.greeted.done():
            self.greeted.set_exception(ConnectionError("closed before the welcome"))

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer
        buffer += data
        if not self._is_open:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            del buffer[: end + 4]
            self._is_open = True
            self.send({"type": "hello", "protocol": 1, "epoch": None, "last": 0})
        while len(buffer) >= 2:
            size, start = buffer[1] & 0x7F, 2
            if size == 126:
                size, start = int.from_bytes(buffer[2:4], "big"), 4
            elif size == 127:
                size, start = int.from_bytes(buffer[2:10], "big"), 10
            if len(buffer) < start + size or (start > 2 and len(buffer) < start):
                return
            frame = bytes(buffer[start : start + size])
            del buffer[: start + size]
            self._take(frame)

    def _take(self, frame: bytes) -> None:
        head = frame[:24]
        if head.startswith((b'{"type":"update"', b'{"type":"welcome"')):
            for number in NUMBER.findall(frame):
                self.hear(int(number))
            self.last, self.unread = frame, self.unread + 1
            if not self.greeted.done():
                self.greeted.set_result(None)
            if self.unread >= ACK_MESSAGES:
                self.acknowledge()
        elif head.startswith(b'{"type":"beat"'):
            beat = json.loads(frame)
            self.send({"type": "beat", "n": beat["n"], "digests": beat["digests"]})
        elif b'"ok":false' in frame[:120]:
            self.refused += 1

    def acknowledge(self) -> None:
        if self.unread and not self.is_closed and (place := PLACE.search(self.last)):
            self.unread = 0
            self.send({"type": "ack", "n": int(place[1])})

    def say(self, number: int) -> None:
        """Says the number to all."""
        decision = {"type": "say", "text": f"@a{number:09d}@ {WORDS}"}
        self.send({"type": "act", "id": f"ramp-{number:015d}", "epoch": 0, "decision": decision})

    def send(self, message: dict[str, object]) -> None:
        data = json.dumps(message).encode()
        size = len(data)
        # A mask of zeros is a mask: the server undoes it like any other, and here it costs nothing.
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self.transport.write(b"\x81" + length + b"\0\0\0\0" + data)


async def opened(home: str, code: str, token: str, hear: Callable[[int], None]) -> Lean:
    """Returns a socket that has been welcomed."""
    host = urlsplit(home).netloc
    name, port = host.split(":")
    loop = asyncio.get_running_loop()
    _, socket = await loop.create_connection(lambda: Lean(host, code, token, hear), name, int(port))
    await asyncio.wait_for(socket.greeted, 30)
    return socket
