"""Entrant, Seating, History: who may be drawn, who sat where before, and how often two have met.

Pure. An entrant is a number: people count from 1, bots that fill up tables from -1 downwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Seating = tuple[tuple[int, ...], ...]
"""By table, the number of the entrant on each seat, in seat order."""


class Entrant(NamedTuple):
    """Somebody to be drawn. Those of one `team` are kept apart, `group` (0: the top) is the score group of a Swiss draw."""

    number: int
    team: str = ""
    group: int = 0

    @property
    def is_bot(self) -> bool:
        return self.number < 0


class History:
    """How often two entrants sat at one table, how often as partners, and how often each had each seat."""

    def __init__(self, rounds: Iterable[Seating] = (), *, blocs: Sequence[int] = ()) -> None:
        """`blocs` names the bloc of each seat, in seat order; two of one bloc are partners. Empty: none are."""
        self.met: Counter[tuple[int, int]] = Counter()
        self.partnered: Counter[tuple[int, int]] = Counter()
        self.sat: Counter[tuple[int, int]] = Counter()
        self.byes: Counter[int] = Counter()
        self.blocs = tuple(blocs)
        for seating in rounds:
            self.add(seating)

    def add(self, seating: Seating) -> None:
        """Counts one more round."""
        for table in seating:
            for seat, one in enumerate(table):
                self.sat[one, seat] += 1
                for place in range(seat):
                    pair = key(one, table[place])
                    self.met[pair] += 1
                    if self.blocs and self.blocs[seat] == self.blocs[place]:
                        self.partnered[pair] += 1


def key(one: int, other: int) -> tuple[int, int]:
    """Returns two entrants in the order in which pairs are counted."""
    return (one, other) if one < other else (other, one)
