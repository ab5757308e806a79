"""may_show, show, take_back, shown, public_view: which games anybody may read, and what of them.

Nothing of a game that goes on, and nothing of one that nobody made public. What is shown is the observer's view after
the end, which never held private talk, without the people of the room, and without their words unless those were made public.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from game.observation import OBSERVER
from game.play import Play
from negotiation.conferences.pseudonyms import pseudonym
from negotiation.gallery.models import Showing
from negotiation.rooms.boot import first_view
from negotiation.rooms.inside import RECORD
from negotiation.rooms.models import Delegate, Room
from negotiation.rooms.pump import NOBODY

WORDS = frozenset({"said", "published", "injected", "agenda", "reserved"})
"""Events that hold what somebody wrote."""


def may_show(delegate: Delegate) -> bool:
    """Tells whether this person may make the game public, and take it back: who runs it, or who made it."""
    return delegate.is_host or delegate.role == Delegate.Role.FACILITATOR


def show(*, room: Room, names: str, has_talk: bool) -> Showing:
    """Makes a game public, or changes what is shown of it; nobody sees it while it is not over."""
    choice = {"names": names, "has_talk": has_talk}
    return Showing.objects.update_or_create(room=room, defaults=choice)[0]


def take_back(room: Room) -> None:
    """Shows the game no more. Made public again it gets another address."""
    Showing.objects.filter(room=room).delete()


def showing_of(room: Room) -> Showing | None:
    """Returns how the room is shown, or None."""
    return Showing.objects.filter(room=room).first()


def shown() -> QuerySet[Showing]:
    """Returns the public games, the newest first: over, and not forgotten, for then nobody is left who could take them back."""
    forgotten = Delegate.objects.filter(room=OuterRef("room"), name="")
    return Showing.objects.filter(~Exists(forgotten), room__phase="over").select_related("room")


def public_view(showing: Showing, play: Play) -> dict[str, Any]:
    """Returns the welcome of an observer for the showing's page."""
    boot = first_view(showing.room, play, OBSERVER, NOBODY, RECORD)
    sections = boot["sections"]
    sections["people"] = {"people": _cast(showing, play), "observers": 0, "me": NOBODY}
    if not showing.has_talk:
        boot["entries"] = [entry for entry in boot["entries"] if entry["event"]["type"] not in WORDS]
        sections["texts"] |= {"agenda": "", "single": None}
    return boot


def _cast(showing: Showing, play: Play) -> list[dict[str, Any]]:
    if showing.names != Showing.Names.PSEUDONYMS:
        return []
    seated = Delegate.objects.filter(room=showing.room, seat__in=play.scenario.seats).order_by("number")
    return [
        {"id": NOBODY, "name": pseudonym(k), "seat": seat, "role": "delegate", "here": False}
        for k, seat in enumerate(seated.values_list("seat", flat=True), 1)
    ]
