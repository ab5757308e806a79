"""Grouping, group: who meets whom in the rounds to come, so that repeats, squared, are as few as can be.

Pure and the same from the same seed. Swaps of two entrants between tables are tried by simulated annealing (Kirkpatrick,
Gelatt and Vecchi 1983); most of them concern somebody who meets somebody again.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence

from negotiation.tournaments.history import Entrant, History, key

REPEAT = 10
"""Weight of a pair that has met m times: `REPEAT`·m²."""
SAME_TEAM = 400
BOTS_TOGETHER = 4000
"""Weight of two bots at one table: they are shared out before anything else."""
SCORE_GAP = 6
"""Weight of a difference of d score groups at a Swiss table: `SCORE_GAP`·d², so that one repeat is worth about a group."""

Rounds = list[list[int]]
"""By round, the indices of the entrants; table t has those from t·size to (t+1)·size."""
Progress = Callable[[float, int], None]
"""Is told the share of the work that is done, and the cost so far."""


class Grouping:
    """Rounds to come as they are planned, and what they cost; `met` and `base` are indexed by entrants."""

    def __init__(
        self,
        entrants: Sequence[Entrant],
        history: History,
        *,
        size: int,
        rounds: int,
        rng: random.Random,
        start: Rounds | None = None,
    ) -> None:
        """Begins with `start`, or by lot. Raises `ValueError` where the entrants do not fill tables."""
        if len(entrants) % size:
            raise ValueError(f"{len(entrants)} entrants do not fill tables of {size}")
        self.size = size
        n = len(entrants)
        self.met = [[history.met[key(a.number, b.number)] for b in entrants] for a in entrants]
        self.base = [[_base(a, b) for b in entrants] for a in entrants]
        self.rounds: Rounds = [list(order) for order in start or ()]
        while len(self.rounds) < rounds:
            order = list(range(n))
            rng.shuffle(order)
            self.rounds.append(order)
        for order in self.rounds:
            for a, b in _pairs(order, size):
                self.met[a][b] += 1
                self.met[b][a] += 1

    @property
    def cost(self) -> int:
        """What the plan costs: repeats squared over all pairs, and the weights of who sits with whom."""
        n = len(self.met)
        repeats = sum(self.met[a][b] ** 2 for a in range(n) for b in range(a))
        return REPEAT * repeats + sum(self.base[a][b] for order in self.rounds for a, b in _pairs(order, self.size))

    def marginal(self, a: int, b: int, *, together: bool) -> int:
        """Returns what one more meeting of two costs; `together`: what the last one that is planned cost."""
        return REPEAT * (2 * self.met[a][b] + (-1 if together else 1)) + self.base[a][b]

    def move(self, round_: int, order: list[int]) -> None:
        """Plans a round otherwise."""
        for change, seats in ((-1, self.rounds[round_]), (1, order)):
            for a, b in _pairs(seats, self.size):
                self.met[a][b] += change
                self.met[b][a] += change
        self.rounds[round_] = list(order)

    def anneal(
        self, rng: random.Random, steps: int, progress: Progress | None = None, *, hot: float = 3.0 * REPEAT
    ) -> None:
        """Tries so many swaps and keeps the best plan found; the hotter, the less of the plan stays as it was."""
        if len(self.met) <= self.size:
            return
        cost = best = self.cost
        kept = [list(order) for order in self.rounds]
        cold = 0.15 * REPEAT
        n, size = len(self.met), self.size
        draw, whole = rng.random, range(len(self.rounds))
        temperature = hot
        for step in range(steps):
            if step % 2000 == 0:
                temperature = hot * (cold / hot) ** (step / steps)
                if progress is not None:
                    progress(step / steps, best)
            order = self.rounds[int(draw() * len(whole))]
            i, j = int(draw() * n), int(draw() * n)
            if i // size == j // size:
                continue
            delta = self._delta(order, i, j)
            if delta <= 0 or draw() < math.exp(-delta / temperature):
                self._swap(order, i, j)
                cost += delta
                if cost < best:
                    best = cost
                    kept = [list(one) for one in self.rounds]
        for round_, order in enumerate(kept):
            self.move(round_, order)

    def _delta(self, order: list[int], i: int, j: int) -> int:
        a, b, size = order[i], order[j], self.size
        met_a, met_b, base_a, base_b = self.met[a], self.met[b], self.base[a], self.base[b]
        repeats = other = 0
        first, second = i - i % size, j - j % size
        for c in order[first : first + size]:
            if c != a:
                repeats += met_b[c] - met_a[c] + 1
                other += base_b[c] - base_a[c]
        for c in order[second : second + size]:
            if c != b:
                repeats += met_a[c] - met_b[c] + 1
                other += base_a[c] - base_b[c]
        return 2 * REPEAT * repeats + other

    def _swap(self, order: list[int], i: int, j: int) -> None:
        a, b, size, met = order[i], order[j], self.size, self.met
        first, second = i - i % size, j - j % size
        for here, goes, comes in ((first, a, b), (second, b, a)):
            for c in order[here : here + size]:
                if c != goes:
                    met[goes][c] -= 1
                    met[c][goes] -= 1
                    met[comes][c] += 1
                    met[c][comes] += 1
        order[i], order[j] = b, a


def _base(a: Entrant, b: Entrant) -> int:
    if a.number == b.number:
        return 0
    if a.is_bot or b.is_bot:
        return BOTS_TOGETHER if a.is_bot and b.is_bot else 0
    kin = SAME_TEAM if a.team and a.team.casefold() == b.team.casefold() else 0
    return kin + SCORE_GAP * (a.group - b.group) ** 2


def _pairs(order: Sequence[int], size: int) -> list[tuple[int, int]]:
    return [
        (order[i], order[j])
        for first in range(0, len(order), size)
        for i in range(first, first + size)
        for j in range(first, i)
    ]


def least(history: History, entrants: Sequence[Entrant], *, size: int, rounds: int) -> int:
    """Returns a bound that no plan goes below: each entrant's meetings, shared out as evenly as the past allows.

    Members of a team are spread over all tables at best. It leaves out score groups, and that everybody's best may not go
    together.
    """
    tables = len(entrants) // size
    teams = Counter(one.team.casefold() for one in entrants if one.team and not one.is_bot)
    bots = sum(one.is_bot for one in entrants)
    kin = sum(SAME_TEAM * _pairs_at_best(count, tables) for count in teams.values())
    kin += BOTS_TOGETHER * _pairs_at_best(bots, tables)
    total = 0
    for one in entrants:
        counts = sorted(history.met[key(one.number, other.number)] for other in entrants if other is not one)
        total += evenly(counts, rounds * (size - 1))
    return math.ceil(REPEAT * total / 2) + rounds * kin


def _pairs_at_best(count: int, tables: int) -> int:
    """Returns how many pairs of so many entrants share a table when they are spread over all of them."""
    each, rest = divmod(count, tables)
    return rest * (each + 1) * each // 2 + (tables - rest) * each * (each - 1) // 2


def evenly(counts: list[int], more: int) -> int:
    """Returns the least sum of squares of the counts after so many have been added to them.

    >>> evenly([0, 0, 1], 4)
    9
    """
    counts = sorted(counts)
    for _ in range(more):
        low = min(range(len(counts)), key=counts.__getitem__)
        counts[low] += 1
    return sum(count * count for count in counts)
