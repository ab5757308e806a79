"""Trial, trials, worths: is there a use for every measure?

One seat orders a measure in every round of a game among others who are all alike, and once more it does not; the
difference is what the measure is worth to it there. A measure that is worth nothing to anybody in any world is a trap
for whoever has not reckoned it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from game import bots
from game.arena import play
from game.catalogue import MEASURES, Measure
from game.records import Order, OrderedMeasure, Package, Seat
from game.scenario import Scenario, load
from game.scoring import true_standing
from game.simulation import Mapper
from game.world import ShownWorld

OTHERS = ("tft", "hawk", "passive")
SEED = 0


class Trial(msgspec.Struct, frozen=True):
    """A seat that uses a measure in every round, by itself or beside what a tit for tat orders, in a world of others."""

    world: str
    rules: int
    seat: Seat
    own: str
    other: str


def trials(world: str, rules: int, others: Iterable[str] = OTHERS) -> list[Trial]:
    """Return every seat of a scenario in every world."""
    seats = load(world, rules).seats
    return [Trial(world, rules, seat, own, other) for seat in seats for own in ("passive", "tft") for other in others]


def worths(trial: Trial) -> dict[str, float]:
    """Return what each measure open to the seat is worth to it there, in points of U, at the best of its targets."""
    scenario = load(trial.world, trial.rules)
    without = _utility(scenario, trial, None)
    found: dict[str, float] = {}
    for ordered in _orders(scenario, trial.seat):
        gain = _utility(scenario, trial, ordered) - without
        found[ordered.measure] = max(found.get(ordered.measure, gain), gain)
    return found


def best_worths(made: Iterable[Trial], mapper: Mapper | None = None) -> dict[str, float]:
    """Return the most that each measure is worth to anybody anywhere."""
    made = list(made)
    best: dict[str, float] = {}
    for found in map(worths, made) if mapper is None else mapper(worths, made):
        for measure, gain in found.items():
            best[measure] = max(best.get(measure, gain), gain)
    return best


def _orders(scenario: Scenario, seat: Seat) -> Iterator[OrderedMeasure]:
    for measure in MEASURES.values():
        if measure.is_open_to(scenario, seat):
            yield from (OrderedMeasure(measure.id, target) for target in _targets(scenario, seat, measure))


def _targets(scenario: Scenario, seat: Seat, measure: Measure) -> tuple[Seat | None, ...]:
    return tuple(other for other in scenario.seats if other != seat) if measure.targeted else (None,)


def _utility(scenario: Scenario, trial: Trial, ordered: OrderedMeasure | None) -> float:
    def meddle(_: ShownWorld, __: tuple[Package, ...], orders: dict[Seat, Order]) -> None:
        if ordered is not None:
            orders[trial.seat] = replace(orders[trial.seat], measures=(ordered,))

    players = {seat: bots.get(trial.own if seat == trial.seat else trial.other) for seat in scenario.seats}
    last = play(scenario, players, SEED, crises=False, meddle=meddle).last
    return true_standing(scenario, last)[scenario.index[trial.seat]].U
