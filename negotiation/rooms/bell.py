"""ring, knock, answer_to: how a commit in any thread or process reaches the feeds of this one.

In the process that committed, the feed gets what was appended and needs no query. Other processes hear the numbers of
rooms through the channel layer and read for themselves: the first at once, those that follow within 25 ms together, for
a ring costs as much as half an act. A bell may be lost: feeds look by themselves every 2 s.
Where no other process runs, nobody is told.

The layer brings a process its own bells too. They are told from others' by counting, for a name in the message would be
one word more than the numbers of the rooms.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from channels.layers import InMemoryChannelLayer, get_channel_layer

from negotiation.rooms import metrics
from negotiation.rooms.database import soon

if TYPE_CHECKING:
    from negotiation.rooms.log import Committed

logger = logging.getLogger(__name__)

GROUP = "rooms.bell"
GATHER = 0.025
"""Seconds after a ring in which further rooms wait for the next."""
PATIENCE = 0.2
"""Seconds after which a ring is given up: the poll of the others is near."""

ECHO = 1.0
"""Seconds in which an own bell comes back; later it is lost, and one that comes is another's."""
MANY = 1000
"""Rings that may wait for their echo before the lost ones are cleared away."""

ALONE = 15.0
"""Seconds without sign of another process after which nobody is rung for; those who begin together see each other first."""

Here = Callable[["Committed"], None]
Elsewhere = Callable[[int], None]

_here: dict[asyncio.AbstractEventLoop, list[Here]] = {}
_elsewhere: dict[asyncio.AbstractEventLoop, list[Elsewhere]] = {}


class _Others:
    """Until when, in monotonic seconds, other processes are taken to listen. One that begins polls until we know of it."""

    until = time.monotonic() + ALONE


_others = _Others()


def know_of_others(*, are_there: bool) -> None:
    """Takes whether other processes run, as of now."""
    if are_there:
        _others.until = time.monotonic() + ALONE


def answer_to(here: Here, elsewhere: Elsewhere | None = None) -> None:
    """Lets this loop hear commits: `here` gets those of this process whole, `elsewhere` the room of any other."""
    loop = asyncio.get_running_loop()
    for gone in [other for other in _here if other.is_closed()]:
        _here.pop(gone, None)
        _elsewhere.pop(gone, None)
    if here not in _here.setdefault(loop, []):
        _here[loop].append(here)
        _elsewhere.setdefault(loop, []).extend([elsewhere] if elsewhere else [])


def ring(committed: Committed) -> None:
    """Tells everybody of a commit; never raises and never waits."""
    for loop in list(_here):
        try:
            soon(loop, partial(_tell, loop, committed))
        except RuntimeError:  # the loop has closed, and its listeners with it
            _here.pop(loop, None)


def knock(room_id: int) -> None:
    """Lets everybody read a room whose log has no new line to bring; never raises and never waits."""
    for loop in list(_here):
        with contextlib.suppress(RuntimeError):  # the loop has closed
            soon(loop, partial(_have_read, loop, room_id))


def _tell(loop: asyncio.AbstractEventLoop, committed: Committed) -> None:
    for here in _here[loop]:
        here(committed)
    _ring_for(loop, committed.room_id)


def _have_read(loop: asyncio.AbstractEventLoop, room_id: int) -> None:
    for elsewhere in _elsewhere.get(loop, ()):
        elsewhere(room_id)
    _ring_for(loop, room_id)


def _ring_for(loop: asyncio.AbstractEventLoop, room_id: int) -> None:
    """Lets other processes hear of the room."""
    if time.monotonic() < _others.until and crosses():
        ringer = _ringers.setdefault(loop, _Ringer())
        ringer.unrung.add(room_id)
        if ringer.task is None:
            ringer.task = loop.create_task(_ring_elsewhere(ringer))


class _Ringer:
    """The rooms of one loop that others have not heard of, and the task that tells them."""

    def __init__(self) -> None:
        self.unrung: set[int] = set()
        self.task: asyncio.Task[None] | None = None


_ringers: WeakKeyDictionary[asyncio.AbstractEventLoop, _Ringer] = WeakKeyDictionary()


async def _ring_elsewhere(ringer: _Ringer) -> None:
    try:
        while ringer.unrung:
            rooms, ringer.unrung = tuple(sorted(ringer.unrung)), set()
            await _publish(rooms)
            await asyncio.sleep(GATHER)
    finally:
        ringer.task = None


def crosses() -> bool:
    """Tells whether the channel layer reaches other processes."""
    return not isinstance(get_channel_layer(), InMemoryChannelLayer)


_rung: dict[tuple[int, ...], deque[float]] = {}
"""When this process rang for these rooms, in monotonic seconds, until it hears its own bell."""


async def _publish(rooms: tuple[int, ...]) -> None:
    # The message holds the rooms' numbers and nothing else: nothing secret leaves the process.
    rung_at = time.monotonic()
    _rung.setdefault(rooms, deque(maxlen=100)).append(rung_at)
    try:
        layer = get_channel_layer()
        assert layer is not None
        await asyncio.wait_for(layer.group_send(GROUP, {"type": "bell", "rooms": rooms}), PATIENCE)
    except Exception as error:  # noqa: BLE001 (whatever fails here, the commit stands and the others poll)
        if rung_at in _rung.get(rooms, ()):
            _rung[rooms].remove(rung_at)
        metrics.BELLS.add("ring")
        logger.warning("The bell of rooms %s was not heard elsewhere: %s", list(rooms), type(error).__name__)


def _is_echo(rooms: tuple[int, ...]) -> bool:
    """Tells whether a bell is one that this process rang."""
    now = time.monotonic()
    for old in [key for key, rung in _rung.items() if not rung or rung[-1] < now - ECHO] if len(_rung) > MANY else []:
        del _rung[old]
    rung = _rung.get(rooms, deque())
    while rung and rung[0] < now - ECHO:
        rung.popleft()
    found = bool(rung)
    if found:
        rung.popleft()
    if not rung:
        _rung.pop(rooms, None)
    return found


async def listen() -> None:
    """Passes the bells of other processes on, for ever; raises when the layer fails, to be started again."""
    layer = get_channel_layer()
    assert layer is not None
    channel = await layer.new_channel()
    await layer.group_add(GROUP, channel)
    while True:
        rooms = tuple((await layer.receive(channel))["rooms"])
        if not _is_echo(rooms):
            for elsewhere in _elsewhere.get(asyncio.get_running_loop(), ()):
                for room_id in rooms:
                    elsewhere(room_id)
