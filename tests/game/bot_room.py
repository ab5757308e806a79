"""Whole games by bots through `decide` and `apply`, the path that people take."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from game.bots import get
from game.decisions import Appoint, Start
from game.observation import view
from game.refusals import Refused
from tests.game.cast import Room

CAST = ("passive", "yes_only", "inst", "tft", "grit", "hedger", "bargainer", "hawk", "cheat", "random")
"""Who is drawn, in this order: games of a seed stay what they are when a bot joins the list."""


def bot_game(
    scenario: str,
    seed: int,
    *,
    before: Callable[[Room], None] | None = None,
    rounds: int | None = None,
    **settings: Any,
) -> Room:
    """Return a finished game of bots drawn by `seed`; `before` is called before every decision."""
    rng = random.Random(seed)
    room = Room(scenario, seed=f"{seed:032x}", rounds=rounds, **settings)
    for seat in room.play.scenario.seats:
        room.act("facilitator", Appoint(seat, f"bot:{rng.choice(CAST)}"))
    room.act("facilitator", Start())
    for _ in range(400):
        for seat in room.play.scenario.seats:
            name = room.play.holder(seat).removeprefix("bot:")
            phase = room.play.phase_no
            for decision in get(name).decide(view(room.play, seat), rng):
                if room.play.phase_no != phase:
                    break
                if before:
                    before(room)
                try:
                    room.act(seat, decision, by=None)
                except Refused as refused:
                    raise AssertionError(f"{name} at {seat} was refused: {refused}") from refused
        if room.play.is_over:
            return room
    raise AssertionError(f"the game stands still in {room.play.phase} of round {room.play.round}")
