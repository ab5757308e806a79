"""entries_of, results_of, lines: what is kept of a tournament, as the pure modules take it, and the standings from it."""

from __future__ import annotations

from typing import NamedTuple

from negotiation.tournaments import reading, standings
from negotiation.tournaments.models import Adjustment, Place, Round, Tournament
from negotiation.tournaments.scores import METHODS, Lens, Par, Result, Rules, by_lens
from negotiation.tournaments.standings import Entry, Line, Team

CHAMPIONSHIPS: tuple[Lens, ...] = ("G", "R", "TR")
"""Absolute gain, relative gain, trust."""


class Table(NamedTuple):
    """Standings after so many rounds: lines, teams, the championships by lens, and the best table."""

    rounds: int
    lines: list[Line]
    teams: list[Team]
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
    return [
        Entry(one.number, one.team, one.entered, one.withdrew, one.carried)
        for one in tournament.players.order_by("number")
    ]


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


def results_of(tournament: Tournament, *, now: bool = False) -> list[Result]:
    """Returns the confirmed results; `now`: also those of games of the running round that are over."""
    found = []
    for round_ in tournament.played.filter(state=Round.State.CONFIRMED):
        found += [result_of(place, round_.number) for place in round_.places.select_related("player")]
    if now:
        for round_ in tournament.played.filter(state=Round.State.PLAYING).select_related("conference"):
            found += [result_of(place, round_.number) for place in reading.read(round_)]
    return found


def pars_of(tournament: Tournament) -> dict[tuple[int, str, str], Par]:
    """Returns par of the rounds of few tables, by round, seat and lens."""
    return {
        (round_.number, seat, lens): Par(*par)
        for round_ in tournament.played.all()
        for seat, lenses in round_.pars.items()
        for lens, par in lenses.items()
    }


def table(tournament: Tournament, *, rounds: int | None = None, now: bool = False) -> Table:
    """Returns the standings after so many rounds; by default all that are confirmed, or as if it ended `now`."""
    results = results_of(tournament, now=now)
    done = max((one.round for one in results), default=0)
    after = done if rounds is None else min(rounds, done)
    results = [one for one in results if one.round <= after]
    entries = entries_of(tournament)
    adjustments = [
        standings.Adjustment(one.player.number, one.points, one.reason)
        for one in Adjustment.objects.filter(player__tournament=tournament).select_related("player")
    ]
    rules = rules_of(tournament)
    lines = standings.standings(
        entries, results, rules, rounds=after, adjustments=adjustments, pars=pars_of(tournament)
    )
    champions = []
    for lens in CHAMPIONSHIPS:
        means = by_lens(results, lens)
        champions.append((lens, tuple(sorted(means.items(), key=lambda pair: (-round(pair[1], 9), pair[0]))[:3])))
    played = [one for one in results if one.kind == "played"]
    return Table(
        rounds=after,
        lines=lines,
        teams=standings.teams(lines, entries, rules),
        champions=tuple(champions),
        best=max(played, key=lambda one: (one.joint, -one.round, -one.table), default=None),
        is_final=after == tournament.rounds and not now,
    )
