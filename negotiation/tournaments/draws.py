"""draw, Draw: the seats of a round's tables, from those who play, what was before, and a seed.

Pure, and the same from the same seed and the same version of the solver. The rounds to come are planned together, so that this
one leaves the next ones room; a Swiss draw looks at this round alone, since nobody knows the scores of the next.
"""

from __future__ import annotations

import importlib.metadata
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from negotiation.tournaments import chairs
from negotiation.tournaments.grouping import REPEAT, Grouping, Progress, least
from negotiation.tournaments.history import Entrant, History, Seating

System = Literal["cycle", "swiss"]
Filling = Literal["bots", "byes"]
"""What becomes of people who do not fill a table: bots take the seats that are left, or they sit out in turn."""

SWAPS = 600_000
"""Swaps that are tried; about two seconds."""
WORK = 6.0
"""Of the solver's own clock, for all rounds; about its seconds on a machine of 2024."""
LEAST_PEOPLE = 2


Reason = dict[str, Any]
"""What is said of a draw: a code, and the figures of its sentence (`drawn.told`)."""


class CannotDraw(ValueError):
    """There is no draw of so few; `said` is a code with figures (`drawn.told`)."""

    def __init__(self, **said: Any) -> None:
        self.said = said
        super().__init__(said)


class Draw(NamedTuple):
    """A round drawn: who sits where, who sits out, what it costs and why it cannot cost less.

    `ahead` are the rounds after it as they are planned, from which the next draw begins. `repeats` counts pairs that meet again in this round; `bound` is below the cost of any plan, and `reasons` say why the cost
    is above what one would wish.
    """

    seating: Seating
    byes: tuple[int, ...]
    cost: int
    bound: int
    repeats: int
    uneven: int
    """The most that somebody's counts of two seats differ by, after this round."""
    reasons: tuple[Reason, ...]
    solver: str
    ahead: tuple[Seating, ...] = ()


def filled(
    entrants: Sequence[Entrant], history: History, *, seats: int, filling: Filling, seed: str
) -> tuple[list[Entrant], tuple[int, ...]]:
    """Returns who is drawn, with bots where there are too few, and who sits out: those who did so least, then by lot.

    Raises `CannotDraw` for fewer than two people, or for fewer than seats where nobody but people may play.
    """
    people = sorted(entrants)
    if len(people) < LEAST_PEOPLE:
        raise CannotDraw(code="too_few", here=len(people), least=LEAST_PEOPLE)
    over = len(people) % seats
    if not over:
        return people, ()
    if filling == "bots":
        return [*people, *(Entrant(-1 - i) for i in range(seats - over))], ()
    if len(people) < seats:
        raise CannotDraw(code="no_table", here=len(people), seats=seats)
    order = list(people)
    random.Random(f"{seed}/byes").shuffle(order)
    order.sort(key=lambda one: (history.byes[one.number], -one.group))
    out = {one.number for one in order[:over]}
    return [one for one in people if one.number not in out], tuple(sorted(out))


