"""check_room, check_file, Report: is the result of a room what its record and the rules say?

A room is checked from its rows, a file from itself alone, with nothing but this program and the seed that the file holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from game import scenario, scenario_file
from game.audit import Audit, audit
from game.events import AnyEvent, Spoken
from game.figures import ScenarioError
from game.play import Play, begin
from negotiation.rooms import chain, plays
from negotiation.rooms.exports import FORMAT, LogEntry, LogFile, common_link
from negotiation.rooms.masks import mask_of, viewers
from negotiation.rooms.models import Entry, Room


class CannotCheck(Exception):
    """There is nothing here that could be checked; the sentence says why."""


@dataclass
class Report:
    """Sentences of what holds, and of what does not."""

    title: str
    sound: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    scores: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.wrong

    def add(self, problems: Iterable[str], else_: str) -> None:
        """Notes the problems, or the sentence where there are none."""
        found = list(problems)
        self.wrong += found
        self.sound += [] if found else [else_]


def check_room(room: Room) -> Report:
    """Folds the log of the room anew and compares it with itself, its chain, its row and the rules."""
    entries = list(Entry.objects.filter(room=room, n__lte=room.n).order_by("n"))
    report = Report(f"Room {room.code} ({room.scenario}), {len(entries)} entries, {room.phase}.")
    broken = [] if chain.leads("", entries, room.digest) else [_first_break(entries, room.digest)]
    report.add(broken, f"The chain of {len(entries)} digests is whole; its head is {room.digest or 'empty'}.")
    erased = sum(entry.kind in chain.SPOKEN and entry.words is None for entry in entries)
    if erased:
        report.sound.append(f"{erased} sayings were erased; their digests still stand in the chain.")
    try:
        events = [chain.event_of(entry) for entry in entries]
        found = audit(plays.opening(room), events)
    except (msgspec.MsgspecError, ScenarioError) as error:
        report.wrong.append(f"The record cannot be read: {error}")
        return report
    _tell(report, found)
    report.add(_rows(room, entries, events, found.play), "The row of the room says what its log says.")
    return report


def _first_break(entries: list[Entry], head: str) -> str:
    after = ""
    for n, entry in enumerate(entries, 1):
        if entry.n != n:
            return f"Entry {n} is missing."
        if not chain.leads(after, [entry], entry.digest):
            return f"Entry {n} ({entry.kind}) was changed, or one before it: the chain breaks there."
        after = entry.digest
    return f"The log ends at {after[:12] or 'nothing'}, the room at {head[:12]}: entries at the end were cut off or changed."


def _rows(room: Room, entries: list[Entry], events: list[AnyEvent], play: Play) -> Iterable[str]:
    seats, third = play.scenario.seats, play.settings.third
    counts = [sum(entry.mask >> bit & 1 for entry in entries) for bit in range(len(viewers(seats, third)))]
    facts: tuple[tuple[str, Any, Any], ...] = (
        ("phase", room.phase, play.phase),
        ("phase number", room.phase_no, play.phase_no),
        ("epoch", room.epoch, play.epoch),
        ("entry counts", room.counts or [0] * len(counts), counts),
        ("pause", room.paused_at, play.paused_at),
    )
    for name, said, found in facts:
        if said != found:
            yield f"The row of the room has {name} {said}, the log {found}."
    for entry, event in zip(entries, events, strict=True):
        if entry.mask != mask_of(seats, event, third):
            yield f"Entry {entry.n} ({entry.kind}) is shown to others than the rules allow."


def _scenario_of(file: LogFile) -> scenario.Scenario:
    if file.written is None:
        return scenario.load(file.scenario, file.settings.version)
    return scenario_file.made(file.written, file.scenario, file.settings.version)


def check_file(text: bytes) -> Report:
    """Checks an exported log.json. Raises `CannotCheck` where it is none, or one of a game that is not over."""
    try:
        file = msgspec.json.decode(text, type=LogFile)
    except msgspec.MsgspecError as error:
        raise CannotCheck(f"This is no log.json of form {FORMAT}: {error}") from None
    if file.format != FORMAT:
        raise CannotCheck(f"This file has form {file.format}; this program reads {FORMAT}.")
    if file.written is None and file.scenario not in (*scenario.names(), *scenario.cases()):
        raise CannotCheck(f"This program has no scenario {file.scenario[:40]!r}.")
    if file.settings.version not in scenario.RULES:
        known = ", ".join(map(str, scenario.RULES))
        raise CannotCheck(
            f"This game was played under version {file.settings.version} of the rules; known here: {known}."
        )
    if file.seed is None:
        raise CannotCheck(
            "The game, or another with the same seed, was not over when this file was made. "
            "It has no seed, so nothing can be worked out."
        )
    report = Report(
        f"File of room {file.room} ({file.scenario}), {len(file.entries)} entries, as {file.viewer} has it."
    )
    try:
        events = [msgspec.convert(entry.event, AnyEvent) for entry in file.entries]
        opening = begin(_scenario_of(file), file.settings, file.seed)
    except (msgspec.MsgspecError, ValueError) as error:
        report.wrong.append(f"An entry cannot be read: {error}")
        return report
    common = sum(bool(entry.digest) for entry in file.entries)
    head = f"The chain of {common} digests is whole; everybody's file of this room has the head {file.head}."
    report.add(_broken_links(file, events), head)
    if common < len(file.entries):
        report.sound.append(
            f"{len(file.entries) - common} entries are private to {file.viewer} and outside of the chain."
        )
    _tell(report, audit(opening, events))
    return report


def _broken_links(file: LogFile, events: list[Any]) -> Iterable[str]:
    after = ""
    for entry, event in zip(file.entries, events, strict=True):
        if isinstance(event, Spoken):
            if not _was_said(entry, event.text):
                yield f"Entry {entry.n}: these are not the words that were said."
            event = msgspec.structs.replace(event, text=entry.sealed)
        if entry.digest:
            after = common_link(after, entry.epoch, entry.at, event)
            if after != entry.digest:
                yield f"Entry {entry.n} was changed, or one before it: the chain breaks there."
                return
    if after != (file.head or ""):
        yield f"The chain ends at {after[:12]}, the file says {(file.head or '')[:12]}: entries at the end were cut off."


def _was_said(entry: LogEntry, text: str) -> bool:
    if not entry.salt:
        return text == "" and re.fullmatch("[0-9a-f]{64}", entry.sealed) is not None
    return chain.hidden(entry.salt, text) == entry.sealed


def _tell(report: Report, found: Audit) -> None:
    end = "and to the same scores" if found.is_scored else "and the game is not over"
    report.add(
        found.problems,
        f"{found.orders} orders are those that were sealed, {found.texts} texts were adopted by the votes on them, and the "
        f"rules come to the same {found.rounds} rounds {end}.",
    )
    if found.play.ended is not None:
        for score in found.play.ended.outcome.scores:
            report.scores.append(
                f"{score.seat}  total {score.total:+.4f}  G {score.G:+.4f}  R {score.R:+.4f}  U {score.U:+.4f}  "
                f"TR {score.TR:+.2f}  mandate {score.mandate:+.1f}"
            )
