"""Pages of a director: the list, the form, the desk, the draft of a round, and everything that is done from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game import words
from negotiation.rooms.views import asked_for
from negotiation.scenarios import library
from negotiation.tournaments import cuts, desk, fairplay, forgetting, rating, rounds
from negotiation.tournaments.access import for_directors
from negotiation.tournaments.desk import CannotDo
from negotiation.tournaments.forms import ListForm, TournamentForm
from negotiation.tournaments.models import Appeal, Place, Player, Rated, Round, Tournament
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
    form = TournamentForm(request.POST or None, user=request.user, initial=asked_for(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, "tournaments/create.html", {"form": form}, status=422 if form.errors else 200)
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
    request: HttpRequest, tournament: Tournament, form: ListForm, sheet: Any = None, status: int = 200
) -> HttpResponseBase:
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
        "unfinished": rounds.unfinished(running) if running and running.state == Round.State.PLAYING else [],
        "appeals": Appeal.objects.filter(player__tournament=tournament).select_related("player"),
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
    }


@require_safe
@for_directors
def progress(request: HttpRequest, tournament: Tournament, *, user: User) -> HttpResponseBase:
    """Gives how far the draw is."""
    running = tournament.played.exclude(state=Round.State.CONFIRMED).first()
    return JsonResponse({"state": running.state, **running.progress} if running else {"state": ""})


@require_POST
@for_directors
def do(request: HttpRequest, tournament: Tournament, *, user: User, what: str) -> HttpResponseBase:
    """Does one thing from the desk, says what came of it, and shows the desk again."""
    action = ACTIONS.get(what)
    if action is None:
        return redirect("tournaments:desk", code=tournament.code)
    try:
        said = action(tournament, request.POST, user.get_username())
    except CannotDo as refused:
        messages.error(request, str(refused))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
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
        return _desk(request, tournament, form, sheet, status=422)
    try:
        count = desk.take_list(tournament, sheet, user.get_username())
    except CannotDo as refused:
        messages.error(request, str(refused))
    else:
        messages.info(request, _("%(count)d players were registered.") % {"count": count})
    return redirect("tournaments:desk", code=tournament.code)


Said = list[str] | None


def _player(tournament: Tournament, post: QueryDict) -> Player:
    number = post.get("player", "")
    found = tournament.players.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None
    if found is None:
        raise CannotDo(_("There is no such player."))
    return found


def _running(tournament: Tournament) -> Round:
    found = tournament.played.exclude(state=Round.State.CONFIRMED).first()
    if found is None:
        raise CannotDo(_("No round is running. Draw the next one."))
    return found


def _integer(post: QueryDict, name: str) -> int:
    text = post.get(name, "").strip()
    try:
        return int(text[:8])
    except ValueError:
        raise CannotDo(_("%(found)s is no number.") % {"found": text[:20] or "—"}) from None


def _figure(post: QueryDict, name: str) -> float:
    text = post.get(name, "").strip().replace(",", ".").replace("−", "-")
    try:
        found = float(text[:16])
    except ValueError:
        found = float("nan")
    if not -10_000 < found < 10_000:
        raise CannotDo(_("%(found)s is no number.") % {"found": text[:20] or "—"})
    return found


def _draft_it(tournament: Tournament, post: QueryDict, who: str) -> Said:
    rounds.draft(tournament, who=who)
    return None


def _swap(tournament: Tournament, post: QueryDict, who: str) -> Said:
    warnings = rounds.swap(_running(tournament), _integer(post, "one"), _integer(post, "other"), who=who)
    return [_("The two have changed places."), *warnings[:5]]


def _publish(tournament: Tournament, post: QueryDict, who: str) -> Said:
    rounds.publish(_running(tournament), who=who)
    return [_("The draw is published, and the rooms are made.")]


def _open(tournament: Tournament, post: QueryDict, who: str) -> Said:
    answer = rounds.open_tables(_running(tournament), who=who)
    refused = [f"{table}: {sentence}" for table, sentence in answer.refused.items()]
    return [_("Talks are open at %(count)d tables.") % {"count": answer.done}, *refused[:10]]


def _confirm(tournament: Tournament, post: QueryDict, who: str) -> Said:
    confirmed = rounds.confirm(_running(tournament), who=who, despite="despite" in post)
    return [_("The results of round %(number)d are confirmed.") % {"number": confirmed.number}]


def _add(tournament: Tournament, post: QueryDict, who: str) -> Said:
    player = desk.register(tournament, post.get("name", ""), team=post.get("team", ""), who=who)
    desk.check_in(player)
    return [_("%(name)s plays from round %(round)d on.") % {"name": player.name, "round": player.entered}]


def _check_in(tournament: Tournament, post: QueryDict, who: str) -> Said:
    desk.check_in(_player(tournament, post), here="gone" not in post)
    return None


def _check_in_all(tournament: Tournament, post: QueryDict, who: str) -> Said:
    for player in tournament.players.filter(checked_in_at=None, withdrew=None):
        desk.check_in(player)
    return None


def _withdraw(tournament: Tournament, post: QueryDict, who: str) -> Said:
    desk.withdraw(_player(tournament, post), who=who, back="back" in post)
    return None


def _miss(tournament: Tournament, post: QueryDict, who: str) -> Said:
    player, number = _player(tournament, post), desk.next_round(tournament)
    if post.get("how") == "expected":
        desk.expect(player, number, who=who)
    else:
        desk.excuse(player, number, who=who, excused=post.get("how") == "excused", reason=post.get("reason", "")[:200])
    return None


def _substitute(tournament: Tournament, post: QueryDict, who: str) -> Said:
    desk.substitute(_player(tournament, post), post.get("name", ""), who=who)
    return None


def _adjust(tournament: Tournament, post: QueryDict, who: str) -> Said:
    desk.adjust(_player(tournament, post), _figure(post, "points"), post.get("reason", ""), who=who)
    return None


def _rule(tournament: Tournament, post: QueryDict, who: str) -> Said:
    made = Appeal.objects.filter(player__tournament=tournament, pk=_integer(post, "appeal")).first()
    if made is None:
        raise CannotDo(_("There is no such appeal."))
    desk.rule(made, upheld="upheld" in post, reason=post.get("reason", ""), who=who)
    return None


def _correct(tournament: Tournament, post: QueryDict, who: str) -> Said:
    place = (
        Place.objects.filter(
            round__tournament=tournament, round__number=_integer(post, "round"), player=_player(tournament, post)
        )
        .select_related("round", "player")
        .first()
    )
    if place is None:
        raise CannotDo(_("This player had no place in that round."))
    values = {name: _figure(post, name) for name in ("total", "R") if post.get(name, "").strip()}
    rounds.correct(place, who=who, reason=post.get("reason", ""), kind=post.get("kind", "played"), **values)
    return [_("The result is corrected, and all standings with it.")]


def _finish(tournament: Tournament, post: QueryDict, who: str) -> Said:
    rounds.finish(tournament, who=who, over="again" not in post)
    rating.take_in(tournament.owner)
    return None


def _finals(tournament: Tournament, post: QueryDict, who: str) -> Said:
    carry = _figure(post, "carry") / 100
    made = cuts.finals(tournament, count=_integer(post, "count"), played=_integer(post, "rounds"), carry=carry, who=who)
    return [_("The finals are made: %(code)s, under Tournaments.") % {"code": made.code}]


def _token(tournament: Tournament, post: QueryDict, who: str) -> Said:
    Tournament.objects.filter(pk=tournament.pk).update(tokens=tournament.tokens + 1)
    desk.note(tournament, who, "token")
    return [_("The token is another now; the old one opens nothing any more.")]


ACTIONS: dict[str, Callable[[Tournament, QueryDict, str], Said]] = {
    "draft": _draft_it,
    "swap": _swap,
    "publish": _publish,
    "open": _open,
    "confirm": _confirm,
    "add": _add,
    "check-in": _check_in,
    "check-in-all": _check_in_all,
    "withdraw": _withdraw,
    "miss": _miss,
    "substitute": _substitute,
    "adjust": _adjust,
    "rule": _rule,
    "correct": _correct,
    "finish": _finish,
    "finals": _finals,
    "token": _token,
}


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
    seats = [(seat, words.say(f"seat.{seat}")) for seat in rounds.scenario_of(tournament).seats]
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
