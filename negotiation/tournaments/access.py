"""for_directors, of_everybody, player_of: who may run a tournament, what all may see, and whose page it is."""

from __future__ import annotations

import functools
import hmac
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from negotiation.numerals import whole
from negotiation.rooms.views import account
from negotiation.tournaments.models import Player, Tournament

View = Callable[..., HttpResponseBase]


def may_run(tournament: Tournament, user: User | None) -> bool:
    """Tells whether the account runs the tournament."""
    return user is not None and tournament.owner_id == user.pk


def nothing_here(request: HttpRequest, status: int = 404) -> HttpResponse:
    """Says that there is no such page, in the same words whether or not there is something that is hidden."""
    return render(request, "tournaments/nothing.html", {"sentence": _("There is nothing here.")}, status=status)


def of_everybody(view: View) -> View:
    """Makes a view that all may see; it is told whether the reader runs the tournament."""

    @functools.wraps(view)
    def public(request: HttpRequest, code: str, **more: Any) -> HttpResponseBase:
        tournament = Tournament.objects.filter(code=code).first()
        if tournament is None:
            return nothing_here(request)
        return view(request, tournament, runs=may_run(tournament, account(request)), **more)

    return never_cache(public)


def for_directors(view: View) -> View:
    """Makes a view of the one who runs the tournament. Strangers are asked to log in; others find nothing there."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, code: str, **more: Any) -> HttpResponseBase:
        user = account(request)
        if user is None:
            return redirect_to_login(request.get_full_path())
        tournament = Tournament.objects.filter(code=code).first()
        if tournament is None or not may_run(tournament, user):
            return nothing_here(request)
        return view(request, tournament, user=user, **more)

    return never_cache(guarded)


def player_of(tournament: Tournament, token: str) -> Player | None:
    """Returns whose secret this is, or None."""
    place, _dash, proof = token.partition("-")
    number = whole(place)
    if number is None or not proof:
        return None
    player = tournament.players.select_related("tournament").filter(number=number).first()
    return player if player and hmac.compare_digest(player.token.encode(), token.encode()) else None
