"""Breach, Keeping, keeping: who kept its word, who broke it, and which broken words nobody ever found out.

This looks at what was hidden, so it is for the end of a game alone; `review` sees to that.
"""

from __future__ import annotations

from typing import Literal, get_args

from game.catalogue import INSTITUTIONS
from game.play import Play, RoundPlayed
from game.records import Duty, Identifier, Record, Seat
from game.world import Report

How = Literal["open", "found", "later", "never", "quit"]


class Breach(Record, frozen=True, omit_defaults=False):
    """A promise (or membership) not kept in a round: broken openly, left, found out at once, later, or never.

    `found` is the round in which it came out; one after the last is in the aftermath.
    """

    round: int
    seat: Seat
    id: Identifier
    duty: Duty | None
    how: How
    found: int | None


class Tally(Record, frozen=True, omit_defaults=False):
    """One seat's word: promises made, rounds in which one was truly kept, and breaches by kind."""

    seat: Seat
    made: int
    kept: int
    open: int
    found: int
    later: int
    never: int
    quit: int


class Keeping(Record, frozen=True, omit_defaults=False):
    """All breaches in the order in which they happened, and every seat's tally."""

    breaches: tuple[Breach, ...]
    tallies: tuple[Tally, ...]


def keeping(play: Play) -> Keeping:
    """Return how every promise of the resolved rounds fared, hidden breaches included."""
    found = _found_rounds(play)
    breaches = [breach for done in play.played for breach in _breaches(play, done, found)]
    return Keeping(tuple(breaches), tuple(_tally(play, seat, breaches) for seat in play.scenario.seats))


def _found_rounds(play: Play) -> dict[Seat, list[int]]:
    """Return the rounds in which hidden arms of each seat came to light, the aftermath's included."""
    reports: list[Report] = [done.resolved.report for done in play.played]
    if play.ended is not None:
        reports += play.ended.outcome.aftermath
    rounds: dict[Seat, list[int]] = {seat: [] for seat in play.scenario.seats}
    for report in reports:
        for one in report.found:
            rounds[one.seat].append(report.round)
    return rounds


def _breaches(play: Play, done: RoundPlayed, found: dict[Seat, list[int]]) -> list[Breach]:
    report = done.resolved.report
    duties = {held.id: held.duty for held in report.duties}
    breaches = []
    for seat, id_ in report.detected:
        if id_ != "stock":  # an old stock is told of with the breach that made it
            duty = duties.get(id_)
            caught = any(one.seat == seat and one.caught for one in report.found)
            is_secret = caught and (duty is None or duty.kind == "cap") and (seat, id_) not in report.stopped
            how: How = "found" if is_secret else "open"
            breaches.append(Breach(report.round, seat, id_, duty, how, report.round))
    breaches += [Breach(report.round, seat, id_, duties.get(id_), "quit", report.round) for seat, id_ in report.quits]
    for seat, id_ in _secretly_broken(play, done):
        later = next((one for one in found[seat] if one > report.round), None)
        breaches.append(Breach(report.round, seat, id_, duties.get(id_), "later" if later else "never", later))
    return breaches


def _secretly_broken(play: Play, done: RoundPlayed) -> list[tuple[Seat, Identifier]]:
    """Return the limits that a seat armed above this round, or hid warheads under, without being caught."""
    report, world = done.resolved.report, done.resolved.world
    caught = {one.seat for one in report.found if one.caught}
    broken = []
    for i, seat in enumerate(play.scenario.seats):
        if seat in caught or not (world.covert[i] or world.hiding[i]):
            continue
        posture = report.posture[i] + world.covert[i]
        broken += [
            (seat, held.id)
            for held in report.duties
            if held.on and held.kept and held.duty.by == seat and held.duty.kind == "cap"
            and posture > (held.duty.amount or 0)
        ]  # fmt: skip
        broken += [
            (seat, body.id)
            for body in report.institutions
            if seat in body.members
            and (seat, body.id) not in report.detected
            and (
                (world.covert[i] and posture > INSTITUTIONS[body.id].maxp) or (world.hiding[i] and body.id == "denuke")
            )
        ]
    return broken


def _tally(play: Play, seat: Seat, breaches: list[Breach]) -> Tally:
    made, kept = set(), 0
    secret = {(one.round, one.id) for one in breaches if one.how in ("later", "never")}
    for done in play.played:
        report = done.resolved.report
        for held in report.duties:
            if held.duty.by == seat:
                made.add(held.id)
                kept += bool(held.on and held.kept) and (report.round, held.id) not in secret
    counts = {how: sum(one.seat == seat and one.how == how for one in breaches) for how in get_args(How)}
    return Tally(seat=seat, made=len(made), kept=kept, **counts)
