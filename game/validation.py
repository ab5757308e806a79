"""rows, Row: this program's figures beside those that others have published, and beside its own laws.

What is expected is data (`game/outside/published.toml`, with the source and how to get it again); what this program
makes of it is worked out here, each time. `python -m game validate` prints the table.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from game import bots, rulesets
from game.addition import added
from game.analysis import analyse, nash_product
from game.arms import growth, richardson
from game.deals import Issue, Option, Scorable, Sheet
from game.laws import LAWS
from game.scenario import NEWEST_RULES, load
from game.scenario_file import SEATS, parse
from game.scoring import critical_discount

FOLDER = resources.files("game").joinpath("outside")
SIX_PLACES = 3e-6
"""Of figures that are published with six decimals."""


class Row(NamedTuple):
    """A claim, where it is from, what is expected and what this program finds; figures may differ by `tolerance`."""

    group: str
    claim: str
    source: str
    expected: Any
    got: Any
    tolerance: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether what was found is what is expected."""
        return _alike(self.expected, self.got, self.tolerance)


def _alike(expected: Any, got: Any, tolerance: float) -> bool:
    if isinstance(expected, list | tuple) and isinstance(got, list | tuple):
        return len(expected) == len(got) and all(
            _alike(one, other, tolerance) for one, other in zip(expected, got, strict=True)
        )
    if isinstance(expected, float | int) and isinstance(got, float | int):
        return abs(expected - got) <= tolerance
    return bool(expected == got)


@cache
def published() -> dict[str, Any]:
    """Return what others have published."""
    return tomllib.loads(FOLDER.joinpath("published.toml").read_text("utf-8"))


def rows(only: str | None = None) -> Iterator[Row]:
    """Yield every row, or those of one group, as each is worked out."""
    for group, work in GROUPS.items():
        if only in (None, group):
            for row in work():
                yield row._replace(group=group)


def axelrod() -> Iterator[Row]:
    """Yield the scores of two strategies that play each other so many turns."""
    about, chosen = published()["axelrod"], load("prisoners", NEWEST_RULES)
    for one, other, turns, *scores in about["matches"]:
        cast = {"CN": bots.get(one), "JP": bots.get(other)}
        got = rulesets.of(chosen).play_out(chosen, cast, 0, turns).scores
        yield Row("", f"{one} and {other}, {turns} turns", about["source"], scores, list(got))


def arms_races() -> Iterator[Row]:
    """Yield arms after so many steps of Richardson's model, and whether it settles."""
    for model in published()["richardson"]:
        name, source = model["name"], model["source"]
        found = growth(model["reactions"], model["fatigue"])
        yield Row("", f"{name}: greatest eigenvalue, real part", source, model["growth"], found, SIX_PLACES)
        for steps, expected in model["after"].items():
            x = tuple(model["from"])
            for _ in range(int(steps)):
                x = richardson(x, model["reactions"], model["fatigue"], model["grievance"], model["dt"])
            yield Row("", f"{name}: arms after {steps} steps", source, expected, list(x), SIX_PLACES)


def relative_gains() -> Iterator[Row]:
    """Yield from which weight of the morrow on states cooperate, by their number and how much they mind others' gains."""
    about = published()["snidal"]
    for n in about["all"]:
        everybody = [critical_discount(int(n), k) for k in about["ks"]]
        one = [critical_discount(int(n), k, scope="dyad") for k in about["ks"]]
        yield Row("", f"{n} states, deviating toward all", about["source"], about["all"][n], everybody, SIX_PLACES)
        yield Row("", f"{n} states, deviating toward one", about["source"], about["dyad"][n], one, SIX_PLACES)


def negotiation_theory() -> Iterator[Row]:
    """Yield the frontier and the solutions of drawn games."""
    about = published()["negmas"]
    for game in about["games"]:
        found = analyse(drawn(game["seed"], game["reserves"], about["sizes"]))
        told = found.told()
        assert told.nash is not None
        got = {
            "pareto": told.pareto,
            "disagreement": list(found.disagreement),
            "nash": list(told.nash.values),
            "product": nash_product(told.nash.values, found.disagreement),
            "welfare": list(told.max_sum.values),
        }
        for name, value in got.items():
            yield Row("", f"seed {game['seed']}: {name}", about["source"], game[name], value)


def drawn(seed: int, reserves: list[int], sizes: list[int]) -> Scorable:
    """Return the game of a generator that any language has: x <- (1103515245 x + 12345) mod 2^31, points round(30 x / 2^31)."""
    letters, x, sheets = "ABCDEFGHIJKL", seed, []
    for reserve in reserves:
        table = []
        for size in sizes:
            points = []
            for _ in range(size):
                x = (1103515245 * x + 12345) % 2**31
                points.append(float(round(30 * x / 2**31)))
            table.append(tuple(points))
        sheets.append(Sheet(tuple(table), float(reserve)))
    issues = tuple(
        Issue(letter, "", tuple(Option(f"{letter}{k}", "") for k in range(1, size + 1)))
        for letter, size in zip(letters, sizes, strict=False)
    )
    return Scorable(issues, SEATS[: len(reserves)], tuple(sheets), len(reserves))


def imported_games() -> Iterator[Row]:
    """Yield what is counted in the games of somebody else."""
    for about in published()["imported"]:
        file = f"{about['name']}.toml"
        game = parse(FOLDER.joinpath(file).read_text("utf-8"), file, NEWEST_RULES).scorable
        assert game is not None
        told = analyse(game).told()
        assert told.nash is not None
        got = {
            "deals": told.deals,
            "passing": told.passing,
            "unanimous": told.unanimous,
            "nash": list(told.nash.deal),
            "nash_values": list(told.nash.values),
            "best": list(told.max_sum.deal),
            "best_sum": told.max_sum.sum,
        }
        for name in (key for key in got if key in about):
            yield Row("", f"{about['name']}: {name.replace('_', ' ')}", about["source"], about[name], got[name])


def laws() -> Iterator[Row]:
    """Yield the laws of the rules themselves."""
    for claim, law in LAWS.items():
        found = law()
        yield Row("", claim, "rules of the game, V6", found.expected, found.got, found.tolerance)


def win_as_much() -> Iterator[Row]:
    """Yield the payoffs of the classroom exercise."""
    about, game = published()["winasmuch"], load("winasmuch", NEWEST_RULES).matrix
    assert game is not None
    y, x = (game.place(move) for move in "yx")
    for count in range(5):
        row = game.pay((x,) * count + (y,) * (4 - count))
        if count:
            yield Row("", f"{count} of 4 play X: each of them", about["source"], about["x"][count - 1], row[0])
        if count < 4:
            yield Row("", f"{count} of 4 play X: each of the others", about["source"], about["y"][count], row[-1])
    everybody = [10 * added(game.pay((move,) * 4)) for move in (y, x)]
    yield Row("", "ten rounds of Y, of X: all together", about["source"], [about["all_y"], about["all_x"]], everybody)
    lone = game.pay((x, y, y, y))
    yield Row("", "a lone X: ahead of the others a round", about["source"], about["lone_x_ahead"], lone[0] - lone[1])


GROUPS: dict[str, Callable[[], Iterator[Row]]] = {
    "V1": axelrod,
    "V2": arms_races,
    "V3": relative_gains,
    "V4": negotiation_theory,
    "V5": imported_games,
    "V6": laws,
    "payoffs": win_as_much,
}
"""Where the rows come from, by the name of the group."""
