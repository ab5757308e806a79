"""SECTIONS, Study, Verdict: the published figures of the simulation, checked one by one.

The figures are in ``claims.toml``; the inequalities that were put in words are in `inequalities`. A claim
holds if what is simulated now lies within the tolerance that the figure's luck allows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from math import isnan
from statistics import fmean
from typing import Any

import msgspec
from msgspec.structs import replace

from game import bots
from game.arena import play
from game.bots.prices import priced
from game.bots.values import value_table
from game.coming import cap_of
from game.perception import culture_name
from game.records import Duty, InstitutionClause, Order, Package, Seat
from game.scenario import FIRST_RULES, Scenario, load
from game.scoring import Tally, true_standing
from game.simulation import WAR, Mapper, Plan, Result, simulate
from game.world import ShownWorld, start

SEED = 1000
CHEATING_PLAYS = 100
"""The table of cheating is of seeds 1000 to 1099 and turns on rare finds: fewer games say nothing."""


class Verdict(msgspec.Struct, frozen=True):
    """A claim, what was expected within which tolerance (0: read the claim), and what came out."""

    claim: str
    expected: float | str
    got: float
    tolerance: float
    within: bool


def near(claim: str, expected: float, got: float, tolerance: float) -> Verdict:
    """Judge a figure."""
    return Verdict(claim, expected, got, tolerance, abs(got - expected) <= tolerance)


def between(claim: str, least: float, most: float, got: float, tolerance: float = 0.0) -> Verdict:
    """Judge a range."""
    within = least - tolerance <= got <= most + tolerance
    return Verdict(claim, f"{least:g}..{most:g}", got, tolerance, within)


class Study:
    """Simulations at so many plays a seat and cell under one version of the rules; what was simulated once is kept."""

    def __init__(self, plays: int, mapper: Mapper | None = None, rules: int = FIRST_RULES) -> None:
        self.plays = plays
        self.mapper = mapper
        self.rules = rules
        self._kept: dict[tuple[object, ...], list[Result]] = {}

    @property
    def published(self) -> dict[str, Any]:
        return published(self.rules)

    def load(self, world: str) -> Scenario:
        return load(world, self.rules)

    def results(
        self, world: str, cast: tuple[str, ...], seed: int, *, windows: bool = True, **parameters: float
    ) -> list[Result]:
        """Return the games of a cast; `parameters` are other values of the rules' own, to see what these do."""
        key = (world, cast, seed, windows, tuple(parameters.items()))
        if key not in self._kept:
            chosen = self.load(world)
            chosen = replace(chosen, parameters=replace(chosen.parameters, **parameters))
            plan = Plan(chosen, dict(zip(chosen.seats, cast, strict=True)), self.plays, seed, windows=windows)
            self._kept[key] = simulate(plan, self.mapper)
        return self._kept[key]

    def alike(self, world: str, bot: str, *, windows: bool = True, **parameters: float) -> list[Result]:
        """Return games in which all seats are the same bot."""
        return self.results(world, (bot,) * len(self.load(world).seats), SEED, windows=windows, **parameters)

    def against(self, world: str, own: str, other: str) -> tuple[float, float, float]:
        """Return Total, G and R of one seat against others, mean over seats."""
        n = len(self.load(world).seats)
        tallies = [
            one.scores[i]
            for i in range(n)
            for one in self.results(world, tuple(own if j == i else other for j in range(n)), 0)
        ]
        return (
            fmean(one.total for one in tallies),
            fmean(one.G for one in tallies),
            fmean(one.R for one in tallies),
        )


@cache
def published(rules: int = FIRST_RULES) -> dict[str, Any]:
    """Return the figures that were published of a version of the rules."""
    file = "claims.toml" if rules == FIRST_RULES else f"claims{rules}.toml"
    return tomllib.loads(resources.files("game").joinpath(file).read_text("utf-8"))


def opening_positions(study: Study) -> list[Verdict]:
    """Security and culture at the start."""
    found = []
    for world, expected in study.published["start"].items():
        chosen = study.load(world)
        begun = start(chosen)
        found.append(near(f"{world}: C at the start", expected["C"], begun.C, 0.051))
        for i, seat in enumerate(chosen.seats):
            found.append(near(f"{world}: S of {seat} at the start", expected["S"][i], begun.S[i], 0.051))
    return found


def worths(study: Study) -> list[Verdict]:
    """What duties are worth, and how many are worth trading."""
    found = []
    for world, rows in study.published["worth"].items():
        chosen = study.load(world)
        known = _worths(chosen)
        for name, expected in rows.items():
            for seat, wanted, got in zip(chosen.seats, expected, known[name], strict=True):
                if not isnan(wanted):
                    found.append(near(f"{world}: {name} for {seat}", wanted, got, 0.1))
    for world, count in study.published["priced"].items():
        chosen = study.load(world)
        dear = len(priced(chosen, chosen.rounds).dear)
        found.append(near(f"{world}: duties that have a price", count, dear, 1))
    return found


def _worths(chosen: Scenario) -> dict[str, tuple[float, ...]]:
    table = value_table(chosen, chosen.rounds)
    named = dict(table.institutions)
    for (by, kind, what, to, _), worth in table.duties.items():
        per = "1" if kind == "pay" else None
        named[" ".join(part for part in (by, kind, what, to, per) if part)] = worth
    return named


