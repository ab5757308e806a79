"""replayed, compare, WhatIf: a finished game played again from some round on, with bots in chosen seats.

The other seats do what they did: they table the same texts, vote on them alike, and order the same, as far as promises
then allow it; on a text that was not there before they vote as a bargainer would. Luck is that of the game, and so a
replay with nobody exchanged ends as the game did, to the last bit. Nobody answers anybody: that is for the debrief to say.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from game import rules, rulesets
from game.bots import Bot, get
from game.bots.names import QUICK
from game.decisions import Decision, GiveOrder, Propose, Ready, SeatActor, Sponsor, Vote
from game.events import Proposed, Voted
from game.history import apply, replay
from game.observation import view
from game.play import Play, RoundPlayed, SealedOrder, Text
from game.records import EMPTY_ORDER, Identifier, Order, Package, Record, Seat
from game.refusals import Refused
from game.rounds import end_phase
from game.scoring import SeatScore
from game.tabling import check_package

STAND_IN = "bargainer"
"""Votes for a seat on texts that it never saw."""
TALKS = 2
"""How often bots are asked in a talk, so that they see each other's texts."""


class RoundThen(Record, frozen=True, omit_defaults=False):
    """A round in the game and in its replay: what was adopted, the climate after it, and whose order no longer fitted."""

    round: int
    adopted_then: tuple[Package, ...]
    adopted_now: tuple[Package, ...]
    C_then: float
    C_now: float
    bent: tuple[Seat, ...]


class WhatIf(Record, frozen=True, omit_defaults=False):
    """A replay beside the game: the scores and the region's figures then and now, and round by round what changed."""

    round: int
    bots: dict[Seat, str]
    then: tuple[SeatScore, ...]
    now: tuple[SeatScore, ...]
    region_then: dict[str, float]
    region_now: dict[str, float]
    rounds: tuple[RoundThen, ...]


def what_if(play: Play, round_: int, bots: Mapping[Seat, str]) -> WhatIf:
    """Return the replay from `round_` on with these bots. Raises `ValueError` for what cannot be replayed."""
    *_, last = replayed(play, round_, bots)
    return compare(play, last, round_, bots)


def replayed(play: Play, round_: int, bots: Mapping[Seat, str]) -> Iterator[Play]:
    """Yield the play after each phase from the beginning of `round_` to the end, so that whoever asks may stop.

    Raises `ValueError` before the end of the game, and for an unknown round, seat or bot.
    """
    _check(play, round_, bots)
    assert play.ended is not None
    number, mark = next((k, one) for k, one in enumerate(play.marks) if (one.phase, one.round) == ("talk", round_))
    holders = tuple(f"bot:{bots[seat]}" if seat in bots else "people" for seat in play.scenario.seats)
    scene = replace(
        mark, marks=play.marks[: number + 1], rounds=len(play.played), holders=holders,
        settings=replace(play.settings, preset=None), deadline_at=None, paused_at=None,
    )  # fmt: skip
    cast = {seat: get(name) for seat, name in bots.items()}
    for done in play.played[round_ - 1 :]:
        scene = replace(scene, epoch=_epoch_of(play, done))
        ids: dict[Identifier, Text] = {}
        scene = _talk(scene, done, cast, ids)
        yield scene
        if scene.phase == "vote":
            scene = _vote(scene, done, cast, ids)
            yield scene
        scene = _orders(scene, done, cast)
        yield scene
        if done is play.played[-1]:
            scene = replace(scene, epoch=play.ended.epoch - 1)
        scene = replay(scene, end_phase(scene, scene.began_at))
    yield scene


def _check(play: Play, round_: int, bots: Mapping[Seat, str]) -> None:
    if play.ended is None:
        raise ValueError("the game is not over")
    if not rulesets.of(play.scenario).has_region:
        raise ValueError(f"ruleset: found {play.scenario.ruleset!r}; allowed: security_dilemma")
    if not 1 <= round_ <= len(play.played):
        raise ValueError(f"round: found {round_}; allowed: 1 to {len(play.played)}")
    for seat, name in bots.items():
        if seat not in play.scenario.seats:
            raise ValueError(f"seat: found {seat!r}; allowed: {', '.join(play.scenario.seats)}")
        if name not in QUICK:
            raise ValueError(f"bot: found {name!r}; allowed: {', '.join(QUICK)}")


def _epoch_of(play: Play, done: RoundPlayed) -> int:
    """Return the epoch in which the round was resolved, for that names its draws."""
    round_ = done.resolved.report.round
    return next(mark.epoch for mark in play.marks if (mark.phase, mark.round) == ("reveal", round_))


def _rng(scene: Play, seat: Seat) -> random.Random:
    return random.Random(f"{scene.draw_seed}|what if|{seat}|{scene.phase_no}")


def _act(scene: Play, seat: Seat, decision: Decision) -> Play:
    """Return the play after the decision, or as it was if the rules refuse it."""
    try:
        return replay(scene, rules.decide(scene, SeatActor(seat), decision, scene.began_at))
    except Refused:
        return scene


def _bots_act(scene: Play, cast: Mapping[Seat, Bot]) -> Play:
    """Let every bot do what it would now, but for words; that it is done, its order says."""
    phase_no = scene.phase_no
    for seat, bot in cast.items():
        for decision in bot.decide(view(scene, seat), _rng(scene, seat)):
            if isinstance(decision, Propose | Sponsor | Vote | GiveOrder) and scene.phase_no == phase_no:
                scene = _act(scene, seat, decision)
    return scene


