"""due, followups, end_phase: how a room goes from phase to phase.

``lobby -> briefing -> (talk -> vote -> orders -> reveal) x rounds -> over``; a vote without texts is
left out, and so are orders where the kind of game has none. A phase ends at its deadline, when every seat is ready, or when the facilitator says so.
"""

from __future__ import annotations

from game import consent, rulesets, tabling
from game.bots.names import FILLERS
from game.events import (
    Adopted,
    AnyEvent,
    Ended,
    Failed,
    Injected,
    Paused,
    Phase,
    PhaseBegan,
    Resolved,
    Seated,
    Voted,
)
from game.history import replay
from game.play import Play, Text
from game.ratification import refusing
from game.records import Package
from game.world import Report, World

GRACE = 1.0
"""Seconds after the deadline in which an act still counts; decided under the room's lock."""
DOWNTIME = 60.0
"""Seconds overdue after which nobody can have been playing: the room pauses instead of firing."""
MISSES_BEFORE_CARETAKER = 2
TEXTS_IN_TIME, READING = 4, 5
"""Texts that the time of a vote is made for, and the seconds that each further one takes to read."""
UNTIMED: tuple[Phase, ...] = ("talk", "orders")
"""What takes time to learn; the rest of a first round runs as ever."""


def due(play: Play, now: float) -> tuple[AnyEvent, ...]:
    """Return what the clock owes at `now`: the end of an overdue phase, or a pause after downtime."""
    if play.deadline_at is None or play.paused_at is not None or now < play.deadline_at + GRACE:
        return ()
    if now > play.deadline_at + DOWNTIME:
        return (Paused(at=now, reason="downtime"),)
    return settled(play, end_phase(play, now), now)


def settled(play: Play, events: tuple[AnyEvent, ...], now: float) -> tuple[AnyEvent, ...]:
    """Return `events` with all that follows from them at once."""
    while more := followups(replay(play, events), now):
        events += more
    return events


def followups(play: Play, now: float) -> tuple[AnyEvent, ...]:
    """Return the end of the phase when nobody is left to wait for, else nothing."""
    if play.paused_at is not None or play.phase in ("lobby", "over"):
        return ()
    if all(holder == "caretaker" for holder in play.holders):
        return ()  # else a room that all have left would be over in an instant, and nobody could come back to it
    waiting = [
        seat for seat, holder, ready in zip(play.scenario.seats, play.holders, play.ready, strict=True)
        if holder != "caretaker" and not ready
    ]  # fmt: skip
    if not waiting or (play.phase == "vote" and _is_decided(play)):
        return end_phase(play, now)
    return ()


def _is_decided(play: Play) -> bool:
    texts = play.open_texts()
    everybody_voted = all(
        seat in text.votes or play.holder(seat) == "caretaker"
        for text in texts
        for seat in consent.voters(play.scenario, text.package)
    )
    main = [text for text in texts if not text.package.side]
    # With nothing that passes, the vote stays open: a failed text may still be amended.
    passes = any(isinstance(consent.binding(play.scenario, t.package, t.votes), Package) for t in main)
    return everybody_voted and (passes or not main)


def end_phase(play: Play, now: float) -> tuple[AnyEvent, ...]:
    """Return the events that end the present phase and begin the next, with the news that come then."""
    return tuple(told for event in _end_phase(play, now) for told in (event, *_news_at(play, event)))


def _news_at(play: Play, event: AnyEvent) -> tuple[Injected, ...]:
    return news_of(play, event.phase, event.round) if isinstance(event, PhaseBegan) else ()


def news_of(play: Play, phase: Phase, round_: int) -> tuple[Injected, ...]:
    """Return what the scenario brings from outside as that phase begins."""
    return tuple(
        Injected(news.text, news.to, news.capital)
        for news in play.scenario.news
        if (news.phase, news.round) == (phase, round_)
    )


def _end_phase(play: Play, now: float) -> tuple[AnyEvent, ...]:
    match play.phase:
        case "lobby":
            return _open(play, now)
        case "briefing":
            return (begin_phase(play, "talk", 1, now),)
        case "talk":
            if not play.open_texts():
                return _after_votes(play, now)
            own_votes = tuple(
                Voted(text.id, sponsor, "yes")
                for text in play.open_texts()
                for sponsor in text.sponsors
                if play.may_vote(sponsor, text) and sponsor not in text.votes
            )
            return (begin_phase(play, "vote", play.round, now), *own_votes)
        case "vote":
            counted = count(play)
            return (*counted, *_after_votes(replay(play, counted), now))
        case "orders":
            return _resolve(play, now)
        case "reveal":
            if play.round >= play.rounds or rulesets.of(play.scenario).is_settled(play):
                return end_game(play, now)
            return (begin_phase(play, "talk", play.round + 1, now),)
        case "over":
            return ()


