"""review_of: what a debrief looks back on, reckoned once a room; None while the game goes on."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

import msgspec

from game.play import Play
from game.review import review
from negotiation.rooms.models import Room

MOST_KEPT = 64
_kept: OrderedDict[tuple[int, str], Any] = OrderedDict()
_lock = threading.Lock()


def review_of(room: Room, play: Play) -> Any:
    """Returns the review as plain values. It is the same for everybody, and kept by the log's digest."""
    if not play.is_over:
        return None
    key = (room.pk, room.digest)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = msgspec.to_builtins(review(play))
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made
