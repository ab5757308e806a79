"""Pages inside a room: the room itself, its debrief, its files, the code to point a phone at, and the words.

All but the last two are for the people of the room; who is none of them is led to the door.
"""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Callable
from typing import Any

import msgspec
import segno
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import condition, require_POST, require_safe

from game import languages, places, rulesets, words
from game.observation import OBSERVER
from game.play import Play
from game.scenario_texts import in_language
from negotiation.languages.current import current, say
from negotiation.numerals import whole
from negotiation.rooms import doors, exports, feed, house, people, plays, programs
from negotiation.rooms.boot import first_view
from negotiation.rooms.consumers import COOKIE
from negotiation.rooms.models import Delegate, Room
from negotiation.rooms.parts import MINE, PROJECTOR, parts_of, view_of
from negotiation.rooms.pump import NOBODY, PAGE
from negotiation.rooms.reviews import TooDear, moved_of, review_of, what_if_of
from negotiation.rooms.scripts import first_scripts
from negotiation.rooms.services import Who, who
from negotiation.rooms.views import account, give_cookie
from negotiation.scenarios import role_sheets

Inside = Callable[[HttpRequest, Delegate, Who, Play], HttpResponse]


def for_people(view: Inside, allowed: Callable[..., Any] = require_safe) -> Callable[..., HttpResponse]:
    """Makes a view of somebody in the room; leads strangers to the door, and the owner to a place from which to run it."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, code: str) -> HttpResponse:
        delegate = people.delegate_with(code, request.COOKIES.get(COOKIE))
        joined = None
        if delegate is None:
            room = Room.objects.filter(code=code).first()
            owner = account(request)
            if room is None or owner is None or room.owner_id != owner.pk:
                return redirect("rooms:enter", code=code)
            joined = people.place_of(room, owner)
            delegate = joined.delegate
        response = view(request, delegate, who(delegate), plays.fold(delegate.room))
        if joined is not None:
            give_cookie(response, joined)
        return response

    made: Callable[..., HttpResponse] = never_cache(allowed(guarded))
    return made


def posted_by_people(view: Inside) -> Callable[..., HttpResponse]:
    """Makes a view of somebody in the room who wants something done."""
    return for_people(view, require_POST)


def _runs_it(by: Who) -> bool:
    return by.is_host or by.role == Delegate.Role.FACILITATOR


OF_PAGES = ("unit", "confidence")
"""Words that no script asks for."""
HERE = ("localhost", "127.0.0.1", "[::1]")
"""Names by which only the machine of the server itself finds the server."""
RECORD = 2000
"""Entries that a debrief brings along; a long seminar has fewer."""


def _context(delegate: Delegate, by: Who, play: Play, page: int = PAGE, view: str = "") -> dict[str, Any]:
    # What goes on a wall is what everybody may see, whoever opened it.
    is_public = view == PROJECTOR
    viewer, number = (OBSERVER, NOBODY) if is_public else (by.viewer(play), delegate.number)
    socket = reverse("rooms:room", kwargs={"code": delegate.room.code}) + "ws/"
    return {
        "room": delegate.room,
        "delegate": delegate,
        "view": view,
        "viewer": viewer,
        "third": play.settings.third,
        "has_region": rulesets.of(play.scenario).has_region,
        "kind": play.scenario.ruleset,
        "has_roles": bool(play.scenario.role_sheets),
        "may_start": not is_public and _runs_it(by),
        "words": address_of_words(play),
        "socket_path": f"{socket}?view={PROJECTOR}" if is_public else socket,
        "door": doors.behind(delegate.room.code) or "",
        "boot": first_view(delegate.room, play, viewer, number, page),
    }


@for_people
def room(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Shows the room; with `?view=projector` what everybody may see, in large letters."""
    view = PROJECTOR if request.GET.get("view") == PROJECTOR else ""
    context = _context(delegate, by, play, view=view) | {"scripts": first_scripts(play.phase)}
    return render(request, "rooms/room.html", context)


