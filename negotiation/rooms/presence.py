"""exchange, elsewhere: who has a page open in the other processes.

Each process leaves a row a room, with the person's number once for every socket, and reads the others' rows when it polls.
So a page learns within 4 s who came to another process; rows of a process that was killed count for `LAST` seconds more.
Where one process serves alone, nothing of this happens.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Sequence

from negotiation.rooms import bell
from negotiation.rooms.models import Presence

WORKER = secrets.token_hex(8)
"""The name of this process among those that serve together."""

LAST = 12.0
RENEW = 4.0

Sockets = dict[int, list[int]]
"""By room: the number of a person once for each of that person's sockets."""


class _Left:
    """What this process has told, and when it told everything anew."""

    def __init__(self) -> None:
        self.sockets: Sockets = {}
        self.at = -RENEW


_left = _Left()


def exchange(mine: Sockets, rooms: Sequence[int]) -> dict[int, Counter[int]]:
    """Tells the other processes who is here, and returns who is there in these rooms."""
    now = time.time()
    is_due = time.monotonic() >= _left.at + RENEW
    told = [
        Presence(room_id=room_id, worker=WORKER, numbers=numbers, until=now + LAST)
        for room_id, numbers in mine.items()
        if is_due or _left.sockets.get(room_id) != numbers
    ]
    Presence.objects.bulk_create(
        told, update_conflicts=True, unique_fields=["room", "worker"], update_fields=["numbers", "until"]
    )
    if gone := _left.sockets.keys() - mine.keys():
        Presence.objects.filter(worker=WORKER, room_id__in=gone).delete()
    _left.sockets = mine
    if is_due:
        Presence.objects.filter(until__lt=now - LAST).delete()
        _left.at = time.monotonic()
    return _read(rooms)


def elsewhere(room_id: int) -> Counter[int]:
    """Returns how many sockets each person of the room has in other processes."""
    return _read([room_id]).get(room_id, Counter()) if bell.crosses() else Counter()


def _read(rooms: Sequence[int]) -> dict[int, Counter[int]]:
    rows = Presence.objects.filter(room_id__in=rooms, until__gt=time.time()).exclude(worker=WORKER)
    found: dict[int, Counter[int]] = {}
    for room_id, numbers in rows.values_list("room_id", "numbers"):
        found.setdefault(room_id, Counter()).update(numbers)
    return found
