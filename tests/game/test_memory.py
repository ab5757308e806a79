"""What is taken from memory is, byte by byte, what a fresh look would show: to everybody, at every event of a game."""

from __future__ import annotations

import msgspec
import pytest

from game import history
from game.decisions import Ready, Say
from game.memory import Memory
from game.observation import FACILITATOR, OBSERVER, observe
from game.sections import Observation
from tests.game.bot_room import bot_game
from tests.game.cast import people_at

GAMES = [("cjk", seed) for seed in range(6)] + [(name, seed) for name in ("six2003", "camps2023") for seed in range(2)]
PUBLIC = ("room", "world", "texts", "promises", "history", "outcome")


@pytest.mark.parametrize(("scenario", "seed"), GAMES)
def test_a_remembered_look_is_a_fresh_look(scenario: str, seed: int) -> None:
    room = bot_game(scenario, seed, rounds=3)
    play, memory = room.opening, Memory()
    for event in room.log:
        play = history.apply(play, event)
        for viewer in (*play.scenario.seats, OBSERVER, FACILITATOR):
            remembered, fresh = observe(play, viewer, memory), observe(play, viewer)
            assert msgspec.json.encode(remembered) == msgspec.json.encode(fresh), (viewer, event)


def test_what_an_event_does_not_touch_is_not_made_again() -> None:
    room, memory = people_at(), Memory()
    before = observe(room.play, "CN", memory)
    room.act("JP", Say("hello"))
    room.act("JP", Ready())
    after = observe(room.play, "CN", memory)
    sections = set(Observation.__struct_fields__) - {"viewer", "seats"}
    assert {name for name in sections if getattr(before, name) is not getattr(after, name)} == {"room"}


def test_viewers_share_what_is_public_and_nothing_else() -> None:
    room, memory = people_at(), Memory()
    one, other, watching = (observe(room.play, viewer, memory) for viewer in ("CN", "JP", OBSERVER))
    for name in PUBLIC:
        assert getattr(one, name) is getattr(other, name) is getattr(watching, name)
    assert one.own is not None
    assert other.own is not None
    assert (one.own.seat, other.own.seat, watching.own) == ("CN", "JP", None)
    assert watching.may is None
    assert not one.seats
