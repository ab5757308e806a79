"""arrive, come_back, move, swap, dismiss: who sits at which table, and on which seat.

A change locks the conference first and then the rooms, so sixty phones at once are seated one after the other. A seat is
the room's own matter; what is kept here is who it was.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from game.play import Play
from game.scenario import OFFICES
from negotiation.conferences import creation
from negotiation.conferences.models import Conference, Participant, Table
from negotiation.conferences.plan import MOST_PEOPLE, MOST_PER_SEAT
from negotiation.conferences.pseudonyms import pseudonym
from negotiation.rooms import people, plays
from negotiation.rooms.models import Delegate
from negotiation.rooms.offices import MIRROR
from negotiation.rooms.people import Joined

FILLING = 3
"""Tables that are filled at the same time, so that friends who come together are spread, and no table stays half empty."""


class CannotArrive(Exception):
    """The conference takes nobody more, or not under this name."""


class Place(NamedTuple):
    """A table, and the seat there; an empty seat is the gallery."""

    table: Table
    seat: str


@transaction.atomic
def arrive(conference: Conference, label: str) -> Participant:
    """Seats somebody who comes by the code: the one of the roster with this label, or a new participant.

    Raises `CannotArrive`, and `ValidationError` for a label that cannot be shown.
    """
    conference = _locked(conference)
    label = people.clean_name(label)
    known = next((p for p in _present(conference) if p.label.casefold() == label.casefold()), None)
    if known is not None and known.arrived_at is not None:
        raise CannotArrive(_("Somebody of this name is here already. Add an initial, or open your personal link."))
    if known is None and not conference.is_open:
        raise CannotArrive(_("Nobody more may come in. Ask whoever runs the talks."))
    return _sit(known or enrol(conference, label=label))


@transaction.atomic
def come_back(participant: Participant) -> Joined | None:
    """Seats somebody who shows the personal link, unless they sit already; None for one who was sent away.

    Returns the place with its token, the same for every device.
    """
    conference = _locked(participant.conference)
    participant = Participant.objects.select_related("conference", "delegate__room").get(pk=participant.pk)
    participant.conference = conference
    if participant.left_at is not None:
        return None
    if participant.delegate is None or participant.delegate.left_at is not None:
        participant = _sit(participant)
    assert participant.delegate is not None
    return Joined(participant.delegate, participant.seat_token)


@transaction.atomic
def move(participant: Participant, table: Table, seat: str) -> Participant:
    """Gives somebody another place, also before they come. Raises `CannotArrive` where it is none."""
    conference = _locked(participant.conference)
    participant = Participant.objects.select_related("conference", "delegate").get(pk=participant.pk)
    if table.conference_id != conference.pk or (seat and seat not in _seats_at(table)):
        raise CannotArrive(_("There is no such place."))
    if participant.left_at is not None:
        raise CannotArrive(_("This person was sent away."))
    if participant.delegate is not None:
        people.leave(delegate=participant.delegate)
        participant.delegate = None
    participant.table, participant.seat = table, seat
    participant.save()
    return participant if participant.arrived_at is None else _sit(participant)


def _seats_at(table: Table) -> tuple[str, ...]:
    play = plays.fold(table.room)
    return (*play.scenario.seats, *play.settings.third)


@transaction.atomic
def swap(one: Participant, other: Participant) -> None:
    """Lets two people change places. Raises `CannotArrive` where one of them has none."""
    if one.table is None or other.table is None:
        raise CannotArrive(_("One of the two has no place yet."))
    first, second = Place(one.table, one.seat), Place(other.table, other.seat)
    # Both stand up before either sits down: each takes the other's office, and the seat may be full.
    for person in (one, other):
        if person.delegate is not None:
            people.leave(delegate=person.delegate)
    move(one, *second)
    move(other, *first)


@transaction.atomic
def dismiss(participant: Participant) -> None:
    """Sends somebody away for good."""
    _locked(participant.conference)
    participant = Participant.objects.select_related("delegate").get(pk=participant.pk)
    if participant.delegate is not None:
        people.leave(delegate=participant.delegate)
    participant.left_at = timezone.now()
    participant.save(update_fields=["left_at"])


def enrol(conference: Conference, *, label: str, **more: object) -> Participant:
    """Adds somebody to the list, without a place. Raises `CannotArrive` when it is full."""
    last = conference.participants.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_PEOPLE:
        raise CannotArrive(_("The list is full: %(most)d people.") % {"most": MOST_PEOPLE})
    alias = pseudonym(last + 1) if conference.pseudonyms else label
    return Participant.objects.create(conference=conference, number=last + 1, label=label, alias=alias, **more)


def _locked(conference: Conference) -> Conference:
    return Conference.objects.select_for_update().get(pk=conference.pk)


def _present(conference: Conference) -> list[Participant]:
    return list(conference.participants.filter(left_at=None).select_related("conference", "table__room"))


def _sit(participant: Participant) -> Participant:
    """Gives the person a place if there is none yet, and seats the person there."""
    conference = participant.conference
    if participant.table is None or plays.fold(participant.table.room).is_over:
        place = _free_place(conference, participant)
        participant.table, participant.seat = place.table, place.seat
    assert participant.table is not None
    participant.moves += 1
    try:
        joined = people.join(
            room_id=participant.table.room_id,
            name=participant.alias,
            seat=participant.seat or None,
            relieves=True,
            token=participant.seat_token,
            office=_free_office(participant),
        )
    except (people.CannotJoin, ValidationError) as refused:
        raise CannotArrive(str(refused)) from refused
    participant.delegate = joined.delegate
    participant.arrived_at = participant.arrived_at or timezone.now()
    participant.save()
    return participant


def _free_office(participant: Participant) -> str:
    """Returns the first office of the delegation that nobody has; empty where members have none, or all are taken."""
    conference = participant.conference
    if participant.table is None or participant.seat not in creation.seats_of(conference):
        return ""
    here = Delegate.objects.filter(room=participant.table.room_id, seat=participant.seat, left_at=None)
    if conference.odd == "mirror" and here.count() >= conference.per_seat:
        return MIRROR
    if not conference.offices:
        return ""
    taken = set(here.values_list("office", flat=True))
    return next((office for office in OFFICES if office not in taken), "")


class _Standing(NamedTuple):
    """A table that still plays: how many people each of its seats has, and how many are planned."""

    table: Table
    play: Play
    taken: Counter[str]

    @property
    def people(self) -> int:
        return self.taken.total()

    def free(self) -> list[str]:
        """Returns the seats with a planned place that nobody has."""
        seats = self.play.scenario.seats
        return [seat for seat, places in zip(seats, self.table.places, strict=True) if self.taken[seat] < places]

    def empty(self) -> list[str]:
        return [seat for seat in self.play.scenario.seats if not self.taken[seat]]

    def emptiest(self) -> str | None:
        seat = min(self.play.scenario.seats, key=lambda one: self.taken[one])
        return seat if self.taken[seat] < MOST_PER_SEAT else None


def _free_place(conference: Conference, participant: Participant) -> Place:
    """Returns a planned place; when all are taken, a bot's, then one on a team, then one in the gallery.

    Once talks are open somewhere, a seat at a running table comes first: nobody waits alone in a lobby for late ones.
    """
    standings = [one for one in _standings(conference) if not one.play.is_over]
    if not standings:
        raise CannotArrive(_("The games are over. Ask whoever runs the talks."))
    if running := [one for one in standings if one.play.phase != "lobby" and one.empty()]:
        standings = running
    if planned := [one for one in standings if one.free()][:FILLING]:
        wished = [one for one in planned if participant.wish in one.free()]
        chosen = random.choice(wished or planned)
        seats = chosen.free()
        least = min(chosen.taken[seat] for seat in seats)
        seat = participant.wish if wished else next(seat for seat in seats if chosen.taken[seat] == least)
        return Place(chosen.table, seat)
    for one in standings:
        if one.taken[""] < one.table.watching:
            return Place(one.table, "")
    fewest = min(standings, key=lambda one: (not one.empty(), one.people))
    if empty := fewest.empty():
        return Place(fewest.table, empty[0])
    return Place(fewest.table, fewest.emptiest() or "")


def _standings(conference: Conference) -> list[_Standing]:
    taken: dict[int, Counter[str]] = {}
    everybody = _present(conference)
    tables = list(conference.tables.select_related("room").order_by("number"))
    running = {table.pk for table in tables if table.room.phase != "lobby"}
    for person in everybody:
        # Once the talks are open, a place is no longer kept for somebody of the roster who has not come.
        if person.table_id and (person.arrived_at or person.table_id not in running):
            taken.setdefault(person.table_id, Counter())[person.seat] += 1
    at = {table.room_id: table.pk for table in tables}
    programs = Delegate.objects.filter(room__in=at, is_program=True, left_at=None)
    for room_id, seat in programs.values_list("room", "seat"):
        taken.setdefault(at[room_id], Counter())[seat] += 1
    return [_Standing(table, plays.fold(table.room), taken.get(table.pk, Counter())) for table in tables]
