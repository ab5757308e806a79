"""Result, Rules, points: what a seat's result is worth beside the same seat at the other tables of the round.

Pure. Matchpoints and IMPs are those of duplicate bridge; with unequal counts the correction is Gerard Neuberg's, so that half
of the field beaten is 50 however many sat there. Only people are compared: a bot is beaten by nobody and beats nobody.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import NormalDist, fmean, pstdev
from typing import Literal, NamedTuple

from game.addition import added

Method = Literal["matchpoints", "imps", "standard"]
METHODS: tuple[Method, ...] = ("matchpoints", "imps", "standard")
Lens = Literal["total", "R", "G", "U", "TR", "joint"]
Kind = Literal["played", "bot", "absent", "excused", "bye", "left", "unfinished", "not_entered", "withdrawn"]
"""How somebody came by a result. `left`: a caretaker had the seat for longer than its person."""

AVERAGE = 50.0
FEW_TABLES = 4
"""Fewer tables than this are compared with par, for beating one other table says little."""
MOST_IMPS = 24
IMPS_TO_POINTS = 50.0 / MOST_IMPS
TRIM_FROM = 6
"""Tables from which the datum leaves out the best and the worst."""


class Result(NamedTuple):
    """A seat at a table of a round; the figures are those of the final score, in points. `player` is 0 for a bot."""

    round: int
    table: int
    seat: str
    player: int
    kind: Kind
    total: float = 0.0
    R: float = 0.0
    G: float = 0.0
    U: float = 0.0
    TR: float = 0.0
    joint: float = 0.0
    breaches: int = 0
    spoilt: bool = False
    """Somebody else of the table was gone for most of the game: nobody falls below average by it."""


class Par(NamedTuple):
    """What games among bots come to at a seat: mean and standard deviation, in points."""

    mean: float
    sd: float


class Rules(NamedTuple):
    """How a tournament is scored. `weight` is that of Total; the rest is that of R. `drop`: so many worst rounds do not count."""

    method: Method = "matchpoints"
    weight: float = 0.5
    drop: int = 0
    carry: float = 1.0
    """Share of the points before a cut that is carried over to the finals."""
    best_of_team: int = 0
    """How many of a team's members count; 0: all."""


class Points(NamedTuple):
    """What a round brought a player: 0 to 100 by matchpoints, and its parts by lens."""

    round: int
    player: int
    kind: Kind
    value: float
    parts: tuple[tuple[str, float], ...] = ()
    field: int = 0
    """With how many people at the same seat it was compared, the player included."""


def matchpoints(values: Sequence[float], field: int | None = None) -> list[float]:
    """Returns 100·(beaten + half the ties)/(others) of each value, scaled to a field of `field` by Neuberg's formula.

    >>> matchpoints([3.0, 1.0, 1.0])
    [100.0, 25.0, 25.0]
    >>> matchpoints([3.0], 6)
    [50.0]
    """
    m = len(values)
    field = max(field or m, m)
    if field < 2:
        return [AVERAGE] * m
    found = []
    for value in values:
        halves = added(2 * (value > other) + (value == other) for other in values) - 1
        found.append(100 * ((halves + 1) * field / m - 1) / (2 * field - 2))
    return found


def datum(values: Sequence[float]) -> float:
    """Returns the mean, without the best and the worst of six or more."""
    kept = sorted(values)[1:-1] if len(values) >= TRIM_FROM else values
    return fmean(kept)


def imps(difference: float) -> int:
    """Returns the IMPs of so many points above or below the datum: -24 to 24.

    >>> imps(2.0), imps(-14.0), imps(0.0)
    (6, -18, 0)
    """
    size = min(MOST_IMPS, round(6 * math.log2(1 + abs(difference) / 2)))
    return int(math.copysign(size, difference)) if size else 0


def standard(values: Sequence[float]) -> list[float]:
    """Returns how many standard deviations each value is above the mean.

    >>> standard([1.0, 3.0])
    [-1.0, 1.0]
    """
    mean, sd = fmean(values), pstdev(values)
    return [(value - mean) / sd if sd else 0.0 for value in values]


