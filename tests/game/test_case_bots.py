"""Bots of scorable and matrix games: what each answers, as truth tables; whole matches are held against others in test_validation."""

from __future__ import annotations

import random

import pytest

from game import bots, rulesets
from game.bots.dealers import likeness
from game.bots.movers import Mover
from game.records import Package
from game.scenario import NEWEST_RULES, load
from game.view import Ballot, View
from game.world import shown, start

LUCK = random.Random(1)
PD = load("prisoners", NEWEST_RULES)
FISH = load("fisheries", NEWEST_RULES)


def played(name: str, others: str) -> str:
    """Return what a bot plays, round by round, against these moves: C is kind, D harsh; one more than they are."""
    bot = bots.get(name)
    assert isinstance(bot, Mover)
    mine: list[bool] = []
    for k in range(len(others) + 1):
        mine.append(bot.harms(mine, [move == "D" for move in others[:k]]))
    return "".join("D" if harm else "C" for harm in mine)


@pytest.mark.parametrize(
    ("name", "others", "answers"),
    [
        ("kind", "DDD", "CCCC"),
        ("harsh", "CCC", "DDDD"),
        ("tit_for_tat", "CDDC", "CCDDC"),
        ("suspicious", "CDDC", "DCDDC"),
        ("two_tats", "DCDDC", "CCCCDC"),
        ("grudger", "CDCC", "CCDDD"),
        ("alternator", "DDDD", "CDCDC"),
        ("win_stay", "DDC", "CDCC"),
        ("win_stay", "CDCC", "CCDDD"),
        ("bully", "CDDC", "DDCCD"),
    ],
)
def test_a_mover_answers_as_its_table_says(name: str, others: str, answers: str) -> None:
    assert played(name, others) == answers


def test_a_coin_falls_both_ways_and_alike_for_the_same_seed() -> None:
    def scores(seed: int) -> tuple[float, ...]:
        return rulesets.of(PD).play_out(PD, {"CN": bots.get("coin"), "JP": bots.get("kind")}, seed, 10).scores

    assert scores(1) == scores(1)
    assert len({scores(seed) for seed in range(8)}) > 1


def test_with_several_others_half_of_them_are_the_others() -> None:
    four = load("winasmuch", NEWEST_RULES)
    view = View(four, "CN", "orders", 2, 10, shown(start(four)), None, moves=(("y", "x", "y", "y"),))
    assert bots.get("tit_for_tat").order(view, LUCK).move == "y"
    worse = View(four, "CN", "orders", 2, 10, shown(start(four)), None, moves=(("y", "x", "x", "y"),))
    assert bots.get("tit_for_tat").order(worse, LUCK).move == "x"


def seen(round_: int, *past: tuple[str, tuple[str, ...]]) -> View:
    """Return what CN sees of `fisheries` in a round of 5, after these deals have fallen, one a round."""
    scenario = rulesets.of(FISH).known_to(FISH, "CN")
    fallen = tuple(
        Ballot(f"{k}a", 1, Package(sponsor=seat, deal=deal), ("yes", "no", "no", "no"), adopted=False, open=False)
        for k, (seat, deal) in enumerate(past, 1)
    )
    return View(scenario, "CN", "vote", round_, 5, shown(start(scenario)), None, past=fallen)


BEST, FAIR, POOR = ("A1", "B2", "C2", "D1", "E4"), ("A3", "B2", "C3", "D2", "E4"), ("A3", "B3", "C3", "D3", "E1")
"""100, 71 and 21 points for CN, whose threshold is 64."""


def answers(name: str, view: View) -> str:
    """Return how a bot votes on the three deals: y or n each."""
    bot = bots.get(name)
    ballots = [
        Ballot("9a", 1, Package(sponsor="JP", deal=deal), (None,) * 4, adopted=False, open=True)
        for deal in (BEST, FAIR, POOR)
    ]
    return "".join(bot.vote(view, ballot, LUCK)[0] for ballot in ballots)


@pytest.mark.parametrize(
    ("name", "by_round"),
    [
        ("conceder", ["ynn", "ynn", "yyn", "yyn", "yyn"]),
        ("steady", ["ynn", "ynn", "ynn", "ynn", "yyn"]),
        ("hardliner", ["ynn", "ynn", "ynn", "ynn", "yyn"]),
    ],
)
def test_a_dealer_agrees_to_less_as_time_goes_by(name: str, by_round: list[str]) -> None:
    assert [answers(name, seen(round_)) for round_ in range(1, 6)] == by_round


def test_the_conceder_asks_for_less_than_the_steady_one_and_the_hardliner_for_more() -> None:
    conceder, steady, hardliner = (bots.get(name) for name in ("conceder", "steady", "hardliner"))
    asked = [bot.demand(seen(3)) for bot in (conceder, steady, hardliner)]  # type: ignore[attr-defined]
    assert asked == pytest.approx([100 - 36 * 0.5**0.25, 82.0, 100 - 36 * 0.5**5])


def test_the_mirror_gives_as_much_as_it_was_given() -> None:
    mirror = bots.get("mirror")
    assert mirror.demand(seen(2)) == 100.0  # type: ignore[attr-defined]
    # From a deal of 21 points to one of 35: 14 points were given, and 14 are given back.
    better = ("A3", "B2", "C3", "D3", "E1")
    view = seen(3, ("JP", POOR), ("KR", better))
    game = view.scenario.scorable
    assert game is not None
    given = game.worth(better, 0) - game.worth(POOR, 0)
    assert given > 0
    assert mirror.demand(view) == 100.0 - given  # type: ignore[attr-defined]


def test_a_dealer_tables_what_is_nearest_to_the_others_and_nothing_that_has_fallen() -> None:
    package = bots.get("steady").offer(seen(5, ("JP", FAIR)))
    assert package is not None
    assert package.deal != FAIR
    assert likeness(package.deal, FAIR) == 4


@pytest.mark.parametrize("name", ["conceder", "steady", "mirror", "hardliner"])
def test_no_dealer_agrees_to_less_than_its_threshold(name: str) -> None:
    assert all(answers(name, seen(round_, ("JP", POOR), ("KR", FAIR)))[2] == "n" for round_ in range(1, 6))
