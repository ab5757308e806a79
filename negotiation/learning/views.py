"""Pages for whoever has never played: where to begin, the lesson, five questions, the rulebook.

Where a conference wants something of it first, the way back to its door goes along as ``next``.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game import quiz, scenario
from game.play import Play
from negotiation.accounts.origins import origin_of
from negotiation.languages import current
from negotiation.learning import marks
from negotiation.learning.book import book
from negotiation.learning.forms import QuizForm
from negotiation.rooms import creation
from negotiation.rooms.inside import posted_by_people
from negotiation.rooms.models import Delegate
from negotiation.rooms.services import Who
from negotiation.rooms.views import account, give_cookie, too_many_rooms

NEXT = "next"


def onward(request: HttpRequest) -> str:
    """Returns where the visitor wants to go afterwards, if that is a page of this site."""
    asked = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


def way(name: str, after: str) -> str:
    """Returns the address of a page of learning, with the way on."""
    return reverse(f"learning:{name}") + (f"?{urlencode({NEXT: after})}" if after else "")


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Shows what there is to learn, and what of it is done."""
    regions = [(name, current.say(f"scenario.{name}")) for name in scenario.names()]
    context = {"done": marks.has(request), "onward": onward(request), "regions": regions}
    return render(request, "learning/start.html", context)


@require_POST
def lesson(request: HttpRequest) -> HttpResponseBase:
    """Makes a room against two bots with hints, and puts the visitor into it."""
    try:
        joined = creation.play_now(origin=origin_of(request), owner=account(request))
    except creation.TooManyRooms:
        return too_many_rooms(request)
    after = urlencode({"lesson": "", NEXT: onward(request)})
    response = redirect(f"{reverse('rooms:room', kwargs={'code': joined.delegate.room.code})}?{after}")
    give_cookie(response, joined)
    return response


@posted_by_people
def learned(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Notes the lesson as done, if its game says so: a round was played, with an order from this seat."""
    ordered = by.seat in play.scenario.seats and any(
        done.orders[play.index(by.seat)] is not None for done in play.played
    )
    if not ordered:
        return JsonResponse({"ok": False}, status=409)
    response = JsonResponse({"ok": True})
    marks.give(request, response, "lesson")
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Asks five questions; says of each answer whether it is right, and why."""
    form = QuizForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "onward": onward(request), "count": len(quiz.QUESTIONS)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "learning/check.html", context, status=422 if form.errors else 200)
    context |= {"answered": True, "passed": not form.wrong, "right": len(quiz.QUESTIONS) - len(form.wrong)}
    response = render(request, "learning/check.html", context)
    if not form.wrong:
        marks.give(request, response, "check")
    return response


@require_safe
def rulebook(request: HttpRequest) -> HttpResponse:
    """Shows the rules on two pages, made of what the rules themselves read."""
    return render(request, "learning/rulebook.html", {"book": book(current.current())})
