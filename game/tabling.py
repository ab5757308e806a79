"""gate, check_package, clashes, sunk_by: what may be put on the table, and why the rest may not.

Duties are never gated: any state may promise anything that is in its power. Institutions are, for a
forum nobody trusts cannot carry a peace treaty (rules.md section 3, "Limits"; Zhang 2023 for the order).
"""

from __future__ import annotations

from collections.abc import Sequence

from game import consent
from game.catalogue import DUTIES, INSTITUTIONS, MEASURES, STATEMENTS
from game.clauses import numbered, obligors
from game.coming import is_barred
from game.perception import HOBBESIAN_BELOW
from game.records import Duty, Identifier, Package, Seat
from game.refusals import Refusal, Refused
from game.scenario import Scenario
from game.world import ShownWorld

PAY_LEAST, PAY_MOST = 0.1, 1.0
CAPS = (-1, 0, 1)
TALKS_COLLAPSE_BELOW = 0.25
"""Vitality under which nothing above crisis management can be founded."""
ZHANG_TENSION = 60.0


def gate(scenario: Scenario, world: ShownWorld, institution: str) -> str | None:
    """Return None when the institution may be tabled now, else the code of the gate that is shut.

    Codes: ``unknown switched_off in_force missing_seats ladder vitality culture zhang``.
    """
    rule = INSTITUTIONS.get(institution)
    if rule is None:
        return "unknown"
    if scenario.without and f"institution:{institution}" in scenario.without:
        return "switched_off"
    for standing in world.institutions:
        if standing.id == institution:
            return "in_force"
    if rule.requires and not set(rule.requires) <= set(scenario.seats):
        return "missing_seats"
    if rule.rung > world.rung + 1:
        return "ladder"
    if rule.rung > 2 and world.V < TALKS_COLLAPSE_BELOW:
        return "vitality"
    if rule.rung >= 4:
        if world.C < HOBBESIAN_BELOW:
            return "culture"
        if scenario.zhang_sequence and _strait_too_hot(scenario, world):
            return "zhang"
    return None


def _strait_too_hot(scenario: Scenario, world: ShownWorld) -> bool:
    # Zhang 2023: security guarantees can wait until the strait is calm or both sides hold back there.
    if "T" not in scenario.flashpoints:
        return False
    if world.tau[scenario.flashpoints.index("T")] < ZHANG_TENSION:
        return False
    return not (is_barred(scenario, world, "US", "taiwan") and is_barred(scenario, world, "CN", "strait_drill"))


def check_package(scenario: Scenario, world: ShownWorld, package: Package, adopted: Sequence[Package] = ()) -> None:
    """Raise `Refused` unless the package may be tabled now by its sponsor; `adopted` are the round's side deals so far."""
    _known(scenario, package.sponsor)
    if package.deal:
        raise Refused(Refusal.NOT_IN_THIS_GAME, thing="deal")
    if not package.duties and package.institution is None:
        raise Refused(Refusal.EMPTY_PACKAGE)
    most = scenario.duties_per_package
    if len(package.duties) > most:
        raise Refused(Refusal.TOO_MANY_DUTIES, most=most, count=len(package.duties))
    for number, duty in enumerate(package.duties, 1):
        check_duty(scenario, number, duty)
        _check_conditions(number, duty, package.duties)
    _check_agreed(world, package, adopted)
    if package.side:
        _check_side_deal(scenario, package)
    if package.institution is not None:
        _check_institution(scenario, world, package)


