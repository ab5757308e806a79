"""Quality, of, by_lot, greedily: how good the draws of a whole tournament are, and what simpler ways of drawing come to. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from negotiation.tournaments.history import Entrant, History, Seating, key


class Quality(NamedTuple):
    """Of all rounds: squared meetings of people, meetings beyond the first, the most meetings of a pair, how uneven seats are."""

    squared: int
    again: int
    most: int
    uneven: int
    """Sum over people of the squares of what each seat's count lies off the mean of that person's, times the seats."""
    partners: int
    """Times that a pair was partners beyond the first."""


def of(rounds: Sequence[Seating], *, blocs: Sequence[int] = ()) -> Quality:
    """Returns the quality of a tournament's rounds."""
    history = History(rounds, blocs=blocs)
    met = [count for (a, b), count in history.met.items() if a > 0 and b > 0]
    size = len(rounds[0][0])
    people = {one for seating in rounds for table in seating for one in table if one > 0}
    uneven = 0
    for one in people:
        sat = [history.sat[one, seat] for seat in range(size)]
        uneven += size * sum(count * count for count in sat) - sum(sat) ** 2
    partners = sum(count - 1 for (a, b), count in history.partnered.items() if a > 0 and b > 0)
    return Quality(
        squared=sum(count * count for count in met),
        again=sum(count - 1 for count in met),
        most=max(met, default=0),
        uneven=uneven,
        partners=partners,
    )


def by_lot(entrants: Sequence[Entrant], *, seats: int, rounds: int, seed: str) -> list[Seating]:
    """Draws every round by lot."""
    rng = random.Random(seed)
    found = []
    for _ in range(rounds):
        order = [one.number for one in entrants]
        rng.shuffle(order)
        found.append(tuple(tuple(order[i : i + seats]) for i in range(0, len(order), seats)))
    return found


def greedily(entrants: Sequence[Entrant], *, seats: int, rounds: int, seed: str) -> list[Seating]:
    """Draws as a careful hand does: seat by seat the one who met those at the table least and had the seat least."""
    rng = random.Random(seed)
    history = History()
    found: list[Seating] = []
    for _ in range(rounds):
        left = [one.number for one in entrants]
        rng.shuffle(left)
        tables = []
        while left:
            table: list[int] = []
            for seat in range(seats):
                chosen = min(
                    left,
                    key=lambda one: (
                        sum(2 * history.met[key(one, other)] + 1 for other in table),
                        history.sat[one, seat],
                    ),
                )
                table.append(chosen)
                left.remove(chosen)
            tables.append(tuple(table))
        seating = tuple(tables)
        history.add(seating)
        found.append(seating)
    return found
