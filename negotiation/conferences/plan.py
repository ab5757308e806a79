"""Plan, plan: how many tables a number of people makes, and how many of them share each seat.

Pure. A table that lacks people for its seats is played on by bots; nobody is left without a seat.
"""

from __future__ import annotations

from math import ceil, floor
from typing import Literal, NamedTuple

MOST_PER_SEAT = 5
MOST_PEOPLE = 1000
LEAST_AT_A_TABLE = 2
"""People, where there are so many: nobody negotiates with bots alone."""

Odd = Literal["nearest", "teams", "bots", "mirror", "observers"]
"""What becomes of people who do not fill a table: they share seats, bots sit with them, or whichever needs less; they sit
beside a delegate as that one's mirror, or watch."""
ODD: tuple[Odd, ...] = ("nearest", "teams", "bots", "mirror", "observers")


class Plan(NamedTuple):
    """By table, how many people sit on each seat, in seat order; a seat with nobody is a bot's. And how many watch."""

    tables: tuple[tuple[int, ...], ...]
    watching: tuple[int, ...] = ()

    @property
    def people(self) -> int:
        return sum(map(sum, self.tables)) + sum(self.watching)

    @property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """By table, the places of each seat, and last those in the gallery."""
        watching = self.watching or (0,) * len(self.tables)
        return tuple((*table, count) for table, count in zip(self.tables, watching, strict=True))

    @property
    def bots(self) -> int:
        """How many seats bots hold."""
        return sum(count == 0 for table in self.tables for count in table)

    @property
    def teams(self) -> int:
        """How many seats several people share."""
        return sum(count > 1 for table in self.tables for count in table)


def plan(*, people: int, seats: int, per_seat: int = 1, odd: Odd = "nearest") -> Plan:
    """Returns the plan for 1 to `MOST_PEOPLE` people at tables of `seats` states, `per_seat` (1 to 5) wished on each.

    Tables differ by one person at the most, and so do the seats of a table; the gallery takes the rest. Raises
    `ValueError` outside those bounds.
    """
    if not 1 <= people <= MOST_PEOPLE or not 1 <= per_seat <= MOST_PER_SEAT or seats < 1:
        raise ValueError(f"people {people}, seats {seats}, per seat {per_seat}")
    wished = people / (seats * per_seat)
    if odd == "observers" and wished >= 1:
        full, rest = divmod(people, seats * per_seat)
        return Plan(((per_seat,) * seats,) * full, _shared(rest, full))
    shared = {"bots": ceil(wished), "nearest": floor(wished + 0.5)}
    count = shared.get(odd, floor(wished))
    least, most = ceil(people / (seats * MOST_PER_SEAT)), max(1, people // LEAST_AT_A_TABLE)
    tables = min(max(count, least, 1), most)
    return Plan(tuple(_shared(size, seats) for size in _shared(people, tables)))


def _shared(number: int, places: int) -> tuple[int, ...]:
    """Returns the number shared out evenly, the first places first."""
    each, rest = divmod(number, places)
    return tuple(each + (i < rest) for i in range(places))