def _after_votes(play: Play, now: float) -> tuple[AnyEvent, ...]:
    if rulesets.of(play.scenario).has_orders:
        return (begin_phase(play, "orders", play.round, now),)
    return _resolve(play, now)


def begin_phase(play: Play, phase: Phase, round_: int, now: float) -> PhaseBegan:
    """Return the beginning of `phase`, with the preset's deadline; the first round may have none for talk and orders.

    A vote on more than four texts takes 5 seconds more for each, up to a minute: that is what reading takes.
    """
    seconds = play.scenario.seconds(play.settings.preset, phase)
    if seconds and phase == "vote":
        further = sum(text.status == "open" for text in play.texts) - TEXTS_IN_TIME
        seconds += max(0, min(60, READING * further))
    if play.settings.first_untimed and round_ == 1 and phase in UNTIMED:
        seconds = None
    deadline = now + seconds if seconds else None
    return PhaseBegan(phase=phase, no=play.phase_no + 1, round=round_, at=now, deadline_at=deadline)


def _open(play: Play, now: float) -> tuple[AnyEvent, ...]:
    filled = tuple(
        Seated(seat, f"bot:{FILLERS[play.scenario.ruleset]}")
        for seat, holder in zip(play.scenario.seats, play.holders, strict=True)
        if holder == "vacant"
    )
    briefing = play.scenario.seconds(play.settings.preset, "briefing")
    phase: Phase = "briefing" if briefing else "talk"
    return (*filled, begin_phase(play, phase, 0 if briefing else 1, now))


def count(play: Play) -> tuple[AnyEvent, ...]:
    """Return the count: the first main text that passes is adopted, one a round (rules.md section 3).

    Texts are taken in the chair's order, then those amended after a failed vote in a second pass.
    """
    order = consent.voting_order(play.scenario, play.round)
    main: list[Text] = sorted(
        (text for text in play.open_texts() if not text.package.side),
        key=lambda text: (text.second_pass, order.index(text.author)),
    )
    events: list[AnyEvent] = []
    number = len(play.adopted)
    adopted = False
    for text in main:
        if adopted:
            events.append(Failed(text.id, "another_adopted"))
            continue
        bound = consent.binding(play.scenario, text.package, text.votes)
        if tabling.clashes(play.world, text.package, play.adopted):
            bound = consent.Fall("already_agreed")
        if isinstance(bound, Package):
            bound = _ratified(play, bound)
        if isinstance(bound, Package):
            adopted, number = True, number + 1
            events.append(Adopted(text.id, number, bound))
        else:
            events.append(Failed(text.id, bound.code, bound.params))
    events += [Failed(text.id, "not_all_signed") for text in play.open_texts() if text.package.side]
    return tuple(events)


def _ratified(play: Play, package: Package) -> Package | consent.Fall:
    # The length is left out while it is hidden: the chance that a seat was told must be the one that counts.
    length = None if play.scenario.hidden_length else play.rounds
    refused = refusing(
        play.scenario, play.world, package, seed=play.draw_seed, round_=play.round, rounds=length
    )  # fmt: skip
    return consent.Fall("not_ratified", {"seats": list(refused)}) if refused else package


def outcome_of(play: Play) -> tuple[World, Report]:
    """Return the world after the round and what happened in it, from the orders as they are sealed now."""
    return rulesets.of(play.scenario).resolve(play)


def _resolve(play: Play, now: float) -> tuple[AnyEvent, ...]:
    seats = play.scenario.seats
    # Who is ready without an order meant the empty one; who is neither was not there.
    absent = tuple(
        seat
        for seat, holder, sealed, ready in zip(seats, play.holders, play.orders, play.ready, strict=True)
        if sealed is None and not ready and holder != "caretaker" and rulesets.of(play.scenario).has_orders
    )
    world, report = outcome_of(play)
    digests = {seat: sealed.digest for seat, sealed in zip(seats, play.orders, strict=True) if sealed is not None}
    caretakers = tuple(
        Seated(seat, "caretaker") for seat in absent if play.missed[play.index(seat)] + 1 >= MISSES_BEFORE_CARETAKER
    )
    return (
        Resolved(world=world, report=report, digests=digests, absent=absent),
        *caretakers,
        begin_phase(play, "reveal", play.round, now),
    )


def end_game(play: Play, now: float) -> tuple[AnyEvent, ...]:
    """Return the end: the aftermath is played with empty orders and the scores are counted."""
    world, outcome = rulesets.of(play.scenario).conclude(play)
    return (Ended(epoch=play.epoch + 1, at=now, world=world, outcome=outcome),)
