"""forget, forget_name, forget_rooms_of, delete, forget_idle: names, talk and answers of a conference are erased; what was played stays, or goes too."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from negotiation.conferences.models import Conference, Participant, Reply
from negotiation.rooms import forgetting
from negotiation.rooms.models import Delegate, Room
from negotiation.rooms.people import digest_of


def forget(conference: Conference) -> int:
    """Erases who took part: names, notes, talk and words written as answers. Returns how many people there were."""
    for table in conference.tables.select_related("room"):
        forgetting.forget(table.room)
    with transaction.atomic():
        people = list(conference.participants.all())
        for person in people:
            person.label = person.alias = f"Person {person.number}"
            person.team = person.language = person.notes = ""
            person.left_at = person.left_at or timezone.now()
            person.delegate = None
        Participant.objects.bulk_update(people, ["label", "alias", "team", "language", "notes", "left_at", "delegate"])
        Reply.objects.filter(question__conference=conference, question__kind="text").update(value="")
        # A reason for sending somebody away says who that was.
        conference.notes.update(detail="")
        Conference.objects.filter(pk=conference.pk).update(is_open=False, announcement="")
    return len(people)


def forget_name(conference: Conference, number: int) -> None:
    """Erases the name of one who took part, on the list and at the tables; what was said stays."""
    for person in conference.participants.filter(number=number).select_related("conference"):
        person.label = person.alias = f"Person {person.number}"
        person.save(update_fields=["label", "alias"])
        Delegate.objects.filter(token_digest__in=map(digest_of, person.seat_tokens)).update(name="")


def delete(conference: Conference) -> None:
    """Erases the conference with its rooms and their logs."""
    with transaction.atomic():
        Room.objects.filter(table__conference=conference).delete()
        conference.delete()


def forget_rooms_of(user: User) -> None:
    """Erases who was in the rooms of an account that is about to be deleted, and what they said; nobody would run them any more."""
    for room in Room.objects.filter(Q(table__conference__owner=user) | Q(table=None, owner=user)):
        forgetting.forget(room)


def forget_idle(days: int) -> int:
    """Forgets conferences none of whose rooms anybody has used for so long; returns how many."""
    since = timezone.now() - datetime.timedelta(days=days)
    named = Conference.objects.filter(created_at__lt=since, is_open=True) | Conference.objects.filter(
        created_at__lt=since, participants__left_at=None, participants__isnull=False
    )
    idle = [one for one in named.distinct() if not one.tables.filter(room__active_at__gte=since).exists()]
    for conference in idle:
        forget(conference)
    return len(idle)


def clean() -> None:
    """Forgets what the operator does not want kept."""
    if settings.ROOMS_KEEP_DAYS is not None:
        forget_idle(settings.ROOMS_KEEP_DAYS)
