"""Files of a conference: personal links, results, participation, and everything in one ZIP; for facilitators."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from negotiation.conferences import exports
from negotiation.conferences.access import for_facilitators
from negotiation.conferences.models import Conference
from negotiation.rooms.inside import address_for_phones

CSV = "text/csv; charset=utf-8"


@require_safe
@for_facilitators
def links_csv(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Gives everybody's personal link, to be sent out; whoever has a link is that person."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(("label", "alias", "link"))
    for person in conference.participants.filter(left_at=None).select_related("conference"):
        path = reverse("conferences:personal", kwargs={"code": conference.code, "token": person.link_token})
        table.writerow((exports.safe(person.label), exports.safe(person.alias), address_for_phones(request, path)))
    return sent(b"\xef\xbb\xbf" + file.getvalue().encode(), CSV, f"{conference.code}-links.csv")


@require_safe
@for_facilitators
def results_csv(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Gives the scores of every seat at every table."""
    rows = exports.sheets(conference)["results"]
    return sent(exports.written("results", rows), CSV, f"{conference.code}-results.csv")


@require_safe
@for_facilitators
def gradebook_csv(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Gives who took part how much: what was done, not what came of it."""
    rows = exports.sheets(conference)["people"]
    return sent(exports.written("people", rows), CSV, f"{conference.code}-gradebook.csv")


@require_safe
@for_facilitators
def everything(request: HttpRequest, conference: Conference) -> HttpResponseBase:
    """Gives all sheets and logs."""
    return sent(exports.archive(conference), "application/zip", f"{conference.code}.zip")


def sent(body: bytes, kind: str, name: str) -> HttpResponse:
    """Returns a file to be kept under a name."""
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
