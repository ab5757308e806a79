"""Public pages: the standings, a round, a player, the crosstable; registration, and a player's own page by its secret link."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from negotiation.conferences.models import Participant
from negotiation.languages.current import say
from negotiation.rooms.inside import address_for_phones, drawing_of
from negotiation.tournaments import desk, fairplay, ranking, reading
from negotiation.tournaments.access import nothing_here, of_everybody, player_of
from negotiation.tournaments.desk import CannotDo
from negotiation.tournaments.drawn import told
from negotiation.tournaments.forms import AppealForm, RegisterForm
from negotiation.tournaments.models import Adjustment, Appeal, Change, Place, Player, Round, Tournament
from negotiation.tournaments.rounds import scenario_of
from negotiation.tournaments.standings import TIE_BREAKS

PUBLIC_CHANGES = ("corrected", "adjusted", "ruled", "withdrew", "came_back", "substituted", "edited")


@require_safe
@of_everybody
def standings(request: HttpRequest, tournament: Tournament, *, runs: bool) -> HttpResponseBase:
    """Shows where everybody stands, as it is or as if the tournament ended now."""
    now = "now" in request.GET
    table = ranking.table(tournament, now=now)
    names = names_of(tournament)
    context = {
        "tournament": tournament,
        "runs": runs,
        "table": table,
        "now": now,
        "lines": [(line, names[line.player]) for line in table.lines],
        "teams": table.teams,
        "champions": [(lens, [(names[player].name, mean) for player, mean in best]) for lens, best in table.champions],
        "best": table.best,
        "rounds": public_rounds(tournament),
        "numbers": range(1, table.rounds + 1),
        "adjustments": Adjustment.objects.filter(player__tournament=tournament).select_related("player"),
        "appeals": Appeal.objects.filter(player__tournament=tournament).exclude(ruling="open").select_related("player"),
        "changes": public_changes(tournament),
        "commitments": [
            (number, tournament.commitment("game", number), tournament.commitment("draw", number))
            for number in range(1, tournament.rounds + 1)
        ],
        "is_over": tournament.state == Tournament.Ending.OVER,
    }
    return render(request, "tournaments/standings.html", context)


def public_changes(tournament: Tournament) -> list[Change]:
    """Returns what everybody may read of what was done, the newest first; nothing of a draw that is not published."""
    shown = {one.number for one in public_rounds(tournament)}
    changes = tournament.changes.filter(what__in=PUBLIC_CHANGES)[:50]
    return [one for one in changes if one.what != "edited" or one.detail["round"] in shown]


def names_of(tournament: Tournament) -> dict[int, Player]:
    """Returns the players by their numbers."""
    return {player.number: player for player in tournament.players.select_related("tournament")}


def public_rounds(tournament: Tournament) -> list[Round]:
    """Returns the rounds whose draw everybody may see."""
    return [one for one in tournament.played.order_by("number") if one.is_public]


@require_safe
@of_everybody
def round_page(request: HttpRequest, tournament: Tournament, *, runs: bool, number: int) -> HttpResponseBase:
    """Shows the draw of a round and what came of it; one that is not published is nowhere."""
    found = tournament.played.filter(number=number).select_related("conference").first()
    if found is None or not found.is_public:
        return nothing_here(request)
    seats = scenario_of(tournament).seats
    places = (
        reading.read(found)
        if found.state == Round.State.PLAYING
        else list(found.places.select_related("player").order_by("table", "pk"))
    )
    tables: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        tables[place.table].append(place)
    out = tables.pop(0, [])
    hides = tournament.anonymous and found.state != Round.State.CONFIRMED
    context = {
        "tournament": tournament,
        "runs": runs,
        "round": found,
        "rounds": public_rounds(tournament),
        "seats": [(seat, say(f"seat.{seat}")) for seat in seats],
        "tables": sorted(tables.items()),
        "out": out,
        "hides": hides,
        "drawn": found.drawn,
        "reasons": [told(one) for one in found.drawn.get("reasons", ())],
        "is_over": tournament.state == Tournament.Ending.OVER,
    }
    return render(request, "tournaments/round.html", context)


@require_safe
@of_everybody
def player_page(request: HttpRequest, tournament: Tournament, *, runs: bool, number: int) -> HttpResponseBase:
    """Shows one player's rounds, how each came to its points, and the tie-breaks worked out."""
    player = tournament.players.filter(number=number).first()
    if player is None:
        return nothing_here(request)
    return render(request, "tournaments/player.html", {"runs": runs, "own": False} | player_context(tournament, player))


