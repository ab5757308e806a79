"""The disk is full: acts are refused with a reason, nothing is acknowledged, reading goes on; and then there is room again."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import running
from tests.faults.test_kill import Visitor, open_room, texts_said
from tests.faults.wire import Wire
from tests.live_server import LiveServer

pytestmark = [pytest.mark.faults, pytest.mark.slow]


class CrampedServer(LiveServer):
    """A server whose disk a test may fill."""

    def program(self) -> list[str]:
        return [sys.executable, "-m", "tests.faults.cramped"]

    def fill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGUSR1)

    def free(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGUSR2)


@pytest.fixture
def cramped(tmp_path: Path) -> Iterator[LiveServer]:
    yield from running(CrampedServer(tmp_path / "data"))


async def test_a_full_disk_refuses_acts_and_takes_them_again_without_a_restart(cramped: CrampedServer) -> None:
    code, tokens = await asyncio.to_thread(open_room, cramped)
    wires = [await Wire(cramped.url, code, tokens[seat]).open() for seat in tokens]
    assert (await wires[0].act("start-0000000000001", {"type": "start"}))["ok"]
    cramped.fill()
    acknowledged, refused = [], []
    for i in range(5):
        for wire, seat in zip(wires, tokens, strict=True):
            text = f"{seat} {i} " + "x" * 1900
            id_ = f"words-{seat}-{i:010d}"
            answer = await wire.act(id_, {"type": "say", "text": text})
            if answer["ok"]:
                acknowledged.append(text)
            else:
                assert answer["refusal"]["code"] == "storage_full", answer
                refused.append((wire, id_, text))
    assert refused, "the disk never was full"
    assert await asyncio.to_thread(texts_said, cramped) == acknowledged
    # Reading goes on: a page loads, and a new socket gets its view.
    page = Visitor(cramped.url)
    assert "<title>" in await asyncio.to_thread(page.get, "/")
    fresh = await Wire(cramped.url, code, tokens["KR"]).open()
    assert fresh.sections["room"]["phase"] == "briefing"
    cramped.free()
    for wire, id_, text in refused:
        while not (answer := await wire.act(id_, {"type": "say", "text": text}))["ok"]:
            assert answer["refusal"]["code"] == "too_fast", answer
            await asyncio.sleep(answer["refusal"]["params"]["seconds"])
        acknowledged.append(text)
    assert await asyncio.to_thread(texts_said, cramped) == acknowledged
    for wire in (*wires, fresh):
        wire.cut()