def check_duty(scenario: Scenario, number: int, duty: Duty) -> None:
    """Raise `Refused` unless the duty has the form of rules.md 4.2 and is in its obligor's power."""
    _known(scenario, duty.by)
    for other in duty.others:
        _known(scenario, other)
        if obligors(duty).count(other) > 1:
            raise Refused(Refusal.REPEATED_OBLIGOR, seat=other, number=number)
    if duty.to is not None:
        _known(scenario, duty.to)
        if duty.to in obligors(duty):
            raise Refused(Refusal.SELF_TARGET, seat=duty.to, number=number)
    if (duty.what is not None) != (duty.kind in ("abstain", "do", "declare")):
        problem = "what_superfluous" if duty.what else "what_missing"
        raise _form(number, duty, problem)
    if duty.kind in scenario.without:
        raise Refused(Refusal.SWITCHED_OFF, kind=duty.kind, number=number)
    if duty.stages:
        _check_stages(number, duty)
    elif (duty.amount is not None) != (duty.kind in ("cap", "pay")):
        problem = "amount_superfluous" if duty.amount is not None else "amount_missing"
        raise _form(number, duty, problem)
    if DUTIES[duty.kind].target == "must" and duty.to is None:
        raise _form(number, duty, "to_missing")
    match duty.kind:
        case "abstain" | "do":
            _check_measure(scenario, number, duty)
        case "cap":
            if duty.amount not in CAPS:
                raise _amount(number, duty, "-1, 0 or 1")
        case "pay":
            if "KP" in obligors(duty):
                payers = [seat for seat in scenario.seats if seat != "KP"]
                raise Refused(Refusal.NOT_OPEN, measure="pay", seat="KP", seats=payers, number=number)
            if not duty.stages and not PAY_LEAST <= (duty.amount or 0.0) <= PAY_MOST:
                raise _amount(number, duty, f"{PAY_LEAST} to {PAY_MOST}")
        case "relieve":
            if duty.to != "KP":
                raise _form(number, duty, "only_relieve_kp")
        case "declare":
            if duty.what not in STATEMENTS:
                raise Refused(Refusal.UNKNOWN_STATEMENT, statement=duty.what, number=number)
        case "open" | "admit":
            pass


def _check_stages(number: int, duty: Duty) -> None:
    if duty.kind not in ("pay", "relieve"):
        raise _form(number, duty, "stages_superfluous")
    if duty.amount is not None:
        raise _form(number, duty, "amount_and_stages")
    if duty.rounds is not None:
        raise _form(number, duty, "rounds_and_stages")
    for stage in duty.stages:
        if not PAY_LEAST <= stage <= PAY_MOST:
            raise _amount(number, duty, f"{PAY_LEAST} to {PAY_MOST}", found=stage)


def _check_measure(scenario: Scenario, number: int, duty: Duty) -> None:
    if duty.kind == "abstain" and duty.what == "programme":
        return
    measure = MEASURES.get(duty.what or "")
    if measure is None:
        raise Refused(Refusal.UNKNOWN_MEASURE, measure=duty.what, number=number)
    for seat in obligors(duty):
        if not measure.is_open_to(scenario, seat):
            raise Refused(
                Refusal.NOT_OPEN, measure=duty.what, seat=seat, seats=able(scenario, measure.id), number=number
            )
    if duty.kind == "do" and measure.targeted and duty.to is None:
        raise Refused(Refusal.TARGET_NEEDED, measure=duty.what, number=number)


def able(scenario: Scenario, measure: Identifier) -> list[Seat]:
    """Return who at this table has the measure in its power; ``["nobody"]`` where that is none of them."""
    return [seat for seat in scenario.seats if MEASURES[measure].is_open_to(scenario, seat)] or ["nobody"]


def _check_conditions(number: int, duty: Duty, duties: Sequence[Duty]) -> None:
    for named in duty.conditions:
        if not 1 <= named < number or duty.conditions.count(named) > 1:
            earlier = [k for k in range(1, number) if duties[k - 1].kind != "declare"]
            raise Refused(Refusal.BAD_CONDITION, number=number, found=named, allowed=earlier or ["none"])
        if duties[named - 1].kind == "declare":
            raise Refused(Refusal.EMPTY_CONDITION, number=number, found=named)


def clashes(world: ShownWorld, package: Package, adopted: Sequence[Package]) -> bool:
    """Tell whether a side deal signed since the package was tabled says the same, or pays the other way."""
    try:
        _check_agreed(world, package, adopted)
    except Refused:
        return True
    return False


def sunk_by(
    scenario: Scenario,
    world: ShownWorld,
    deal: Package,
    others: Sequence[tuple[Identifier, Package]],
    adopted: Sequence[Package],
) -> tuple[Identifier, ...]:
    """Return which of the other texts on the table fall once this side deal is signed.

    These are side deals that share a party with it, for a seat signs one a round, and main texts that would say the same or
    pay the other way.
    """

    def falls(other: Package) -> bool:
        if other.side:
            return consent.share_a_party(scenario, deal, other)
        return clashes(world, other, (*adopted, deal)) and not clashes(world, other, adopted)

    return tuple(id_ for id_, other in others if falls(other))


