"""The log is the truth: folding it again gives the same game, and every beginning of it is a game."""

from __future__ import annotations

import os
import random

import msgspec
import pytest

from game import history
from game.events import PHASES, decoder, encoder
from game.observation import FACILITATOR, OBSERVER, observe, visible
from game.play import Play
from tests.game.bot_room import bot_game

REPLAYS = int(os.environ.get("REPLAYS", "100"))
"""Games in a run; `REPLAYS=500` before a change of the rules or of the log."""
GAMES = [(name, seed) for seed in range(REPLAYS) for name in ("cjk", "six2003", "cjk", "thaad2017", "camps2023")][
    :REPLAYS
]


def check_is_a_game(play: Play) -> None:
    """Assert what holds in every play, however few of its events have happened."""
    n = len(play.scenario.seats)
    assert play.phase in PHASES
    assert 0 <= play.round <= play.rounds
    assert len(play.marks) == play.phase_no + (0 if play.is_over else 1)
    assert play.marks[-1].phase_no == len(play.marks) - 1
    assert play.world.round == len(play.played)
    assert play.world.round in (play.round, max(play.round - 1, 0))
    for values in (play.holders, play.ready, play.missed, play.orders, play.drafts):
        assert len(values) == n
    assert sum(text.status == "adopted" and not text.package.side for text in play.texts) <= 1
    assert len({text.id for text in play.texts}) == len(play.texts)
    assert all(0 <= worth <= 150 for worth in play.world.W)
    assert (play.ended is not None) == play.is_over


def test_replaying_games_of_bots_gives_the_same_games() -> None:
    assert len(GAMES) == REPLAYS
    for scenario, seed in GAMES:
        room = bot_game(scenario, seed)
        written = [encoder.encode(event) for event in room.log]
        play = room.opening
        for line in written:
            play = history.apply(play, decoder.decode(line))
            check_is_a_game(play)
        assert play == room.play, f"{scenario} seed {seed}"
        # A whole number becomes a float when it is read; after that the bytes never change.
        again = [encoder.encode(decoder.decode(line)) for line in written]
        assert [encoder.encode(decoder.decode(line)) for line in again] == again


@pytest.mark.parametrize("scenario", ["cjk", "camps2023"])
def test_every_prefix_can_be_seen_by_everybody(scenario: str) -> None:
    room = bot_game(scenario, 7)
    viewers = (*room.play.scenario.seats, OBSERVER, FACILITATOR)
    play = room.opening
    for event in room.log:
        play = history.apply(play, event)
        for viewer in viewers:
            msgspec.json.encode(observe(play, viewer))
            msgspec.json.encode(visible(event, viewer))


def test_the_same_seed_brings_the_same_game_and_another_one_another() -> None:
    assert bot_game("cjk", 3).log == bot_game("cjk", 3).log
    assert bot_game("cjk", 3).log != bot_game("cjk", 4).log


def test_bots_are_never_refused_in_live_rooms() -> None:
    rng = random.Random(0)
    for _ in range(40):
        bot_game("six2003", rng.randrange(10**6), rounds=3)
