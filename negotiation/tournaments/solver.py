"""improve, part: the solver (OR-Tools CP-SAT) on one round of a plan, and on who are partners in all of them.

It runs with one worker, a fixed seed and a limit of its own clock of work done, not of seconds, so that the same question has
the same answer on any machine with the same version of the solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ortools.sat.python import cp_model

from negotiation.tournaments.chairs import Groups, Seated
from negotiation.tournaments.grouping import Grouping
from negotiation.tournaments.history import Entrant, History, key


class Solved(NamedTuple):
    """What the solver came to: the cost, the bound that it proved, and whether they are one."""

    cost: int
    bound: int
    is_optimal: bool


def _solver(work: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = work
    return solver


def improve(plan: Grouping, round_: int, *, work: float) -> Solved:
    """Plans one round as well as can be while the others stay; returns what that round costs then, and its bound."""
    order, size = plan.rounds[round_], plan.size
    n = len(order)
    tables = n // size
    table_of = {one: i // size for i, one in enumerate(order)}
    costs = {(a, b): plan.marginal(a, b, together=table_of[a] == table_of[b]) for a in range(n) for b in range(a)}
    # Every round has the same number of pairs, so what is common to all of them decides nothing.
    common = min(costs.values(), default=0)
    model = cp_model.CpModel()
    at = [[model.new_bool_var(f"{one} at {table}") for table in range(tables)] for one in range(n)]
    for one in range(n):
        model.add_exactly_one(at[one])
        for table in range(tables):
            model.add_hint(at[one][table], int(table_of[one] == table))
    for table in range(tables):
        model.add(sum(at[one][table] for one in range(n)) == size)
    model.add(at[order[0]][0] == 1)  # which table has which number decides nothing
    terms = []
    for (a, b), cost in costs.items():
        if cost > common:
            together = model.new_bool_var(f"{a} with {b}")
            for table in range(tables):
                model.add_bool_or(together, ~at[a][table], ~at[b][table])
            terms.append((cost - common) * together)
    pairs = tables * size * (size - 1) // 2
    if not terms:
        return Solved(common * pairs, common * pairs, is_optimal=True)
    model.minimize(sum(terms))
    solver = _solver(work)
    status = solver.solve(model)
    now = sum(cost for (a, b), cost in costs.items() if table_of[a] == table_of[b])
    bound = common * pairs + max(0, round(solver.best_objective_bound))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        found = common * pairs + round(solver.objective_value)
        if found < now:
            where = [next(t for t in range(tables) if solver.boolean_value(at[one][t])) for one in range(n)]
            plan.move(round_, sorted(range(n), key=lambda one: (where[one], one)))
            now = found
    return Solved(now, min(bound, now), is_optimal=status == cp_model.OPTIMAL)


def part(rows: Seated, entrants: Sequence[Entrant], history: History, *, work: float) -> Seated:
    """Changes seats at the tables so that those who meet again are not partners again; nobody's seats get less even."""
    model = cp_model.CpModel()
    has: dict[tuple[int, int, int], cp_model.IntVar] = {}
    for r, tables in enumerate(rows):
        for table in tables:
            for place, one in enumerate(table):
                for seat in range(len(table)):
                    has[r, one, seat] = model.new_bool_var(f"{r} {one} on {seat}")
                    model.add_hint(has[r, one, seat], int(seat == place))
                model.add_exactly_one(has[r, one, seat] for seat in range(len(table)))
            for seat in range(len(table)):
                model.add_exactly_one(has[r, one, seat] for one in table)
    _keep_even(model, has, rows, entrants, history)
    terms = _partners(model, has, rows, entrants, history)
    if not terms:
        return rows
    model.minimize(sum(terms))
    solver = _solver(work)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return rows
    return [
        [
            [next(one for one in table if solver.boolean_value(has[r, one, seat])) for seat in range(len(table))]
            for table in tables
        ]
        for r, tables in enumerate(rows)
    ]


def _keep_even(
    model: cp_model.CpModel,
    has: dict[tuple[int, int, int], cp_model.IntVar],
    rows: Seated,
    entrants: Sequence[Entrant],
    history: History,
) -> None:
    """Lets each have each seat as often as now; or, of the seats whose counts differ, some in the place of others."""
    size = len(rows[0][0])
    for one, entrant in enumerate(entrants):
        if entrant.is_bot:
            continue
        before = [history.sat[entrant.number, seat] for seat in range(size)]
        now = [sum(table[seat] == one for tables in rows for table in tables) for seat in range(size)]
        most = max(b + n for b, n in zip(before, now, strict=True))
        squares = []
        for seat in range(size):
            times = [has[r, one, seat] for r in range(len(rows)) if (r, one, seat) in has]
            model.add(sum(times) <= max(now[seat], most - before[seat]))
            squares += _squared(model, times, before[seat])
        model.add(sum(squares) <= sum((b + n) ** 2 - b * b for b, n in zip(before, now, strict=True)))


def _squared(model: cp_model.CpModel, times: list[cp_model.IntVar], before: int) -> list[cp_model.LinearExprT]:
    """Returns terms that cost (before + times)² - before²: the k-th time more costs 2(before + k) - 1."""
    steps = [model.new_bool_var("") for _ in times]
    model.add(sum(steps) >= sum(times))
    return [(2 * (before + k) - 1) * step for k, step in enumerate(steps, 1)]


def _partners(
    model: cp_model.CpModel,
    has: dict[tuple[int, int, int], cp_model.IntVar],
    groups: Groups,
    entrants: Sequence[Entrant],
    history: History,
) -> list[cp_model.LinearExprT]:
    meetings: dict[tuple[int, int], list[int]] = {}
    for r, tables in enumerate(groups):
        for table in tables:
            for i, one in enumerate(table):
                for other in table[:i]:
                    if not (entrants[one].is_bot or entrants[other].is_bot):
                        meetings.setdefault(key(one, other), []).append(r)
    terms = []
    for (one, other), rounds in meetings.items():
        before = history.partnered[key(entrants[one].number, entrants[other].number)]
        if len(rounds) < 2 and not before:
            continue  # once is no repeat
        times = []
        for r in rounds:
            both = model.new_bool_var("")
            for bloc in set(history.blocs):
                of_bloc = [seat for seat, its in enumerate(history.blocs) if its == bloc]
                model.add(both >= sum(has[r, one, s] for s in of_bloc) + sum(has[r, other, s] for s in of_bloc) - 1)
            times.append(both)
        terms += _squared(model, times, before)
    return terms
