"""Pages of somebody who makes conferences: the list, the form, and the plan as it will be."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from negotiation.conferences import creation
from negotiation.conferences.forms import ConferenceForm
from negotiation.conferences.models import Conference
from negotiation.conferences.plan import MOST_PEOPLE, MOST_PER_SEAT, ODD, Plan, plan
from negotiation.languages.current import say
from negotiation.numerals import whole
from negotiation.rooms.views import asked_for
from negotiation.scenarios import library


@never_cache
@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponseBase:
    """Lists the conferences that the account runs."""
    runs = Conference.objects.filter(Q(owner=request.user.pk) | Q(facilitators=request.user.pk)).distinct()
    return render(request, "conferences/mine.html", {"conferences": runs.prefetch_related("tables", "participants")})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def create(request: HttpRequest) -> HttpResponseBase:
    """Makes a conference with all its rooms, and leads to its console."""
    assert request.user.is_authenticated
    form = ConferenceForm(request.POST or None, user=request.user, initial=asked_for(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, "conferences/create.html", {"form": form}, status=422 if form.errors else 200)
    conference = creation.create(wish=form.conference(), owner=request.user)
    return redirect("conferences:console", code=conference.code)


@require_safe
@login_required
def plan_json(request: HttpRequest) -> HttpResponseBase:
    """Gives the plan for what the form says now, as sentences."""
    assert request.user.is_authenticated
    asked = request.GET
    name = asked.get("scenario", "")
    seats = library.newest(name).seats if name in dict(library.choices_of(request.user)) else None
    people, per_seat = (
        whole(asked.get("people"), least=1, most=MOST_PEOPLE),
        whole(asked.get("per_seat"), least=1, most=MOST_PER_SEAT),
    )
    odd = next((one for one in ODD if one == asked.get("odd")), None)
    if seats is None or people is None or per_seat is None or odd is None:
        return JsonResponse({"total": "", "tables": []})
    return JsonResponse(described(plan(people=people, seats=len(seats), per_seat=per_seat, odd=odd), seats))


def described(planned: Plan, seats: tuple[str, ...]) -> dict[str, Any]:
    """Returns the plan as a total, and each kind of table with how many there are of it."""
    kinds = Counter(planned.tables)
    total = ngettext("%(count)d table", "%(count)d tables", len(planned.tables)) % {"count": len(planned.tables)}
    bots = ngettext("%(count)d bot", "%(count)d bots", planned.bots) % {"count": planned.bots}
    teams = ngettext("%(count)d shared seat", "%(count)d shared seats", planned.teams) % {"count": planned.teams}
    parts = [total, *([bots] if planned.bots else []), *([teams] if planned.teams else [])]
    return {
        "total": ", ".join(parts),
        "tables": [{"count": count, "seats": _held(table, seats)} for table, count in kinds.items()],
    }


def _held(table: tuple[int, ...], seats: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "seat": seat,
            "name": say(f"seat.{seat}"),
            "who": (ngettext("%(n)d person", "%(n)d people", n) % {"n": n}) if n else _("a bot"),
        }
        for seat, n in zip(seats, table, strict=True)
    ]
