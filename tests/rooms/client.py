"""Client: a socket of the real application as a page would use it, without a network."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import msgspec
from channels.testing import WebsocketCommunicator

from negotiation.asgi import application
from negotiation.rooms.messages import ServerMessage
from tests.rooms.cast import new_id

Message = dict[str, Any]
published: msgspec.json.Decoder[Any] = msgspec.json.Decoder(ServerMessage)


class Client:
    """Keeps what it hears, as the page does: the newest sections, the entries, and the answers by id."""

    def __init__(self, code: str, token: str | None, query: str = "") -> None:
        headers = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
        if token:
            headers.append((b"cookie", f"seat={token}".encode()))
        self.socket = WebsocketCommunicator(application, f"/r/{code}/ws/{query}", headers=headers)
        self.sections: dict[str, Any] = {}
        self.entries: list[Message] = []
        self.epoch: int | None = None
        self.n = 0
        self.acks = True
        self.welcomes = 0

    async def open(self, **hello: Any) -> Client:
        """Connects, says hello and returns when the first view is there."""
        connected, _ = await self.socket.connect(timeout=5)
        assert connected
        await self.send({"type": "hello", "protocol": 1, "epoch": None, "last": 0} | hello)
        await self.hear("welcome", "update")
        return self

    async def close(self) -> None:
        await self.socket.disconnect()

    async def send(self, message: Message | str) -> None:
        await self.socket.send_to(text_data=message if isinstance(message, str) else json.dumps(message))

    async def hear(self, *types: str, seconds: float = 5) -> Message:
        """Returns the next message of one of the types; takes in what comes before it."""
        async with asyncio.timeout(seconds):
            while True:
                text = await self.socket.receive_from(timeout=seconds)
                published.decode(text)
                message: Message = json.loads(text)
                await self._take(message)
                if message["type"] in types:
                    return message

    async def nothing(self, seconds: float = 0.3) -> bool:
        return await self.socket.receive_nothing(timeout=seconds)

    async def act(self, decision: Message, **more: Any) -> Message:
        """Acts and returns the answer."""
        await self.send({"type": "act", "id": new_id(), "epoch": self.epoch, "decision": decision} | more)
        return await self.hear("answer")

    async def ask(self, question: Message) -> Message:
        await self.send({"type": "ask", "id": new_id(), "question": question})
        return await self.hear("reply")

    async def closed(self, seconds: float = 5) -> int:
        """Returns the code with which the server closes, passing over all else."""
        async with asyncio.timeout(seconds):
            while True:
                output = await self.socket.receive_output(timeout=seconds)
                if output["type"] == "websocket.close":
                    return int(output["code"])

    async def until_n(self, n: int) -> None:
        """Hears until entry `n` is there."""
        while self.n < n:
            await self.hear("welcome", "update")

    async def _take(self, message: Message) -> None:
        if message["type"] not in ("welcome", "update"):
            return
        if message["type"] == "welcome":
            self.entries = []
            self.welcomes += 1
        self.sections |= message["sections"]
        numbers = [entry["n"] for entry in message["entries"]]
        assert numbers == list(range(message["n"] - len(numbers) + 1, message["n"] + 1)), "a gap"
        last = self.entries[-1]["n"] if self.entries else 0
        assert not self.entries or not numbers or numbers[0] <= last + 1, "a gap"
        self.entries += [entry for entry in message["entries"] if entry["n"] > last]
        self.epoch, self.n = message["epoch"], message["n"]
        if self.acks:
            await self.send({"type": "ack", "n": self.n})

    def events(self, kind: str) -> list[Message]:
        return [entry["event"] for entry in self.entries if entry["event"]["type"] == kind]
