"""Person, assign: people of a list on the places of a plan, by lot, in order, or by what is asked of them.

Pure. Everybody gets a place as long as the plan has places; wishes for a seat are met where the seat is free.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from negotiation.conferences.plan import Plan

Mode = Literal["random", "roster", "together", "apart", "balanced"]
MODES: tuple[Mode, ...] = ("random", "roster", "together", "apart", "balanced")


class Person(NamedTuple):
    """Whom to seat: the group to be kept together or apart, how often played, and the wished seat's index, if any."""

    team: str = ""
    experience: int = 0
    wish: int | None = None


Places = dict[int, tuple[int, int]]
"""By index of the person: the table and the seat, both counted from 0; the seat after the last is the gallery."""


def assign(people: Sequence[Person], plan: Plan, mode: Mode, rng: random.Random) -> Places:
    """Returns a place for each person, as far as the plan has places: the first ones of the list where it has too few."""
    capacities = [sum(table) for table in plan.places]
    everybody = list(range(len(people)))[: sum(capacities)]
    tables = _TABLES[mode](people, everybody, capacities, rng)
    places: Places = {}
    for number, sitting in enumerate(tables):
        for person, seat in _seats(people, sitting, plan.places[number]).items():
            places[person] = (number, seat)
    return places


Tables = list[list[int]]
Seating = Callable[[Sequence[Person], list[int], list[int], random.Random], Tables]


def _in_order(people: Sequence[Person], everybody: list[int], capacities: list[int], rng: random.Random) -> Tables:
    tables, rest = [], list(everybody)
    for capacity in capacities:
        tables.append(rest[:capacity])
        rest = rest[capacity:]
    return tables


def _by_lot(people: Sequence[Person], everybody: list[int], capacities: list[int], rng: random.Random) -> Tables:
    drawn = list(everybody)
    rng.shuffle(drawn)
    return _in_order(people, drawn, capacities, rng)


def _together(people: Sequence[Person], everybody: list[int], capacities: list[int], rng: random.Random) -> Tables:
    tables: Tables = [[] for _ in capacities]
    for group in _groups(people, everybody, rng):
        rest = list(group)
        while rest:
            # The tightest table that takes all of them; where none does, as many as go in at the roomiest.
            rooms = [
                (capacity - len(table), i) for i, (table, capacity) in enumerate(zip(tables, capacities, strict=True))
            ]
            fitting = [room for room in rooms if room[0] >= len(rest)]
            free, chosen = min(fitting) if fitting else max(rooms)
            tables[chosen] += rest[:free]
            rest = rest[free:]
    return tables


def _apart(people: Sequence[Person], everybody: list[int], capacities: list[int], rng: random.Random) -> Tables:
    tables: Tables = [[] for _ in capacities]
    of_team: dict[str, Counter[int]] = defaultdict(Counter)
    for group in _groups(people, everybody, rng):
        for person in group:
            team = people[person].team
            met = of_team[team] if team else Counter[int]()
            open_ = [i for i, table in enumerate(tables) if len(table) < capacities[i]]
            chosen = min(open_, key=lambda i: (met[i], len(tables[i]) - capacities[i], i))
            tables[chosen].append(person)
            met[chosen] += 1
    return tables


def _balanced(people: Sequence[Person], everybody: list[int], capacities: list[int], rng: random.Random) -> Tables:
    tables: Tables = [[] for _ in capacities]
    drawn = list(everybody)
    rng.shuffle(drawn)
    for person in sorted(drawn, key=lambda one: -people[one].experience):
        open_ = [i for i, table in enumerate(tables) if len(table) < capacities[i]]
        chosen = min(open_, key=lambda i: (sum(people[one].experience for one in tables[i]), len(tables[i]), i))
        tables[chosen].append(person)
    return tables


def _groups(people: Sequence[Person], everybody: list[int], rng: random.Random) -> list[list[int]]:
    """Returns the teams, the largest first, and then those without a team one by one."""
    teams: dict[str, list[int]] = defaultdict(list)
    alone: list[list[int]] = []
    for one in everybody:
        if people[one].team:
            teams[people[one].team.casefold()].append(one)
        else:
            alone.append([one])
    rng.shuffle(alone)
    return [*sorted(teams.values(), key=len, reverse=True), *alone]


def _seats(people: Sequence[Person], sitting: list[int], places: tuple[int, ...]) -> dict[int, int]:
    left = Counter(dict(enumerate(places)))
    found: dict[int, int] = {}
    for person in sitting:
        wish = people[person].wish
        if wish is not None and left[wish] > 0:
            found[person] = wish
            left[wish] -= 1
    for person in sitting:
        if person not in found:
            # Seats in turn: the one with the fewest people, so that no seat is shared while another stands empty.
            seat = max((i for i in range(len(places)) if left[i] > 0), key=lambda i: (left[i] - places[i], -i))
            found[person] = seat
            left[seat] -= 1
    return found


_TABLES: dict[Mode, Seating] = {
    "random": _by_lot,
    "roster": _in_order,
    "together": _together,
    "apart": _apart,
    "balanced": _balanced,
}
