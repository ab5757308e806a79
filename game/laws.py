"""LAWS: what must be so of the rules whatever the figures of a region are, each as a function that measures it (rules of the game, V6).

A law returns what is expected, what was found, and how far apart the two may be. They play real rounds of shipped
scenarios; the same laws are tried at random and at greater length by the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from game import bots
from game.addition import added
from game.arena import Game, play
from game.explain import explain
from game.perception import threats
from game.records import Duty, InstitutionClause, Order, OrderedMeasure, Package
from game.resolution import resolve
from game.scenario import Scenario, load
from game.scoring import standing
from game.world import Report, World, shown, start

SEEDS = range(10_000)
STARTER, REGION = "cjk", "camps2023"
LADDER = ("dialogue", "crisis", "aid", "guarantee", "armscontrol", "denuke", "peace")
Rounds = Iterable[tuple[tuple[Package, ...], dict[str, Order]]]


class Measured(NamedTuple):
    """What a law expects, what was found, and by how much they may differ."""

    expected: object
    got: object
    tolerance: float = 0.0


def _played(scenario: Scenario, rounds: Rounds, *, seed: int = 0, crises: bool = False) -> list[tuple[World, Report]]:
    """Return the world and the report after each round; no windows."""
    world, found = start(scenario, windows=False), []
    for adopted, orders in rounds:
        world, report = resolve(scenario, world, adopted, orders, seed=seed, crises=crises, windows=False)
        found.append((world, report))
    return found


def _signed(*duties: Duty, found: str | None = None, members: tuple[str, ...] = ()) -> Package:
    return Package(
        sponsor="CN", duties=duties, institution=None if found is None else InstitutionClause(found, members=members)
    )


CAP = _signed(Duty(by="CN", kind="cap", amount=0))


def _game(seed: int) -> Game:
    chosen = load(REGION)
    return play(chosen, {seat: bots.get("bargainer") for seat in chosen.seats}, seed)


def a_replay_is_the_same_game() -> Measured:
    """A game played twice from one seed is the same, byte for byte."""
    one, other = (msgspec.json.encode(_game(7)) for _ in range(2))
    return Measured(0, sum(a != b for a, b in zip(one, other, strict=True)))


def why_sums_to_the_change() -> Measured:
    """The causes of every change of worth add up to it: the greatest difference in a whole game of six."""
    chosen, game = load(REGION), _game(7)
    gaps = [
        abs(
            added(cause.W for cause in explain(chosen, before, report.adopted, report, seat))
            - (after.W[chosen.index[seat]] - before.W[chosen.index[seat]])
        )
        for before, after, report in zip(game.worlds, game.worlds[1:], game.reports, strict=False)
        for seat in chosen.seats
    ]
    return Measured(0.0, max(gaps), 1e-9)


def covert_arms_are_found_as_the_formula_says() -> Measured:
    """Of 10,000 games in which China arms above its cap, the share in which it is found."""
    chosen = load(STARTER)
    world = _played(chosen, [((CAP,), {})])[0][0]
    reports = [
        resolve(chosen, world, [], {"CN": Order(posture=1)}, seed=seed, crises=False, windows=False)[1]
        for seed in SEEDS
    ]
    return Measured(reports[0].chance[0], sum(bool(report.found) for report in reports) / len(SEEDS), 0.015)


def what_is_not_found_is_not_felt() -> Measured:
    """Two games that differ in unfound arms alone look the same to everybody, to the last bit."""
    chosen = load(STARTER)
    pairs = [
        (_played(chosen, [((CAP,), {}), ((), {"CN": Order(posture=1)})], seed=seed),
         _played(chosen, [((CAP,), {}), ((), {"CN": Order(posture=2)})], seed=seed))
        for seed in range(40)
    ]  # fmt: skip
    unfound = [(one[-1], other[-1]) for one, other in pairs if not (one[-1][1].found or other[-1][1].found)]
    unlike = sum(
        (shown(one[0]), one[1], standing(chosen, one[0])) != (shown(other[0]), other[1], standing(chosen, other[0]))
        for one, other in unfound
    )
    return Measured(0 if unfound else None, unlike)


def transparency_lowers_threat() -> Measured:
    """How many of the other two feel less threatened by a state that lets them look."""
    chosen = load(STARTER)
    world = start(chosen)
    clear = threats(chosen, replace(world, transparent=(True, False, False)))
    return Measured(2, sum(clear[i][0] < threats(chosen, world)[i][0] for i in (1, 2)))


def defence_threatens_nobody_who_reads_it_right() -> Measured:
    """What 50 more of China's defence add to the threat that others feel, where nothing is misread."""
    plain = load(STARTER)
    chosen = replace(plain, parameters=replace(plain.parameters, phi0=0.0))
    world = start(chosen)
    stronger = replace(world, D=(world.D[0] + 50, *world.D[1:]))
    before, after = threats(chosen, world), threats(chosen, stronger)
    return Measured(0.0, max(abs(after[i][0] - before[i][0]) for i in (1, 2)))


def a_suspended_promise_does_nothing() -> Measured:
    """What a payment that waits for another promise moves in its first round."""
    chosen, held = load(STARTER), Duty(by="CN", kind="abstain", what="patrol")
    waiting = Duty(by="JP", kind="pay", to="CN", amount=1.0, conditions=(1,))
    one = _played(chosen, [((_signed(held),), {})])[0][0]
    other = _played(chosen, [((_signed(held, waiting),), {})])[0][0]
    return Measured((one.E, one.a, one.b), (other.E, other.a, other.b))


def two_friends_move_no_region() -> Measured:
    """What two states that sign every institution alone change in ladder, vitality, ceiling and stages."""
    chosen = load(REGION)
    alone = _played(chosen, [((), {})] * len(LADDER))[-1][0]
    friends = _played(chosen, [((_signed(found=one, members=("CN", "KP")),), {}) for one in LADDER])[-1][0]
    names = ("rung", "V", "capb", "stage_d", "stage_p")
    return Measured([getattr(alone, name) for name in names], [getattr(friends, name) for name in names])


def a_promised_act_is_the_act() -> Measured:
    """An exchange promised and an exchange ordered leave the same arms, moods and sensors."""
    chosen = load(STARTER)
    ordered = Order(measures=(OrderedMeasure("exchange", "CN"),))
    one = _played(chosen, [((), {"KR": ordered})])[0][0]
    other = _played(chosen, [((_signed(Duty(by="KR", kind="do", what="exchange", to="CN")),), {})])[0][0]
    names = ("A", "D", "N", "tA", "res")
    return Measured([getattr(one, name) for name in names], [getattr(other, name) for name in names])


LAWS: dict[str, Callable[[], Measured]] = {
    "a game replayed from its seed: bytes that differ": a_replay_is_the_same_game,
    "causes of a change less the change, at most": why_sums_to_the_change,
    "covert arms found in 10,000 games, share": covert_arms_are_found_as_the_formula_says,
    "games that look different by arms not found": what_is_not_found_is_not_felt,
    "who feels less threat from an open state, of 2": transparency_lowers_threat,
    "threat added by 50 of defence rightly read": defence_threatens_nobody_who_reads_it_right,
    "a suspended promise: economy and trust with and without it": a_suspended_promise_does_nothing,
    "two seats sign all: ladder, vitality, ceiling, stages": two_friends_move_no_region,
    "promised or ordered: arms, nationalism, alarm, resentment": a_promised_act_is_the_act,
}
"""The laws by what they say."""
