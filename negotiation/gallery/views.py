"""Pages of public games, which ask for no cookie, and the switch of who ran one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from game import rulesets
from game.observation import OBSERVER, observe
from game.play import Play
from negotiation.gallery import showings
from negotiation.gallery.models import Showing
from negotiation.languages.current import titled
from negotiation.rooms import plays
from negotiation.rooms.inside import address_of_words, posted_by_people
from negotiation.rooms.models import Delegate
from negotiation.rooms.parts import public_parts
from negotiation.rooms.reviews import review_of
from negotiation.rooms.services import Who
from negotiation.security import policy

A_PAGE = 12
EMBEDDED, EMBEDDED_CASE = ("replay",), ("verdict", "winners", "sums")


@never_cache
@require_safe
def games(request: HttpRequest) -> HttpResponse:
    """Lists the public games, the newest first."""
    page = Paginator(showings.shown(), A_PAGE).get_page(request.GET.get("page"))
    cards = [card for one in page.object_list if (card := _card(one))]
    return render(request, "gallery/games.html", {"page": page, "cards": cards})


def _card(showing: Showing) -> dict[str, Any] | None:
    play = plays.fold(showing.room)
    outcome = observe(play, OBSERVER).outcome
    if outcome is None:
        return None
    lenses = [max(outcome.scores, key=lambda one, key=key: getattr(one, key)).seat for key in ("G", "R", "TR")]  # type: ignore[misc]
    return {
        "showing": showing,
        "title": titled(play.scenario),
        "seats": play.scenario.seats,
        "rounds": len(play.played),
        "lenses": lenses,
        "sum": f"{outcome.region['sum_G']:+.1f}".replace("-", "\N{MINUS SIGN}"),
    }


@never_cache
@require_safe
def game(request: HttpRequest, code: str) -> HttpResponse:
    """Shows a public game: what the debrief shows to all, and the replay."""
    found = _found(code)
    if found is None:
        return render(request, "gallery/gone.html", status=404)
    context = _context(*found) | {"parts": ("cast", *public_parts(found[1])), "line": _line(request, found[0])}
    return render(request, "gallery/game.html", context)


@never_cache
@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, code: str) -> HttpResponse:
    """Shows the replay alone, for a frame on any site: no form, no cookie, nothing that could be pressed by mistake."""
    found = _found(code)
    context = _context(*found) | {"is_embedded": True} if found else {}
    if found:
        context["parts"] = EMBEDDED if context["has_region"] else EMBEDDED_CASE
    response = render(request, "gallery/embed.html", context, status=200 if found else 404)
    response.headers["Content-Security-Policy"] = policy(request, ancestors="*")
    return response


def _found(code: str) -> tuple[Showing, Play] | None:
    showing = showings.shown().filter(code=code).first()
    if showing is None:
        return None
    play = plays.fold(showing.room)
    return (showing, play) if play.is_over else None


def _context(showing: Showing, play: Play) -> dict[str, Any]:
    return {
        "showing": showing,
        "title": titled(play.scenario),
        "has_region": rulesets.of(play.scenario).has_region,
        "words": address_of_words(play),
        "boot": showings.public_view(showing, play),
        "review": review_of(showing.room, play),
    }


def _line(request: HttpRequest, showing: Showing) -> str:
    """Returns the HTML by which another site shows the replay."""
    address = request.build_absolute_uri(reverse("gallery:embed", kwargs={"code": showing.code}))
    return f'<iframe src="{address}" title="Talks on Northeast Asia" width="720" height="640" loading="lazy"></iframe>'


@posted_by_people
def show(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Makes the finished game public or takes it back; for its host or facilitator."""
    if not showings.may_show(delegate):
        return HttpResponse(status=403)
    if "take_back" in request.POST:
        showings.take_back(delegate.room)
    elif play.is_over:
        names = request.POST.get("names", "")
        names = names if names in Showing.Names.values else Showing.Names.HIDDEN
        showings.show(room=delegate.room, names=names, has_talk="talk" in request.POST)
    return redirect(reverse("rooms:debrief", kwargs={"code": delegate.room.code}) + "#show")
