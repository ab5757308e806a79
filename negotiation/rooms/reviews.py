"""review_of, moved_of, what_if_of: what a debrief looks back on, and what might have been; nothing of either before the end.

They are reckoned once for a log and kept by its digest, for they are the same for everybody in the room.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import msgspec

from game.observation import OBSERVER, observe, why
from game.play import Play
from game.records import Seat
from game.review import review
from game.whatif import compare, replayed
from negotiation.rooms.models import Room

MOST_KEPT = 256
MOST_SECONDS = 1.0
"""Processor time that one replay may take."""
PATIENCE = 3.0
"""Seconds that a replay may wait for another to be done."""

_kept: OrderedDict[tuple[object, ...], Any] = OrderedDict()
_lock = threading.Lock()
_replaying = threading.Lock()


class TooDear(Exception):
    """A replay would take more of the server than it may, or others are waiting for theirs."""


def review_of(room: Room, play: Play) -> Any:
    """Returns the review as plain values; None while the game goes on."""
    if not play.is_over:
        return None
    return _remembered((room.pk, room.digest), lambda: msgspec.to_builtins(review(play)))


def moved_of(room: Room, play: Play, seat: Seat) -> Any:
    """Returns, round by round, what moved the shown worth of a seat, as plain values; None while the game goes on."""
    if not play.is_over:
        return None
    return _remembered((room.pk, room.digest, "moved", seat), lambda: _moved(play, seat))


def _moved(play: Play, seat: Seat) -> list[dict[str, Any]]:
    history, i = observe(play, OBSERVER).history, play.index(seat)
    worths = [history.start.seats[i].W, *(done.after.seats[i].W for done in history.rounds)]
    return [
        {
            "round": round_,
            "before": before,
            "after": after,
            "causes": [{"code": one.code, "params": one.params, "change": one.W} for one in why(play, seat, round_)],
        }
        for round_, (before, after) in enumerate(pairwise(worths), 1)
    ]


def what_if_of(room: Room, play: Play, round_: int, bots: Mapping[Seat, str]) -> Any:
    """Returns the replay as plain values. Raises `ValueError` for what cannot be replayed, or `TooDear`."""
    key = (room.pk, room.digest, round_, tuple(sorted(bots.items())))
    return _remembered(key, lambda: _replay(play, round_, bots))


def _replay(play: Play, round_: int, bots: Mapping[Seat, str]) -> Any:
    if not _replaying.acquire(timeout=PATIENCE):
        raise TooDear
    try:
        began = time.thread_time()
        last = play
        for scene in replayed(play, round_, bots):
            if time.thread_time() - began > MOST_SECONDS:
                raise TooDear
            last = scene
        return msgspec.to_builtins(compare(play, last, round_, bots))
    finally:
        _replaying.release()


def _remembered(key: tuple[object, ...], make: Callable[[], Any]) -> Any:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made
