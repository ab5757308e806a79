"""game_log, scores: a room as files for those who were in it.

During the game a file holds what its reader may know and no more. After it, everybody of the room gets the whole game
with its seed, which replays to the same end; private words and drafts stay with those whose they were.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

import msgspec

from game import events as e
from game.observation import observe, visible
from game.play import Play
from game.sections import Viewer
from negotiation.rooms import log
from negotiation.rooms.log import Line
from negotiation.rooms.masks import bit_of
from negotiation.rooms.models import Room

FORMAT = 1
RUNNING = ("G", "R", "U", "TR")
FINAL = (*RUNNING, "mandate", "total", "without_trust")


def game_log(room: Room, play: Play, viewer: Viewer) -> dict[str, Any]:
    """Returns the log as the viewer may have it now. Entries are numbered anew: a gap would tell of what is left out."""
    lines = log.read(room.pk, 0, room.n)
    if play.is_over:
        events = _opened(lines, bit_of(play.scenario.seats, viewer), viewer)
    else:
        events = [(line, seen) for line in lines if (seen := visible(line.event, viewer)) is not None]
    return {
        "format": FORMAT,
        "room": room.code,
        "scenario": room.scenario,
        "settings": msgspec.json.decode(room.settings),
        "seed": play.seed if play.is_over else None,
        "viewer": viewer,
        "entries": [
            {"n": n, "epoch": line.epoch, "at": line.at, "event": msgspec.to_builtins(event)}
            for n, (line, event) in enumerate(events, 1)
        ],
    }


def _opened(lines: tuple[Line, ...], bit: int, viewer: Viewer) -> list[tuple[Line, e.Event]]:
    """Returns the events as they happened, without others' private words, drafts and changes of mind."""
    held = _orders_that_held(lines)
    opened: list[tuple[Line, e.Event]] = []
    for line in lines:
        event: e.Event = line.event
        if not line.mask >> bit & 1:
            if not isinstance(event, e.Ordered) or line.n not in held:
                continue
            event = msgspec.structs.replace(event, by=None)
        elif not isinstance(event, e.Resolved | e.Ended):
            event = visible(event, viewer) or event
        opened.append((line, event))
    return opened


def _orders_that_held(lines: Iterable[Line]) -> set[int]:
    """Returns the places of the orders that no later one of the same seat and round replaced."""
    last: dict[tuple[str, int], int] = {}
    phase_no = 0
    for line in lines:
        if isinstance(line.event, e.PhaseBegan):
            phase_no = line.event.no
        elif isinstance(line.event, e.Rewound):
            phase_no = line.event.to
        elif isinstance(line.event, e.Ordered):
            # A round has one phase of orders; the epoch keeps a rewound one apart from the one that took its place.
            last[line.event.seat, line.epoch * 100_000 + phase_no] = line.n
    return set(last.values())


def scores(play: Play, viewer: Viewer) -> str:
    """Returns one row a seat with names of columns: the final scores, or during the game the running ones."""
    seen = observe(play, viewer)
    file = io.StringIO()
    if seen.outcome is not None:
        table = csv.DictWriter(file, ("seat", *FINAL), extrasaction="ignore")
        rows: Iterable[Any] = seen.outcome.scores
    else:
        table = csv.DictWriter(file, ("seat", *RUNNING), extrasaction="ignore")
        rows = seen.world.seats
    table.writeheader()
    table.writerows(msgspec.to_builtins(row) for row in rows)
    return file.getvalue()