def compared(values: Sequence[float], *, method: Method, field: int, par: Par | None = None) -> list[float]:
    """Returns what each value is worth, 50 for an average one; beside par where there is one, for fewer than four tables."""
    if par is not None:
        deviations = [(value - par.mean) / par.sd if par.sd else 0.0 for value in values]
        if method == "imps":
            return [AVERAGE + IMPS_TO_POINTS * imps(value - par.mean) for value in values]
        if method == "standard":
            return [AVERAGE + 10 * deviation for deviation in deviations]
        return [100 * NormalDist().cdf(deviation) for deviation in deviations]
    if method == "imps":
        middle = datum(values)
        return [AVERAGE + IMPS_TO_POINTS * imps(value - middle) for value in values]
    if method == "standard":
        return [AVERAGE + 10 * deviation for deviation in standard(values)]
    return matchpoints(values, field)


Pars = Mapping[tuple[int, str, str], Par]
"""By round, seat and lens."""


def points(results: Sequence[Result], rules: Rules, pars: Pars | None = None) -> list[Points]:
    """Returns the points of every player in every round that was played at a table; byes and absences are the standings'."""
    rounds: dict[int, set[int]] = defaultdict(set)
    boards: dict[tuple[int, str], list[Result]] = defaultdict(list)
    for one in results:
        if one.table:
            rounds[one.round].add(one.table)
        if one.kind == "played":
            boards[one.round, one.seat].append(one)
    found = [Points(one.round, one.player, one.kind, 0.0) for one in results if one.player > 0 and one.kind != "played"]
    for (round_, seat), board in boards.items():
        field = len(rounds[round_])
        lenses = {"total": rules.weight, "R": 1 - rules.weight} if rules.weight < 1 else {"total": 1.0}
        parts: dict[str, list[float]] = {}
        for lens in lenses:
            par = (pars or {}).get((round_, seat, lens)) if field < FEW_TABLES else None
            values = [float(getattr(one, lens)) for one in board]
            parts[lens] = compared(values, method=rules.method, field=field, par=par)
        for i, one in enumerate(board):
            value = added(weight * parts[lens][i] for lens, weight in lenses.items())
            if one.spoilt:
                value = max(value, AVERAGE)
            own = tuple((lens, parts[lens][i]) for lens in lenses)
            found.append(Points(round_, one.player, one.kind, value, own, len(board)))
    return sorted(found, key=lambda one: (one.round, one.player))


def by_lens(results: Sequence[Result], lens: Lens) -> dict[int, float]:
    """Returns each player's mean matchpoints on one figure alone: the absolute, relative and trust championships."""
    boards: dict[tuple[int, str], list[Result]] = defaultdict(list)
    tables: dict[int, set[int]] = defaultdict(set)
    for one in results:
        tables[one.round].add(one.table)
        if one.kind == "played":
            boards[one.round, one.seat].append(one)
    gathered: dict[int, list[float]] = defaultdict(list)
    for (round_, _), board in boards.items():
        values = [float(getattr(one, lens)) for one in board]
        for one, value in zip(board, matchpoints(values, len(tables[round_])), strict=True):
            gathered[one.player].append(value)
    return {player: fmean(values) for player, values in gathered.items()}


def over_the_mean(results: Sequence[Result], lens: Lens) -> dict[int, float]:
    """Returns by how much each player was above the mean of the same seats, on the average of the rounds played."""
    boards: dict[tuple[int, str], list[Result]] = defaultdict(list)
    for one in results:
        if one.kind == "played":
            boards[one.round, one.seat].append(one)
    gathered: dict[int, list[float]] = defaultdict(list)
    for board in boards.values():
        mean = fmean(float(getattr(one, lens)) for one in board)
        for one in board:
            gathered[one.player].append(float(getattr(one, lens)) - mean)
    return {player: fmean(values) for player, values in gathered.items()}
