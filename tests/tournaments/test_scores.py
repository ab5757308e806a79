"""What a result is worth beside the same seat elsewhere; standings; ratings."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.tournaments.ratings import Rating, rate
from negotiation.tournaments.scores import (
    Par,
    Result,
    Rules,
    by_lens,
    compared,
    datum,
    imps,
    matchpoints,
    points,
)
from negotiation.tournaments.standings import Adjustment, Entry, standings, teams

SEATS = ("CN", "KP", "JP", "KR", "RU", "US")


def test_matchpoints_count_whom_one_beats() -> None:
    assert matchpoints([5.0, 3.0, 3.0, -1.0]) == pytest.approx([100.0, 50.0, 50.0, 0.0])
    assert matchpoints([2.0]) == [50.0]


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=12), st.integers(0, 8))
def test_matchpoints_are_those_of_the_formula_and_average_fifty(values: list[int], absent: int) -> None:
    found = matchpoints([float(value) for value in values], len(values) + absent)
    assert sum(found) / len(found) == pytest.approx(50)
    m, field = len(values), len(values) + absent
    for value, got in zip(values, found, strict=True):
        halves = sum(2 if value > other else value == other for other in values) - 1
        # Neuberg: (M + 1)·E/A - 1 of 2E - 2, exactly.
        assert got == pytest.approx(float(100 * (Fraction(halves + 1) * field / m - 1) / (2 * field - 2)))
        assert -0.001 <= got <= 100.001


def test_in_a_smaller_field_the_best_get_less_than_a_hundred() -> None:
    assert matchpoints([3.0, 1.0], 6) == pytest.approx([80.0, 20.0])


def test_imps_are_those_of_the_rules() -> None:
    assert [imps(d) for d in (0.0, 0.1, 2.0, -2.0, 6.0, 1000.0)] == [0, 0, 6, -6, 12, 24]


def test_the_datum_leaves_out_best_and_worst_of_six() -> None:
    assert datum([100.0, 1.0, 2.0, 3.0, 4.0, -90.0]) == 2.5
    assert datum([100.0, 1.0, 1.0]) == 34.0


def test_few_tables_are_compared_with_par() -> None:
    assert compared([1.0, 3.0], method="matchpoints", field=2, par=Par(1.0, 2.0)) == pytest.approx([50.0, 84.1345])
    assert compared([3.0], method="imps", field=1, par=Par(1.0, 2.0)) == pytest.approx([62.5])


def result(round_: int, table: int, seat: str, player: int, total: float, **more: object) -> Result:
    return Result(round_, table, seat, player, "played", total=total, R=total, U=total)._replace(**more)  # type: ignore[arg-type]


def test_only_people_at_the_same_seat_are_compared_and_half_counts_each_lens() -> None:
    rows = [result(1, t, "JP", t, float(t), R=float(-t)) for t in range(1, 6)]
    rows.append(Result(1, 6, "JP", 0, "bot", total=99.0))
    rows.append(result(1, 1, "CN", 7, 1000.0))
    found = {one.player: one for one in points(rows, Rules())}
    assert found[5].value == pytest.approx(50)
    assert dict(found[5].parts)["total"] == pytest.approx(98.0)
    assert found[7].value == 50
    assert found[5].field == 5


def test_nobody_falls_below_average_because_somebody_else_left() -> None:
    rows = [result(1, t, "JP", t, float(t), spoilt=t in (1, 5)) for t in range(1, 6)]
    found = {one.player: one.value for one in points(rows, Rules())}
    assert found[1] == 50
    assert found[5] == 100


def test_rounds_without_a_game_are_worth_what_is_stated() -> None:
    rows = [result(1, t, "JP", t, float(t)) for t in range(1, 6)]
    kinds = {1: "bye", 2: "excused", 3: "absent", 4: "unfinished", 5: "bye"}
    rows += [Result(2, 0, "", player, kind) for player, kind in kinds.items()]  # type: ignore[arg-type]
    lines = {line.player: line for line in standings([Entry(n) for n in range(1, 6)], rows, Rules(), rounds=2)}
    assert [lines[n].rounds[1].value for n in range(1, 6)] == [50, 25, 0, 50, 100]


def test_the_late_get_nothing_for_rounds_before_and_who_withdrew_is_last() -> None:
    rows = [result(r, t, "JP", t, float(t)) for r in (1, 2) for t in range(1, 6)]
    entries = [Entry(5, withdrew=3), Entry(4), Entry(3), Entry(2), Entry(1), Entry(6, entered=3)]
    rows += [result(3, t, "JP", p, float(t)) for t, p in enumerate((1, 2, 3, 4, 6), 1)]
    lines = standings(entries, rows, Rules(), rounds=3)
    assert lines[-1].player == 5
    assert lines[-1].has_withdrawn
    six = next(line for line in lines if line.player == 6)
    assert [share.kind for share in six.rounds] == ["not_entered", "not_entered", "played"]
    assert six.score == 100


def test_worst_rounds_are_dropped_and_bonuses_count() -> None:
    rows = [result(r, t, "JP", t if r == 1 else 6 - t, float(t)) for r in (1, 2) for t in range(1, 6)]
    entries = [Entry(n) for n in range(1, 6)]
    lines = standings(entries, rows, Rules(drop=1), rounds=2, adjustments=[Adjustment(3, 60, "for the best speech")])
    assert (lines[0].player, lines[0].score) == (3, 110)
    assert {line.score for line in lines[1:3]} == {100}


def test_ties_are_broken_in_order_and_what_is_equal_is_shared() -> None:
    rows = [
        result(1, 1, "JP", 1, 1.0, U=0.0, TR=5.0),
        result(1, 2, "JP", 2, 1.0, U=0.0, TR=7.0),
        result(1, 3, "JP", 3, 1.0, U=0.0, TR=5.0),
        result(1, 4, "JP", 4, 1.0, U=9.0, TR=0.0),
    ]
    lines = standings([Entry(n) for n in range(1, 5)], rows, Rules(), rounds=1)
    assert [(line.rank, line.player, line.is_shared, line.decided_by) for line in lines] == [
        (1, 4, False, "U"),
        (2, 2, False, "TR"),
        (3, 1, True, ""),
        (3, 3, True, ""),
    ]


def test_the_order_in_which_rows_come_changes_nothing() -> None:
    rng = random.Random(1)
    rows = [
        result(r, t, s, 6 * t + i, rng.gauss(0, 3)) for r in range(1, 6) for t in range(5) for i, s in enumerate(SEATS)
    ]
    rows = [one._replace(table=one.table + 1, player=one.player + 1) for one in rows]
    entries = [Entry(n) for n in range(1, 31)]
    first = standings(entries, rows, Rules(), rounds=5)
    rng.shuffle(rows)
    rng.shuffle(entries)
    assert standings(entries, rows, Rules(), rounds=5) == first


def test_teams_are_the_mean_of_their_best() -> None:
    rows = [result(1, t, "JP", t, float(t)) for t in range(1, 6)]
    entries = [Entry(1, "a"), Entry(2, "b"), Entry(3, "a"), Entry(4, "b"), Entry(5, "a")]
    lines = standings(entries, rows, Rules(), rounds=1)
    assert [(team.name, team.score) for team in teams(lines, entries, Rules(best_of_team=2))] == [("a", 75), ("b", 50)]


def test_championships_are_of_one_figure() -> None:
    rows = [result(1, t, "JP", t, float(t), TR=float(-t)) for t in range(1, 4)]
    assert by_lens(rows, "TR") == {1: 100, 2: 50, 3: 0}


def test_ratings_are_those_that_the_model_publishes() -> None:
    found = rate([Rating()] * 6, [6, 5, 4, 3, 2, 1])
    assert [one.mu for one in found] == pytest.approx(
        [27.535905, 26.927288, 26.166516, 25.152154, 23.630611, 20.587526], abs=1e-5
    )
    assert all(one.sigma < 25 / 3 for one in found)
