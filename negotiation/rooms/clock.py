"""run: one task in every server process. It fires deadlines, looks for missed bells, wakes bots and cleans up.

Nothing depends on it for being right: every act fires what is due before it, and any number of clocks may run.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from game.rounds import GRACE
from negotiation.rooms import bell, claims, drivers, feed, forgetting, metrics, presence, rows, services
from negotiation.rooms.database import db
from negotiation.rooms.limits import IDLE_ANONYMOUS
from negotiation.rooms.models import Presence, Room

logger = logging.getLogger(__name__)

TICK = 0.5
SWEEP_BOTS = 5.0
CLEAN = 600.0
LEAVE = 5.0
LATE = 5.0
"""Seconds after a deadline from which on an operator is told; 1 s of them is grace."""
REST = 60.0
"""Seconds until a room whose deadline failed is tried again."""

_resting: dict[int, float] = {}
_also: list[tuple[float, Callable[[], Awaitable[None]]]] = []


def also(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Has the clock do something more every so many seconds; for apps that stand on rooms, as they are loaded."""
    _also.append((seconds, work))


async def run() -> None:
    """Keeps time for ever; ends when it is cancelled."""
    feed.open_ears()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_every(TICK, fire_due))
        tasks.create_task(_every(feed.POLL, feed.poll))
        tasks.create_task(_every(SWEEP_BOTS, drivers.sweep))
        tasks.create_task(_every(CLEAN, _clean))
        for seconds, work in _also:
            tasks.create_task(_every(seconds, work))
        if bell.crosses():
            tasks.create_task(_listen())
            tasks.create_task(_every(LEAVE, _leave_metrics))
            tasks.create_task(_every(feed.POLL, _exchange))
            tasks.create_task(_every(claims.RENEW, _renew))


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except OperationalError as error:
            logger.warning("The clock could not use the database: %s", error)
        except Exception:
            # One room that fails must not stop the clocks of all others.
            logger.exception("The clock failed at %s and goes on.", getattr(work, "__name__", work))
        await asyncio.sleep(seconds)


async def _listen() -> None:
    while True:
        try:
            await bell.listen()
        except Exception as error:  # noqa: BLE001 (whatever ails the layer, feeds poll meanwhile)
            metrics.BELLS.add("listen")
            logger.warning("No bells from other processes: %s", type(error).__name__)
        await asyncio.sleep(feed.POLL)


async def _leave_metrics() -> None:
    await asyncio.to_thread(metrics.leave, settings.DATA / "metrics")


async def _exchange() -> None:
    are_there, others = await db(presence.exchange, feed.sockets_here(), feed.rooms_open())
    bell.know_of_others(are_there=are_there)
    feed.hear_of_others(others)


async def _renew() -> None:
    await db(claims.renew, drivers.rooms_held())


async def fire_due() -> None:
    """Fires every deadline that has passed."""
    for room_id, deadline_at in await db(_due, time.time()):
        if _resting.get(room_id, 0.0) > time.monotonic():
            continue
        try:
            if await db(_fire, room_id) and (late := time.time() - deadline_at) > LATE:
                logger.warning("A deadline of room %s was fired %.1f s late.", room_id, late)
        except Room.DoesNotExist:
            pass
        except OperationalError:
            raise
        except Exception:
            logger.exception("The deadline of room %s could not be fired.", room_id)
            _resting[room_id] = time.monotonic() + REST
        else:
            _resting.pop(room_id, None)


def _due(now: float) -> list[tuple[int, float]]:
    """Returns the rooms with a deadline that has passed, in an order of this process's own: others look as well."""
    due = rows.due(now - GRACE)
    random.shuffle(due)
    return due


def _fire(room_id: int) -> bool:
    """Fires what is due in the room, unless somebody else has, or holds its lock: an act, or the clock of another process."""
    now = time.time()
    with transaction.atomic():
        mine = Room.objects.filter(pk=room_id, deadline_at__lte=now - GRACE)
        if connection.features.has_select_for_update_skip_locked:
            mine = mine.select_for_update(skip_locked=True)
        if not mine.values_list("pk"):
            return False
        return services.tick(room_id=room_id, now=now)


async def _clean() -> None:
    await db(clean)
    await db(claims.clear)
    if settings.ROOMS_KEEP_DAYS is not None:
        await db(forgetting.forget_idle, settings.ROOMS_KEEP_DAYS)


def clean() -> int:
    """Deletes rooms made without an account that nobody has used for a day; returns how many.

    Not those at whose table somebody sits: when the machine's clock is put right, a day may have passed in an instant.
    """
    idle = Room.objects.exclude(origin="").filter(active_at__lt=timezone.now() - IDLE_ANONYMOUS)
    idle = idle.exclude(pk__in=feed.sockets_here()).exclude(pk__in=Presence.objects.values("room"))
    _, deleted = idle.delete()
    return deleted.get("rooms.Room", 0)
