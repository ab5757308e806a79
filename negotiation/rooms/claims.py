"""claim, renew, clear: of several processes, one thinks for the bots of a room.

Two that thought at once would do no harm, for the same place in the log brings the same acts under the same ids; but
they would think twice. A claim lives while its process renews it; that of a killed one is free after `LEASE` seconds.
Where one process serves alone, everything is its own.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from django.db import connection

from negotiation.rooms import bell
from negotiation.rooms.models import Claim
from negotiation.rooms.presence import WORKER

LEASE = 6.0
RENEW = 2.0


def claim(room_id: int) -> bool:
    """Takes the room's bots, if nobody else has them; returns whether they are this process's."""
    if not bell.crosses():
        return True
    now = time.time()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, (room_id, WORKER, now + LEASE, now))
        return bool(cursor.rowcount)


def renew(rooms: Sequence[int]) -> None:
    """Keeps these of what this process has."""
    if rooms:
        Claim.objects.filter(worker=WORKER, room_id__in=rooms).update(until=time.time() + LEASE)


def clear() -> None:
    """Forgets claims that nobody keeps."""
    Claim.objects.filter(until__lt=time.time() - LEASE).delete()


_CLAIM = """
    INSERT INTO rooms_claim (room_id, worker, until) VALUES (%s, %s, %s)
    ON CONFLICT (room_id) DO UPDATE SET worker = excluded.worker, until = excluded.until
    WHERE rooms_claim.worker = excluded.worker OR rooms_claim.until < %s
"""
