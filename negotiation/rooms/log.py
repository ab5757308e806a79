"""Writer, Committed, Line, writing, read, seed_is_secret: the log of a room, appended under the lock of its row.

Everything that changes a room goes through a `Writer`: what is recorded in it is there as a whole or not at all, and the
bell rings after the commit. `writing` holds the lock from the reading to the commit. An act reads without it and commits
only if the room is still as it was read (`Writer.settle`): one that thinks long holds nobody up.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from game.events import AnyEvent
from game.history import apply
from game.play import Play
from negotiation.rooms import bell, chain, plays, rows
from negotiation.rooms.masks import mask_of, viewers
from negotiation.rooms.models import Entry, Room
from negotiation.rooms.rows import Asker, Head, Known, Moved

logger = logging.getLogger(__name__)


class Line(NamedTuple):
    """An entry as readers need it: its place, who may know of it, when it happened, and what."""

    n: int
    epoch: int
    mask: int
    at: float
    event: AnyEvent


class Committed(NamedTuple):
    """What one transaction appended, and where the room stands after it."""

    room_id: int
    head: Head
    play: Play
    lines: tuple[Line, ...]
    seed_is_secret: bool


class Writer:
    """A locked room: its play so far, and the events to be appended when the transaction ends well."""

    def __init__(self, room_id: int, head: Head, now: float) -> None:
        self.room_id = room_id
        self.now = now
        self._head = head
        self.play = plays.kept(room_id, head) or plays.fold(self.room)
        self.counts = list(head.counts) or [0] * len(viewers(self.play.scenario.seats, self.play.settings.third))
        self._lines: list[Line] = []
        self._links: list[chain.Link] = []
        self._people = head.people
        self._erasures = head.erasures

    @cached_property
    def room(self) -> Room:
        """The room's row, for those who need more of it than its head."""
        return Room.objects.get(pk=self.room_id)

    def record(self, events: Iterable[AnyEvent]) -> None:
        """Folds the events, which the next decision then finds done."""
        seats, third = self.play.scenario.seats, self.play.settings.third
        n, digest = self._head.n + len(self._links), self._digest
        for event in events:
            self.play = apply(self.play, event)
            n += 1
            mask = mask_of(seats, event, third)
            for bit in range(len(self.counts)):
                self.counts[bit] += mask >> bit & 1
            link = chain.link_of(event, n=n, epoch=self.play.epoch, mask=mask, at=self.now, after=digest)
            digest = link.digest
            self._links.append(link)
            self._lines.append(Line(n, self.play.epoch, mask, self.now, event))

    @property
    def _digest(self) -> str:
        return self._links[-1].digest if self._links else self._head.digest

    @property
    def has_news(self) -> bool:
        """Tells whether anything was recorded."""
        return bool(self._links)

    def people_changed(self) -> None:
        """Tells readers to look at the people of the room again."""
        self._people = self._head.people + 1

    def words_erased(self) -> None:
        """Folds the log, from which words were erased just now, anew, and lets every process do so. Before anything is recorded."""
        assert not self._links
        Room.objects.filter(pk=self.room_id).update(erasures=F("erasures") + 1)
        self._erasures = self._head.erasures + 1
        self.play = plays.folded_anew(self.room)

    def write(self) -> None:
        """Writes what was recorded and moves the projection, under the lock; readers hear of it after the commit."""
        if moved := self._moved():
            rows.write(self.room_id, moved)
            committed = self._committed(moved)
            transaction.on_commit(lambda: _told(committed))

    def settle(self, asker: Asker, known: Known) -> bool:
        """Commits what was recorded, and the answer, if the room is still as it was read; returns whether it is."""
        moved = self._moved()
        if not rows.settle(self.room_id, self._head, moved, asker, known):
            return False
        if moved:
            _told(self._committed(moved))
        return True

    def _moved(self) -> Moved | None:
        head = Head(self._head.n + len(self._links), self._digest, tuple(self.counts), self._people, self._erasures)
        is_same = not self._links and (head.people, head.erasures) == (self._head.people, self._head.erasures)
        return None if is_same else Moved(self._links, head, self.play, self.now)

    def _committed(self, moved: Moved) -> Committed:
        is_secret = seed_is_secret(self.room_id, self.play)
        return Committed(self.room_id, moved.head, self.play, tuple(self._lines), is_secret)


def _told(committed: Committed) -> None:
    try:
        plays.keep(committed.room_id, committed.head, committed.play)
        bell.ring(committed)
    except Exception:
        # It is committed, and whoever asked shall be told so; feeds find it when they poll.
        logger.exception("A commit of room %s could not be told.", committed.room_id)


@contextmanager
def writing(room_id: int, now: float) -> Iterator[Writer]:
    """Locks the room, and writes what was recorded unless an exception leaves the block.

    Raises `Room.DoesNotExist`.
    """
    with transaction.atomic():
        writer = Writer(room_id, rows.lock(room_id), now)
        yield writer
        writer.write()


def seed_is_secret(room_id: int, play: Play) -> bool:
    """Tells whether the game is over and another room, which is not, plays the same seed: all tables of a round do."""
    return play.is_over and Room.objects.filter(seed=play.seed).exclude(pk=room_id).exclude(phase="over").exists()


def read(room_id: int, after: int, upto: int) -> tuple[Line, ...]:
    """Returns the lines after one place up to another, oldest first."""
    entries = Entry.objects.filter(room_id=room_id, n__gt=after, n__lte=upto).order_by("n")
    return tuple(_line(entry) for entry in entries)


def newest(room_id: int, bit: int, *, upto: int, skip: int = 0, limit: int) -> tuple[Line, ...]:
    """Returns, oldest first, the last `limit` lines that the viewer may know of, not counting the newest `skip`."""
    entries = (
        Entry.objects.filter(room_id=room_id, n__lte=upto)
        .annotate(seen=F("mask").bitand(1 << bit))
        .filter(seen__gt=0)
        .order_by("-n")[skip : skip + limit]
    )
    return tuple(_line(entry) for entry in reversed(entries))


def _line(entry: Entry) -> Line:
    return Line(entry.n, entry.epoch, entry.mask, entry.at, chain.event_of(entry))


def is_whole(room: Room) -> bool:
    """Tells whether the log of the room is as it was written."""
    return chain.leads("", Entry.objects.filter(room=room, n__lte=room.n).order_by("n").iterator(), room.digest)
