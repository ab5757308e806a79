"""apply, replay: the only code that makes a new `Play` out of an old one and an event.

It copies what the event says and decides nothing, so an old log replays without the rules that wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, assert_never

from msgspec.structs import replace

from game import events as e
from game.play import Play, Reservation, RoundPlayed, SealedOrder, SingleText, Text
from game.records import Identifier, Package, Seat

T = TypeVar("T")


def replay(play: Play, events: Iterable[e.AnyEvent]) -> Play:
    """Return the play after all `events`, oldest first."""
    for event in events:
        play = apply(play, event)
    return play


def apply(play: Play, event: e.AnyEvent) -> Play:
    """Return the play after `event`."""
    match event:
        case e.Said() | e.Injected() | e.Published() | e.Hidden():
            return play  # talk is in the log, not in the play
        case e.AgendaSet():
            return replace(play, agenda=event.text)
        case e.Offered():
            return _offer(play, event)
        case e.Reserved():
            return _reserve(play, event)
        case e.Counselled():
            return _counsel(play, event)
        case e.Met():
            return replace(play, met=play.met | {event.seats})
        case e.Seated():
            holders = _put(play, play.holders, event.seat, event.holder)
            return replace(play, holders=holders, missed=_put(play, play.missed, event.seat, 0))
        case e.PhaseBegan():
            return _begin_phase(play, event)
        case e.Proposed():
            return _table(play, event)
        case e.Sponsored():
            text = _text(play, event.text)
            return _with_text(play, replace(text, sponsors=(*text.sponsors, event.seat)))
        case e.Withdrawn():
            return _with_text(play, replace(_text(play, event.text), status="withdrawn"))
        case e.Voted():
            text = _text(play, event.text)
            return _with_text(play, replace(text, votes={**text.votes, event.seat: event.choice}))
        case e.Adopted():
            play = _with_text(play, replace(_text(play, event.text), status="adopted"))
            return replace(play, adopted=(*play.adopted, event.package))
        case e.Failed():
            text = _text(play, event.text)
            return _with_text(play, replace(text, status="failed", reason=event.code, reason_params=event.params))
        case e.Drafted():
            return replace(play, drafts=_put(play, play.drafts, event.seat, event.package))
        case e.Ordered():
            sealed = SealedOrder(event.order, event.version, event.nonce, event.digest)
            return replace(play, orders=_put(play, play.orders, event.seat, sealed))
        case e.Readied():
            return replace(play, ready=_put(play, play.ready, event.seat, event.ready))
        case e.Resolved():
            return _resolve(play, event)
        case e.Paused():
            return replace(play, paused_at=event.at, pause_reason=event.reason)
        case e.Resumed():
            return replace(play, paused_at=None, pause_reason=None, deadline_at=event.deadline_at)
        case e.Extended():
            return replace(play, deadline_at=event.deadline_at)
        case e.WindowOpened():
            return replace(play, world=replace(play.world, window=event.window))
        case e.CrisisStaged():
            return replace(play, staged={**play.staged, event.flashpoint: event.severity})
        case e.Rewound():
            return _rewind(play, event)
        case e.Ended():
            return replace(
                play, phase="over", phase_no=play.phase_no + 1, epoch=event.epoch, began_at=event.at,
                deadline_at=None, paused_at=None, pause_reason=None, ended=event,
            )  # fmt: skip
        case _:
            assert_never(event)


def _put(play: Play, values: tuple[T, ...], seat: Seat, value: T) -> tuple[T, ...]:
    i = play.index(seat)
    return (*values[:i], value, *values[i + 1 :])


def _text(play: Play, id_: Identifier) -> Text:
    text = play.text(id_)
    if text is None:
        raise ValueError(f"the log names text {id_!r}, which was never tabled in round {play.round}")
    return text


def _with_text(play: Play, text: Text) -> Play:
    return replace(play, texts=tuple(text if old.id == text.id else old for old in play.texts))


def _offer(play: Play, event: e.Offered) -> Play:
    if event.package is None:
        return replace(play, single=None, offers=event.version)
    # A reservation stays where the chair left what it is about as it was.
    old, package = play.single, event.package
    kept = []
    for reservation in old.reservations if old else ():
        assert old is not None
        part = _same_part(old.package, reservation.part, package)
        if part is not None:
            kept.append(replace(reservation, part=part))
    return replace(play, single=SingleText(event.version, package, event.brackets, tuple(kept)), offers=event.version)


def _same_part(old: Package, part: int, new: Package) -> int | None:
    if part == 0:
        return 0 if old.institution == new.institution else None
    duty = old.duties[part - 1]
    return new.duties.index(duty) + 1 if duty in new.duties else None


def _reserve(play: Play, event: e.Reserved) -> Play:
    if play.single is None:
        return play
    others = [one for one in play.single.reservations if (one.seat, one.part) != (event.seat, event.part)]
    if event.text:
        others.append(Reservation(event.seat, event.part, event.text))
    return replace(play, single=replace(play.single, reservations=tuple(others)))


def _counsel(play: Play, event: e.Counselled) -> Play:
    if event.by is None:
        return play
    key = (event.seat, event.text)
    return replace(play, counsel={**play.counsel, key: {**play.counsel.get(key, {}), event.by: event.choice}})


def _table(play: Play, event: e.Proposed) -> Play:
    package = event.package
    # What a delegation thought of the version before says nothing about this one.
    play = replace(play, counsel={key: said for key, said in play.counsel.items() if key[1] != event.text})
    text = Text(
        id=event.text, version=event.version, package=package, author=package.sponsor,
        sponsors=(package.sponsor,), amends=event.amends, second_pass=play.phase == "vote",
    )  # fmt: skip
    old = play.text(event.text)
    if old is not None:
        play = replace(play, superseded=(*play.superseded, old))
        return _with_text(play, replace(text, previous=old.package, amends=old.amends))
    if event.amends is not None:
        text = replace(text, previous=_text(play, event.amends).package)
    return replace(play, texts=(*play.texts, text))


def _begin_phase(play: Play, event: e.PhaseBegan) -> Play:
    fresh: dict[str, Any] = {}
    if event.round != play.round:
        nobody = (None,) * len(play.holders)
        fresh = {"texts": (), "adopted": (), "orders": nobody, "counsel": {}, "staged": {}}
    play = replace(
        play, phase=event.phase, phase_no=event.no, round=event.round, began_at=event.at,
        deadline_at=event.deadline_at, ready=(False,) * len(play.holders), met=frozenset(), **fresh,
    )  # fmt: skip
    # A mark keeps no marks of its own: the outer play has them all.
    return replace(play, marks=(*play.marks[: event.no], replace(play, marks=())))


def _resolve(play: Play, event: e.Resolved) -> Play:
    missed = tuple(
        count + 1 if seat in event.absent else 0 for seat, count in zip(play.scenario.seats, play.missed, strict=True)
    )
    played = RoundPlayed(event, play.texts, play.adopted, play.orders)
    return replace(play, world=event.world, missed=missed, played=(*play.played, played))


def _rewind(play: Play, event: e.Rewound) -> Play:
    # People do not go back in time: who holds a chair now goes on holding it.
    return replace(
        play.marks[event.to], epoch=event.epoch, began_at=event.at, deadline_at=event.deadline_at,
        holders=play.holders, marks=play.marks[: event.to + 1],
    )  # fmt: skip
