"""ring, answer_to: how a commit in any thread or process reaches the feeds of this one.

In the process that committed, the feed gets what was appended and needs no query. Other processes hear the number of
the room through the channel layer and read for themselves. A bell may be lost: feeds look by themselves every 2 s.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from channels.layers import InMemoryChannelLayer, get_channel_layer

from negotiation.rooms import metrics

if TYPE_CHECKING:
    from negotiation.rooms.log import Committed

logger = logging.getLogger(__name__)

GROUP = "rooms.bell"
PATIENCE = 0.2
"""Seconds after which a ring is given up: the poll of the others is near."""

Here = Callable[["Committed"], None]
Elsewhere = Callable[[int], None]

_here: dict[asyncio.AbstractEventLoop, list[Here]] = {}
_elsewhere: dict[asyncio.AbstractEventLoop, list[Elsewhere]] = {}


def answer_to(here: Here, elsewhere: Elsewhere | None = None) -> None:
    """Lets this loop hear commits: `here` gets those of this process whole, `elsewhere` the room of any other."""
    loop = asyncio.get_running_loop()
    for gone in [other for other in _here if other.is_closed()]:
        del _here[gone]
    if here not in _here.setdefault(loop, []):
        _here[loop].append(here)
        _elsewhere.setdefault(loop, []).extend([elsewhere] if elsewhere else [])


def ring(committed: Committed) -> None:
    """Tells everybody of a commit; never raises and never waits."""
    for loop in list(_here):
        try:
            # In a context of its own: asgiref marks the committing thread's as busy, and tasks begun in it would
            # believe themselves inside the database thread.
            loop.call_soon_threadsafe(_tell, loop, committed, context=contextvars.Context())
        except RuntimeError:  # the loop has closed, and its listeners with it
            _here.pop(loop, None)


def _tell(loop: asyncio.AbstractEventLoop, committed: Committed) -> None:
    for here in _here[loop]:
        here(committed)
    if crosses():
        task = loop.create_task(_publish(committed.room_id))
        _publishing.add(task)
        task.add_done_callback(_publishing.discard)


_publishing: set[asyncio.Task[None]] = set()


def crosses() -> bool:
    """Tells whether the channel layer reaches other processes."""
    return not isinstance(get_channel_layer(), InMemoryChannelLayer)


async def _publish(room_id: int) -> None:
    # The message holds the room's number and nothing else: nothing secret leaves the process.
    try:
        layer = get_channel_layer()
        assert layer is not None
        await asyncio.wait_for(layer.group_send(GROUP, {"type": "bell", "room": room_id}), PATIENCE)
    except Exception as error:  # noqa: BLE001 (whatever fails here, the commit stands and the others poll)
        metrics.BELLS.add("ring")
        logger.warning("The bell of room %s was not heard elsewhere: %s", room_id, type(error).__name__)


async def listen() -> None:
    """Passes the bells of other processes on, for ever; raises when the layer fails, to be started again."""
    layer = get_channel_layer()
    assert layer is not None
    channel = await layer.new_channel()
    await layer.group_add(GROUP, channel)
    while True:
        message = await layer.receive(channel)
        for elsewhere in _elsewhere.get(asyncio.get_running_loop(), ()):
            elsewhere(int(message["room"]))
