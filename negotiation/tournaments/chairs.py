"""seated: who has which seat at the tables of some rounds, so that everybody has had every seat equally often.

Pure, exact and quick. For two seats c and d, each table is an arrow from the entrant who has c to the one who has d; turning
round a path of arrows takes a c from its first entrant and a d from its last, and leaves all between as they were. Once no path
helps anybody, nobody's two seats differ by two while that could be mended (the argument of König 1916 for regular graphs).
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from itertools import combinations

from negotiation.tournaments.history import Entrant, History

Groups = Sequence[Sequence[Sequence[int]]]
"""By round and table, the indices of the entrants."""
Seated = list[list[list[int]]]
"""The same, in seat order."""


def seated(groups: Groups, entrants: Sequence[Entrant], history: History) -> Seated:
    """Returns the groups in seat order; bots take what is left."""
    rows = _in_turn(groups, entrants, history)
    size = len(rows[0][0])
    tables = [table for round_ in rows for table in round_]
    sat: Counter[tuple[int, int]] = Counter()
    for one, entrant in enumerate(entrants):
        for seat in range(size):
            sat[one, seat] = history.sat[entrant.number, seat]
    for table in tables:
        for seat, one in enumerate(table):
            sat[one, seat] += 1
    changed = True
    while changed:
        changed = False
        for c, d in combinations(range(size), 2):
            while path := _path(tables, sat, entrants, c, d) or _path(tables, sat, entrants, d, c):
                first, second, along = path
                for number in along:
                    one, other = tables[number][first], tables[number][second]
                    tables[number][first], tables[number][second] = other, one
                    sat[one, first] -= 1
                    sat[one, second] += 1
                    sat[other, second] -= 1
                    sat[other, first] += 1
                changed = True
    return rows


def _path(
    tables: list[list[int]], sat: Counter[tuple[int, int]], entrants: Sequence[Entrant], c: int, d: int
) -> tuple[int, int, list[int]] | None:
    """Returns tables to turn round, from somebody with too many c to somebody with too many d or none of both to spare."""

    def surplus(one: int) -> int:
        return 0 if entrants[one].is_bot else sat[one, c] - sat[one, d]

    arrows: dict[int, list[tuple[int, int]]] = {}
    for number, table in enumerate(tables):
        arrows.setdefault(table[c], []).append((number, table[d]))
    starts = sorted((one for one in arrows if surplus(one) >= 2), key=lambda one: (-surplus(one), one))
    for start in starts:
        came: dict[int, tuple[int, int]] = {}
        queue, seen = deque([start]), {start}
        while queue:
            here = queue.popleft()
            if here != start and (entrants[here].is_bot or surplus(start) - surplus(here) > 2):
                along = []
                while here != start:
                    number, here = came[here]
                    along.append(number)
                return c, d, along
            for number, there in arrows.get(here, ()):
                if there not in seen:
                    seen.add(there)
                    came[there] = (number, here)
                    queue.append(there)
    return None


def _in_turn(groups: Groups, entrants: Sequence[Entrant], history: History) -> Seated:
    """Gives each the seat had least, table by table."""
    sat = dict(history.sat)
    rows = []
    for tables in groups:
        seated_here = []
        for table in tables:
            order = _cheapest(table, [entrants[one] for one in table], sat)
            for seat, one in enumerate(order):
                number = entrants[one].number
                sat[number, seat] = sat.get((number, seat), 0) + 1
            seated_here.append(order)
        rows.append(seated_here)
    return rows


def _cheapest(table: Sequence[int], people: Sequence[Entrant], sat: dict[tuple[int, int], int]) -> list[int]:
    """Returns the table in the seat order of least cost, by going through the sets of seats that are taken."""
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for person in people:
        further: dict[int, tuple[int, tuple[int, ...]]] = {}
        for taken, (cost, seats) in best.items():
            for seat in range(len(table)):
                if taken >> seat & 1:
                    continue
                more = 0 if person.is_bot else 2 * sat.get((person.number, seat), 0) + 1
                found = (cost + more, (*seats, seat))
                there = further.get(taken | 1 << seat)
                if there is None or found < there:
                    further[taken | 1 << seat] = found
        best = further
    (_, seats) = best[(1 << len(table)) - 1]
    order = [0] * len(table)
    for one, seat in zip(table, seats, strict=True):
        order[seat] = one
    return order
