"""analyse, Analysis, picture: what a scorable game holds: how many deals pass, who could live with what, where the best lie.

It is the designer's and the debrief's view, from all scores at once; no player sees it before the end. The disagreement
point is each party's threshold, or its worst deal where that is still better (as negmas has it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, reduce
from itertools import pairwise
from math import prod
from operator import and_

import msgspec

from game.addition import added
from game.deals import Deal, Scorable
from game.records import Record

MOST_DOTS = 2000
"""Of a picture: more would not be told apart."""

Values = tuple[float, ...]


class Point(Record, frozen=True, omit_defaults=False):
    """A deal that theory singles out, its worth to all in seat order, and what it is measured from or against."""

    deal: Deal
    values: Values
    disagreement: Values = ()
    ideal: Values = ()


class Sum(Record, frozen=True, omit_defaults=False):
    """The deal with the greatest joint score."""

    deal: Deal
    values: Values
    sum: float


class Told(Record, frozen=True, omit_defaults=False):
    """An analysis as numbers. `acceptable` counts by party the deals at or over its threshold; points are None where no
    deal leaves everybody at least its disagreement."""

    deals: int
    passing: int
    unanimous: int
    acceptable: dict[str, int]
    pareto: int
    pareto_unanimous: int
    nash: Point | None
    kalai_smorodinsky: Point | None
    max_sum: Sum


class Dot(Record, frozen=True, omit_defaults=False):
    """A deal as a picture has it: the joint score, and what the party that fares worst has over its threshold."""

    joint: float
    least: float
    kind: str
    """``plain``, ``passing`` or ``pareto``; or whose point it is: ``nash``, ``kalai_smorodinsky``, ``max_sum``, ``ours``."""


class Picture(Record, frozen=True, omit_defaults=False):
    """Every deal as a dot, marked ones last; in large games of the plain ones only some."""

    dots: tuple[Dot, ...]


class Analysis(msgspec.Struct, frozen=True):
    """What is so of a game. Tuples over deals are in the order of `deals`; `pareto` are places in it."""

    game: Scorable
    deals: tuple[Deal, ...]
    values: tuple[Values, ...]
    thresholds: Values
    pareto: tuple[int, ...]
    disagreement: Values
    nash: int | None
    kalai_smorodinsky: int | None
    ideal: Values
    max_sum: int

    def passes(self, k: int) -> bool:
        """Tell whether deal number `k` passes if everybody votes by its threshold."""
        content = [worth >= least for worth, least in zip(self.values[k], self.thresholds, strict=True)]
        return added(content) >= self.game.least and all(
            content[self.game.seats.index(seat)] for seat in self.game.vetoes
        )  # fmt: skip

    def is_unanimous(self, k: int) -> bool:
        """Tell whether deal number `k` leaves every party at or over its threshold."""
        return all(worth >= least for worth, least in zip(self.values[k], self.thresholds, strict=True))

    def told(self) -> Told:
        """Return the numbers of it."""
        every, best = range(len(self.deals)), self.max_sum
        return Told(
            deals=len(self.deals),
            passing=added(map(self.passes, every)),
            unanimous=added(map(self.is_unanimous, every)),
            acceptable={
                seat: sum(row[i] >= least for row in self.values)
                for i, (seat, least) in enumerate(zip(self.game.seats, self.thresholds, strict=True))
            },
            pareto=len(self.pareto),
            pareto_unanimous=added(map(self.is_unanimous, self.pareto)),
            nash=self._point(self.nash, disagreement=self.disagreement),
            kalai_smorodinsky=self._point(self.kalai_smorodinsky, disagreement=self.disagreement, ideal=self.ideal),
            max_sum=Sum(self.deals[best], self.values[best], added(self.values[best])),
        )

    def _point(self, k: int | None, **about: Values) -> Point | None:
        return None if k is None else Point(self.deals[k], self.values[k], **about)


@lru_cache(maxsize=64)
def analyse(game: Scorable) -> Analysis:
    """Return the analysis of a game of which all sheets are known; some milliseconds for 720 deals."""
    deals = tuple(game.deals())
    values = tuple(zip(*(game.worth_of_all(i) for i in range(len(game.seats))), strict=True))
    frontier = pareto(values)
    floor = tuple(
        max(least, min(row[i] for row in values)) for i, least in enumerate(game.thresholds())
    )  # fmt: skip
    rational = [k for k in frontier if all(worth >= d for worth, d in zip(values[k], floor, strict=True))]
    ideal = tuple(max((values[k][i] for k in rational), default=d) for i, d in enumerate(floor))
    return Analysis(
        game=game,
        deals=deals,
        values=values,
        thresholds=game.thresholds(),
        pareto=frontier,
        disagreement=floor,
        nash=_first(values, rational, lambda row: nash_product(row, floor)),
        kalai_smorodinsky=_first(values, rational, lambda row: least_share(row, floor, ideal)),
        ideal=ideal,
        max_sum=max(range(len(deals)), key=lambda k: (added(values[k]), -k)),
    )


def pareto(values: Sequence[Values]) -> tuple[int, ...]:
    """Return the places of the deals that no other betters for somebody without worsening it for anybody.

    A set of deals is a number with a bit a deal. Those at least as good for all as a deal are the common bits of one set a
    party; the deal is efficient if they are all its equals.
    """
    if not values:
        return ()
    at_least = [_sets_of([row[i] for row in values]) for i in range(len(values[0]))]
    equals: dict[Values, int] = {}
    for k, row in enumerate(values):
        equals[row] = equals.get(row, 0) | 1 << k
    efficient = {
        row for row, same in equals.items() if reduce(and_, (at_least[i][v] for i, v in enumerate(row))) == same
    }  # fmt: skip
    return tuple(k for k, row in enumerate(values) if row in efficient)


def _sets_of(column: Sequence[float]) -> dict[float, int]:
    """Return by each value of one party the set of the deals that are worth as much to it, or more."""
    found: dict[float, int] = {}
    for k, value in enumerate(column):
        found[value] = found.get(value, 0) | 1 << k
    for better, value in pairwise(sorted(found, reverse=True)):
        found[value] |= found[better]
    return found


def nash_product(values: Values, disagreement: Values) -> float:
    """Return the product of what all gain over the disagreement (Nash 1950), which his solution makes greatest."""
    return prod(worth - d for worth, d in zip(values, disagreement, strict=True))


def least_share(values: Values, disagreement: Values, ideal: Values) -> float:
    """Return the least share that a party gets of the most it could hope for (Kalai and Smorodinsky 1975); 0 to 1.

    Their solution makes all shares equal; with single deals to choose from, the one with the greatest least share is it.
    """
    return min(
        (worth - d) / (best - d) if best > d else 1.0
        for worth, d, best in zip(values, disagreement, ideal, strict=True)
    )


def _first(values: Sequence[Values], places: Sequence[int], measure: Callable[[Values], float]) -> int | None:
    # Of equals the one with the greater sum, then the earlier one.
    return max(places, key=lambda k: (measure(values[k]), added(values[k]), -k), default=None)


def picture(game: Scorable, ours: Deal | None = None) -> Picture:
    """Return every deal as a dot, with theory's points and the deal that was made on top."""
    found = analyse(game)
    thresholds, efficient = game.thresholds(), set(found.pareto)

    def dot(k: int, kind: str) -> Dot:
        row = found.values[k]
        return Dot(added(row), min(worth - least for worth, least in zip(row, thresholds, strict=True)), kind)

    kinds = ["pareto" if k in efficient else "passing" if found.passes(k) else "plain" for k in range(len(found.deals))]
    plain = list(dict.fromkeys(dot(k, "plain") for k, kind in enumerate(kinds) if kind == "plain"))
    marked = list(dict.fromkeys(dot(k, kind) for k, kind in enumerate(kinds) if kind != "plain"))
    singled = [("max_sum", found.max_sum), ("kalai_smorodinsky", found.kalai_smorodinsky), ("nash", found.nash)]
    if ours in found.deals:
        singled.append(("ours", found.deals.index(ours)))
    step = 1 + len(plain) // MOST_DOTS
    points = [dot(k, kind) for kind, k in singled if k is not None]
    return Picture((*plain[::step], *marked[:: 1 + len(marked) // MOST_DOTS], *points))