@for_people
def debrief(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Shows what happened, once the game is over: whole, for a projector, or for one `seat`."""
    if not play.is_over:
        return redirect("rooms:room", code=delegate.room.code)
    view = view_of(play, request.GET.get("view", ""))
    context = _context(delegate, by, play, RECORD, view)
    context |= {"review": review_of(delegate.room, play), "parts": parts_of(play, view)}
    if view == MINE:
        seats = play.scenario.seats
        asked = request.GET.get("seat", context["viewer"])
        seat = asked if asked in seats else seats[0]
        context |= {"seat": seat, "moved": moved_of(delegate.room, play, seat)}
    return render(request, "rooms/debrief.html", context)


@for_people
def what_if(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Gives the game as it might have gone: `round`, and for each seat to be exchanged its code and a bot. At the end only."""
    if not play.is_over:
        return JsonResponse({"error": "not_over"}, status=409)
    asked = {seat: str(bot) for seat, bot in request.GET.items() if seat != "round"}
    try:
        return JsonResponse(what_if_of(delegate.room, play, int(request.GET.get("round", "1")), asked))
    except ValueError as error:
        return JsonResponse({"error": "unknown", "found": str(error)}, status=400)
    except TooDear:
        return JsonResponse({"error": "too_dear"}, status=503)


@posted_by_people
def hand(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Raises the hand, with a `question` that only those who run the room read, or takes it `down`."""
    if feed.wait_for_word(delegate.room_id, delegate.number):
        return JsonResponse({"ok": False}, status=429)
    if "down" in request.POST:
        house.lower_hand(delegate=delegate)
    else:
        house.raise_hand(delegate=delegate, question=request.POST.get("question", ""))
    return JsonResponse({"ok": True})


@posted_by_people
def door(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Shuts the door to newcomers, or with `open` opens it again; for whoever runs or made the room.

    A room of a conference has the door of its conference.
    """
    if not _runs_it(by) or doors.behind(delegate.room.code):
        return JsonResponse({"ok": False}, status=403)
    if feed.wait_for_word(delegate.room_id, delegate.number):
        return JsonResponse({"ok": False}, status=429)
    people.set_door(room_id=delegate.room_id, is_open="open" in request.POST)
    return JsonResponse({"ok": True})


@posted_by_people
def program(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Lets a program sit at a free `seat`, or a bot's, under a `name`, and shows its token this once; or ends program number `end`.

    For whoever runs or made the room.
    """
    if not _runs_it(by):
        return JsonResponse({"ok": False}, status=403)
    if (end := request.POST.get("end")) is not None:
        number = whole(end)
        gone = number is not None and programs.send_away(room_id=delegate.room_id, number=number)
        return JsonResponse({"ok": gone}, status=200 if gone else 404)
    if feed.wait_for_word(delegate.room_id, delegate.number):
        return JsonResponse({"ok": False, "error": say("refusal.too_fast", seconds=1)}, status=429)
    try:
        name = people.clean_name(request.POST.get("name", ""))
        seat = request.POST.get("seat", "")
        joined = programs.let_in(room_id=delegate.room_id, name=name, seat=seat, by=delegate)
    except people.CannotJoin as refused:
        return JsonResponse({"ok": False, "error": str(refused), "field": refused.field}, status=422)
    except ValidationError as refused:
        return JsonResponse({"ok": False, "error": " ".join(refused.messages), "field": "name"}, status=422)
    return JsonResponse({"ok": True, "id": joined.delegate.number, "token": joined.token})


@posted_by_people
def report(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Brings message number `n` of one's own record before those who run the room."""
    if feed.wait_for_word(delegate.room_id, delegate.number):
        return JsonResponse({"ok": False}, status=429)
    n, reason = whole(request.POST.get("n")) or 0, request.POST.get("reason", "")
    try:
        house.report(delegate=delegate, play=play, viewer=by.viewer(play), n=n, reason=reason)
    except house.NothingThere:
        return JsonResponse({"ok": False}, status=404)
    return JsonResponse({"ok": True})


@for_people
def roles(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Shows what anybody may read of each state, a printed page each."""
    return role_sheets.page(request, play.scenario, names=play.settings.names)


@for_people
def roles_json(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Gives the same to the room, by seat."""
    found = in_language(play.scenario, current()).role_sheets
    return HttpResponse(msgspec.json.encode(found), content_type="application/json")


@for_people
def log_json(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Gives the log as a file."""
    body = msgspec.json.encode(exports.game_log(delegate.room, play, by.viewer(play)))
    return _file(msgspec.json.format(body, indent=1), "application/json", f"{delegate.room.code}.json")


@for_people
def scores_csv(request: HttpRequest, delegate: Delegate, by: Who, play: Play) -> HttpResponse:
    """Gives the scores as a file."""
    return _file(
        exports.scores(play, by.viewer(play)).encode(), "text/csv; charset=utf-8", f"{delegate.room.code}-scores.csv"
    )


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """Draws the address where one joins. It asks no database, so it tells nothing of which codes there are."""
    return drawing_of(address_for_phones(request, reverse("rooms:enter", kwargs={"code": code})))


def drawing_of(address: str) -> HttpResponse:
    """Draws an address for a phone's camera."""
    drawing = io.BytesIO()
    segno.make(address, micro=False).save(
        drawing, kind="svg", scale=8, border=4, dark="#000", light="#fff", title=address
    )
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def address_for_phones(request: HttpRequest, path: str) -> str:
    """Returns the whole address of a path; on the machine of the server itself, one by which others in the network find it."""
    address = request.build_absolute_uri(path)
    host, port = split_domain_port(request.get_host())
    others = [one for one in settings.ALLOWED_HOSTS if one not in HERE]
    if host in HERE and others and others[0][0].isdigit():
        return address.replace(f"{host}:{port}", f"{others[0]}:{port}", 1)
    return address


def address_of_words(play: Play) -> str:
    """Returns the address of the room's words; it changes with them, for browsers keep them a while."""
    names = play.settings.names
    language = current()
    tag = hashlib.sha256(words_of(language, names)).hexdigest()[:8]
    return f"{reverse('rooms:words', kwargs={'language': language})}?names={names}&v={tag}"


def _etag(request: HttpRequest, language: str) -> str | None:
    found = _words(language, request.GET.get("names", "both"))
    return f'"{hashlib.sha256(found).hexdigest()[:16]}"' if found else None


def _words(language: str, names: str) -> bytes | None:
    return words_of(language, names) if language in languages.CODES and names in places.USAGES else None


@functools.cache
def words_of(language: str, names: str) -> bytes:
    """Returns the sentences that scripts ask for, as JSON."""
    found = words.load(language, names)
    return msgspec.json.encode({group: found[group] for group in found if group not in OF_PAGES})


@require_safe
@cache_control(public=True, max_age=300)
@condition(etag_func=_etag)
def sentences(request: HttpRequest, language: str) -> HttpResponse:
    """Gives the sentences that players read, in one language; `names` says whose names disputed places bear."""
    found = _words(language, request.GET.get("names", "both"))
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="application/json")
