"""game_log, common_link, scores: a room as files for those who were in it.

During the game a file holds what its reader may know and no more. After it, everybody of the room gets the whole game
with its seed, which replays to the same end; private words and drafts stay with those whose they were. While another room
still plays the same seed, the file of all but facilitators is as during the game: seed and nonces would open its orders.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from typing import Any

import msgspec

from game import events as e
from game.observation import FACILITATOR, observe, visible
from game.play import Play, Settings
from game.sections import Viewer
from negotiation.rooms import chain
from negotiation.rooms.log import Line, seed_is_secret
from negotiation.rooms.masks import bit_of
from negotiation.rooms.models import Entry, Room
from negotiation.scenarios import library

FORMAT = 2
RUNNING = ("G", "R", "U", "TR")
FINAL = (*RUNNING, "mandate", "total", "without_trust")


class LogEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event of the file. After the game those that all have in common carry their place in the chain: `digest`.

    Of spoken words the chain covers `sealed`, the SHA-256 of `salt`, a line feed and the text. Words that were erased have
    neither text nor salt left.
    """

    n: int
    epoch: int
    at: float
    event: dict[str, Any]
    salt: str = ""
    sealed: str = ""
    digest: str = ""


class LogFile(msgspec.Struct, frozen=True):
    """A room as a file. `seed` and `head`, the last digest of the chain, are there once the game is over at all tables."""

    format: int
    room: str
    scenario: str
    settings: Settings
    seed: str | None
    viewer: Viewer
    head: str | None
    entries: tuple[LogEntry, ...]
    written: dict[str, Any] | None = None
    """What is written of a scenario of somebody's own, which a reader of the file does not have; for players at the end."""


def game_log(room: Room, play: Play, viewer: Viewer, *, seed_is_told: bool = False) -> LogFile:
    """Returns the log as the viewer may have it now; where the `seed_is_told` elsewhere already, with it once the game is over.

    Entries are numbered anew: a gap would tell of what is left out.
    """
    seed_is_told = seed_is_told or viewer == FACILITATOR
    is_open = play.is_over and (seed_is_told or not seed_is_secret(room.pk, play))
    rows = list(Entry.objects.filter(room=room, n__lte=room.n).order_by("n"))
    lines = tuple(Line(row.n, row.epoch, row.mask, row.at, chain.event_of(row)) for row in rows)
    if is_open:
        entries = _opened(rows, lines, bit_of(play.scenario.seats, viewer, play.settings.third), viewer)
    else:
        shown = [(line, seen) for line in lines if (seen := visible(line.event, viewer)) is not None]
        entries = [
            LogEntry(n, line.epoch, line.at, msgspec.to_builtins(seen)) for n, (line, seen) in enumerate(shown, 1)
        ]
    return LogFile(
        format=FORMAT,
        room=room.code,
        scenario=room.scenario,
        settings=msgspec.json.decode(room.settings, type=Settings),
        seed=play.seed if is_open else None,
        viewer=viewer,
        head=next((entry.digest for entry in reversed(entries) if entry.digest), None),
        entries=tuple(entries),
        # It holds the briefings of all seats, which are theirs alone until the end.
        written=library.written_of(room.scenario) if is_open or viewer == FACILITATOR else None,
    )


def _opened(rows: list[Entry], lines: tuple[Line, ...], bit: int, viewer: Viewer) -> list[LogEntry]:
    """Returns the events as they happened, without others' private words, drafts and changes of mind.

    What everybody gets makes a chain of its own, the same in everybody's file. The room's own chain would need a digest
    for each entry left out, and so tell how often others spoke in private.
    """
    held = _orders_that_held(lines)
    opened: list[LogEntry] = []
    after = ""
    for row, line in zip(rows, lines, strict=True):
        event: e.Event = line.event
        common = line.event.audience is e.PUBLIC or line.n in held
        if not line.mask >> bit & 1:
            if not common:
                continue
            event = msgspec.structs.replace(event, by=None)
        elif not isinstance(event, e.Resolved | e.Ended | e.Ordered):
            event = visible(event, viewer) or event
        digest = after = common_link(after, row.epoch, row.at, chain.decoded(row)) if common else after
        sealed = chain.sealed(row)
        opened.append(
            LogEntry(
                n=len(opened) + 1,
                epoch=line.epoch,
                at=line.at,
                event=msgspec.to_builtins(event),
                salt=row.salt,
                sealed=sealed,
                digest=digest if common else "",
            )
        )
    return opened


def common_link(after: str, epoch: int, at: float, event: e.AnyEvent) -> str:
    """Returns the digest of an event in its place in the chain of all; words stand in it by their own digest."""
    if hasattr(event, "by"):
        event = msgspec.structs.replace(event, by=None)  # which member of a team acted is the team's business
    return hashlib.sha256(f"{after}\n{epoch}\n{at!r}\n{e.encoder.encode(event).decode()}".encode()).hexdigest()


def _orders_that_held(lines: Iterable[Line]) -> set[int]:
    """Returns the places of the orders by which a round was resolved: the last ones of their seats.

    What was sealed in a round that the facilitator took back or broke off moved nothing, and stays its seat's secret.
    """
    held: set[int] = set()
    sealed: dict[str, int] = {}
    for line in lines:
        match line.event:
            case e.Ordered():
                sealed[line.event.seat] = line.n
            case e.Resolved():
                held |= set(sealed.values())
                sealed = {}
            case e.Rewound():
                sealed = {}
    return held


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
