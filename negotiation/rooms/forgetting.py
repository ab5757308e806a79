"""forget, forget_idle: erases who was in a room and what they said. What they decided stays, and so does the proof of it.

The chain covers salted digests of words; with the salt gone, nobody can guess them from what remains. A copy of the
database made before still has everything.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from negotiation.rooms import bell, chain, plays
from negotiation.rooms.models import Act, Delegate, Entry, Letter, Report, Room


class Forgotten(NamedTuple):
    """How much was erased of a room."""

    code: str
    people: int
    words: int


def forget(room: Room) -> Forgotten:
    """Erases names, places and talk of the room; who is still in it is sent away."""
    with _for_good(), transaction.atomic():
        room = Room.objects.select_for_update().get(pk=room.pk)
        people = list(Delegate.objects.filter(room=room).exclude(name=""))
        for delegate in people:
            delegate.name, delegate.user, delegate.is_host = "", None, False
            delegate.token_digest = secrets.token_hex(32)
            delegate.left_at = delegate.left_at or timezone.now()
            delegate.hand, delegate.hand_at = "", None
            delegate.version += 1
            delegate.save()
        said = Entry.objects.filter(room=room, kind__in=chain.SPOKEN, words__isnull=False)
        words = said.update(words=None, salt="")
        Letter.objects.filter(room=room).delete()
        Report.objects.filter(room=room).delete()
        # The digest of an act that said little could be guessed.
        Act.objects.filter(room=room).delete()
        # Not by a `Writer`: a room that this program cannot fold any more can be forgotten all the same.
        Room.objects.filter(pk=room.pk).update(is_open=False, people=F("people") + 1, erasures=F("erasures") + 1)
        transaction.on_commit(lambda: _is_gone(room.pk))
    return Forgotten(room.code, len(people), words)


def _is_gone(room_id: int) -> None:
    """Lets this process keep nothing of the words, and whoever still looks at the room see it as it is now."""
    plays.let_go(room_id)
    bell.knock(room_id)


def idle(days: int) -> QuerySet[Room]:
    """Returns the rooms that nobody has used for so long, that wait for no deadline, and of which something is kept."""
    now = timezone.now()
    named = Delegate.objects.filter(room=OuterRef("pk")).exclude(name="")
    said = Entry.objects.filter(room=OuterRef("pk"), kind__in=chain.SPOKEN, words__isnull=False)
    unused = Room.objects.filter(active_at__lt=now - datetime.timedelta(days=days))
    return unused.exclude(deadline_at__gt=now.timestamp()).filter(Q(Exists(named)) | Q(Exists(said))).order_by("pk")


def forget_idle(days: int) -> list[Forgotten]:
    """Forgets every idle room."""
    return [forget(room) for room in idle(days)]


@contextmanager
def _for_good() -> Iterator[None]:
    """On SQLite: overwrites what is erased, in the file and in the log beside it. PostgreSQL does so at its next vacuum."""
    _pragma("secure_delete=ON")
    yield
    _pragma("wal_checkpoint(TRUNCATE)")


def _pragma(words: str) -> None:
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {words}")
