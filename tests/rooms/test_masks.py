"""The bits of an entry and what the rules show of it are one and the same."""

from __future__ import annotations

import typing

import pytest

from game import events as e
from game.observation import visible
from game.records import EMPTY_ORDER
from negotiation.rooms import chain
from negotiation.rooms.masks import bit_of, mask_of, viewers
from negotiation.rooms.models import Entry
from tests.rooms.cast import TALKS, Table

SEATS = ("CN", "JP", "KR")
EVERYBODY = 0b11111
CN, JP, KR, OBSERVER, FACILITATOR = (1 << bit for bit in range(5))

MASKS: list[tuple[e.AnyEvent, int]] = [
    (e.Seated("CN", "people"), EVERYBODY),
    (e.PhaseBegan("talk", 1, 1, 0.0), EVERYBODY),
    (e.Said("CN", "Good morning."), EVERYBODY),
    (e.Said("CN", "Between us.", to=("JP",)), CN | JP | FACILITATOR),
    (e.Said(None, "Welcome."), EVERYBODY),
    (e.Published("PR", "Talks stall."), EVERYBODY),
    (e.AgendaSet("Fish"), EVERYBODY),
    (e.Offered(1, TALKS), EVERYBODY),
    (e.Reserved("JP", 1, "Not us."), EVERYBODY),
    (e.Counselled("JP", "1a", "yes", 3), JP | FACILITATOR),
    (e.Hidden("CN", 0.0), EVERYBODY),
    (e.Hidden("CN", 0.0, to=("JP",)), CN | JP | FACILITATOR),
    (e.Met(("CN", "JP")), EVERYBODY),
    (e.Proposed("1a", 1, TALKS), EVERYBODY),
    (e.Sponsored("1a", "JP"), EVERYBODY),
    (e.Withdrawn("1a"), EVERYBODY),
    (e.Voted("1a", "JP", "yes"), EVERYBODY),
    (e.Adopted("1a", 1, TALKS), EVERYBODY),
    (e.Failed("1a", "voted_down"), EVERYBODY),
    (e.Drafted("JP", TALKS), JP | FACILITATOR),
    (e.Ordered("KR", EMPTY_ORDER, 1, "nonce", "digest"), KR | FACILITATOR),
    (e.Readied("KR", ready=True), EVERYBODY),
    (e.Paused(0.0), EVERYBODY),
    (e.Resumed(0.0), EVERYBODY),
    (e.Extended(0.0, 60), EVERYBODY),
    (e.Rewound(1, 1, 0.0), EVERYBODY),
    (e.Injected("News."), EVERYBODY),
    (e.WindowOpened("thaw"), EVERYBODY),
    (e.CrisisStaged("K", 2), EVERYBODY),
    (e.Injected("Intelligence.", to=("JP",)), JP | FACILITATOR),
]


def test_a_mask_stands_here_for_every_type_of_event() -> None:
    # The two that carry a whole world come from a game that was played: below.
    listed = {type(event) for event, _ in MASKS} | {e.Resolved, e.Ended}
    assert listed == set(typing.get_args(e.AnyEvent))


@pytest.mark.parametrize(("event", "mask"), MASKS, ids=lambda value: type(value).__name__)
def test_an_event_is_for_its_audience_and_nobody_else(event: e.AnyEvent, mask: int) -> None:
    assert bin(mask_of(SEATS, event)) == bin(mask)


@pytest.mark.parametrize("event", [event for event, _ in MASKS], ids=lambda event: type(event).__name__)
def test_a_bit_stands_exactly_where_the_rules_show_something(event: e.AnyEvent) -> None:
    for viewer in viewers(SEATS):
        has_bit = bool(mask_of(SEATS, event) >> bit_of(SEATS, viewer) & 1)
        assert has_bit == (visible(event, viewer) is not None), viewer


def test_in_a_whole_game_every_entry_has_the_bits_of_those_who_may_know() -> None:
    table = Table()
    table.play_all()
    kinds = set()
    for entry in Entry.objects.filter(room_id=table.pk):
        kinds.add(entry.kind)
        event = chain.event_of(entry)
        for bit, viewer in enumerate(viewers(SEATS)):
            assert bool(entry.mask >> bit & 1) == (visible(event, viewer) is not None), (entry, viewer)
    assert {"resolved", "ended", "ordered", "met"} <= kinds
