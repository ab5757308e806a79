"""check: what clients heard, against what the server kept: was anything lost, counted twice, shown to the wrong eyes?

A `History` is written by clients (what they sent, which answers and entries came) and by the database (what is kept).
Each check yields `Fault`s; a history without any is one that a single honest server would have written.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from game.rounds import GRACE

MARK = re.compile(r"~([A-Z.]+)~")
"""In a text that is meant for some: ``~CN.JP~``. Nobody else may ever be sent it, in whatever form."""

SECRET_KINDS = {"ordered", "drafted"}
"""What only the own seat may hear of, before the game is over."""


class Heard(NamedTuple):
    """One entry as a viewer was shown it."""

    room: str
    viewer: str
    epoch: int
    n: int
    event: dict[str, Any]


class Kept(NamedTuple):
    """One entry of the log; `words` are those of a `said`."""

    room: str
    n: int
    epoch: int
    at: float
    event: dict[str, Any]
    words: str | None = None


@dataclass
class Sent:
    """An act, the text that makes it unlike any other (of a `say`), and the answers that came."""

    room: str
    viewer: str
    id: str
    text: str | None = None
    answers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_acknowledged(self) -> bool:
        return any(answer["ok"] for answer in self.answers)


class Fault(NamedTuple):
    """What went wrong: one of the checks' names, and where."""

    kind: str
    where: str


@dataclass
class History:
    """All that clients and database say of some rooms. `frames` are (room, viewer, raw text)."""

    sent: list[Sent] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    frames: list[tuple[str, str, str]] = field(default_factory=list)
    views: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    """The sections that a page shows at the end, and those that a new one is given: (room, viewer, sections)."""
    overdue: list[str] = field(default_factory=list)
    """Rooms whose deadline has passed and that nobody moves."""


def check(history: History) -> list[Fault]:
    """Return every fault, without repetition."""
    checks = (lost, twice, phantom, diverged, skipped, leaked, late, double, stuck)
    return list(dict.fromkeys(fault for one in checks for fault in one(history)))


def lost(history: History) -> Iterator[Fault]:
    """What was acknowledged is not kept."""
    said = Counter((entry.room, entry.words) for entry in history.kept)
    for act in history.sent:
        if act.text is not None and act.is_acknowledged and not said[act.room, act.text]:
            yield Fault("lost", f"{act.room} {act.id}")


def twice(history: History) -> Iterator[Fault]:
    """One act is kept twice."""
    for (room, words), count in Counter((entry.room, entry.words) for entry in history.kept).items():
        if words is not None and count > 1:
            yield Fault("twice", f"{room} {words}")
    for act in history.sent:
        if len({json.dumps(answer, sort_keys=True) for answer in act.answers}) > 1:
            yield Fault("twice", f"{act.room} {act.id} was answered in two ways")


def phantom(history: History) -> Iterator[Fault]:
    """Somebody was shown words that nobody keeps."""
    said = {(entry.room, entry.words) for entry in history.kept}
    for one in history.heard:
        if one.event["type"] == "said" and (one.room, one.event["text"]) not in said:
            yield Fault("phantom", f"{one.room} {one.viewer} {one.n}")


def diverged(history: History) -> Iterator[Fault]:
    """Two pages of one viewer were shown different things at one place."""
    first: dict[tuple[str, str, int, int], dict[str, Any]] = {}
    for one in history.heard:
        event = {name: value for name, value in one.event.items() if name != "by"}
        if first.setdefault((one.room, one.viewer, one.epoch, one.n), event) != event:
            yield Fault("diverged", f"{one.room} {one.viewer} {one.epoch}.{one.n}")
    views: dict[tuple[str, str], dict[str, Any]] = {}
    for room, viewer, sections in history.views:
        for name, section in views.setdefault((room, viewer), sections).items():
            if name != "people" and section != sections.get(name):
                yield Fault("diverged", f"{room} {viewer} {name}")


def skipped(history: History) -> Iterator[Fault]:
    """A viewer's numbers have a gap."""
    numbers: dict[tuple[str, str, int], set[int]] = {}
    for one in history.heard:
        numbers.setdefault((one.room, one.viewer, one.epoch), set()).add(one.n)
    for (room, viewer, epoch), heard in numbers.items():
        if gaps := set(range(min(heard), max(heard) + 1)) - heard:
            yield Fault("skipped", f"{room} {viewer} {epoch}.{min(gaps)}")


def leaked(history: History) -> Iterator[Fault]:
    """Somebody was sent what is not for their eyes."""
    for room, viewer, text in history.frames:
        for mark in MARK.findall(text):
            if viewer not in mark.split("."):
                yield Fault("leaked", f"{room} {viewer} {mark}")
    over = {entry.room for entry in history.kept if entry.event["type"] == "ended"}
    for one in history.heard:
        if one.event["type"] in SECRET_KINDS and one.event["seat"] != one.viewer and one.room not in over:
            yield Fault("leaked", f"{one.room} {one.viewer} {one.n}")


def late(history: History) -> Iterator[Fault]:
    """A seat's decision counted after its deadline."""
    deadlines: dict[str, float | None] = {}
    for entry in sorted(history.kept, key=lambda entry: (entry.room, entry.n)):
        if entry.event["type"] == "paused":
            deadlines[entry.room] = None
        elif "deadline_at" in entry.event:
            deadlines[entry.room] = entry.event["deadline_at"]
        elif entry.event["type"] in ("voted", "ordered", "proposed"):
            deadline = deadlines.get(entry.room)
            if deadline is not None and entry.at > deadline + GRACE:
                yield Fault("late", f"{entry.room} {entry.n}")


def double(history: History) -> Iterator[Fault]:
    """A phase began, or a round was resolved, twice in one epoch."""
    begun = Counter(
        (
            entry.room,
            entry.epoch,
            entry.event["type"],
            entry.event.get("no", entry.event.get("report", {}).get("round")),
        )
        for entry in history.kept
        if entry.event["type"] in ("phase", "resolved", "ended")
    )
    for (room, epoch, kind, no), count in begun.items():
        if count > 1:
            yield Fault("double", f"{room} {epoch} {kind} {no}")


def stuck(history: History) -> Iterator[Fault]:
    """An act was never answered, or a room stands still after its deadline."""
    for act in history.sent:
        if not act.answers:
            yield Fault("stuck", f"{act.room} {act.id}")
    for room in history.overdue:
        yield Fault("stuck", room)