def _check_agreed(world: ShownWorld, package: Package, adopted: Sequence[Package]) -> None:
    agreed = [(held.id, held.duty) for held in world.duties]
    for number, other in enumerate(adopted, 1):
        agreed += [(id_, duty) for id_, duty, _ in numbered(other, f"{world.round + 1}.{number}.")]
    for number, duty in enumerate(package.duties, 1):
        _check_repeats(agreed, package.duties, number, duty)
    _check_payments([duty for _, duty in agreed], package.duties)


def _check_repeats(agreed: Sequence[tuple[Identifier, Duty]], duties: Sequence[Duty], number: int, duty: Duty) -> None:
    # A promise said twice would earn its trust twice.
    for earlier, other in enumerate(duties[: number - 1], 1):
        if _same(duty, other):
            raise Refused(Refusal.REPEATED_DUTY, number=number, earlier=earlier)
    if duty.kind == "pay":
        return
    for id_, standing in agreed:
        if _same(duty, standing) and duty.amount == standing.amount:
            raise Refused(Refusal.ALREADY_PROMISED, number=number, id=id_)


def _same(duty: Duty, other: Duty) -> bool:
    if (duty.kind, duty.what, duty.to) != (other.kind, other.what, other.to):
        return False
    return not set(obligors(duty)).isdisjoint(obligors(other))


def _check_payments(agreed: Sequence[Duty], duties: Sequence[Duty]) -> None:
    for number, duty in enumerate(duties, 1):
        if duty.kind != "pay":
            continue
        for other in [*agreed, *duties]:
            if other.kind == "pay" and duty.to in obligors(other) and other.to in obligors(duty):
                raise Refused(Refusal.MONEY_PUMP, number=number, seat=other.to, to=duty.to)


def _check_side_deal(scenario: Scenario, package: Package) -> None:
    if not scenario.side_deals:
        raise Refused(Refusal.NO_SIDE_DEALS)
    if len(package.duties) > 2 or package.institution or len(consent.parties(scenario, package)) > 3:
        raise Refused(Refusal.SIDE_DEAL_FORM)
    if package.sponsor not in consent.parties(scenario, package):
        raise Refused(Refusal.SIDE_DEAL_FORM)


def _check_institution(scenario: Scenario, world: ShownWorld, package: Package) -> None:
    clause = package.institution
    assert clause is not None
    if clause.id not in INSTITUTIONS:
        raise Refused(Refusal.UNKNOWN_INSTITUTION, id=clause.id)
    shut = gate(scenario, world, clause.id)
    if shut is not None:
        raise Refused(Refusal.INSTITUTION_GATE, id=clause.id, gate=shut)
    if clause.id == "un_resolution":
        if clause.delta is None or clause.members:
            raise Refused(Refusal.INSTITUTION_FORM, id=clause.id, problem="delta_missing")
        return
    if clause.delta is not None:
        raise Refused(Refusal.INSTITUTION_FORM, id=clause.id, problem="delta_superfluous")
    for member in clause.members:
        _known(scenario, member)
    allowed = INSTITUTIONS[clause.id].members(scenario)
    members = consent.members_named(scenario, package)
    if len(set(clause.members)) != len(clause.members) or not set(members) <= set(allowed) or len(members) < 2:
        raise Refused(Refusal.INSTITUTION_FORM, id=clause.id, problem="members", seats=list(allowed))


def _known(scenario: Scenario, seat: Seat) -> None:
    if seat not in scenario.seats:
        raise Refused(Refusal.UNKNOWN_SEAT, seat=seat, seats=list(scenario.seats))


def _form(number: int, duty: Duty, problem: str) -> Refused:
    return Refused(Refusal.DUTY_FORM, number=number, kind=duty.kind, problem=problem)


def _amount(number: int, duty: Duty, allowed: str, *, found: float | None = None) -> Refused:
    wrong = duty.amount if found is None else found
    return Refused(Refusal.BAD_AMOUNT, number=number, kind=duty.kind, found=wrong, allowed=allowed)
