"""Short names for tests of the dynamics: duties, orders, and rounds without luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from game.records import Duty, InstitutionClause, Order, OrderedMeasure, Package, Seat
from game.resolution import resolve
from game.scenario import Scenario
from game.world import Report, World, start

SEEDS_FOUND, SEEDS_MISSED = 42, 41
"""Seeds of the worked example: with the first China's cheating of round 2 is found."""


def abstain(by: Seat, what: str, *conditions: int, to: Seat | None = None, rounds: int | None = None) -> Duty:
    return Duty(by=by, kind="abstain", what=what, to=to, rounds=rounds, conditions=conditions)


def cap(by: Seat, amount: int, *conditions: int) -> Duty:
    return Duty(by=by, kind="cap", amount=amount, conditions=conditions)


def pay(by: Seat, to: Seat, amount: float, *conditions: int, rounds: int | None = None) -> Duty:
    return Duty(by=by, kind="pay", to=to, amount=amount, rounds=rounds, conditions=conditions)


def package(*duties: Duty, found: str | None = None, members: Sequence[Seat] = (), **clause: Any) -> Package:
    institution = None if found is None else InstitutionClause(found, members=tuple(members), **clause)
    return Package(sponsor="CN", duties=duties, institution=institution)


def does(*measures: str, **order: Any) -> Order:
    """Return an order of measures, each ``"id"`` or ``"id>TARGET"``."""
    parted = [measure.partition(">") for measure in measures]
    return Order(measures=tuple(OrderedMeasure(id_, target or None) for id_, _, target in parted), **order)


class Region:
    """A region that plays round after round; crises and windows are off unless asked for."""

    def __init__(self, scenario: Scenario, *, seed: int = 0, windows: bool = False, crises: bool = False) -> None:
        self.scenario = scenario
        self.options: dict[str, Any] = {"seed": seed, "windows": windows, "crises": crises}
        self.worlds: list[World] = [start(scenario, windows=windows)]
        self.reports: list[Report] = []

    def round(self, *adopted: Package, **orders: Order) -> World:
        world, report = resolve(self.scenario, self.worlds[-1], adopted, orders, **self.options)
        self.worlds.append(world)
        self.reports.append(report)
        return world

    @property
    def world(self) -> World:
        return self.worlds[-1]

    @property
    def report(self) -> Report:
        return self.reports[-1]

    def trust(self, truster: Seat, trusted: Seat) -> float:
        i, j = self.scenario.index[truster], self.scenario.index[trusted]
        return self.world.a[i][j] / (self.world.a[i][j] + self.world.b[i][j])
