"""calibrate, Spread, lines: what a seat usually gets and how far games lie apart, by every lens; for tournaments.

Par is the mean and the spread of games among the bots of a pool (`simulation.MIXES`). It belongs to a version of the
rules, a scenario, a length and the switches of a room; change one of them and it must be worked out anew. Those of the
shipped scenarios for the gain G alone are in `par`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from statistics import fmean, pstdev
from typing import NamedTuple

from game.par import POOL
from game.records import Seat
from game.scenario import Scenario
from game.simulation import Mapper, Plan, Result, simulate

LENSES = ("G", "R", "U", "TR", "total")


class Spread(NamedTuple):
    """Mean and standard deviation in points, and the standard error of the mean."""

    mean: float
    sd: float
    error: float


Par = dict[Seat, dict[str, Spread]]
"""By seat and lens."""


def plan_of(
    scenario: Scenario, *, plays: int, seed: int = 0, rounds: int | None = None, pool: str = POOL
) -> Plan:  # fmt: skip
    """Return the games that calibrate a scenario: every seat is dealt a bot from the pool, by itself."""
    return Plan(scenario, dict.fromkeys(scenario.seats, pool), plays, seed=seed, rounds=rounds)


def calibrate(plan: Plan, mapper: Mapper | None = None) -> Par:
    """Play the games of the plan and return what each seat got."""
    return spread(plan.scenario.seats, simulate(plan, mapper))


def spread(seats: Sequence[Seat], games: Sequence[Result]) -> Par:
    """Return what each seat got in these games."""
    return {
        seat: {lens: _spread([getattr(game.scores[i], lens) for game in games]) for lens in LENSES}
        for i, seat in enumerate(seats)
    }


def _spread(values: Sequence[float]) -> Spread:
    sd = pstdev(values)
    return Spread(round(fmean(values), 4), round(sd, 4), round(sd / sqrt(len(values)), 4))


def lines(plan: Plan, par: Par) -> Iterator[str]:
    """Yield the lines of a calibration file, TOML; it names everything that par depends on."""
    chosen = plan.scenario
    yield f"# Par of {chosen.id}: mean, standard deviation and standard error in points, among bots. `python -m game calibrate`"
    yield f'scenario = "{chosen.id}"\nrules = {chosen.rules}\npool = "{next(iter(plan.cast.values()))}"'
    yield f"plays = {plan.plays}\nseed = {plan.seed}\nrounds = {plan.rounds or chosen.rounds}\naftermath = {plan.shadow}"
    yield f"windows = {str(plan.windows).lower()}\ncrises = {str(plan.crises).lower()}"
    for seat, lenses in par.items():
        yield f"\n[par.{seat}]"
        for lens, found in lenses.items():
            yield f"{lens} = {{ mean = {found.mean}, sd = {found.sd}, error = {found.error} }}"
