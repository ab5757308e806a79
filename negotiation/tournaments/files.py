"""Files and JSON of a tournament: standings, results, players' links; what is public is the same for everybody."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from negotiation.conferences.exports import safe
from negotiation.conferences.files import CSV, sent
from negotiation.rooms.inside import address_for_phones
from negotiation.tournaments import bundle, ranking
from negotiation.tournaments.access import for_directors, nothing_here, of_everybody
from negotiation.tournaments.models import Tournament
from negotiation.tournaments.standings import TIE_BREAKS
from negotiation.tournaments.views import names_of


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(head)
    table.writerows([safe(cell) for cell in row] for row in rows)
    return sent(b"\xef\xbb\xbf" + file.getvalue().encode(), CSV, name)


@require_safe
@of_everybody
def standings_csv(request: HttpRequest, tournament: Tournament, *, runs: bool) -> HttpResponseBase:
    """Gives the standings, a column a round."""
    table, names = ranking.table(tournament), names_of(tournament)
    numbers = range(1, table.rounds + 1)
    head = ("rank", "shared", "player", "name", "team", "score", *(f"round_{n}" for n in numbers), *TIE_BREAKS)
    rows = (
        (
            line.rank, line.is_shared, line.player, names[line.player].name, names[line.player].team,
            round(line.score, 6), *(round(share.value, 6) for share in line.rounds), *(round(t, 6) for t in line.ties),
        )
        for line in table.lines
    )  # fmt: skip
    return _csv(f"{tournament.code}-standings.csv", head, rows)


@require_safe
@of_everybody
def results_csv(request: HttpRequest, tournament: Tournament, *, runs: bool) -> HttpResponseBase:
    """Gives every confirmed result."""
    fields = ("round", "table", "seat", "player", "kind", "total", "R", "G", "U", "TR", "joint", "breaches", "spoilt")
    rows = ([getattr(one, field) for field in fields] for one in ranking.results_of(tournament))
    return _csv(f"{tournament.code}-results.csv", fields, rows)


@require_safe
@for_directors
def links_csv(request: HttpRequest, tournament: Tournament, *, user: Any) -> HttpResponseBase:
    """Gives every player's own address, to be sent out; whoever has it is that player."""
    rows = (
        (
            player.number, player.name, player.team,
            address_for_phones(
                request, reverse("tournaments:mine", kwargs={"code": tournament.code, "token": player.token})
            ),
        )
        for player in tournament.players.select_related("tournament").order_by("number")
    )  # fmt: skip
    return _csv(f"{tournament.code}-links.csv", ("player", "name", "team", "link"), rows)


@require_safe
@of_everybody
def standings_json(request: HttpRequest, tournament: Tournament, *, runs: bool) -> HttpResponseBase:
    """Gives the tournament, its published draws and its standings."""
    table, names = ranking.table(tournament), names_of(tournament)
    hidden = tournament.anonymous
    return JsonResponse(
        {
            "code": tournament.code,
            "title": tournament.title,
            "rounds": tournament.rounds,
            "after": table.rounds,
            "players": [
                {
                    "number": one.number,
                    "name": one.name,
                    "team": one.team,
                    "entered": one.entered,
                    "withdrew": one.withdrew,
                }
                for one in names.values()
            ],
            "standings": [
                {
                    "rank": line.rank,
                    "player": line.player,
                    "score": line.score,
                    "rounds": [
                        {"round": s.round, "value": s.value, "kind": s.kind, "dropped": s.is_dropped}
                        for s in line.rounds
                    ],
                    "ties": dict(zip(TIE_BREAKS, line.ties, strict=True)),
                }
                for line in table.lines
            ],
            "draws": [
                {
                    "round": one.number,
                    "state": one.state,
                    "tables": [sorted(table) for table in one.drawn["seating"]]
                    if hidden and one.state != "confirmed"
                    else one.drawn["seating"],
                    "byes": one.drawn["byes"],
                }
                for one in tournament.played.order_by("number")
                if one.is_public
            ],
        }
    )


@require_safe
@of_everybody
def bundle_zip(request: HttpRequest, tournament: Tournament, *, runs: bool) -> HttpResponseBase:
    """Gives the file from which anybody can work the tournament out again, once it is over."""
    try:
        body = bundle.made(tournament)
    except bundle.NotOver:
        return nothing_here(request)
    return sent(body, "application/zip", f"{tournament.code}-tournament.zip")