def worlds_alike(study: Study) -> list[Verdict]:
    """All seats the same bot: culture, arms, rung, wars, gain."""
    found = []
    for bot, expected in study.published["alike"].items():
        for k, world in enumerate(study.published["worlds"]):
            games, name = study.alike(world, bot), f"{world}: all {bot}:"
            n = len(study.load(world).seats)
            gain = fmean(tally.G for one in games for tally in one.scores)
            usual = fmean(culture_name(one.C[-1]) == expected["culture"][k] for one in games)
            found += [
                near(f"{name} C", expected["C"][k], fmean(one.C[-1] for one in games), 2),
                near(f"{name} G of the mean of {n} seats", expected["G"][k], gain, 0.5),
                near(f"{name} growth of arms, %", expected["arms"][k], 100 * fmean(one.arms for one in games), 5),
                near(f"{name} rung", expected["rung"][k], fmean(one.rung for one in games), 0.5),
                near(f"{name} wars, %", expected["war"][k], 100 * fmean(one.worst >= WAR for one in games), 15),
                between(f"{name} mostly {expected['culture'][k]}", 0.5, 1, usual),
            ]
    for world, totals in study.published["bargainers"].items():
        games = study.alike(world, "bargainer")
        for i, seat in enumerate(study.load(world).seats):
            total = fmean(one.scores[i].total for one in games)
            found.append(near(f"{world}: Total of {seat} among bargainers", totals[i], total, 1))
    return found


def one_against_others(study: Study) -> list[Verdict]:
    """One seat against others who all play the same."""
    found = []
    for world, rows in study.published["against"].items():
        for own, columns in rows.items():
            for other, expected in columns.items():
                got = study.against(world, own, other)
                for name, wanted, figure, tolerance in zip("TGR", expected, got, (1, 0.5, 1), strict=True):
                    label = "Total" if name == "T" else name
                    found.append(near(f"{world}: {own} among {other}: {label}", wanted, figure, tolerance))
    return found


def windows(study: Study) -> list[Verdict]:
    """What the windows add to the final culture."""
    found = []
    for world, (least, most) in study.published["windows"].items():
        for bot in ("tft", "bargainer"):
            opened = fmean(one.C[-1] for one in study.alike(world, bot))
            closed = fmean(one.C[-1] for one in study.alike(world, bot, windows=False))
            found.append(between(f"{world}: windows raise C among {bot}", least, most, opened - closed, 0.5))
    return found


class Experiment(msgspec.Struct, frozen=True):
    """Cheating in one world: in round 2 (``one``), the last (``last``) or in ``every`` round."""

    world: str
    when: str
    plays: int
    rules: int = FIRST_RULES


def cheating(study: Study) -> list[Verdict]:
    """Covert arms under a cap that all have signed."""
    figures = study.published["cheating"]
    plays = max(study.plays, CHEATING_PLAYS)
    experiments = [
        Experiment(world, when, plays, study.rules) for when in figures for world in study.published["worlds"]
    ]
    mapped = map(cheat, experiments) if study.mapper is None else study.mapper(cheat, experiments)
    found = []
    for one, got in zip(experiments, mapped, strict=True):
        k = study.published["worlds"].index(one.world)
        for name, figure in got.items():
            wanted = figures[one.when][name][k]
            claim = f"{one.world}: cheating in {one.when} round: {name}"
            if name == "pays":
                found.append(near(f"{claim}, % of games", wanted, figure, 8))
            elif abs(wanted) < 0.15:
                found.append(near(f"{claim}, about nil", wanted, figure, 0.3))
            else:
                same = figure * wanted > 0
                found.append(Verdict(f"{claim}, sign of change", wanted, figure, 0, same))
    return found


def cheat(experiment: Experiment) -> dict[str, float]:
    """Return how often it pays (%), and the mean change of Total, G and R over seats and seeds."""
    chosen = load(experiment.world, experiment.rules)
    seeds = range(SEED, SEED + experiment.plays)
    totals, gains, relatives = [], [], []
    for seed in seeds:
        honest = _under_caps(chosen, seed, None, "")
        for i, seat in enumerate(chosen.seats):
            before, after = honest[i], _under_caps(chosen, seed, seat, experiment.when)[i]
            totals.append(after.total - before.total)
            gains.append(after.G - before.G)
            relatives.append(after.R - before.R)
    return {
        "pays": 100 * fmean(change > 0 for change in totals),
        "Total": fmean(totals),
        "G": fmean(gains),
        "R": fmean(relatives),
    }


def _under_caps(chosen: Scenario, seed: int, cheater: Seat | None, when: str) -> tuple[Tally, ...]:
    duties = tuple(Duty(seat, "cap", amount=0) for seat in chosen.seats)
    caps = Package(chosen.seats[0], duties=duties, institution=InstitutionClause("dialogue"))
    wanted = {"one": (2,), "last": (chosen.rounds,), "every": range(1, chosen.rounds + 1)}.get(when, ())

    def meddle(world: ShownWorld, adopted: tuple[Package, ...], orders: dict[Seat, Order]) -> None:
        # Without a cap there is nothing to cheat on: once it has lapsed the seat is honest again.
        if cheater and world.round + 1 in wanted and cap_of(chosen, world, cheater, adopted) <= 0:
            orders[cheater] = msgspec.structs.replace(orders[cheater], posture=2)

    players = {seat: bots.get("tft") for seat in chosen.seats}
    return true_standing(chosen, play(chosen, players, seed, opening=caps, meddle=meddle).last)


Section = Callable[[Study], list[Verdict]]
