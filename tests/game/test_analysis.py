"""The analysis of scorable games: frontier, points, picture; numbers of others are in test_validation."""

from __future__ import annotations

import pytest

from game.analysis import analyse, least_share, pareto, picture
from game.scenario import load
from game.validation import drawn


def test_the_frontier_is_what_comparing_all_with_all_finds() -> None:
    values = analyse(drawn(7, [0, 0, 0], [3, 4, 3, 5])).values
    slow = [
        k
        for k, row in enumerate(values)
        if not any(other != row and all(a >= b for a, b in zip(other, row, strict=True)) for other in values)
    ]
    assert list(pareto(values)) == slow


def test_kalai_and_smorodinsky_share_the_hopes_evenly() -> None:
    """From (0, 0) toward (10, 20): (5, 10) gives both half, (4, 14) the first .4 and the second .7."""
    assert least_share((5, 10), (0, 0), (10, 20)) == 0.5
    assert least_share((4, 14), (0, 0), (10, 20)) == 0.4


@pytest.mark.parametrize("name", ["fisheries", "grid"])
def test_the_shipped_games_can_be_won_and_lost(name: str) -> None:
    """Some deals pass and most do not; the fair point and the greatest sum are different deals."""
    game = load(name).scorable
    assert game is not None
    told = analyse(game).told()
    assert 0.03 < told.passing / told.deals < 0.15
    assert 1 < told.unanimous < told.passing
    assert told.nash is not None
    assert told.nash.deal != told.max_sum.deal


def test_a_picture_has_every_deal_and_marks_ours() -> None:
    game = load("fisheries").scorable
    assert game is not None
    ours = ("A3", "B2", "C3", "D2", "E4")
    dots = picture(game, ours).dots
    assert dots[-1].kind == "ours"
    assert dots[-1].joint == 301.0
    assert dots[-1].least == 6.0
    assert {dot.kind for dot in dots} == {"plain", "passing", "pareto", "nash", "kalai_smorodinsky", "max_sum", "ours"}
