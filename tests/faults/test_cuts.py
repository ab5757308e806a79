"""The line breaks after every single message, heard or sent: the page comes back, misses nothing and counts nothing twice."""

from __future__ import annotations

import asyncio

import pytest

from tests.faults.test_kill import open_room
from tests.faults.wire import Cut, Message, Wire
from tests.live_server import LiveServer

pytestmark = [pytest.mark.faults, pytest.mark.slow]

PACKAGE = {"sponsor": "JP", "duties": [{"by": "JP", "kind": "cap", "amount": 0}]}
SCRIPT: tuple[Message, ...] = (
    {"type": "say", "text": "one"},
    {"type": "draft", "package": PACKAGE},
    {"type": "say", "text": "two", "to": ["CN"]},
    {"type": "propose", "package": PACKAGE},
    {"type": "say", "text": "three"},
    {"type": "ready"},
)


class Fragile(Wire):
    """A socket that breaks once, after so many messages heard or sent."""

    heard_left = sent_left = -1

    async def _frame(self) -> bytes:
        frame = await super()._frame()
        self.heard_left -= 1
        if self.heard_left == 0:
            self.cut()  # with a reset, and before anybody read it
            raise Cut
        return frame

    async def send(self, message: Message) -> None:
        await super().send(message)
        self.sent_left -= 1
        if self.sent_left == 0:
            await asyncio.sleep(0.01)
            self.cut()
            raise Cut

    async def get_through(self, id_: str, decision: Message) -> Message:
        """Acts, and after a cut comes back and sends the same again."""
        while True:
            try:
                return await self.act(id_, decision)
            except (Cut, OSError):
                await self.come_back()


@pytest.mark.parametrize("way", ["heard", "sent"])
async def test_a_cut_after_any_message_changes_nothing(own_server: LiveServer, way: str) -> None:
    for after in range(1, 100):
        code, tokens = await asyncio.to_thread(open_room, own_server, preset="")
        china = await Wire(own_server.url, code, tokens["CN"]).open()
        assert (await china.act("start-0000000000001", {"type": "start"}))["ok"]
        japan = Fragile(own_server.url, code, tokens["JP"])
        setattr(japan, f"{way}_left", after)
        await japan.come_back()
        for i, decision in enumerate(SCRIPT):
            assert (await china.act(f"china-{i:012d}", {"type": "say", "text": f"China {i}"}))["ok"]
            answer = await japan.get_through(f"japan-{i:012d}", decision)
            assert answer["ok"], answer
        is_over = getattr(japan, f"{way}_left") > 0
        japan.heard_left = japan.sent_left = -1
        await japan.get_through("the-last-of-all-001", {"type": "sponsor", "text": "none"})
        fresh = await Wire(own_server.url, code, tokens["JP"]).open()
        assert {name: s for name, s in japan.sections.items() if name != "people"} == {
            name: s for name, s in fresh.sections.items() if name != "people"
        }
        assert list(japan.entries.values()) == list(fresh.entries.values())
        said = [e["event"]["text"] for e in japan.entries.values() if e["event"]["type"] == "said"]
        assert sorted(said) == sorted(["one", "two", "three", *(f"China {i}" for i in range(len(SCRIPT)))])
        assert [text["id"] for text in fresh.sections["texts"]["texts"]] == ["1a"]
        for wire in (china, japan, fresh):
            wire.cut()
        if is_over:
            break
    assert is_over, "the script was longer than the test"
    assert after > len(SCRIPT)
