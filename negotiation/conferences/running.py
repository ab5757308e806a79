"""Pages of one who runs a conference: the console, the list of people, prepared news, and the way into each room."""

from __future__ import annotations

import hashlib
import time

import msgspec
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game import rulesets
from game.bots.names import CASTS
from negotiation.conferences import acts, creation, forgetting, roster
from negotiation.conferences.access import for_facilitators, only_owner, owns
from negotiation.conferences.forms import KIND_WORDS, PHASE_WORDS, CompletionForm, PlannedForm, QuestionForm, RosterForm
from negotiation.conferences.models import LABEL_LENGTH, Conference, Planned, Question
from negotiation.conferences.overview import overview
from negotiation.conferences.seating import CannotArrive
from negotiation.languages.current import say
from negotiation.numerals import whole
from negotiation.rooms import people, protocol
from negotiation.rooms.models import Delegate
from negotiation.rooms.views import account, give_cookie, seated
from negotiation.scenarios import library, role_sheets

MOST_SHOWN = 200
"""Rows of a list that the preview shows besides all that are wrong."""


@require_safe
@for_facilitators
def console(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Shows all tables."""
    scenario = creation.scenario_of(conference)
    is_case = not rulesets.of(scenario).has_region
    context = {
        "conference": conference,
        "owns": owns(conference, account(request)),
        "kind": {
            "parties": library.seat_names(scenario) if is_case else {},
            "bots": CASTS[scenario.ruleset] if is_case else (),
        },
        "state": {"now": time.time(), **overview(conference)},
        "seats": creation.seats_of(conference),
        "third": creation.third_of(conference),
        "flashpoints": scenario.flashpoints,
        "has_roles": bool(scenario.role_sheets),
    }
    return render(request, "conferences/console.html", context)


@require_safe
@for_facilitators
def roles(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Shows the role sheets of its scenario, a printed page a state, with the names that its rooms use."""
    back = reverse("conferences:console", kwargs={"code": conference.code})
    names = creation.settings_of(conference).names
    return role_sheets.page(request, creation.scenario_of(conference), names=names, back=back)


@require_safe
@for_facilitators
def console_json(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Gives all tables; nothing where all is as the caller has it (`seen`)."""
    state = overview(conference)
    digest = hashlib.sha256(msgspec.json.encode(state)).hexdigest()[:16]
    if request.GET.get("seen") == digest:
        return HttpResponse(status=204)
    return JsonResponse({"now": time.time(), "digest": digest, **state})


@require_POST
@for_facilitators
def press(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Does what was pressed on the console."""
    user = account(request)
    assert user is not None
    try:
        pressed = msgspec.json.decode(request.body, type=acts.Press)
    except (msgspec.MsgspecError, RecursionError) as error:
        return JsonResponse({"error": str(error)}, status=400)
    if not protocol.is_showable(pressed):
        return JsonResponse({"error": say("refusal.bad_characters")}, status=400)
    return JsonResponse(msgspec.to_builtins(acts.do(conference, user, pressed), str_keys=True))


@require_safe
@for_facilitators
def table(request: HttpRequest, conference: Conference, number: int) -> HttpResponseBase:
    """Leads into a room as one who runs it: the same place each time from the same account."""
    user, found = account(request), conference.tables.select_related("room").filter(number=number).first()
    assert user is not None
    if found is None:
        return redirect("conferences:console", code=conference.code)
    response = redirect("rooms:room", code=found.room.code)
    give_cookie(response, people.place_of(found.room, user))
    return response


@require_POST
@for_facilitators
def sit(request: HttpRequest, conference: Conference, number: int, seat: str) -> HttpResponseBase:
    """Lets one who runs the conference take over a seat, from a bot or beside its people; leaving gives it back."""
    user, found = account(request), conference.tables.filter(number=number).first()
    assert user is not None
    if found is None:
        return redirect("conferences:console", code=conference.code)
    try:
        joined = people.join(room_id=found.room_id, name=user.get_username()[:LABEL_LENGTH], seat=seat, relieves=True)
        # Known as the account's, so that the place ends with its rights.
        Delegate.objects.filter(pk=joined.delegate.pk).update(user=user)
        return seated(joined)
    except people.CannotJoin as refused:
        messages.error(request, str(refused))
        return redirect("conferences:console", code=conference.code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_facilitators
def roster_page(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Takes a list of people: shows first what was understood, row by row, and keeps nothing until that is right."""
    form = RosterForm(request.POST or None, request.FILES or None)
    sheet = None
    if request.method == "POST" and form.is_valid():
        known = conference.participants.filter(left_at=None).values_list("label", flat=True)
        text = form.cleaned_data["text"]
        seats = (*creation.seats_of(conference), *creation.third_of(conference))
        sheet = roster.read(text, seats=seats, known=known)
        if sheet.is_sound and "take" in request.POST:
            try:
                roster.take_over(conference, sheet, form.cleaned_data["mode"])
            except CannotArrive as refused:
                sheet.problems.append(str(refused))
            else:
                return redirect("conferences:roster", code=conference.code)
        # What came as a file stands in the field now, where it can be put right.
        mode = form.cleaned_data["mode"]
        form = RosterForm(initial={"text": text, "mode": mode})
        if not sheet.is_sound:
            form = RosterForm({"text": text, "mode": mode})
            below = _("Nothing was taken over. Put these lines right:") if sheet.wrong else _("Fill this in.")
            for sentence in sheet.problems or [below]:
                form.add_error("text", sentence)
    everybody = conference.participants.filter(left_at=None).select_related("table", "conference")
    wrong = sheet.wrong[:MOST_SHOWN] if sheet else []
    context = {
        "conference": conference,
        "form": form,
        "sheet": sheet,
        "wrong": wrong,
        "sound": [row for row in sheet.rows if not row.problems][:MOST_SHOWN] if sheet else [],
        "people": everybody,
        "columns": ", ".join(roster.COLUMNS),
        "has_begun": conference.participants.exclude(arrived_at=None).exists(),
    }
    return render(request, "conferences/roster.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_facilitators
def survey_page(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Adds and takes back questions, and the address at the end."""
    if request.method == "POST" and (taken := request.POST.get("take_back")):
        Question.objects.filter(conference=conference, pk=whole(taken) or 0).delete()
        return redirect("conferences:survey", code=conference.code)
    is_end = "completion" in request.POST
    form = QuestionForm(None if is_end else request.POST or None)
    end = CompletionForm(request.POST if is_end else None, initial={"completion": conference.completion})
    if is_end and end.is_valid():
        Conference.objects.filter(pk=conference.pk).update(completion=end.cleaned_data["completion"])
        return redirect("conferences:survey", code=conference.code)
    if request.method == "POST" and not is_end and form.is_valid():
        data = form.cleaned_data
        Question.objects.create(conference=conference, **{k: data[k] for k in ("when", "kind", "text", "options")})
        return redirect("conferences:survey", code=conference.code)
    asked = conference.questions.annotate(answered=Count("replies", filter=Q(replies__passed=True)))
    context = {"conference": conference, "form": form, "end": end, "asked": asked, "kinds": KIND_WORDS}
    return render(request, "conferences/survey.html", context, status=422 if form.errors or end.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_facilitators
def erase(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Forgets the people of the conference, or deletes all of it; asked by writing its code."""
    error, is_owner = "", owns(conference, account(request))
    if request.method == "POST":
        if request.POST.get("code", "").strip().upper() != conference.code:
            error = _("Write the code of the conference, so that nothing is erased by accident.")
        elif "delete" in request.POST and not is_owner:
            error = only_owner()
        elif "delete" in request.POST:
            forgetting.delete(conference)
            return redirect("conferences:mine")
        else:
            forgetting.forget(conference)
            return redirect("conferences:console", code=conference.code)
    context = {"conference": conference, "error": error, "written": request.POST.get("code", ""), "owns": is_owner}
    return render(request, "conferences/erase.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_facilitators
def news(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Plans news for a phase of a round, and takes plans back."""
    if request.method == "POST" and (taken := request.POST.get("take_back")):
        Planned.objects.filter(conference=conference, pk=whole(taken) or 0).delete()
        return redirect("conferences:news", code=conference.code)
    form = PlannedForm(request.POST or None, seats=creation.seats_of(conference))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        Planned.objects.create(
            conference=conference, round=data["round"], phase=data["phase"], text=data["text"], to=data["to"]
        )
        return redirect("conferences:news", code=conference.code)
    planned = [
        {
            "pk": one.pk,
            "when": _("round %(round)d, %(phase)s")
            % {"round": one.round, "phase": PHASE_WORDS.get(one.phase, one.phase)},
            "to": ", ".join(say(f"seat.{seat}") for seat in one.to) or _("all"),
            "text": one.text,
            "brought": len(one.brought),
        }
        for one in conference.planned.all()
    ]
    context = {"conference": conference, "form": form, "planned": planned, "tables": conference.tables.count()}
    return render(request, "conferences/news.html", context, status=422 if form.errors else 200)
