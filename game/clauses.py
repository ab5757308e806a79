"""obligors, parts, numbered: a duty taken apart into the promises of one state each.

A duty may bind several states at once. It is several, not joint: each owes its own part, each part is kept,
broken and left by itself, and nobody answers for another. So the six parties read it too: of the energy aid of
13 February 2007 four agreed to carry equal shares, and a fifth stayed out for the time being (Agreed Minute on
Assistance). Only the form of a text knows of such duties; what is in force are parts.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from game.records import Duty, Identifier, Package, Seat


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
