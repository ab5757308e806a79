"""chance, refusing, decided: the second level, where each obligor's own audience may refuse what its delegate signed.

Putnam, "Diplomacy and Domestic Politics: The Logic of Two-Level Games", International Organization 42 (1988): an
agreement holds only if it lies in the win-set of every side's constituents, which is the smaller the less they gain
and the more they distrust the world. A switch of scenario and room, off unless chosen. Side deals are not
ratified: that is why states make them (Lipson, "Why Are Some International Agreements Informal?", IO 45, 1991).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from game.bots.values import value_table
from game.clauses import obligors
from game.consent import binding
from game.decisions import Choice
from game.draws import u01
from game.records import Package, Seat
from game.scenario import Scenario
from game.world import ShownWorld

READINESS = 1.5
"""Log-odds of a yes to a package worth nothing, at nationalism 50: .82, for most treaties that are sent are ratified."""
PER_POINT = 0.8
"""Log-odds by which a point of utility, gained from now to the end, moves the audience."""
PER_HEAT = 1.5
"""Log-odds that 50 points of nationalism take away."""
LEAST, MOST = 0.05, 0.98
"""No audience is quite sure either way."""


def chance(
    scenario: Scenario, world: ShownWorld, package: Package, seat: Seat, *, round_: int, rounds: int | None
) -> float:
    """Return the chance, 0 to 1, that the seat's audience ratifies the package; 1 if it promises nothing there.

    A random-utility audience (McFadden 1974; McKelvey & Palfrey 1995): 1 / (1 + e^-(1.5 + .8 u - 1.5 (N-50)/50)), at
    least .05 and at most .98, where u is what the package is worth to the state from now on in points of utility (as
    the value table has it) and N its nationalism. At u = -1, N = 65 it is .56; at u = +1, N = 40 it is .93.
    Made of what everybody may know. `rounds` is the game's length, None while it is hidden.
    """
    if not any(seat in obligors(duty) for duty in package.duties if duty.kind != "declare"):
        return 1.0
    i = scenario.index[seat]
    table = value_table(scenario, rounds or scenario.rounds)
    worth = table.left(round_) * table.package(package)[i]
    odds = READINESS + PER_POINT * worth - PER_HEAT * (world.N[i] - 50) / 50
    return min(MOST, max(LEAST, 1 / (1 + exp(-odds))))


def refusing(
    scenario: Scenario,
    world: ShownWorld,
    package: Package,
    *,
    seed: str | int,
    round_: int,
    rounds: int | None,
) -> tuple[Seat, ...]:
    """Return the seats whose audience refuses a package that was just voted through; none if the switch is off.

    One draw a seat and round, ``u01(seed, round, "ratify", seat)``: the mood of the day. The same text tabled twice
    meets the same mood, so nobody gains by trying again; a better one may pass.
    """
    if not scenario.ratification or package.side:
        return ()
    return tuple(
        seat
        for seat in scenario.seats
        if (share := chance(scenario, world, package, seat, round_=round_, rounds=rounds)) < 1
        and u01(seed, round_, "ratify", seat) >= share
    )


def decided(
    scenario: Scenario,
    world: ShownWorld,
    package: Package,
    votes: Mapping[Seat, Choice],
    *,
    seed: str | int,
    round_: int,
    rounds: int | None,
) -> tuple[Package | None, tuple[Seat, ...]]:
    """Return the package as it binds after the vote and at home, None if it falls, and whose audience refused it."""
    bound = binding(scenario, package, votes)
    if not isinstance(bound, Package):
        return None, ()
    refused = refusing(scenario, world, bound, seed=seed, round_=round_, rounds=rounds)
    return (None if refused else bound), refused
