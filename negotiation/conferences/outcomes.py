"""of, Results: the same seat at every table side by side, who gained most in which sense, and what tables agreed on when.

A seat is compared with the same seat at the other tables only: Japan's six points say nothing beside China's three.
"""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import NamedTuple

from game import rulesets
from game.addition import added
from game.lenses import winners
from game.observation import observe
from game.play import Play
from game.sections import Observation
from negotiation.conferences.models import Conference, Table
from negotiation.languages.current import say
from negotiation.rooms import plays
from negotiation.scenarios import library

WIDTH = 300.0
"""Of a strip of points, in the units of its picture."""


class Point(NamedTuple):
    """A table on a strip: its value, where that is drawn, and who sat there."""

    table: int
    value: float
    x: float
    who: str
    is_final: bool


class Strip(NamedTuple):
    """One seat in one sense: a point for each table, the mean, and where 0 and the mean are drawn."""

    seat: str
    lens: str
    points: tuple[Point, ...]
    mean: float
    mean_x: float
    zero_x: float | None


class Winner(NamedTuple):
    """Who did best in a sense, and by how much more than the mean of the same seat at all tables."""

    lens: str
    table: int
    seat: str
    who: str
    value: float
    ahead: float


class Agreement(NamedTuple):
    """A package adopted at a table: in which round, how many promises, what it founded, and how many were broken since."""

    round: int
    duties: int
    institution: str
    deal: str = ""
    """In a scorable game: the options that were agreed on."""


class TableResult(NamedTuple):
    """A table: what the region came to and what was agreed."""

    number: int
    room: str
    is_final: bool
    joint: float
    culture: float
    rung: str
    promises_kept: int
    promises_broken: int
    agreements: tuple[Agreement, ...]


class Sense(NamedTuple):
    """A sense of winning: the best figure of all tables, and who has it: seats, or tables as a whole."""

    id: str
    value: float
    best: tuple[tuple[int, str, str], ...]
    """Table, seat (or "") and who sat there."""


class Results(NamedTuple):
    """All of it. `best` is the table with the greatest joint gain; `founded` counts tables by institution and round."""

    tables: tuple[TableResult, ...]
    strips: tuple[tuple[str, tuple[Strip, ...]], ...]
    winners: tuple[Winner, ...]
    best: TableResult | None
    founded: tuple[tuple[str, int, str], ...]
    trust: tuple[tuple[str, tuple[float | None, ...]], ...]
    seats: tuple[str, ...]
    names: tuple[tuple[str, str], ...] = ()
    """What the seats are called, by their codes."""
    has_region: bool = True
    has_texts: bool = True
    senses: tuple[Sense, ...] = ()
    """In games of other kinds: who won, in each sense of winning."""


def of(conference: Conference) -> Results:
    """Returns the results as they stand; games that still run count with their running figures."""
    found: list[tuple[Table, Play, Observation]] = []
    for table in conference.tables.select_related("room").order_by("number"):
        play = plays.fold(table.room)
        if play.played:
            found.append((table, play, observe(play, "observer")))
    if not found:
        return Results((), (), (), None, (), (), ())
    seats = found[0][1].scenario.seats
    kind = rulesets.of(found[0][1].scenario)
    sitting: dict[tuple[int, str], list[str]] = defaultdict(list)
    here = conference.participants.filter(left_at=None).exclude(seat="")
    for number, seat, alias in here.values_list("table__number", "seat", "alias"):
        sitting[number, seat].append(alias)
    who = {
        (table.number, seat): ", ".join(sitting[table.number, seat]) or say(f"holder.{holder}")
        for table, play, _ in found
        for seat, holder in zip(seats, play.holders, strict=True)
    }
    strips = {(seat, lens): _strip(found, seat, lens, who) for seat in seats for lens in kind.scoring_terms}
    tables = tuple(_table(*one) for one in found)
    return Results(
        tables=tables,
        strips=tuple((lens, tuple(strips[seat, lens] for seat in seats)) for lens in kind.scoring_terms),
        winners=tuple(_winner([strips[seat, lens] for seat in seats]) for lens in kind.scoring_terms),
        best=max(tables, key=lambda table: table.joint),
        founded=_founded(tables),
        trust=_trust(found, seats),
        seats=seats,
        names=tuple(library.seat_names(found[0][1].scenario).items()),
        has_region=kind.has_region,
        has_texts=kind.has_texts,
        senses=() if kind.has_region else _senses(found, who),
    )


