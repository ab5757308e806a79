"""The plays that this process keeps, each with the head of the log up to which it is folded.

`newest`, `kept`, `fold`, `folded_anew`, `keep`, `let_go`, `forget_all`. A kept play counts only while its chain digest is the row's, so a
database that was exchanged under a running process is noticed, and only while no words were erased since: what a play holds of
them, in its marks too, is then gone from the log. Plays never change, so any thread may read them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

import msgspec

from game.history import replay
from game.play import Play, Settings, begin
from negotiation.rooms import chain
from negotiation.rooms.models import Entry, Room
from negotiation.rooms.rows import Head
from negotiation.scenarios.library import load

MOST_KEPT = 512


class Kept(NamedTuple):
    """A play, and the head of the log as it was when the play stood so."""

    head: Head
    play: Play


_kept: OrderedDict[int, Kept] = OrderedDict()
_lock = threading.Lock()


def newest(room_id: int) -> Kept | None:
    """Returns the newest play at hand; the room may have moved on since, by another process."""
    return _kept.get(room_id)


def kept(room_id: int, head: Head) -> Play | None:
    """Returns the play at that head, if it is the one at hand."""
    found = _kept.get(room_id)
    is_same = found is not None and _place(found.head) == _place(head) and found.head.digest == head.digest
    return found.play if found is not None and is_same else None


def fold(room: Room) -> Play:
    """Returns the play at the head that `room` was read with."""
    found = _kept.get(room.pk)
    if found is None or found.head.n > room.n or found.head.erasures != room.erasures:
        return _whole(room)
    if found.head.n == room.n:
        return found.play if found.head.digest == room.digest else _whole(room)
    entries = list(Entry.objects.filter(room=room, n__gt=found.head.n, n__lte=room.n).order_by("n"))
    if not chain.leads(found.head.digest, entries, room.digest):
        return _whole(room)
    return keep(room.pk, _head_of(room), replay(found.play, (chain.event_of(e) for e in entries)))


def opening(room: Room) -> Play:
    """Returns the play before the first entry."""
    settings = msgspec.json.decode(room.settings, type=Settings)
    return begin(load(room.scenario, settings.version), settings, room.seed)


def keep(room_id: int, head: Head, play: Play) -> Play:
    """Keeps the play and lets the one that was used least recently go; never exchanges a newer one for an older."""
    with _lock:
        found = _kept.get(room_id)
        if found is None or _place(found.head) <= _place(head):
            _kept[room_id] = Kept(head, play)
        _kept.move_to_end(room_id)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return play


def let_go(room_id: int) -> None:
    """Lets the play of a room go."""
    with _lock:
        _kept.pop(room_id, None)


def forget_all() -> None:
    """Lets every play go; the next reader folds anew."""
    with _lock:
        _kept.clear()


def _whole(room: Room) -> Play:
    let_go(room.pk)
    return keep(room.pk, _head_of(room), folded_anew(room))


def folded_anew(room: Room) -> Play:
    """Returns the play at the head that `room` was read with, of nothing but its log, and keeps it not."""
    # Talk is no part of a play, and most entries of a long talk are words.
    entries = Entry.objects.filter(room=room, n__lte=room.n).exclude(kind__in=chain.NO_PART_OF_PLAY).order_by("n")
    return replay(opening(room), (chain.event_of(entry) for entry in entries.iterator()))


def _head_of(room: Room) -> Head:
    return Head(room.n, room.digest, tuple(room.counts), room.people, room.erasures)


def _place(head: Head) -> tuple[int, int]:
    """Returns how much has been written into a log and erased from it; neither is ever taken back."""
    return head.n, head.erasures
