"""Pages of a director: the list, the form, the desk, the draft of a round, and everything that is done from there."""

from __future__ import annotations

from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from negotiation.languages.current import say
from negotiation.rooms.views import asked_for
from negotiation.scenarios import library
from negotiation.tournaments import deeds, desk, fairplay, forgetting, rating, rounds
from negotiation.tournaments.access import for_directors
from negotiation.tournaments.actions import ACTIONS
from negotiation.tournaments.desk import CannotDo
from negotiation.tournaments.drawn import told
from negotiation.tournaments.forms import PRESETS, ListForm, TournamentForm
from negotiation.tournaments.models import Appeal, Place, Rated, Round, Tournament
from negotiation.tournaments.views import names_of, public_rounds

MOST_SHOWN = 200
"""Rows of a list of evidence."""


@never_cache
@require_safe
@login_required
def tournaments(request: HttpRequest) -> HttpResponseBase:
    """Lists the tournaments that the account runs."""
    assert request.user.is_authenticated
    runs = Tournament.objects.filter(owner=request.user).prefetch_related("players", "played")
    return render(request, "tournaments/mine.html", {"tournaments": runs})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def create(request: HttpRequest) -> HttpResponseBase:
    """Makes a tournament, and leads to its desk."""
    assert request.user.is_authenticated
    _name, chosen = PRESETS.get(request.GET.get("kind", ""), ("", {}))
    form = TournamentForm(request.POST or None, user=request.user, initial=asked_for(request) | chosen)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "presets": [(kind, name) for kind, (name, _chosen) in PRESETS.items()]}
        return render(request, "tournaments/create.html", context, status=422 if form.errors else 200)
    data, settings = form.cleaned_data, library.settled(form.settings())
    tournament = Tournament.objects.create(
        title=data["title"],
        owner=request.user,
        scenario=settings.scenario,
        settings=msgspec.json.encode(settings).decode(),
        rounds=data["rounds_played"],
        weight=data["weight"] / 100,
        **{
            name: data[name]
            for name in ("system", "filling", "method", "drop", "best_of_team", "anonymous", "registration")
        },
    )
    return redirect("tournaments:desk", code=tournament.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ratings(request: HttpRequest) -> HttpResponseBase:
    """Shows how strong and how reliable the players of one's tournaments are, and erases who asks for it."""
    assert request.user.is_authenticated
    if request.method == "POST":
        if rating.forget(request.user, request.POST.get("name", "")):
            messages.info(request, _("The rating is erased, and the name in your tournaments."))
        return redirect("tournaments:ratings")
    return render(request, "tournaments/ratings.html", {"rated": Rated.objects.filter(owner=request.user)})


@require_safe
@for_directors
def desk_page(request: HttpRequest, tournament: Tournament, *, user: User) -> HttpResponseBase:
    """Shows the director everything: players, the round that is next or runs, appeals, what was done."""
    return _desk(request, tournament, ListForm())


def _desk(
    request: HttpRequest,
    tournament: Tournament,
    form: ListForm,
    sheet: Any = None,
    failed: tuple[str, Form] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Shows the desk; `sheet` is a list that was refused, `failed` the name and the form of a deed that was."""
    what, sent = failed or ("", None)
    running = tournament.played.exclude(state=Round.State.CONFIRMED).select_related("conference").first()
    number = running.number if running else tournament.played.count() + 1
    players = list(tournament.players.select_related("tournament").order_by("number"))
    drawn = {one.number for one in rounds.available(tournament, number)}
    context = {
        "tournament": tournament,
        "runs": True,
        "round": running,
        "number": number,
        "is_last": number > tournament.rounds,
        "players": [(player, player.number in drawn) for player in players],
        "here": len(drawn),
        "seats": rounds.scenario_of(tournament).seats,
        "draft": _draft(tournament, running),
        "refusal": told(running.progress.get("refusal", "")) if running else "",
        "unfinished": rounds.unfinished(running) if running and running.state == Round.State.PLAYING else [],
        "appeals": [
            (one, sent if what == "rule" and request.POST.get("appeal") == str(one.pk) else deeds.deed("rule", one.pk))
            for one in Appeal.objects.filter(player__tournament=tournament).select_related("player")
        ],
        "deeds": {name: sent if what == name else deeds.deed(name) for name in deeds.DEEDS},
        "failed": what,
        "changes": tournament.changes.all()[:40],
        "form": form,
        "sheet": sheet,
        "rounds": public_rounds(tournament),
        "is_over": tournament.state == Tournament.Ending.OVER,
    }
    return render(request, "tournaments/desk.html", context, status=status)


def _draft(tournament: Tournament, running: Round | None) -> dict[str, Any] | None:
    if running is None or running.state not in (Round.State.DRAFT, Round.State.DRAWING) or not running.drawn:
        return None
    names = names_of(tournament)

    def named(number: int) -> tuple[int, str]:
        return number, names[number].name if number in names else _("a bot")

    return {
        "tables": [[named(one) for one in table] for table in running.drawn["seating"]],
        "byes": [named(one) for one in running.drawn["byes"]],
        "everybody": [named(one) for table in running.drawn["seating"] for one in table]
        + [named(one) for one in running.drawn["byes"]],
        "warnings": rounds.warnings_of(running),
        "drawn": running.drawn,
        "reasons": [told(one) for one in running.drawn.get("reasons", ())],
    }


@require_safe
@for_directors
def progress(request: HttpRequest, tournament: Tournament, *, user: User) -> HttpResponseBase:
    """Gives how far the draw is."""
    running = tournament.played.exclude(state=Round.State.CONFIRMED).first()
    if running is None:
        return JsonResponse({"state": ""})
    refusal = {"refusal": told(running.progress["refusal"])} if "refusal" in running.progress else {}
    return JsonResponse({"state": running.state, **running.progress, **refusal})


def _form_of(request: HttpRequest, tournament: Tournament, what: str) -> tuple[bool, int | None]:
    """Tells whether the desk as it is now has the form of a deed, and the number of the appeal that it is about."""
    if what == "rule":
        sent = request.POST.get("appeal", "")
        waiting = Appeal.objects.filter(player__tournament=tournament, ruling=Appeal.Ruling.OPEN)
        about = next((one.pk for one in waiting if str(one.pk) == sent), None)
        return about is not None, about
    return (tournament.state == Tournament.Ending.OVER) == (what == "finals"), None


@require_http_methods(["GET", "HEAD", "POST"])
@for_directors
def do(request: HttpRequest, tournament: Tournament, *, user: User, what: str) -> HttpResponseBase:
    """Does one thing from the desk, says what came of it, and shows the desk again."""
    action = ACTIONS.get(what) if request.method == "POST" else None
    if action is None:
        return redirect("tournaments:desk", code=tournament.code)
    try:
        said = action(tournament, request.POST, user.get_username())
    except (CannotDo, ValidationError) as refused:
        # A name that cannot be shown is the one thing that is refused without saying where.
        field, sentence = (
            (refused.field, str(refused)) if isinstance(refused, CannotDo) else ("name", " ".join(refused.messages))
        )
        is_there, about = _form_of(request, tournament, what)
        if is_there and (form := deeds.failed(what, request.POST, field, sentence, about)):
            return _desk(request, tournament, ListForm(), failed=(what, form), status=422)
        messages.error(request, sentence)
    else:
        for sentence in said or ():
            messages.info(request, sentence)
    return redirect("tournaments:desk", code=tournament.code)


@require_POST
@for_directors
def players(request: HttpRequest, tournament: Tournament, *, user: User) -> HttpResponseBase:
    """Takes a list of players; where a row is wrong, nothing is taken and every wrong row is shown."""
    form = ListForm(request.POST)
    if not form.is_valid():
        return _desk(request, tournament, form, status=422)
    sheet = desk.read_list(tournament, form.cleaned_data["text"])
    if not sheet.is_sound:
        form.add_error("text", _("Nothing was taken over. Put these lines right:"))
        return _desk(request, tournament, form, sheet, status=422)
    try:
        count = desk.take_list(tournament, sheet, user.get_username())
    except CannotDo as refused:
        form.add_error("text", str(refused))
        return _desk(request, tournament, form, status=422)
    else:
        messages.info(request, _("%(count)d players were registered.") % {"count": count})
    return redirect("tournaments:desk", code=tournament.code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_directors
def erase(request: HttpRequest, tournament: Tournament, *, user: User) -> HttpResponseBase:
    """Forgets the players, or deletes all of it; asked by writing the code."""
    error = ""
    if request.method == "POST":
        if request.POST.get("code", "").strip().upper() != tournament.code:
            error = _("Write the code of the tournament, so that nothing is erased by accident.")
        elif "delete" in request.POST:
            forgetting.delete(tournament)
            return redirect("tournaments:tournaments")
        else:
            forgetting.forget(tournament)
            return redirect("tournaments:desk", code=tournament.code)
    context = {"tournament": tournament, "runs": True, "rounds": public_rounds(tournament), "error": error}
    context["written"] = request.POST.get("code", "")
    return render(request, "tournaments/erase.html", context, status=422 if error else 200)


@require_safe
@for_directors
def fair_play(request: HttpRequest, tournament: Tournament, *, user: User) -> HttpResponseBase:
    """Shows what a director may want to ask about."""
    context = {
        "tournament": tournament,
        "runs": True,
        "rounds": public_rounds(tournament),
        "gifts": fairplay.gifts(tournament)[:MOST_SHOWN],
        "copies": fairplay.copies(tournament)[:MOST_SHOWN],
        "devices": fairplay.devices(tournament),
    }
    return render(request, "tournaments/fairplay.html", context)


@require_safe
@for_directors
def cards(request: HttpRequest, tournament: Tournament, *, user: User) -> HttpResponseBase:
    """Shows a sheet to print: a card for each table with its seats and names."""
    running = [one for one in tournament.played.order_by("-number") if one.is_public][:1]
    seats = [(seat, say(f"seat.{seat}")) for seat in rounds.scenario_of(tournament).seats]
    tables: dict[int, list[Place]] = {}
    for one in running:
        for place in one.places.filter(table__gt=0).select_related("player").order_by("table", "pk"):
            tables.setdefault(place.table, []).append(place)
    context = {
        "tournament": tournament,
        "runs": True,
        "round": running[0] if running else None,
        "tables": sorted(tables.items()),
        "seats": seats,
        "rounds": public_rounds(tournament),
    }
    return render(request, "tournaments/cards.html", context)
