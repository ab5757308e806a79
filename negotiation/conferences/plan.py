"""Plan, plan: how many tables a number of people makes, and how many of them share each seat.

Pure. A table that lacks people for its seats is played on by bots; nobody is left without a seat.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import Literal, NamedTuple

MOST_PER_SEAT = 5
MOST_PEOPLE = 1000
LEAST_AT_A_TABLE = 2
"""People, where there are so many: nobody negotiates with bots alone."""

Odd = Literal["teams", "bots", "nearest"]
"""What becomes of people who do not fill a table: they share seats, bots sit with them, or whichever needs less."""
ODD: tuple[Odd, ...] = ("nearest", "teams", "bots")


class Plan(NamedTuple):
    """By table, how many people sit on each seat, in seat order; a seat with nobody is a bot's."""

    tables: tuple[tuple[int, ...], ...]

    @property
    def people(self) -> int:
        return sum(map(sum, self.tables))

    @property
    def bots(self) -> int:
        """How many seats bots hold."""
        return sum(count == 0 for table in self.tables for count in table)

    @property
    def teams(self) -> int:
        """How many seats several people share."""
        return sum(count > 1 for table in self.tables for count in table)

    def slots(self) -> Iterator[tuple[int, int]]:
        """Yields a table and a seat, both counted from 0, for each person; tables one after the other, seats in turn."""
        for number, table in enumerate(self.tables):
            for depth in range(max(table, default=0)):
                yield from ((number, seat) for seat, count in enumerate(table) if count > depth)


def plan(*, people: int, seats: int, per_seat: int = 1, odd: Odd = "nearest") -> Plan:
    """Returns the plan for 1 to `MOST_PEOPLE` people at tables of `seats` states, `per_seat` (1 to 5) wished on each.

    Tables differ by one person at the most, and so do the seats of a table. Raises `ValueError` outside those bounds.
    """
    if not 1 <= people <= MOST_PEOPLE or not 1 <= per_seat <= MOST_PER_SEAT or seats < 1:
        raise ValueError(f"people {people}, seats {seats}, per seat {per_seat}")
    wished = people / (seats * per_seat)
    count = {"teams": floor(wished), "bots": ceil(wished), "nearest": floor(wished + 0.5)}[odd]
    least, most = ceil(people / (seats * MOST_PER_SEAT)), max(1, people // LEAST_AT_A_TABLE)
    tables = min(max(count, least, 1), most)
    return Plan(tuple(_shared(size, seats) for size in _shared(people, tables)))


def _shared(number: int, places: int) -> tuple[int, ...]:
    """Returns the number shared out evenly, the first places first."""
    each, rest = divmod(number, places)
    return tuple(each + (i < rest) for i in range(places))