def player_context(tournament: Tournament, player: Player) -> dict[str, Any]:
    """Returns what a page shows of a player."""
    table = ranking.table(tournament)
    line = next((line for line in table.lines if line.player == player.number), None)
    places = {
        place.round.number: place
        for place in player.places.filter(round__state=Round.State.CONFIRMED).select_related("round")
    }
    shares = [(share, places.get(share.round)) for share in line.rounds] if line else []
    place_of = next((i for i, one in enumerate(table.lines) if one.player == player.number), 0)
    rivals = [
        (one, tournament.players.get(number=one.player))
        for one in table.lines[max(0, place_of - 1) : place_of + 2]
        if one.player != player.number
    ]
    return {
        "tournament": tournament,
        "player": player,
        "line": line,
        "shares": shares,
        "ties": list(zip(TIE_BREAKS, line.ties, strict=True)) if line else [],
        "rivals": rivals,
        "adjustments": player.adjustments.all(),
        "count": len(table.lines),
        "rounds": public_rounds(tournament),
    }


@require_safe
@of_everybody
def crosstable(request: HttpRequest, tournament: Tournament, *, runs: bool) -> HttpResponseBase:
    """Shows who met whom how often, and who had which seat."""
    rounds = public_rounds(tournament)
    if tournament.anonymous:
        rounds = [one for one in rounds if one.state == Round.State.CONFIRMED]
    met: dict[tuple[int, int], list[int]] = defaultdict(list)
    sat: dict[tuple[int, int], int] = defaultdict(int)
    for one in rounds:
        for table in one.drawn["seating"]:
            for seat, player in enumerate(table):
                sat[player, seat] += 1
                for other in table:
                    if other != player:
                        met[player, other].append(one.number)
    players = list(tournament.players.order_by("number"))
    seats = scenario_of(tournament).seats
    context = {
        "tournament": tournament,
        "runs": runs,
        "rounds": public_rounds(tournament),
        "seats": seats,
        "players": players,
        "rows": [
            (
                player,
                [sat[player.number, seat] for seat in range(len(seats))],
                [
                    None if other is player else " ".join(map(str, met[player.number, other.number]))
                    for other in players
                ],
            )
            for player in players
        ],
    }
    return render(request, "tournaments/crosstable.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_everybody
def register(request: HttpRequest, tournament: Tournament, *, runs: bool) -> HttpResponseBase:
    """Takes a name, and leads to the player's own page."""
    if not tournament.registration or tournament.state == Tournament.Ending.OVER:
        context = {"tournament": tournament, "runs": runs, "form": None, "rounds": public_rounds(tournament)}
        return render(request, "tournaments/register.html", context, status=403)
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            player = desk.register(tournament, form.cleaned_data["name"], team=form.cleaned_data["team"])
        except (CannotDo, ValidationError) as refused:
            form.add_error("name", refused if isinstance(refused, ValidationError) else str(refused))
        else:
            return redirect("tournaments:mine", code=tournament.code, token=player.token)
    context = {"tournament": tournament, "runs": runs, "form": form, "rounds": public_rounds(tournament)}
    return render(request, "tournaments/register.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@of_everybody
def mine(request: HttpRequest, tournament: Tournament, *, runs: bool, token: str) -> HttpResponseBase:
    """Shows a player the way to the table, and takes what the player objects to."""
    player = player_of(tournament, token)
    if player is None:
        return nothing_here(request)
    form = AppealForm(request.POST or None, initial={"round": max(1, tournament.played.count())})
    if request.method == "POST" and form.is_valid():
        try:
            desk.appeal(player, form.cleaned_data["round"], form.cleaned_data["text"])
        except CannotDo as refused:
            form.add_error("text", str(refused))
        else:
            return redirect("tournaments:mine", code=tournament.code, token=token)
    context = {
        "runs": runs,
        "own": True,
        "token": token,
        "form": form,
        "appeals": player.appeals.all(),
        "next": _next_table(tournament, player),
    } | player_context(tournament, player)
    response = render(request, "tournaments/player.html", context, status=422 if form.errors else 200)
    if not runs:
        fairplay.recognise(request, response, player)
    return response


def _next_table(tournament: Tournament, player: Player) -> dict[str, Any] | None:
    """Returns the table at which the player sits now, with the link that leads to the seat."""
    running = tournament.played.filter(state__in=(Round.State.PUBLISHED, Round.State.PLAYING)).first()
    if running is None:
        return None
    place = player.places.filter(round=running).first()
    if place is None or place.participant is None or running.conference is None:
        return {"round": running, "place": place, "link": ""}
    person = Participant.objects.select_related("conference").get(
        conference=running.conference, number=place.participant
    )
    link = reverse("conferences:personal", kwargs={"code": running.conference.code, "token": person.link_token})
    return {"round": running, "place": place, "link": link}


@require_POST
@of_everybody
def check_in(request: HttpRequest, tournament: Tournament, *, runs: bool, token: str) -> HttpResponseBase:
    """Notes that the player is here."""
    player = player_of(tournament, token)
    if player is None:
        return nothing_here(request)
    desk.check_in(player, here="gone" not in request.POST)
    return redirect("tournaments:mine", code=tournament.code, token=token)


@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """Draws the address of registration; it asks no database."""
    return drawing_of(address_for_phones(request, reverse("tournaments:register", kwargs={"code": code})))
