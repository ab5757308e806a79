"""Pages around a room: home, making one, finding one, coming in and going.

A page decides nothing: it asks `creation` and `people`. Who somebody is in a room, the cookie of that room says.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game import scenario
from game.play import Play
from negotiation.accounts.origins import origin_of
from negotiation.languages.current import say, titled
from negotiation.rooms import creation, doors, people, plays
from negotiation.rooms.consumers import COOKIE
from negotiation.rooms.forms import CodeForm, CreateForm, EnterForm
from negotiation.rooms.limits import ANONYMOUS_ROOMS_PER_HOUR, guesses
from negotiation.rooms.models import Delegate, Room
from negotiation.scenarios import library

TOKEN_SECONDS = 30 * 86_400


@require_safe
def home(request: HttpRequest, status: int = 200, error: str = "") -> HttpResponse:
    """Shows the scenarios, and the ways into a room."""
    context = {
        "scenarios": [(say(f"scenario.{name}"), scenario.load(name)) for name in scenario.names()],
        "limits": {"rooms_per_hour": ANONYMOUS_ROOMS_PER_HOUR},
        "form": CodeForm(),
        "own_name": say(f"seat.{creation.OWN_SEAT}"),
        "error": error,
    }
    return render(request, "rooms/home.html", context, status=status)


@require_POST
def play_now(request: HttpRequest) -> HttpResponseBase:
    """Makes a room against two bots and puts the visitor into it."""
    try:
        joined = creation.play_now(origin=origin_of(request), owner=account(request))
    except creation.TooManyRooms:
        return too_many_rooms(request)
    return seated(joined)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponseBase:
    """Makes a room; without an account its maker takes a seat next, and may start, pause and resume."""
    owner = account(request)
    form = CreateForm(request.POST or None, user=owner, initial=asked_for(request))
    if request.method == "POST" and form.is_valid() and owner is None and form.lets_nobody_in():
        form.add_error("observers", _("Bots sit in every seat: let people watch, or keep a seat for one."))
    if request.method != "POST" or not form.is_valid():
        return render(request, "rooms/create.html", {"form": form}, status=422 if form.errors else 200)
    try:
        room = creation.create(wish=form.wish(), owner=owner, origin=origin_of(request))
    except creation.TooManyRooms:
        form.add_error(None, _too_many())
        return render(request, "rooms/create.html", {"form": form}, status=429)
    if owner is not None:
        return redirect("rooms:room", code=room.code)
    # The maker becomes the host by coming in with this browser.
    request.session[f"host:{room.code}"] = True
    return redirect("rooms:enter", code=room.code)


def asked_for(request: HttpRequest) -> dict[str, str]:
    """Returns what a link to a form wants chosen in it."""
    return {name: request.GET[name] for name in ("scenario", "preset") if name in request.GET}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Asks for the code of a room and leads there."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "rooms/join.html", {"form": form, "room": None}, status=422 if form.errors else 200)
    code = form.cleaned_data["code"]
    if address := doors.behind(code):
        return redirect(address)
    return redirect("rooms:enter", code=code) if open_room(code) else no_such_room(request, code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Lets somebody choose a name and a seat; a wrong, a closed and a full room look the same."""
    if people.delegate_with(code, request.COOKIES.get(COOKIE)):
        return redirect("rooms:room", code=code)
    if address := doors.behind(code):
        return redirect(address)
    found = open_room(code)
    if found is None:
        return no_such_room(request, code)
    room, play = found
    chairs = people.chairs(room, play)
    names = library.seat_names(play.scenario)
    form = EnterForm(request.POST or None, chairs=chairs, observers=room.observers, names=names)
    if request.method == "POST" and form.is_valid():
        seat = form.cleaned_data["seat"]
        is_host = request.session.get(f"host:{code}", False)
        try:
            joined = people.join(
                room_id=room.pk,
                name=form.cleaned_data["name"],
                seat=None if seat == "observer" else seat,
                is_host=is_host,
            )
        except people.CannotJoin as refused:
            form.add_error(refused.field, str(refused))
        else:
            request.session.pop(f"host:{code}", None)
            return seated(joined)
    context = {"form": form, "room": room, "chairs": chairs, "title": titled(play.scenario)}
    return render(request, "rooms/join.html", context, status=422 if form.errors else 200)


@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Gives the visitor's place up."""
    delegate = people.delegate_with(code, request.COOKIES.get(COOKIE))
    if delegate is not None:
        people.leave(delegate=delegate)
    messages.info(request, _("You have left the room."))
    response = redirect("rooms:home")
    response.delete_cookie(COOKIE, path=f"/r/{code}/")
    return response


@require_POST
def remove(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Takes somebody's place away; for the facilitator."""
    facilitator = people.delegate_with(code, request.COOKIES.get(COOKIE))
    if facilitator is None or facilitator.role != Delegate.Role.FACILITATOR:
        return no_such_room(request, code)
    delegate = Delegate.objects.filter(room=facilitator.room, number=number, left_at=None).first()
    if delegate is not None:
        people.leave(delegate=delegate)
    return redirect("rooms:room", code=code)


def account(request: HttpRequest) -> User | None:
    """Returns who is logged in, or None."""
    return request.user if request.user.is_authenticated else None


def open_room(code: str) -> tuple[Room, Play] | None:
    """Returns the room with the code and its play, if it takes anybody more."""
    room = Room.objects.filter(code=code).first()
    play = plays.fold(room) if room else None
    return (room, play) if room and play and people.takes_anybody(room, play) else None


def no_such_room(request: HttpRequest, code: str) -> HttpResponse:
    """Says that no open room has the code: one page and one sentence, whatever the reason."""
    form = CodeForm({"code": code})
    sentence = _("No open room has this code. Look at the code again, or ask who runs the room.")
    if guesses.wait(origin_of(request), time.monotonic()):
        sentence = _("Too many wrong codes. Wait a minute, then try again.")
    form.is_valid()
    form.add_error("code", sentence)
    return render(request, "rooms/join.html", {"form": form, "room": None}, status=404)


def too_many_rooms(request: HttpRequest) -> HttpResponse:
    """Says that the address has made its rooms of this hour."""
    request.method = "GET"
    return home(request, status=429, error=_too_many())


def _too_many() -> str:
    return _(
        "%(most)d rooms were made from your network within an hour. Join one of them by its code, log in, or wait."
    ) % {"most": ANONYMOUS_ROOMS_PER_HOUR}


def seated(joined: people.Joined) -> HttpResponse:
    """Leads to the room, with the cookie that proves who comes."""
    response = redirect("rooms:room", code=joined.delegate.room.code)
    give_cookie(response, joined)
    return response


def give_cookie(response: HttpResponse, joined: people.Joined) -> None:
    """Puts the token into a cookie of this room's path alone, so that one browser can sit at two tables."""
    response.set_cookie(
        COOKIE,
        joined.token,
        max_age=TOKEN_SECONDS,
        path=f"/r/{joined.delegate.room.code}/",
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