def draw(
    entrants: Sequence[Entrant],
    history: History,
    *,
    seats: int,
    seed: str,
    rounds: int = 1,
    system: System = "cycle",
    filling: Filling = "bots",
    ahead: Sequence[Seating] = (),
    progress: Progress | None = None,
    swaps: int = SWAPS,
    work: float = WORK,
) -> Draw:
    """Draws the next of so many `rounds` that are still to be played. Raises `CannotDraw`.

    `ahead` is how the draw before this one planned these rounds: where the same people play, it holds; otherwise it is where the
    search begins.
    """
    # Here, for it takes a second and much memory to load, and a server never draws itself.
    from negotiation.tournaments import solver

    playing, byes = filled(entrants, history, seats=seats, filling=filling, seed=seed)
    rng = random.Random(f"{seed}/draw")
    left = 1 if system == "swiss" else max(1, rounds)
    index = {one.number: i for i, one in enumerate(playing)}
    start = [_renewed(seating, index, rng) for seating in ahead[:left]] if system == "cycle" else []
    plan = Grouping(playing, history, size=seats, rounds=left, rng=rng, start=start)
    holds = len(ahead) >= left and all({one for table in seating for one in table} == index.keys() for seating in ahead)
    if holds and system == "cycle":
        rows = [[[index[one] for one in table] for table in seating] for seating in ahead[:left]]
        best = False
    else:
        plan.anneal(rng, swaps, progress, hot=(1.0 if start else 3.0) * REPEAT)
        solved = [solver.improve(plan, round_, work=work / 2 / left) for round_ in range(left)]
        best = left == 1 and solved[0].is_optimal
        groups = [[order[i : i + seats] for i in range(0, len(order), seats)] for order in plan.rounds]
        rows = chairs.seated(groups, playing, history)
        if history.blocs:
            rows = solver.part(rows, playing, history, work=work / 2)
        for tables in rows:
            rng.shuffle(tables)
    if progress is not None:
        progress(1.0, plan.cost)
    if system == "swiss":
        rows[0].sort(key=lambda table: (sum(playing[one].group for one in table), sorted(table)))
    seating, *later = (tuple(tuple(playing[one].number for one in table) for table in tables) for tables in rows)
    bound = least(history, playing, size=seats, rounds=left)
    if best:
        bound = plan.cost
    return Draw(
        seating=seating,
        byes=byes,
        cost=plan.cost,
        bound=bound,
        repeats=repeats_of(seating, history),
        uneven=uneven_after(seating, history),
        reasons=tuple(reasons(playing, history, seats=seats, rounds=left, cost=plan.cost, bound=bound)),
        solver=solver_version(),
        ahead=tuple(later),
    )


def _renewed(seating: Seating, index: dict[int, int], rng: random.Random) -> list[int]:
    """Returns a planned round with those who play now: who is gone gives the place to one who was not planned for."""
    planned = {one for table in seating for one in table}
    new = sorted(one for one in index if one not in planned)
    rng.shuffle(new)
    order = [index[one] for table in seating for one in table if one in index]
    if len(order) + len(new) == len(index) and len(index) == len(planned):
        fresh = iter(new)
        return [index[one] if one in index else index[next(fresh)] for table in seating for one in table]
    return [*order, *(index[one] for one in new)]


def solver_version() -> str:
    """Returns the solver and its version; another may find another draw that is as good."""
    return f"ortools {importlib.metadata.version('ortools')}"


def repeats_of(seating: Seating, history: History) -> int:
    """Counts the pairs of a round who have met before."""
    after = History([seating])
    return sum(history.met[pair] > 0 for pair in after.met)


def uneven_after(seating: Seating, history: History) -> int:
    """Returns the most by which two seats' counts of one person differ after the round."""
    after = History([seating])
    size = len(seating[0]) if seating else 0
    people = [one for table in seating for one in table if one > 0]
    spans = [[history.sat[one, seat] + after.sat[one, seat] for seat in range(size)] for one in people]
    return max((max(span) - min(span) for span in spans), default=0)


def reasons(
    entrants: Sequence[Entrant], history: History, *, seats: int, rounds: int, cost: int, bound: int
) -> list[Reason]:
    """Returns how near the draw is to perfection, and why it is not nearer."""
    n, tables = len(entrants), len(entrants) // seats
    said: list[Reason] = []
    each = rounds * (seats - 1)
    if each > n - 1 and not history.met:
        said.append({"code": "must_repeat", "rounds": rounds, "each": each, "others": n - 1})
    if tables == seats == 6 and rounds >= 4 and not history.met:
        said.append({"code": "no_squares"})
    teams = Counter(one.team.casefold() for one in entrants if one.team)
    if large := [team for team, count in teams.items() if count > tables]:
        said.append({"code": "large_teams", "teams": len(large)})
    if cost <= bound:
        said.append({"code": "best"})
    else:
        said.append({"code": "above", "share": round(100 * (cost - bound) / max(bound, 1))})
    return said
