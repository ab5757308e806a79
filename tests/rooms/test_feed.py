"""What a feed has heard bit by bit is what a fresh process reads from the log: for everybody, at every step."""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any

import pytest

from game.decisions import Draft, End, GiveOrder, Inject, Pause, Propose, Ready, Resume, Rewind, Say, Vote
from game.records import Order
from negotiation.rooms import feed, log, plays
from negotiation.rooms.boot import first_view
from negotiation.rooms.database import db
from negotiation.rooms.masks import viewers
from negotiation.rooms.models import Entry
from negotiation.rooms.sight import Sight
from tests.rooms.cast import HOLD_BACK, SEATS, TALKS, Table

VIEWERS = viewers(("CN", "JP", "KR"))


def heard(sight: Sight) -> dict[str, Any]:
    """Returns what the sockets of this view have been told, but for the instant."""
    return json.loads(sight.greeting(sight.since(sight.n - len(sight.tail), 999), 0, 0, whole=True)) | {"now": 0}


def told_afresh(table: Table, viewer: str, entries: int) -> dict[str, Any]:
    plays.forget_all()
    return first_view(table.room, table.play, viewer, 0, entries) | {"now": 0, "more": False}


def some_act(table: Table, rng: random.Random) -> None:
    """Does something that may or may not be allowed."""
    name = rng.choice(list(SEATS))
    others = [seat for seat in SEATS.values() if seat != SEATS[name]]
    texts = [text.id for text in table.play.texts] or ["1a"]
    choices: list[Any] = [
        Say(f"words {rng.random()}"),
        Say(f"secret {rng.random()}", to=tuple(rng.sample(others, rng.randint(1, 2)))),
        Propose(rng.choice([TALKS, HOLD_BACK])),
        Draft(TALKS),
        Vote(rng.choice(texts), rng.choice(["yes", "no"])),
        GiveOrder(Order(posture=rng.choice([0, 1]))),
        Ready(),
        Ready(),
    ]
    table.act(name, rng.choice(choices))
    if rng.random() < 0.1:
        table.facilitate(rng.choice([Pause(), Resume(), Inject("news"), Inject("a leak", to=("KR",)), Rewind(1)]))


@pytest.mark.parametrize("seed", range(4))
async def test_hearing_bit_by_bit_is_reading_the_log(fresh: None, seed: int) -> None:
    rng = random.Random(seed)
    table = await db(Table)
    open_feed = await feed.enter(table.pk)
    assert open_feed is not None
    sights = {viewer: open_feed.sight(viewer) for viewer in VIEWERS}
    for step in range(40):
        await db(some_act, table, rng)
        if rng.random() < 0.2:
            await db(table.all_ready)
        if step == 38:
            await db(table.facilitate, Resume())
            await db(table.facilitate, End())
        room = await db(lambda: table.room)
        assert open_feed.n == room.n, "the bell was not heard"
        if step % 5 and step < 38:
            continue
        for viewer, sight in sights.items():
            assert heard(sight) == await db(told_afresh, table, viewer, len(sight.tail)), (step, viewer)
            assert sight.n == room.counts[sight.bit]


class Ear:
    """A socket that counts how often it is told of something."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.woken = 0

    def wake(self) -> None:
        self.woken += 1

    async def turn(self) -> None:
        """Has nothing to send."""


async def test_nobody_is_woken_by_what_is_not_theirs_to_see(fresh: None) -> None:
    table = await db(Table)
    open_feed = await feed.enter(table.pk)
    assert open_feed is not None
    ears = {name: Ear(table.joined[name].delegate.number) for name in ("alice", "bob", "carol", "dora")}
    for name, ear in ears.items():
        open_feed.join(ear)
        open_feed.sight({"dora": "observer"}.get(name) or SEATS[name])
    # That two met in private is told to all, once a phase.
    await db(table.act, "alice", Say("Between us.", to=("JP",)))
    await asyncio.sleep(0.1)
    before = {name: ear.woken for name, ear in ears.items()}
    await db(table.act, "alice", Say("And this.", to=("JP",)))
    await asyncio.sleep(0.1)
    assert {name for name, ear in ears.items() if ear.woken > before[name]} == {"alice", "bob"}


def test_numbers_count_what_the_viewer_may_see_and_nothing_else() -> None:
    table = Table()
    table.play_round()
    before = table.room.counts
    table.act("alice", Say("again, in secret", to=("JP",)))
    met, after = before, table.room.counts
    # The two of them and the facilitator count the words; all count that they met, for the phase is new.
    assert [b - a for a, b in zip(met, after, strict=True)] == [2, 2, 1, 1, 2]
    table.act("alice", Say("and again", to=("JP",)))
    assert [b - a for a, b in zip(after, table.room.counts, strict=True)] == [1, 1, 0, 0, 1]
    for bit in range(5):
        seen = sum(entry.mask >> bit & 1 for entry in Entry.objects.filter(room_id=table.pk))
        assert seen == table.room.counts[bit]


def test_the_newest_lines_of_a_viewer_skip_what_it_may_not_know() -> None:
    table = Table()
    for i in range(5):
        table.act("alice", Say(f"secret {i}", to=("JP",)))
        table.act("alice", Say(f"public {i}"))
    lines = log.newest(table.pk, 2, upto=table.room.n, limit=3)
    assert [line.event.text for line in lines] == ["public 2", "public 3", "public 4"]  # type: ignore[union-attr]
    lines = log.newest(table.pk, 2, upto=table.room.n, skip=3, limit=2)
    assert [line.event.text for line in lines] == ["public 0", "public 1"]  # type: ignore[union-attr]
