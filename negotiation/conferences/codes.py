"""open_to_rooms: the code of a conference works wherever a room's does, and its rooms are entered through it alone."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from negotiation.conferences.models import Conference
from negotiation.rooms import doors


def open_to_rooms() -> None:
    """Hangs the door of conferences."""
    doors.hang(address_of)


def address_of(code: str) -> str | None:
    """Returns the door of the conference with that code, or with a room of that code."""
    found = Conference.objects.filter(Q(code=code) | Q(tables__room__code=code)).values_list("code", flat=True).first()
    return reverse("conferences:enter", kwargs={"code": found}) if found else None