def _senses(found: list[tuple[Table, Play, Observation]], who: dict[tuple[int, str], str]) -> tuple[Sense, ...]:
    """Returns who won in which sense; of a scorable game only the tables that are done say anything."""
    points = {
        table.number: {one.seat: figure(seen, one.seat, "G") for one in seen.world.seats} for table, _, seen in found
    }
    return tuple(
        Sense(
            lens.id,
            lens.value,
            tuple((at.table, at.seat or "", who[at.table, at.seat] if at.seat else "") for at in lens.best),
        )
        for lens in winners(points)
    )


def figure(seen: Observation, seat: str, lens: str) -> float:
    """Returns a seat's final figure, or while the game runs the running one."""
    figures = seen.outcome.scores if seen.outcome else seen.world.seats
    return float(next(getattr(one, lens) for one in figures if one.seat == seat))


def _strip(
    found: list[tuple[Table, Play, Observation]], seat: str, lens: str, who: dict[tuple[int, str], str]
) -> Strip:
    values = [(table.number, figure(seen, seat, lens), seen.outcome is not None) for table, _, seen in found]
    everything = [figure(seen, one.seat, lens) for _, _, seen in found for one in seen.world.seats]
    low, high = min(0.0, *everything), max(0.0, *everything)
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return round(10 + (WIDTH - 20) * (value - low) / span, 1)

    mean = fmean(value for _, value, _ in values)
    points = tuple(Point(n, value, x(value), who[n, seat], final) for n, value, final in values)
    return Strip(seat, lens, points, mean, x(mean), x(0.0))


def _winner(strips: list[Strip]) -> Winner:
    best = max(
        ((strip, point) for strip in strips for point in strip.points),
        # Alone, a table has no mean to be ahead of: then the greatest figure counts.
        key=lambda pair: pair[1].value - pair[0].mean if len(pair[0].points) > 1 else pair[1].value,
    )
    strip, point = best
    return Winner(strip.lens, point.table, strip.seat, point.who, point.value, point.value - strip.mean)


def _table(table: Table, play: Play, seen: Observation) -> TableResult:
    joint = seen.outcome.region["sum_G"] if seen.outcome else added(one.G for one in seen.world.seats)
    marks = [mark for duty in seen.promises.duties for _, mark in duty.marks]
    agreements = [
        Agreement(
            number,
            len(package.duties),
            package.institution.id if package.institution else "",
            " ".join(package.deal),
        )
        for number, done in enumerate(play.played, 1)
        for package in done.adopted
    ]
    return TableResult(
        number=table.number,
        room=table.room.code,
        is_final=seen.outcome is not None,
        joint=joint,
        culture=seen.world.C,
        rung=say(f"rung.{seen.world.rung}"),
        promises_kept=marks.count("kept"),
        promises_broken=marks.count("broken"),
        agreements=tuple(agreements),
    )


def _founded(tables: tuple[TableResult, ...]) -> tuple[tuple[str, int, str], ...]:
    """Returns each institution with how many tables founded it and in which rounds."""
    rounds: dict[str, list[int]] = defaultdict(list)
    for table in tables:
        for one in table.agreements:
            if one.institution:
                rounds[one.institution].append(one.round)
    return tuple(
        (say(f"institution.{name}"), len(at), ", ".join(map(str, sorted(at))))
        for name, at in sorted(rounds.items(), key=lambda pair: -len(pair[1]))
    )


def _trust(
    found: list[tuple[Table, Play, Observation]], seats: tuple[str, ...]
) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    """Returns the mean over tables of how far each seat trusts each other one."""
    return tuple(
        (
            by,
            tuple(None if i == j else fmean(seen.world.trust[i][j] for _, _, seen in found) for j in range(len(seats))),
        )
        for i, by in enumerate(seats)
    )
