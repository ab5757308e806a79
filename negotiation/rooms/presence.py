"""exchange, elsewhere, elsewhere_in: who has a page open in the other processes.

Each process leaves a row a room, with the person's number once for every socket, and one that belongs to no room, by which
others know that it runs; it reads the others' rows when it polls. So a page learns within 4 s who came to another process;
rows of a process that was killed count for `LAST` seconds more.
Where one process serves alone, nothing of this happens.
"""

from __future__ import annotations

import json
import secrets
import time
from collections import Counter
from collections.abc import Sequence

from django.db import connection

from negotiation.rooms import bell

WORKER = secrets.token_hex(8)
"""The name of this process among those that serve together."""

LAST = 12.0
RENEW = 4.0
CLEAR = 60.0

NO_ROOM = 0

Sockets = dict[int, list[int]]
"""By room: the number of a person once for each of that person's sockets."""


class _Left:
    """What this process has told, and when it renewed what it had told, and cleared away what nobody renews."""

    def __init__(self) -> None:
        self.sockets: Sockets = {}
        self.renewed_at = self.cleared_at = -CLEAR


_left = _Left()


def exchange(here: Sockets, rooms: Sequence[int]) -> tuple[bool, dict[int, Counter[int]]]:
    """Tells the other processes who is here; returns whether there are any, and who is there in these rooms."""
    mine = {NO_ROOM: [], **here}
    now, until = time.monotonic(), time.time() + LAST
    told = [
        (room, WORKER, json.dumps(numbers), until)
        for room, numbers in mine.items()
        if _left.sockets.get(room) != numbers
    ]
    gone = _left.sockets.keys() - mine.keys()
    is_whole = True
    with connection.cursor() as cursor:
        if told:
            cursor.execute(
                _TELL + ", ".join(["(%s, %s, %s, %s)"] * len(told)) + _AGAIN, [x for row in told for x in row]
            )
        if gone:
            cursor.execute(f"{_LEAVE} ({', '.join(['%s'] * len(gone))})", [WORKER, *gone])
        if now >= _left.renewed_at + RENEW:
            cursor.execute(_RENEW, (until, WORKER))
            is_whole = cursor.rowcount >= len(mine)
            _left.renewed_at = now
        if now >= _left.cleared_at + CLEAR:
            cursor.execute(_CLEAR, (until - 2 * LAST,))
            _left.cleared_at = now
    # Rows of one who slept long are cleared away by the others; what is missing is told anew.
    _left.sockets = mine if is_whole else {}
    there = _read([NO_ROOM, *rooms])
    return there.pop(NO_ROOM, None) is not None, there


def elsewhere(room_id: int) -> Counter[int]:
    """Returns how many sockets each person of the room has in other processes."""
    return _read([room_id]).get(room_id, Counter()) if bell.crosses() else Counter()


def elsewhere_in(rooms: Sequence[int]) -> dict[int, Counter[int]]:
    """Returns the same for several rooms, by one question; rooms where nobody is are left out."""
    return _read(rooms) if bell.crosses() else {}


def _read(rooms: Sequence[int]) -> dict[int, Counter[int]]:
    found: dict[int, Counter[int]] = {}
    wanted = set(rooms)
    with connection.cursor() as cursor:
        cursor.execute(_THERE, (WORKER, time.time()))
        for room_id, numbers in cursor.fetchall():
            if room_id in wanted:
                found.setdefault(room_id, Counter()).update(json.loads(numbers))
    return found


_TELL = "INSERT INTO rooms_presence (room_id, worker, numbers, until) VALUES "
_AGAIN = " ON CONFLICT (room_id, worker) DO UPDATE SET numbers = excluded.numbers, until = excluded.until"
_LEAVE = "DELETE FROM rooms_presence WHERE worker = %s AND room_id IN"
_RENEW = "UPDATE rooms_presence SET until = %s WHERE worker = %s"
_CLEAR = "DELETE FROM rooms_presence WHERE until < %s"
_THERE = "SELECT room_id, numbers FROM rooms_presence WHERE worker <> %s AND until > %s"
