"""Trouble, Conduct, tell: what in somebody's sending hinders others, and that whoever runs the room is told who it is.

The refusals are the ordinary ones, and nobody is cut off for what is noted here. It is kept with the person in the database,
so that a console in another process knows it as well, and written down at most twice a minute: a flood of messages shall not
become one of transactions.
"""

from __future__ import annotations

import logging
import time
from enum import StrEnum

from django.db import OperationalError
from django.utils import timezone

from game.refusals import Refusal as OfRules
from negotiation.rooms.database import db
from negotiation.rooms.limits import Bucket
from negotiation.rooms.log import writing
from negotiation.rooms.models import Delegate, Room
from negotiation.rooms.refusals import Reason

logger = logging.getLogger(__name__)

AGAIN = 30.0
"""Seconds after which the same person is told of once more."""
RECENT = 300.0
"""Seconds for which a console shows it."""


class Trouble(StrEnum):
    """What a person, or a program, does that hinders others; the value is the code on the wire."""

    FLOOD = "flood"
    """So many messages that the socket was closed."""
    TOO_FAST = "too_fast"
    UNREADABLE = "unreadable"
    """Messages that the wire does not know: sections of its own, seats in the place of the own one."""
    FORBIDDEN = "forbidden"
    """Acts that are another seat's, or the facilitator's."""
    SLOW = "slow"
    """A program that draws nothing of what it is sent."""


OF_REFUSAL: dict[str, Trouble] = {
    Reason.TOO_FAST.value: Trouble.TOO_FAST,
    Reason.MALFORMED.value: Trouble.UNREADABLE,
    Reason.TOO_LARGE.value: Trouble.UNREADABLE,
    Reason.UNKNOWN_TYPE.value: Trouble.UNREADABLE,
    Reason.BAD_CHARACTERS.value: Trouble.UNREADABLE,
    OfRules.NOT_YOURS.value: Trouble.FORBIDDEN,
}
BORNE = {Trouble.TOO_FAST: 10, Trouble.UNREADABLE: 4, Trouble.FORBIDDEN: 4}
"""How many a minute are nobody's business; of the others already the first is."""


class Conduct:
    """What one person has sent lately, over all sockets in this process. Instants are monotonic seconds."""

    def __init__(self) -> None:
        self._borne = {trouble: Bucket(most / 60, most) for trouble, most in BORNE.items()}
        self._told_at = -AGAIN

    def is_news(self, trouble: Trouble, now: float) -> bool:
        """Counts one more, and tells whether somebody should hear of it now."""
        if trouble in self._borne and not self._borne[trouble].wait(now):
            return False
        if now < self._told_at + AGAIN:
            return False
        self._told_at = now
        return True


async def tell(room_id: int, number: int, trouble: Trouble) -> None:
    """Writes down who it was; raises nothing, for the game goes on without."""
    try:
        await db(_write, room_id, number, trouble)
    except OperationalError as error:
        logger.warning("Trouble in room %s could not be written down: %s", room_id, error)
    except Room.DoesNotExist:
        pass


def _write(room_id: int, number: int, trouble: Trouble) -> None:
    with writing(room_id, time.time()) as writer:
        Delegate.objects.filter(room_id=room_id, number=number).update(trouble=trouble.value, trouble_at=timezone.now())
        writer.people_changed()
