"""ValueTable, value_table, items: what each promise and each institution alone is worth to every state.

Found by trying, as a foreign ministry would: the world in which nobody does or signs anything is played
to its end, then once more with one promise adopted in round 1, and the difference in utility is noted
(rules.md section 7, "Value table"). No luck is in it: no crises, no windows, no recession.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from operator import add

import msgspec

from game.addition import added
from game.catalogue import INSTITUTIONS
from game.clauses import parts, term
from game.records import Duty, DutyKind, InstitutionClause, Package, Seat
from game.resolution import resolve
from game.scenario import Scenario
from game.world import World, start

AFTERMATH = 3
SURELY_COMING = 0.25
"""Share of an institution's worth that a package is credited with: it will probably come anyway."""
SMALL_PAYMENT = 0.2
"""What a `pay` is tried with; the table holds its worth per 1.0 of the economy a round."""

DutyKey = tuple[Seat, DutyKind, str | None, Seat | None, float | None]
Worth = tuple[float, ...]
"""Utility in points over a whole game, by seat."""


def key_of(duty: Duty) -> DutyKey:
    """Return what a duty is looked up by; only a cap's amount tells one promise from another."""
    return (duty.by, duty.kind, duty.what, duty.to, duty.amount if duty.kind == "cap" else None)


class ValueTable:
    """The worth of every elementary duty and every institution to every seat of one scenario."""

    def __init__(self, scenario: Scenario, rounds: int) -> None:
        self.rounds = rounds
        self._seats = len(scenario.seats)
        base = _utilities(scenario, rounds, None)
        self.duties: dict[DutyKey, Worth] = {}
        self.institutions: dict[str, Worth] = {}
        for duty in elementary_duties(scenario):
            worth = _gain(base, _utilities(scenario, rounds, Package(duty.by, duties=(duty,))))
            if duty.kind == "pay":
                worth = tuple(points / SMALL_PAYMENT for points in worth)
            self.duties[key_of(duty)] = worth
        for clause in foundable(scenario):
            package = Package(scenario.seats[0], institution=clause)
            self.institutions[clause.id] = _gain(base, _utilities(scenario, rounds, package))
        self._last: tuple[Package, Worth] | None = None

    def duty(self, duty: Duty) -> Worth | None:
        """Return the worth of a duty to each seat (a payment's per 1.0), or None if it is not in the table."""
        by, kind, what, to, amount = key = key_of(duty)
        found = self.duties.get(key)
        if found is None and to is not None:
            found = self.duties.get((by, kind, what, None, amount))
        return found

    def package(self, package: Package) -> Worth:
        """Return the worth of a package to each seat, were it adopted in round 1."""
        last = self._last
        if last is not None and last[0] is package:
            return last[1]
        total = [0.0] * self._seats
        for whole in package.duties:
            for duty in parts(whole) if whole.others else (whole,):
                worth = self.duty(duty)
                if worth is None:
                    continue
                amount = duty.amount or 0.0 if duty.kind == "pay" and not duty.stages else 1.0
                if duty.start or duty.stages:
                    amount *= term(duty, self.rounds + AFTERMATH)
                if amount == 1:
                    total = [*map(add, total, worth)]
                else:
                    total = [x + amount * y for x, y in zip(total, worth, strict=True)]
        if package.institution is not None:
            worth = self.institutions.get(package.institution.id)
            if worth is not None:
                share = package.institution.delta or SURELY_COMING
                total = [x + share * y for x, y in zip(total, worth, strict=True)]
        result = tuple(total)
        self._last = (package, result)
        return result

    def left(self, round_: int) -> float:
        """Return the share of a whole game's worth that is left in round `round_` (1-based), 0..1."""
        return (self.rounds - round_ + 1 + AFTERMATH) / (self.rounds + AFTERMATH)


def elementary_duties(scenario: Scenario) -> Iterator[Duty]:
    """Yield the promises that a package is made of, seat by seat."""
    for i, seat in enumerate(scenario.seats):
        others = [other for other in scenario.seats if other != seat]
        routine = scenario.routine[i]
        if routine is not None:
            yield Duty(seat, "abstain", what=routine.measure)
        if scenario.prog[i] > 0:
            yield Duty(seat, "abstain", what="programme")
        yield Duty(seat, "cap", amount=0)
        yield Duty(seat, "admit")
        if seat != "KP":
            yield from (Duty(seat, "pay", to=other, amount=SMALL_PAYMENT) for other in others)
        yield from (Duty(seat, "open", to=other) for other in others)
        if seat != "KP" and "KP" in others:
            yield Duty(seat, "relieve", to="KP")


def foundable(scenario: Scenario) -> Iterator[InstitutionClause]:
    """Yield every institution that has its members in this scenario, with those members."""
    for rule in INSTITUTIONS.values():
        if not set(rule.requires) <= set(scenario.seats):
            continue
        if rule.id == "un_resolution":
            yield InstitutionClause(rule.id, delta=1)
        else:
            yield InstitutionClause(rule.id, rule.members(scenario))


_last: tuple[Scenario, int, ValueTable] | None = None


def value_table(scenario: Scenario, rounds: int) -> ValueTable:
    """Return the value table of a game of so many rounds; reckoned once a scenario, a tenth of a second."""
    global _last  # noqa: PLW0603 - remembered by identity: it can be slow, never wrong
    last = _last
    if last is None or last[0] is not scenario or last[1] != rounds:
        _last = last = (scenario, rounds, _value_table(_Same(scenario), rounds))
    return last[2]


class _Same:
    # Rooms carry copies of a scenario that differ in switches only: they share one table.
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.key = msgspec.msgpack.encode(
            msgspec.structs.replace(
                scenario,
                mandates=True,
                side_deals=True,
                hidden_length=True,
                slack=0,
                adoption=None,
                ratification=False,
                vetoes=(),
                briefings={},
                office_briefings={},
                translations={},
                titles={},
                news=(),
                sources=(),
            )
        )

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.key == other.key


@lru_cache(maxsize=64)
def _value_table(same: _Same, rounds: int) -> ValueTable:
    return ValueTable(same.scenario, rounds)


def gains(scenario: Scenario, rounds: int, package: Package) -> Worth:
    """Return the change of every seat's utility by this package adopted alone in round 1."""
    return _gain(_utilities(scenario, rounds, None), _utilities(scenario, rounds, package))


def _gain(before: Worth, after: Worth) -> Worth:
    return tuple(y - x for x, y in zip(before, after, strict=True))


def _utilities(scenario: Scenario, rounds: int, package: Package | None) -> Worth:
    quiet = msgspec.structs.replace(scenario, recession_round=None)
    world: World = start(quiet, windows=False)
    adopted = () if package is None else (package,)
    for _ in range(rounds + AFTERMATH):
        world, _report = resolve(quiet, world, adopted, {}, seed=0, crises=False, windows=False)
        adopted = ()
    n = rounds + AFTERMATH
    G = [total / n for total in world.gain_true]
    R = [G[i] - added(w * x for w, x in zip(scenario.omega[i], G, strict=True)) for i in range(len(G))]
    return tuple(g + scenario.rivalry(i) * r for i, (g, r) in enumerate(zip(G, R, strict=True)))
