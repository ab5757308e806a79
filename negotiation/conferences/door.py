"""Pages for everybody with the code: the door, the personal link, the projector's page, the results once they are open."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from game.observation import observe
from negotiation.conferences import outcomes, seating, survey
from negotiation.conferences.access import PERSON, give_cookie, may_run, participant_of
from negotiation.conferences.forms import ArriveForm
from negotiation.conferences.models import Conference, Participant
from negotiation.conferences.overview import table_card
from negotiation.learning import marks
from negotiation.learning.views import way
from negotiation.rooms import plays
from negotiation.rooms.inside import address_for_phones, drawing_of
from negotiation.rooms.views import account, no_such_room, seated


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, code: str) -> HttpResponseBase:
    """Asks for a name and leads to a seat; whoever has one already is led there at once."""
    conference = Conference.objects.filter(code=code).first()
    if conference is None:
        return no_such_room(request, code)
    person = participant_of(conference, request.COOKIES.get(PERSON))
    if person is not None and (request.method != "POST" or person.left_at is None):
        return _to_the_table(request, person)
    form = ArriveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = seating.arrive(conference, form.cleaned_data["name"])
        except (seating.CannotArrive, ValidationError) as refused:
            form.add_error("name", refused if isinstance(refused, ValidationError) else str(refused))
        else:
            return _to_the_table(request, person)
    context: dict[str, Any] = {"form": form, "conference": conference, "sent_away": False}
    return render(request, "conferences/enter.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def personal(request: HttpRequest, code: str, token: str) -> HttpResponseBase:
    """Leads whoever opens a personal link to that person's seat, on any number of devices."""
    conference = Conference.objects.filter(code=code).first()
    person = participant_of(conference, token) if conference else None
    return _to_the_table(request, person) if person else no_such_room(request, code)


def _to_the_table(request: HttpRequest, person: Participant) -> HttpResponse:
    try:
        joined = seating.come_back(person)
    except seating.CannotArrive as refused:
        context = {"form": None, "conference": person.conference, "sent_away": False, "refusal": str(refused)}
        return render(request, "conferences/enter.html", context, status=409)
    if joined is None:
        context = {"form": None, "conference": person.conference, "sent_away": True}
        return render(request, "conferences/enter.html", context, status=403)
    response: HttpResponse = redirect("conferences:before", code=person.conference.code)
    if marks.missing(request, person.conference.learning):
        response = redirect(way("start", reverse("conferences:enter", kwargs={"code": person.conference.code})))
    elif not survey.pending(person, "before"):
        response = seated(joined)
    give_cookie(response, person, secure=settings.HTTPS)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def before(request: HttpRequest, code: str) -> HttpResponse:
    """Asks what is to be asked before the game; then leads to the table."""
    person = _person(request, code)
    if person is None or person.left_at is not None:
        return redirect("conferences:enter", code=code)
    questions = survey.pending(person, "before")
    form = survey.AnswerForm(request.POST or None, person=person, questions=questions)
    if not questions or (request.method == "POST" and form.is_valid() and form.keep()):
        return redirect("conferences:enter", code=code)
    context = {"form": form, "conference": person.conference, "when": "before"}
    return render(request, "conferences/questions.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def after(request: HttpRequest, code: str) -> HttpResponse:
    """Asks what is to be asked after the game; then says where to go from here."""
    person = _person(request, code)
    if person is None:
        return redirect("conferences:enter", code=code)
    questions = survey.pending(person, "after")
    form = survey.AnswerForm(request.POST or None, person=person, questions=questions)
    if questions and not (request.method == "POST" and form.is_valid() and form.keep()):
        context: dict[str, Any] = {"form": form, "conference": person.conference, "when": "after"}
        return render(request, "conferences/questions.html", context, status=422 if form.errors else 200)
    conference = person.conference
    context = {
        "conference": conference,
        "completion": conference.completion.replace("{label}", quote(person.label)),
        "person": person,
        "room": person.delegate.room if person.delegate else None,
    }
    return render(request, "conferences/after.html", context)


def _person(request: HttpRequest, code: str) -> Participant | None:
    conference = Conference.objects.filter(code=code).first()
    return participant_of(conference, request.COOKIES.get(PERSON)) if conference else None


@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """Draws the address of the door; it asks no database, so it tells nothing of which codes there are."""
    return drawing_of(address_for_phones(request, reverse("conferences:enter", kwargs={"code": code})))


@never_cache
@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """Shows the code in large letters, and later where each table stands: what all may see."""
    conference = Conference.objects.filter(code=code).first()
    if conference is None:
        return no_such_room(request, code)
    address = address_for_phones(request, reverse("conferences:enter", kwargs={"code": code}))
    short = address.partition("://")[2]
    context = {"conference": conference, "address": short, "state": public_state(conference)}
    return render(request, "conferences/screen.html", context)


@never_cache
@require_safe
def screen_json(request: HttpRequest, code: str) -> HttpResponse:
    """Gives what the projector's page shows."""
    conference = Conference.objects.filter(code=code).first()
    if conference is None:
        return JsonResponse({"error": "unknown"}, status=404)
    return JsonResponse({"now": time.time(), **public_state(conference)})


PUBLIC = ("phase", "round", "rounds", "began_at", "deadline_at", "paused_at", "tension", "rung", "adopted")


def public_state(conference: Conference) -> dict[str, Any]:
    """Returns what everybody in the hall may see of all tables."""
    tables = []
    for table in conference.tables.select_related("room").order_by("number"):
        play = plays.fold(table.room)
        card = table_card(table.room_id, (table.room.n, table.room.digest), play)
        shown: dict[str, Any] = {name: card[name] for name in PUBLIC}
        if play.scenario.hidden_length and not play.is_over:
            shown["rounds"] = None
        tables.append({"number": table.number, **shown})
    arrived = conference.participants.filter(left_at=None).exclude(arrived_at=None).count()
    return {
        "arrived": arrived,
        "expected": conference.expected,
        "announcement": conference.announcement,
        "is_open": conference.is_open,
        "tables": tables,
        "shown": _shown(conference),
    }


def _shown(conference: Conference) -> dict[str, Any] | None:
    """Returns the table on the projector as those who watch it see it, or None."""
    tables = conference.tables.select_related("room")
    table = tables.filter(number=conference.shown).first() if conference.shown else None
    if table is None:
        return None
    seen = observe(plays.fold(table.room), "observer")
    sections = {"room": seen.room, "world": seen.world, "texts": seen.texts}
    return {"number": table.number, **msgspec.to_builtins(sections)}


@never_cache
@require_safe
def results(request: HttpRequest, code: str) -> HttpResponse:
    """Shows the same seat at every table side by side: to facilitators always, to others once it is opened."""
    conference = Conference.objects.filter(code=code).first()
    if conference is None:
        return no_such_room(request, code)
    runs = may_run(conference, account(request))
    if not runs and not conference.results_open:
        closed = {"form": None, "conference": conference, "refusal": _("The results are not open yet.")}
        return render(request, "conferences/enter.html", closed, status=403)
    person = participant_of(conference, request.COOKIES.get(PERSON))
    found = outcomes.of(conference)
    context: dict[str, Any] = {
        "conference": conference,
        "results": found,
        "runs": runs,
        "me": person,
    }
    return render(request, "conferences/results.html", context)
