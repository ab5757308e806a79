"""Par, par_of, price_of, reckon: what a game of this kind usually brings, and what rivalry cost this one.

Par is each seat's mean gain G in games among the bots of the pool `mixed`, of the same scenario and length and with the
same switches. It is shipped as data, one file a version of the rules, because reckoning it takes seconds; ``python -m
game par`` writes that data anew, and every row keeps the gains of its first game, by which a test tells whether the rules
have moved on since. Where a version has no file, no par is shown rather than that of other rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import product
from statistics import fmean
from typing import Any, NamedTuple

from game.addition import added
from game.scenario import FIRST_RULES, Row, Scenario, load
from game.scoring import AFTERMATH
from game.simulation import Mapper, Plan, simulate

POOL = "mixed"
PLAYS = 200
SEED = 0


class Par(NamedTuple):
    """Par of games of so many rounds: `G` by seat in seat order, in points; `first` are the gains of its first game."""

    rounds: int
    windows: bool
    crises: bool
    G: Row
    first: Row


def par_of(
    scenario: Scenario, rounds: int, *, windows: bool = True, crises: bool = True, aftermath: int = AFTERMATH
) -> Par | None:
    """Return the shipped par of such a game, or None where none was reckoned: an own scenario, an unusual length."""
    rows = shipped(scenario.rules).get(scenario.id)
    # A scenario of a shipped name with other figures is another scenario.
    if rows is None or aftermath != AFTERMATH or load(scenario.id, scenario.rules).sources != scenario.sources:
        return None
    return next((row for row in rows if row[:3] == (rounds, windows, crises)), None)


def price_of(par: Par, sum_G: float) -> float:
    """Return the price of rivalry, in points: what all together usually gain, less what they gained here."""
    return added(par.G) - sum_G


def file_of(rules: int) -> str:
    """Return the name of the file that ships the par of a version of the rules."""
    return "_par.toml" if rules == FIRST_RULES else f"_par{rules}.toml"


@cache
def shipped(rules: int = FIRST_RULES) -> dict[str, tuple[Par, ...]]:
    """Return the rows of the shipped file of a version by scenario; none where that version has no file."""
    file = resources.files("game").joinpath("scenarios", file_of(rules))
    if not file.is_file():
        return {}
    raw: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    about = raw.pop("about")
    if about["rules"] != rules or about["aftermath"] != AFTERMATH:
        raise ValueError(
            f"{file.name}: found rules {about['rules']}; allowed: {rules}: python -m game par writes it anew"
        )
    return {
        id_: tuple(
            Par(row["rounds"], row["windows"], row["crises"], tuple(row["G"]), tuple(row["first"])) for row in rows
        )
        for id_, rows in raw.items()
    }


def reckon(
    scenario: Scenario,
    rounds: int,
    *,
    windows: bool = True,
    crises: bool = True,
    plays: int = PLAYS,
    seed: int = SEED,
    mapper: Mapper | None = None,
) -> Par:
    """Play so many games and return their par."""
    plan = Plan(
        scenario=scenario,
        cast=dict.fromkeys(scenario.seats, POOL),
        plays=plays,
        seed=seed,
        rounds=rounds,
        windows=windows,
        crises=crises,
    )
    gains = [tuple(round(tally.G, 4) for tally in one.scores) for one in simulate(plan, mapper)]
    means = tuple(round(fmean(column), 4) for column in zip(*gains, strict=True))
    return Par(rounds, windows, crises, means, gains[0])


def lengths(scenario: Scenario) -> range:
    """Return the lengths that par is shipped for: those that the scenario allows, and one more for a hidden end."""
    return range(scenario.rounds_least, scenario.rounds_most + 2)


def written(
    scenarios: list[Scenario], *, plays: int = PLAYS, seed: int = SEED, mapper: Mapper | None = None
) -> Iterator[str]:
    """Yield the lines of the file that ships par, as each becomes known; the scenarios are of one version of the rules."""
    yield "# Par: the mean gain G of each seat, in points and in seat order. `python -m game par` writes this file."
    yield "# A judgement of bots, not of states: it says what haggling of a middling sort usually comes to."
    yield "[about]"
    yield f'rules = {scenarios[0].rules}\npool = "{POOL}"\nplays = {plays}\nseed = {seed}\naftermath = {AFTERMATH}'
    for scenario in scenarios:
        for rounds, windows, crises in product(lengths(scenario), (True, False), (True, False)):
            par = reckon(scenario, rounds, windows=windows, crises=crises, plays=plays, seed=seed, mapper=mapper)
            switches = f"windows = {str(windows).lower()}\ncrises = {str(crises).lower()}"
            yield f"\n[[{scenario.id}]]\nrounds = {rounds}\n{switches}\nG = {list(par.G)}\nfirst = {list(par.first)}"
