"""The analysis of scorable games against numbers that were not worked out here."""

from __future__ import annotations

import pytest

from game.analysis import analyse, least_share, nash_product, pareto, picture
from game.deals import Issue, Option, Scorable, Sheet
from game.scenario import load

SIZES = (3, 4, 3, 5)


def drawn(seed: int, reserves: tuple[int, ...]) -> Scorable:
    """Return the game of a portable generator: x <- (1103515245 x + 12345) mod 2^31, points round(30 x / 2^31)."""
    x, tables = seed, []
    for _ in reserves:
        rows = []
        for size in SIZES:
            row = []
            for _ in range(size):
                x = (1103515245 * x + 12345) % 2**31
                row.append(float(round(30 * x / 2**31)))
            rows.append(tuple(row))
        tables.append(tuple(rows))
    issues = tuple(
        Issue("ABCD"[i], "", tuple(Option(f"{'ABCD'[i]}{k + 1}", "") for k in range(n))) for i, n in enumerate(SIZES)
    )
    sheets = tuple(Sheet(rows, float(reserve)) for rows, reserve in zip(tables, reserves, strict=True))
    return Scorable(issues, ("CN", "KP", "JP")[: len(reserves)], sheets, len(reserves))


@pytest.mark.parametrize(
    ("seed", "reserves", "count", "disagreement", "nash", "product", "welfare"),
    [
        (2003, (25, 20, 30), 34, (28, 20, 30), (80, 52, 59), 48256, (111, 47, 40)),
        (2017, (20, 20), 2, (20, 54), (82, 116), 3844, (82, 116)),
        (2023, (0, 0, 0), 16, (21, 11, 39), (85, 70, 69), 113280, (93, 76, 62)),
    ],
)
def test_pareto_nash_and_welfare_are_those_of_negmas(
    seed: int,
    reserves: tuple[int, ...],
    count: int,
    disagreement: tuple[int, ...],
    nash: tuple[int, ...],
    product: int,
    welfare: tuple[int, ...],
) -> None:
    """negmas 0.16.0, `pareto_frontier` and `nash_points` with d = max(reserve, minimum)."""
    found = analyse(drawn(seed, reserves))
    told = found.told()
    assert told.deals == 180
    assert told.pareto == count
    assert found.disagreement == disagreement
    assert told.nash is not None
    assert told.nash.values == nash
    assert nash_product(told.nash.values, found.disagreement) == product
    assert told.max_sum.values == welfare


def test_the_frontier_is_what_comparing_all_with_all_finds() -> None:
    values = analyse(drawn(7, (0, 0, 0))).values
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
