"""standing, conclude, critical_discount, Outcome: absolute gain, relative gain and trust, apart and together.

G is what a state gained; R what it gained more than the rivals it fears; U = G + .5 R says that a state cares
for both (Grieco 1988: U = V - k (W - V)). During play the same figures come from shown values.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Literal

import msgspec

from game import mandates
from game.addition import added
from game.mandates import Course, MandateResult
from game.perception import trust_rows
from game.records import Seat
from game.resolution import resolve
from game.scenario import Row, Scenario
from game.world import Report, ShownWorld, World, start

AFTERMATH = 3
"""Rounds played with empty orders after the last, so that nobody gains by a last act without a morrow."""


class Tally(msgspec.Struct, frozen=True):
    """One seat's figures: gain, relative gain, utility, trust (points), and their total without mandate."""

    seat: Seat
    G: float
    R: float
    U: float
    TR: float
    total: float


class SeatScore(msgspec.Struct, frozen=True):
    """One seat's final result; `mandate` is its points and `without_trust` is U with the mandate."""

    seat: Seat
    G: float
    R: float
    U: float
    TR: float
    mandate: float
    total: float
    without_trust: float


class Outcome(msgspec.Struct, frozen=True):
    """The end of a game. `hidden_before` are the hidden stocks at the end of the last played round.

    `region` holds ``sum_G``, ``nash`` (product of gains over the passive world), ``C``, ``rung``, ``arms``
    (growth over the start as a share, aftermath and hidden stock included) and ``tau`` per flashpoint.
    """

    scores: tuple[SeatScore, ...]
    mandates: tuple[MandateResult, ...]
    region: dict[str, float]
    passive: Row
    hidden_before: Row
    aftermath: tuple[Report, ...]


def standing(scenario: Scenario, world: ShownWorld) -> tuple[Tally, ...]:
    """Return each seat's figures from what is shown; all 0 before round 1."""
    return _tally(scenario, world, world.gain)


def true_standing(scenario: Scenario, world: World) -> tuple[Tally, ...]:
    """Return each seat's figures from what is true. In the starter's worked example CN totals -3.855125."""
    return _tally(scenario, world, world.gain_true)


def _tally(scenario: Scenario, world: ShownWorld, gain: Row) -> tuple[Tally, ...]:
    p = scenario.parameters
    rounds = max(world.round, 1)
    G = [total / rounds for total in gain]
    T = trust_rows(world)
    tallies = []
    for i, seat in enumerate(scenario.seats):
        others = scenario.others[i]
        R = G[i] - added(scenario.omega[i][j] * G[j] for j in others)
        U = G[i] + scenario.rivalry(i) * R
        TR = 100 * added(T[j][i] - scenario.T0[j][i] for j in others) / len(others)
        tallies.append(Tally(seat, G[i], R, U, TR, U + p.trw * TR))
    return tuple(tallies)


def aftermath(
    scenario: Scenario,
    world: World,
    seed: str | int,
    rounds: int = AFTERMATH,
    *,
    crises: bool = True,
    windows: bool = True,
) -> tuple[World, tuple[Report, ...]]:
    """Play on with empty orders: promises and institutions run on, nothing new is adopted."""
    reports = []
    for _ in range(rounds):
        world, report = resolve(scenario, world, (), {}, seed=seed, crises=crises, windows=windows)
        reports.append(report)
    return world, tuple(reports)


def passive_gains(
    scenario: Scenario, seed: str | int, rounds: int, *, crises: bool = True, windows: bool = True
) -> Row:
    """Return each seat's G when nobody ever does or signs anything: the worth of no agreement."""
    world, _ = aftermath(scenario, start(scenario, windows=windows), seed, rounds, crises=crises, windows=windows)
    return tuple(tally.G for tally in true_standing(scenario, world))


def conclude(
    scenario: Scenario,
    world: World,
    reports: Sequence[Report],
    *,
    seed: str | int,
    mandate_seed: str | int | None = None,
    aftermath: int = AFTERMATH,
    crises: bool = True,
    windows: bool = True,
    compare: bool = True,
) -> tuple[World, Outcome]:
    """End a game after its last played round: play the aftermath and count.

    Return the last world of the aftermath and the outcome. `mandate_seed` draws the mandates; duplicate
    tables share it. A scenario without mandates gives none. Without `compare` the passive game on the same
    seed is not played, and ``nash`` is left out of the region's figures.
    """
    last = world
    world, after = _run_on(scenario, world, seed, aftermath, crises=crises, windows=windows)
    course = Course(start(scenario), last, tuple(reports))
    drawn = mandates.results(scenario, seed if mandate_seed is None else mandate_seed, course)
    points_of = {result.seat: result.points for result in drawn}
    tallies = true_standing(scenario, world)
    passive: Row = ()
    if compare:
        passive = passive_gains(scenario, seed, world.round, crises=crises, windows=windows)
    scores = []
    for tally in tallies:
        points = points_of.get(tally.seat, 0.0)
        scores.append(
            SeatScore(tally.seat, tally.G, tally.R, tally.U, tally.TR, points, tally.total + points, tally.U + points)
        )
    region = region_figures(scenario, last, world, tallies, passive)
    return world, Outcome(tuple(scores), drawn, region, passive, last.H, after)


_run_on = aftermath


def region_figures(
    scenario: Scenario, last: World, world: World, tallies: Sequence[Tally], passive: Row
) -> dict[str, float]:
    """Return what the region got; never added to any seat's score.

    Culture, ladder and tension are read at the end of the last played round, arms at the aftermath's.
    """
    arms = added(world.A) + added(world.D) + added(world.H)
    over = [max(0.0, tally.G - d) for tally, d in zip(tallies, passive, strict=False)]
    return {
        "sum_G": added(tally.G for tally in tallies),
        **({"nash": prod(over)} if over else {}),
        "C": last.C,
        "rung": float(last.rung),
        "arms": arms / added(scenario.M0) - 1,
        "tau": added(last.tau) / len(last.tau),
        **{f"tau_{f}": tau for f, tau in zip(scenario.flashpoints, last.tau, strict=True)},
    }


def critical_discount(
    n: int,
    k: float,
    payoffs: tuple[float, float, float, float] = (5, 3, 1, 0),
    scope: Literal["all", "dyad"] = "all",
) -> float:
    """Return the least weight of the morrow, 0 to 1, at which `n` states of relative weight `k` cooperate by grim trigger.

    A prisoners' dilemma of n states with payoffs T, R, P, S a partner and U = V - k (mean of others' V - V), after Snidal
    1991. Who deviates toward ``all``: (T - R + k f) / (T - P + k f) with f = T - ((n - 2) R + S) / (n - 1); toward one
    ``dyad``: with a = k / (n - 1), ((T - R)(1 + k) + a (R - S)) / ((T - P)(1 + k) + a (P - S)). Six states, k = .5: .622642
    and .540984. Raises `ValueError` for fewer than two states, a negative k, or payoffs that are no such dilemma.
    """
    T, R, P, S = payoffs
    if n < 2 or k < 0 or not T > R > P > S:
        raise ValueError(
            f"found n={n}, k={k}, payoffs={payoffs}; allowed: n of 2 or more, k of 0 or more, T > R > P > S"
        )
    if scope == "all":
        edge = k * (T - ((n - 2) * R + S) / (n - 1))
        return (T - R + edge) / (T - P + edge)
    a = k / (n - 1)
    return ((T - R) * (1 + k) + a * (R - S)) / ((T - P) * (1 + k) + a * (P - S))
