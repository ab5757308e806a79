"""Coming, cap_of, bar_of, is_barred, promised: what binds each seat in the round that is about to be played.

All of it follows from what is shown and from the packages just adopted, so whoever asks at the same table shares one answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.addition import added
from game.catalogue import INSTITUTIONS, MEASURES
from game.clauses import first_round, parts
from game.records import Duty, Identifier, Package, Seat
from game.scenario import Scenario
from game.world import ShownWorld

NO_CAP = 9


class Coming:
    """The duties and institutions in force in the coming round, sorted by whom they bind.

    A duty with conditions needs every duty it names to have been in force and seen kept last round; so of those just
    adopted only the unconditional ones are in force at once, and of those the ones that start at once.

    `institutions` are the members of each; `caps` the highest posture of a seat that has one; `abstentions` and `to_do` each
    seat's duties of these kinds.
    """

    __slots__ = ("abstentions", "caps", "duties", "institutions", "to_do")

    def __init__(self, scenario: Scenario, world: ShownWorld, adopted: Sequence[Package]) -> None:
        self.duties = _duties(world, adopted)
        self.institutions = _institutions(scenario, world, adopted)
        self.caps: dict[Seat, int] = {}
        self.abstentions: dict[Seat, list[Duty]] = {}
        self.to_do: dict[Seat, list[Duty]] = {}
        for duty in self.duties:
            if duty.kind == "cap":
                self._limit(duty.by, int(duty.amount or 0))
            elif duty.kind == "abstain":
                self.abstentions.setdefault(duty.by, []).append(duty)
            elif duty.kind == "do":
                self.to_do.setdefault(duty.by, []).append(duty)
        for id_, members in self.institutions.items():
            cap = INSTITUTIONS[id_].maxp
            if cap < NO_CAP:
                for seat in members:
                    self._limit(seat, cap)

    def _limit(self, seat: Seat, cap: int) -> None:
        self.caps[seat] = min(self.caps.get(seat, NO_CAP), cap)


def _duties(world: ShownWorld, adopted: Sequence[Package]) -> list[Duty]:
    kept = {held.id for held in world.duties if held.on and held.kept}
    coming = world.round + 1
    standing = [
        held.duty
        for held in world.duties
        if kept.issuperset(held.conditions) and first_round(held.duty, held.adopted) <= coming
    ]
    for package in adopted:
        for duty in package.duties:
            if not duty.conditions and not duty.start:
                standing += parts(duty)
    return standing


def _institutions(
    scenario: Scenario, world: ShownWorld, adopted: Sequence[Package]
) -> dict[Identifier, tuple[Seat, ...]]:
    standing = {held.id: held.members for held in world.institutions}
    for package in adopted:
        clause = package.institution
        if clause is not None and clause.id != "un_resolution":
            standing[clause.id] = clause.members or INSTITUTIONS[clause.id].members(scenario)
    return standing


_last: tuple[Scenario, ShownWorld, Sequence[Package], Coming] | None = None


def coming(scenario: Scenario, world: ShownWorld, adopted: Sequence[Package] = ()) -> Coming:
    """Return what binds in the coming round with the packages just `adopted`; who asks again is given the same."""
    global _last  # noqa: PLW0603 - one remembered value, recognised by identity: it can be slow, never wrong
    last = _last
    if last is not None and last[0] is scenario and last[1] is world and last[2] is adopted:
        return last[3]
    found = Coming(scenario, world, adopted)
    if type(adopted) is tuple:  # a list could be another one tomorrow
        _last = (scenario, world, adopted, found)
    return found


def is_barred(
    scenario: Scenario,
    world: ShownWorld,
    seat: Seat,
    measure: Identifier,
    target: Seat | None = None,
    *,
    adopted: Sequence[Package] = (),
) -> bool:
    """Tell whether a promise or membership forbids the seat the measure in the coming round.

    Without `target`, a promise toward one seat alone counts too. `measure` may be ``"programme"``.
    """
    binding = coming(scenario, world, adopted)
    for duty in binding.abstentions.get(seat, ()):
        if duty.what == measure and covers(duty, target):
            return True
    for id_, members in binding.institutions.items():
        if measure in INSTITUTIONS[id_].forbids and seat in members:
            return True
    return False


def covers(duty: Duty, target: Seat | None) -> bool:
    """Tell whether an abstention covers the use of its measure at `target` (None: at anybody)."""
    if duty.to is None or target is None:
        return True
    measure = MEASURES.get(duty.what or "")
    return measure is None or not measure.targeted or duty.to == target


def cap_of(scenario: Scenario, world: ShownWorld, seat: Seat, adopted: Sequence[Package] = ()) -> int:
    """Return the highest posture the seat may show in the coming round; 9 when nothing limits it."""
    return coming(scenario, world, adopted).caps.get(seat, NO_CAP)


def bar_of(
    scenario: Scenario, world: ShownWorld, seat: Seat, adopted: Sequence[Package] = ()
) -> tuple[Identifier, ...]:
    """Return the measures the seat is barred from in the coming round, toward anybody, sorted."""
    binding = coming(scenario, world, adopted)
    barred = {duty.what for duty in binding.abstentions.get(seat, ()) if duty.what}
    for id_, members in binding.institutions.items():
        if seat in members:
            barred.update(INSTITUTIONS[id_].forbids)
    return tuple(sorted(barred))


def promised(scenario: Scenario, world: ShownWorld, seat: Seat, adopted: Sequence[Package] = ()) -> Sequence[Duty]:
    """Return the `do` duties of the seat in force in the coming round."""
    return coming(scenario, world, adopted).to_do.get(seat, ())


def promised_cost(scenario: Scenario, world: ShownWorld, seat: Seat, adopted: Sequence[Package] = ()) -> int:
    """Return the points that the seat's `do` duties take in the coming round."""
    to_do = promised(scenario, world, seat, adopted)
    return added([scenario.measures[duty.what or ""].cost for duty in to_do]) if to_do else 0