def _talk(scene: Play, done: RoundPlayed, cast: Mapping[Seat, Bot], ids: dict[Identifier, Text]) -> Play:
    scene = _tabled_again(scene, done, cast, ids, second_pass=False)
    for _ in range(TALKS):
        scene = _bots_act(scene, cast)
    # Side deals are signed in the order in which they were: that numbers their promises.
    packages = list(done.adopted)
    for id_ in sorted(ids, key=lambda one: packages.index(p) if (p := ids[one].package) in packages else len(packages)):
        if ids[id_].package.side:
            for seat, choice in ids[id_].votes.items():
                if seat not in cast:
                    scene = _act(scene, seat, Vote(id_, choice))
    scene = _bots_act(scene, cast)
    for text in scene.open_texts():
        if text.package.side and text.id not in ids:
            scene = _stand_in(scene, cast, text)
    return replay(scene, end_phase(scene, scene.began_at))


def _tabled_again(
    scene: Play, done: RoundPlayed, cast: Mapping[Seat, Bot], ids: dict[Identifier, Text], *, second_pass: bool
) -> Play:
    """Table anew what seats without a bot had tabled, in its last version, and note which is which."""
    for text in done.texts:
        if text.author in cast or text.status == "withdrawn" or text.second_pass != second_pass:
            continue
        try:
            check_package(scene.scenario, scene.world, text.package)
        except Refused:
            continue
        id_ = f"{scene.round}.{len(scene.texts) + 1}"
        ids[id_] = text
        scene = apply(scene, Proposed(text=id_, version=1, package=text.package))
    return scene


def _vote(scene: Play, done: RoundPlayed, cast: Mapping[Seat, Bot], ids: dict[Identifier, Text]) -> Play:
    scene = _tabled_again(scene, done, cast, ids, second_pass=True)
    for id_, text in ids.items():
        if scene.phase == "vote" and id_ in {one.id for one in scene.open_texts()}:
            votes = {seat: choice for seat, choice in text.votes.items() if seat not in cast}
            for seat, choice in votes.items():
                scene = apply(scene, Voted(id_, seat, choice))
    for text in scene.open_texts():
        if text.id not in ids:
            scene = _stand_in(scene, cast, text)
    scene = _bots_act(scene, cast)
    return replay(scene, end_phase(scene, scene.began_at)) if scene.phase == "vote" else scene


def _stand_in(scene: Play, cast: Mapping[Seat, Bot], text: Text) -> Play:
    """Let the seats without a bot vote on a text that they never saw."""
    for seat in scene.scenario.seats:
        if seat in cast or not scene.may_vote(seat, text):
            continue
        bot, seen = get(STAND_IN), view(scene, seat)
        bot.recall(seen)
        ballot = next((one for one in seen.ballots if one.text == text.id and one.open), None)
        if ballot is not None:
            scene = _act(scene, seat, Vote(text.id, bot.vote(seen, ballot, _rng(scene, seat))))
    return scene


def _orders(scene: Play, done: RoundPlayed, cast: Mapping[Seat, Bot]) -> Play:
    scene = _bots_act(scene, cast)
    for seat, sealed in zip(scene.scenario.seats, done.orders, strict=True):
        if seat in cast:
            scene = scene if scene.phase != "orders" or scene.ready[scene.index(seat)] else _act(scene, seat, Ready())
        else:
            scene = _ordered_again(scene, seat, sealed)
    return scene


def _ordered_again(scene: Play, seat: Seat, sealed: SealedOrder | None) -> Play:
    if sealed is None:
        return _act(scene, seat, Ready())
    order = sealed.order
    without_breaches = replace(order, stop=(), quit=(), hide=False)
    for wish in (order, without_breaches, replace(without_breaches, measures=()), EMPTY_ORDER):
        after = _act(scene, seat, GiveOrder(wish))
        if after is not scene:
            return after
    return scene


def compare(play: Play, last: Play, round_: int, bots: Mapping[Seat, str]) -> WhatIf:
    """Return the game beside the last play of its replay."""
    assert play.ended is not None
    assert last.ended is not None
    then, now = play.ended.outcome, last.ended.outcome
    pairs = zip(play.played[round_ - 1 :], last.played[round_ - 1 :], strict=True)
    return WhatIf(
        round=round_,
        bots=dict(bots),
        then=then.scores,
        now=now.scores,
        region_then=then.region,
        region_now=now.region,
        rounds=tuple(_round(play, one, other, bots) for one, other in pairs),
    )


def _round(play: Play, then: RoundPlayed, now: RoundPlayed, bots: Mapping[Seat, str]) -> RoundThen:
    def order_of(sealed: SealedOrder | None) -> Order | None:
        return None if sealed is None else sealed.order

    return RoundThen(
        round=then.resolved.report.round,
        adopted_then=then.adopted,
        adopted_now=now.adopted,
        C_then=then.resolved.world.C,
        C_now=now.resolved.world.C,
        bent=tuple(
            seat
            for seat, one, other in zip(play.scenario.seats, then.orders, now.orders, strict=True)
            if seat not in bots and order_of(one) != order_of(other)
        ),
    )
