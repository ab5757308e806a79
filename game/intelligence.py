"""inspect, found_chance: covert arms are found by sensors, by inspectors and by luck.

This is the only place where chance touches a secret, and the only one where a secret may come out. What is not
found changes nothing whatever (rules of the game, section 5.2).
"""

from __future__ import annotations

from collections.abc import Sequence

from game.coming import coming
from game.draft import Draft
from game.draws import u01
from game.records import Package, Seat
from game.scenario import Parameters, Scenario
from game.trust import spread_bad
from game.world import ShownWorld

OLD_STOCK = 0.5
"""Evidence against a seat whose old stock is found, though it hides nothing new."""


def inspect(d: Draft, seed: str | int) -> None:
    """Step 3: look into what the inspected show, draw for every hidden act or stock, and share sensors.

    In round 2 of the starter with seed 42 CN's draw is .061546, under .22 + .20 x .75 = .37: found.
    """
    s, p = d.scenario, d.p
    inspected = _inspected(d)
    for i in inspected:
        d.transparent[i] = True
    if d.note:
        d.note("sensors", -1, "")
    second, best = sorted(d.v)[-2:]
    for i, seat in enumerate(s.seats):
        d.chance[i] = chance = _chance(p, second if d.v[i] == best else best, i in inspected)
        act = d.covert[i] > 0 or d.hiding[i]
        if not (act or (d.H[i] > 0 and i in inspected)):
            continue
        if u01(seed, d.round, "det", seat) < chance:
            _find(d, i, d.H[i], act)
    _share_sensors(d)


def _find(d: Draft, i: int, stock: float, act: bool) -> None:
    d.found.append((i, stock, act))
    d.A[i] += stock
    d.H[i] = 0.0
    if act:
        d.E[i] -= d.p.expose
        d.caught[i] = True
    if d.note:
        d.note("found", i, "")
    if not act:
        spread_bad(d, i, d.scenario.others[i], OLD_STOCK)
        d.detected.append((i, "stock"))
        if d.note:
            d.note("trust", i, "stock")


def reveal(d: Draft, found: Sequence[tuple[int, float, bool]]) -> None:
    """Step 3 told again from what came to light, without a draw: for `explain`."""
    for i in _inspected(d):
        d.transparent[i] = True
    if d.note:
        d.note("sensors", -1, "")
    for i, stock, act in found:
        _find(d, i, stock, act)
    _share_sensors(d)


def _inspected(d: Draft) -> list[int]:
    shared = d.institution("transparency")
    inspected = [] if shared is None else list(shared.members)
    inspected += [p.by for p in d.duties if p.on and p.duty.kind == "admit" and not p.stopped]
    return inspected


def _chance(p: Parameters, best: float, inspected: bool) -> float:
    """Return the chance from the best sensors among the others."""
    return min(p.detmost, p.det0 + p.detv * best + (p.detin if inspected else 0.0))


def _share_sensors(d: Draft) -> None:
    shared = d.institution("transparency")
    if shared is not None:
        best = max(d.v[i] for i in shared.members)
        for i in shared.members:
            d.vE[i] = best
        if d.note:
            d.note("sensors", -1, "")


def found_chance(scenario: Scenario, world: ShownWorld, seat: Seat, adopted: Sequence[Package] = ()) -> float:
    """Return the chance, 0 to 1, that covert acts of the seat would be found in the coming round.

    It is right unless somebody builds sensors in that very round.
    """
    binding = coming(scenario, world, adopted)
    inspected = seat in binding.institutions.get("transparency", ()) or any(
        duty.by == seat and duty.kind == "admit" for duty in binding.duties
    )
    best = max(world.v[j] for j in scenario.others[scenario.index[seat]])
    return _chance(scenario.parameters, best, inspected)
