"""The machine's clock is put right while a room plays: nothing ends early, nobody loses a socket, long gaps pause the room."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import running
from tests.faults.test_kill import open_room
from tests.faults.wire import Wire
from tests.live_server import LiveServer

pytestmark = [pytest.mark.faults, pytest.mark.slow]

HOUR = 3600.0
TURN = 2.5
"""Seconds in which the server's clock has looked at every room."""


class JumpyServer(LiveServer):
    """A server on a machine whose clock is wrong by `jump`."""

    @property
    def by(self) -> Path:
        return self.data.parent / "wrong-by"

    def jump(self, seconds: float) -> None:
        new = self.by.with_suffix(".new")
        new.write_text(str(seconds))
        new.replace(self.by)

    def program(self) -> list[str]:
        return [sys.executable, "-m", "tests.faults.jumping", str(self.by)]


@pytest.fixture
def jumpy(tmp_path: Path) -> Iterator[LiveServer]:
    server = JumpyServer(tmp_path / "data")
    server.jump(0)
    yield from running(server)


async def shown(wire: Wire) -> dict[str, object]:
    """Returns the room as it is now; the refusal of an act comes after everything before it."""
    await wire.act(f"look-{shown.count:015d}", {"type": "sponsor", "text": "none"})
    shown.count += 1
    room: dict[str, object] = wire.sections["room"]
    return room


shown.count = 0


async def test_no_jump_of_the_clock_ends_a_phase_early_or_cuts_anybody_off(jumpy: JumpyServer) -> None:
    code, tokens = await asyncio.to_thread(open_room, jumpy)
    alice, bob = [await Wire(jumpy.url, code, tokens[seat]).open() for seat in ("CN", "JP")]
    assert (await alice.act("start-0000000000001", {"type": "start"}))["ok"]
    before = await shown(alice)
    assert before["phase"] == "briefing"
    for step, seconds in enumerate((-HOUR, 1 - HOUR, 0.0, 1.0, 2.0, 3.0)):
        jumpy.jump(seconds)
        await asyncio.sleep(TURN if seconds == -HOUR else 0.7)
        assert (await bob.act(f"say-at-step-{step:06d}", {"type": "say", "text": f"it is {seconds}"}))["ok"]
        now = await shown(alice)
        assert (now["phase"], now["phase_no"], now["deadline_at"]) == ("briefing", 1, before["deadline_at"])
    for number, seconds in enumerate((HOUR, 26 * HOUR)):
        jumpy.jump(seconds)
        await asyncio.sleep(TURN)
        now = await shown(alice)
        assert now["phase"] == "briefing", "nobody's silence is scored"
        assert now["paused_at"] is not None
        reasons = [e["event"]["reason"] for e in alice.entries.values() if e["event"]["type"] == "paused"]
        assert reasons == ["downtime"] * (number + 1)
        assert (await bob.act(f"say-in-pause-{number:06d}", {"type": "say", "text": "still here"}))["ok"]
        assert (await alice.act(f"resume-{number:012d}", {"type": "resume"}))["ok"]
        now = await shown(bob)
        assert now["paused_at"] is None
        assert now["phase"] == "briefing"
    # No entry was missed, by the sockets of the beginning.
    assert len({entry["n"] for entry in bob.entries.values()}) == bob.n
    alice.cut()
    bob.cut()
