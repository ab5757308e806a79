"""RULES: what a facilitator may decide: who sits where, the clock, going back, news, the end.

Each function returns the events of one decision or raises `Refused`; `rules.decide` calls them. `expect` is the number of the
phase that the facilitator saw: of two who end a phase at the same moment, one does, and the other is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game import decisions as d
from game import rulesets
from game.bots.names import CASTS
from game.events import (
    AnyEvent,
    CrisisStaged,
    Extended,
    Injected,
    Paused,
    Phase,
    Resumed,
    Rewound,
    Seated,
    WindowOpened,
)
from game.history import apply
from game.play import Play
from game.prose import has_ink, in_seat_order
from game.refusals import Refusal, Refused
from game.rounds import begin_phase, end_game, end_phase, news_of

Events = tuple[AnyEvent, ...]

LONGEST_PHASE = 14 * 86_400
"""Seconds; a fortnight is the longest anybody may wait for one phase."""


def during(play: Play, *phases: Phase) -> None:
    """Raise `Refused` unless the play is in one of `phases`."""
    if play.phase not in phases:
        raise Refused(Refusal.NOT_NOW, phase=play.phase, wanted=list(phases))


def as_seen(play: Play, expect: int | None) -> None:
    """Raise `Refused` unless the play is still in the phase, by its number, that who decides was looking at."""
    if expect is not None and expect != play.phase_no:
        raise Refused(Refusal.MOVED_ON, phase=play.phase)


def _appoint(play: Play, actor: d.Actor, decision: d.Appoint, now: float, expect: int | None) -> Events:
    if decision.seat not in play.scenario.seats:
        raise Refused(Refusal.UNKNOWN_SEAT, seat=decision.seat, seats=list(play.scenario.seats))
    name = decision.holder.removeprefix("bot:")
    cast = CASTS[play.scenario.ruleset]
    if name != decision.holder and name not in cast:
        raise Refused(Refusal.UNKNOWN_HOLDER, holder=decision.holder, holders=["people", "caretaker", *cast])
    if decision.holder == "vacant":
        during(play, "lobby")
    return (Seated(decision.seat, decision.holder),)


def _start(play: Play, actor: d.Actor, decision: d.Start, now: float, expect: int | None) -> Events:
    during(play, "lobby")
    return end_phase(play, now)


def _pause(play: Play, actor: d.Actor, decision: d.Pause, now: float, expect: int | None) -> Events:
    if play.paused_at is not None:
        raise Refused(Refusal.PAUSED)
    return (Paused(at=now),)


def _resume(play: Play, actor: d.Actor, decision: d.Resume, now: float, expect: int | None) -> Events:
    if play.paused_at is None:
        raise Refused(Refusal.NOT_PAUSED)
    deadline = None
    if play.deadline_at is not None:
        # After downtime the deadline is long past: what was left of the phase cannot be known, so it begins anew.
        overdue = play.pause_reason == "downtime"
        deadline = now + (play.deadline_at - (play.began_at if overdue else play.paused_at))
    return (Resumed(at=now, deadline_at=deadline),)


def _extend(play: Play, actor: d.Actor, decision: d.Extend, now: float, expect: int | None) -> Events:
    as_seen(play, expect)
    during(play, "briefing", "talk", "vote", "orders", "reveal")
    base = now if play.deadline_at is None else play.deadline_at
    start = now if play.paused_at is None else play.paused_at
    least = -int(max(0.0, base - start))
    if decision.seconds == 0 or not least <= decision.seconds <= LONGEST_PHASE:
        raise Refused(Refusal.BAD_SECONDS, least=least, most=LONGEST_PHASE, found=decision.seconds)
    return (Extended(deadline_at=base + decision.seconds, seconds=decision.seconds),)


def _advance(play: Play, actor: d.Actor, decision: d.Advance, now: float, expect: int | None) -> Events:
    as_seen(play, expect)
    events: Events = ()
    if play.paused_at is not None:
        events = (Resumed(at=now, deadline_at=None),)
        play = apply(play, events[0])
    return (*events, *end_phase(play, now))


def _rewind(play: Play, actor: d.Actor, decision: d.Rewind, now: float, expect: int | None) -> Events:
    as_seen(play, expect)
    if not 1 <= decision.phase_no <= play.phase_no:
        raise Refused(Refusal.NOTHING_TO_REWIND, phase_no=decision.phase_no)
    mark = play.marks[decision.phase_no]
    deadline = begin_phase(mark, mark.phase, mark.round, now).deadline_at
    rewound = Rewound(to=decision.phase_no, epoch=play.epoch + 1, at=now, deadline_at=deadline)
    return (rewound, *news_of(play, mark.phase, mark.round))


def _inject(play: Play, actor: d.Actor, decision: d.Inject, now: float, expect: int | None) -> Events:
    if not has_ink(decision.text):
        raise Refused(Refusal.EMPTY_TEXT)
    parties = (*play.scenario.seats, *play.settings.third)
    for seat in decision.to:
        if seat not in parties:
            raise Refused(Refusal.BAD_ADDRESSEE, found=seat)
    to = in_seat_order(parties, decision.to)
    if decision.capital and not to:
        raise Refused(Refusal.BAD_ADDRESSEE, found="")
    return (Injected(decision.text, to, decision.capital),)


def _end(play: Play, actor: d.Actor, decision: d.End, now: float, expect: int | None) -> Events:
    as_seen(play, expect)
    if play.phase == "lobby":
        raise Refused(Refusal.NOT_NOW, phase=play.phase, wanted=["talk"])
    return end_game(play, now)


def _open_window(play: Play, actor: d.Actor, decision: d.OpenWindow, now: float, expect: int | None) -> Events:
    during(play, "talk", "vote", "orders")
    if not rulesets.of(play.scenario).has_region:
        raise Refused(Refusal.NOT_IN_THIS_GAME, thing="window")
    return (WindowOpened(decision.window),)


def _stage_crisis(play: Play, actor: d.Actor, decision: d.StageCrisis, now: float, expect: int | None) -> Events:
    during(play, "talk", "vote", "orders")
    if not rulesets.of(play.scenario).has_region:
        raise Refused(Refusal.NOT_IN_THIS_GAME, thing="crisis")
    if decision.flashpoint not in play.scenario.flashpoints:
        raise Refused(
            Refusal.UNKNOWN_FLASHPOINT, found=decision.flashpoint, allowed=", ".join(play.scenario.flashpoints)
        )
    return (CrisisStaged(decision.flashpoint, decision.severity),)


RULES: dict[type[d.Decision], Callable[[Play, Any, Any, float, int | None], Events]] = {
    d.Appoint: _appoint,
    d.Start: _start,
    d.Pause: _pause,
    d.Resume: _resume,
    d.Extend: _extend,
    d.Advance: _advance,
    d.Rewind: _rewind,
    d.Inject: _inject,
    d.OpenWindow: _open_window,
    d.StageCrisis: _stage_crisis,
    d.End: _end,
}
