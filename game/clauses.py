"""obligors, parts, numbered, first_round, last_round, due, hollow: a duty taken apart by obligor and by round.

A duty may bind several states at once. It is several, not joint: each owes its own part, each part is kept,
broken and left by itself, and nobody answers for another. So the six parties read it too: of the energy aid of
13 February 2007 four agreed to carry equal shares, and a fifth stayed out for the time being (Agreed Minute on
Assistance). Only the form of a text knows of such duties; what is in force are parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from game.addition import added
from game.records import Duty, Identifier, Package, Record, Seat


def obligors(duty: Duty) -> tuple[Seat, ...]:
    """Return who promises, the first named first."""
    return (duty.by, *duty.others)


def parts(duty: Duty) -> tuple[Duty, ...]:
    """Return the duty as one promise per obligor; a duty of one state is its own only part."""
    if not duty.others:
        return (duty,)
    return tuple(msgspec.structs.replace(duty, by=seat, others=()) for seat in obligors(duty))


def part_ids(duty: Duty, id_: Identifier) -> tuple[Identifier, ...]:
    """Return the ids of the duty's parts: its own, or ``"2.1.3:cn"`` and so on where several promise."""
    return tuple(f"{id_}:{seat.lower()}" for seat in obligors(duty)) if duty.others else (id_,)


def numbered(package: Package, prefix: str) -> Iterator[tuple[Identifier, Duty, tuple[Identifier, ...]]]:
    """Yield every part of a package's duties with its id and the ids it waits for.

    `prefix` is ``"round.package."``. Who waits for a duty of several states waits for all of them.
    """
    for k, duty in enumerate(package.duties, 1):
        conditions = tuple(
            id_ for named in duty.conditions for id_ in part_ids(package.duties[named - 1], f"{prefix}{named}")
        )
        for id_, part in zip(part_ids(duty, f"{prefix}{k}"), parts(duty), strict=True):
            yield id_, part, conditions


def first_round(duty: Duty, adopted: int) -> int:
    """Return the first round in which the duty may be in force."""
    return adopted + duty.start


def last_round(duty: Duty, adopted: int) -> int | None:
    """Return the last round in which it may be in force, or None without an end.

    Rounds in which it waits for a condition count: a date does not move. Adopted in round 2, three rounds that
    start one round later are rounds 3, 4 and 5.
    """
    length = len(duty.stages) or duty.rounds
    return None if length is None else first_round(duty, adopted) + length - 1


def due(duty: Duty, adopted: int, round_: int) -> float:
    """Return what is due in a round in which the duty is in force: the stage's amount, else the one amount.

    For `pay` in shares of the economy; for `relieve` the share of the seat's own sanctions, 1 without stages.
    """
    if duty.stages:
        return duty.stages[round_ - first_round(duty, adopted)]
    return 1.0 if duty.kind == "relieve" else duty.amount or 0.0


def term(duty: Duty, rounds: int) -> float:
    """Return the share of `rounds` rounds from its adoption that a dated or staged duty counts for.

    A staged one is weighed by its amounts: stages of .1 and .3 in a game of 8 rounds are .4 / 8 = .05 a round. A plain
    duty counts in full, even where it names its `rounds`: that is how tables have always valued it.
    """
    if duty.stages:
        return added(duty.stages[: max(0, rounds - duty.start)]) / rounds
    if not duty.start:
        return 1.0
    left = max(0, rounds - duty.start)
    return (left if duty.rounds is None else min(left, duty.rounds)) / rounds


class Hollow(Record, frozen=True, omit_defaults=False):
    """A promise, by its number, that would never be in force though everybody kept everything.

    `least` is how many rounds it would have to last; None where what it depends on runs out first.
    """

    number: int
    least: int | None


def hollow(duties: Sequence[Duty]) -> tuple[Hollow, ...]:
    """Return the promises of a package that run out, or whose conditions do, before they begin.

    Who waits begins in the round after what it depends on was in force and kept, if that still stands then.
    """
    horizon = max((duty.start for duty in duties), default=0) + len(duties) + 1
    last = [last_round(duty, 0) for duty in duties]
    in_force: list[set[int]] = []
    found = []
    for number, duty in enumerate(duties, 1):
        named = [k - 1 for k in duty.conditions]
        could = {
            t for t in range(duty.start, horizon) if all(t - 1 in in_force[k] and _lasts(last[k], t) for k in named)
        }
        in_force.append({t for t in could if _lasts(last[number - 1], t)})
        if not in_force[-1]:
            found.append(Hollow(number, min(could) - duty.start + 1 if could else None))
    return tuple(found)


def _lasts(last: int | None, round_: int) -> bool:
    return last is None or last >= round_
