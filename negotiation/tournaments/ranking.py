"""entries_of, results_of, lines: what is kept of a tournament, as the pure modules take it, and the standings from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from negotiation.tournaments import reading, standings
from negotiation.tournaments.models import Adjustment, Place, Round, Tournament
from negotiation.tournaments.scores import METHODS, Lens, Par, Result, Rules, by_lens
from negotiation.tournaments.standings import Entry, Line, Team

CHAMPIONSHIPS: tuple[Lens, ...] = ("G", "R", "TR")
"""Absolute gain, relative gain, trust."""


Row = tuple[int, int, str, int | None, str, bool, str]
"""A place: round, table, seat, player, kind, whether spoilt, figures as JSON."""


class Table(NamedTuple):
    """Standings after so many rounds: lines, teams, the championships by lens, and the best table."""

    rounds: int
    lines: Sequence[Line]
    teams: Sequence[Team]
    champions: tuple[tuple[str, tuple[tuple[int, float], ...]], ...]
    best: Result | None
    is_final: bool


def rules_of(tournament: Tournament) -> Rules:
    """Returns how the tournament is scored."""
    method = next(one for one in METHODS if one == tournament.method)
    return Rules(
        method=method,
        weight=tournament.weight,
        drop=tournament.drop,
        best_of_team=tournament.best_of_team,
    )


def entries_of(tournament: Tournament) -> list[Entry]:
    """Returns the players."""
    columns = ("number", "team", "entered", "withdrew", "carried")
    return [Entry(*one) for one in tournament.players.order_by("number").values_list(*columns)]


def result_of(place: Place, number: int) -> Result:
    """Returns a place of round `number` as a result."""
    return Result(
        round=number,
        table=place.table,
        seat=place.seat,
        player=place.player.number if place.player else 0,
        kind=place.kind or "unfinished",  # type: ignore[arg-type]
        spoilt=place.spoilt,
        **place.figures,
    )


def results_of(tournament: Tournament) -> list[Result]:
    """Returns the confirmed results."""
    return _results(_rows(tournament))


def _rows(tournament: Tournament) -> tuple[Row, ...]:
    """Returns the confirmed places as they are kept, the figures as text."""
    confirmed = Place.objects.filter(round__tournament=tournament, round__state=Round.State.CONFIRMED)
    columns = ("round__number", "table", "seat", "player__number", "kind", "spoilt")
    rows = confirmed.order_by("round__number", "pk").annotate(written=Cast("figures", TextField()))
    return tuple(rows.values_list(*columns, "written"))


def _results(rows: Sequence[Row]) -> list[Result]:
    return [
        Result(
            round=number,
            table=table,
            seat=seat,
            player=player or 0,
            kind=kind or "unfinished",  # type: ignore[arg-type]
            spoilt=spoilt,
            **json.loads(written),
        )
        for number, table, seat, player, kind, spoilt, written in rows
    ]


def _running(tournament: Tournament) -> tuple[Result, ...]:
    """Returns the results of games of the running round that are over."""
    playing = tournament.played.filter(state=Round.State.PLAYING).select_related("conference")
    return tuple(result_of(place, round_.number) for round_ in playing for place in reading.read(round_))


def pars_of(tournament: Tournament) -> dict[tuple[int, str, str], Par]:
    """Returns par of the rounds of few tables, by round, seat and lens."""
    return {
        (round_.number, seat, lens): Par(*par)
        for round_ in tournament.played.all()
        for seat, lenses in round_.pars.items()
        for lens, par in lenses.items()
    }


def table(tournament: Tournament, *, now: bool = False) -> Table:
    """Returns the standings of all confirmed rounds, or as if it ended `now`."""
    adjustments = Adjustment.objects.filter(player__tournament=tournament).order_by("pk")
    given = adjustments.values_list("player__number", "points", "reason")
    return _worked_out(
        rules_of(tournament),
        tuple(entries_of(tournament)),
        _rows(tournament),
        _running(tournament) if now else (),
        tuple(standings.Adjustment(*one) for one in given),
        tuple(pars_of(tournament).items()),
        None if now else tournament.rounds,
    )


@lru_cache(maxsize=64)
def _worked_out(
    rules: Rules,
    entries: tuple[Entry, ...],
    rows: tuple[Row, ...],
    running: tuple[Result, ...],
    adjustments: tuple[standings.Adjustment, ...],
    pars: tuple[tuple[tuple[int, str, str], Par], ...],
    last: int | None,
) -> Table:
    """Works the standings out, once for all who look while nothing changes: a hall opens its pages in the same minute.

    `last` is the number of the last round; once it is played the standings are final.
    """
    results = [*_results(rows), *running]
    done = max((one.round for one in results), default=0)
    lines = standings.standings(entries, results, rules, rounds=done, adjustments=adjustments, pars=dict(pars))
    champions = []
    for lens in CHAMPIONSHIPS:
        means = by_lens(results, lens)
        champions.append((lens, tuple(sorted(means.items(), key=lambda pair: (-round(pair[1], 9), pair[0]))[:3])))
    played = [one for one in results if one.kind == "played"]
    return Table(
        rounds=done,
        lines=lines,
        teams=standings.teams(lines, entries, rules),
        champions=tuple(champions),
        best=max(played, key=lambda one: (one.joint, -one.round, -one.table), default=None),
        is_final=done == last,
    )
