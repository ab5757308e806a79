"""A room with fifty thousand events: whoever comes back with nothing sees it within a second, in a message of ordinary size."""

from __future__ import annotations

import time

import pytest

from game.events import Readied, Said
from negotiation.rooms import plays
from negotiation.rooms.database import db
from negotiation.rooms.log import writing
from tests.rooms.cast import Table
from tests.rooms.conftest import Connect

SPOKEN, READIED, SHARE = 40_000, 10_000, 1000
MOST_SECONDS, MOST_BYTES = 1.0, 512 * 1024


def fill(table: Table) -> None:
    """Lets the room have a long history, written as acts write it."""
    for first in range(0, SPOKEN, SHARE):
        with writing(table.pk, time.time()) as writer:
            writer.record(Said(seat="CN", text=f"Point {first + i} of our position.", by=1) for i in range(SHARE))
            writer.record(Readied("JP", ready=i % 2 == 0) for i in range(SHARE * READIED // SPOKEN))


@pytest.mark.slow
async def test_a_room_of_fifty_thousand_events_opens_within_a_second(connect: Connect) -> None:
    table = await db(Table)
    await db(fill, table)
    assert await db(lambda: table.room.n) > SPOKEN + READIED
    plays.forget_all()
    code = await db(lambda: table.code)
    began = time.perf_counter()
    bob = await connect(code, table.joined["bob"].token).open()
    cold = time.perf_counter() - began
    assert bob.sections["own"]["seat"] == "JP"
    assert 0 < len(bob.entries) < 500
    assert len(str(bob.sections)) + len(str(bob.entries)) < MOST_BYTES
    began = time.perf_counter()
    await connect(code, table.joined["carol"].token).open()
    warm = time.perf_counter() - began
    assert cold <= MOST_SECONDS, f"{cold:.2f} s"
    assert warm <= MOST_SECONDS / 2, f"{warm:.2f} s"
