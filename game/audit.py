"""audit: does a record say what the rules say? Each sealed order, resolution, adoption and the scores are worked out again.

The record is folded as it stands; what it claims beside that is compared with what the rules make of the same play.
Figures may differ by 1e-9, for processors do not agree on the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isclose
from typing import Any, NamedTuple

import msgspec

from game import consent, seals
from game import events as e
from game.history import apply
from game.play import Play
from game.rounds import count, end_game, outcome_of


class Audit(NamedTuple):
    """What was looked at, what is wrong with it, and the play at the end."""

    play: Play
    orders: int
    texts: int
    rounds: int
    is_scored: bool
    problems: tuple[str, ...]


def audit(opening: Play, events: Iterable[e.AnyEvent]) -> Audit:
    """Return what working the record out again has shown; entries are numbered from 1."""
    play, problems = opening, []
    seen = {e.Ordered: 0, e.Adopted: 0, e.Resolved: 0, e.Ended: 0}
    for n, event in enumerate(events, 1):
        try:
            problems += [f"Entry {n}: {problem}" for problem in _problems(play, event)]
            play = apply(play, event)
        except (ValueError, LookupError, TypeError) as error:
            problems.append(f"Entry {n} ({type(event).__name__}) does not follow from those before: {error}")
            break
        if type(event) in seen:
            seen[type(event)] += 1
    return Audit(play, seen[e.Ordered], seen[e.Adopted], seen[e.Resolved], seen[e.Ended] > 0, tuple(problems))


def _problems(play: Play, event: e.AnyEvent) -> Iterator[str]:
    match event:
        case e.Ordered():
            yield from _unsealed(play, event)
        case e.Adopted():
            if not _was_adopted(play, event):
                yield f"text {event.text} was not adopted by the votes on it in this form"
        case e.Resolved():
            yield from _unresolved(play, event)
        case e.PhaseBegan() if event.no != play.phase_no + 1:
            yield f"phase {event.no} follows on phase {play.phase_no}"
        case e.Rewound() if event.epoch != play.epoch + 1:
            yield f"epoch {event.epoch} follows on epoch {play.epoch}"
        case e.Ended():
            (again,) = end_game(play, event.at)
            for where in _differences(event, again, "the end"):
                yield f"the rules come to another result at {where}"


def _was_adopted(play: Play, event: e.Adopted) -> bool:
    text = play.text(event.text)
    if text is None:
        return False
    if text.package.side:
        return bool(consent.binding(play.scenario, text.package, text.votes) == event.package)
    return event in count(play)


def _unsealed(play: Play, event: e.Ordered) -> Iterator[str]:
    if seals.digest(event.nonce, event.order) != event.digest:
        yield f"the order of {event.seat} is not the one that was sealed as {event.digest[:12]}"
    elif seals.seal(play.draw_seed, play.round, event.seat, event.version, event.order)[0] != event.nonce:
        yield f"the nonce of the order of {event.seat} does not come from the seed"


def _unresolved(play: Play, event: e.Resolved) -> Iterator[str]:
    sealed = zip(play.scenario.seats, play.orders, strict=True)
    if event.digests != {seat: order.digest for seat, order in sealed if order is not None}:
        yield f"round {event.report.round}: the digests told are not those of the orders"
    world, report = outcome_of(play)
    for where in (*_differences(event.world, world, "world"), *_differences(event.report, report, "report")):
        yield f"round {event.report.round}: the rules come to another result at {where}"


def _differences(recorded: Any, again: Any, where: str) -> tuple[str, ...]:
    """Return the places of the first few differences."""
    found = _walk(msgspec.to_builtins(recorded), msgspec.to_builtins(again), where)
    return tuple(place for place, _ in zip(found, range(3), strict=False))


def _walk(one: Any, other: Any, where: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from _walk(one.get(key), other.get(key), f"{where}.{key}")
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        for i, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            yield from _walk(mine, theirs, f"{where}[{i}]")
    elif isinstance(one, float) and isinstance(other, float | int):
        if not isclose(one, other, rel_tol=1e-9, abs_tol=1e-9):
            yield where
    elif one != other:
        yield where
