"""forecast, Forecast: what a package would do to one's own position if all kept it.

An assessment, not a prophecy: it plays some rounds from what everybody sees, once with the package and
once without, with routine conduct by all, no crises and no openings. It looks at nothing hidden, so what
it says betrays nothing, and a rival who cheats makes it wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.records import Package, Record, Seat
from game.resolution import resolve
from game.scenario import Scenario
from game.world import ShownWorld, World, bare, shown

ROUNDS = 3


class Forecast(Record, frozen=True, omit_defaults=False):
    """The change that the package makes after `rounds`: worth, security and economy, in their own points."""

    rounds: int
    W: float
    S: float
    E: float


def forecast(
    scenario: Scenario,
    world: ShownWorld,
    package: Package,
    seat: Seat,
    *,
    adopted: Sequence[Package] = (),
    rounds: int = ROUNDS,
) -> Forecast:
    """Return what `package`, kept by all, would change for `seat` after `rounds` rounds, 1 or more.

    `adopted` are packages already adopted in the coming round. All named members are taken to join.
    """
    i = scenario.index[seat]
    without = _after(scenario, world, adopted, rounds)
    with_it = _after(scenario, world, (*adopted, package), rounds)
    return Forecast(rounds, with_it.W[i] - without.W[i], with_it.S[i] - without.S[i], with_it.E[i] - without.E[i])


def _after(scenario: Scenario, world: ShownWorld, adopted: Sequence[Package], rounds: int) -> World:
    now = bare(shown(world))
    for k in range(rounds):
        # Nothing is drawn: without hidden arms there is nothing to find, and crises are left out.
        now, _ = resolve(scenario, now, adopted if k == 0 else (), {}, seed="", crises=False, windows=False)
    return now
