"""may_section: what one seat may table and order now, so that the page offers nothing else."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from game import tabling
from game.catalogue import DUTIES, INSTITUTIONS, MEASURES, POINTS, STATEMENTS, Measure
from game.coming import is_barred
from game.perception import rivals
from game.play import Play
from game.records import CHAIR, DUTY_KINDS, DutyKind, OrderedMeasure, Seat
from game.sections import DutyChoice, InstitutionChoice, MaySection, MeasureChoice, TemplateChoice

PAYMENTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


def may_section(play: Play, seat: Seat) -> MaySection:
    """Return what the seat may ask for, found, offer and order in this phase; a chair orders nothing."""
    if seat == CHAIR:
        own: dict[str, Any] = {"points": 0, "measures": (), "routine": None, "routine_barred": False}
    else:
        own = {
            "points": POINTS,
            "measures": _measures(play, seat),
            "routine": _routine(play, seat),
            "routine_barred": _routine_barred(play, seat),
        }
    tables = play.scenario.seats[0] if seat == CHAIR else seat
    return MaySection(
        duties=_duties(play),
        institutions=_institutions(play),
        templates=_templates(play, tables),
        **own,
    )


def _duties(play: Play) -> tuple[DutyChoice, ...]:
    """Every kind of promise, for every seat that could make it."""
    choices = []
    for by in play.scenario.seats:
        for kind in DUTY_KINDS:
            choice = _duty(play, by, kind)
            if choice is not None:
                stages = PAYMENTS if kind in ("pay", "relieve") else ()
                choices.append(replace(choice, others=_others(play, by, kind), stages=stages))
    return tuple(choices)


def _others(play: Play, by: Seat, kind: DutyKind) -> tuple[Seat, ...]:
    """Who may promise the same beside `by`; what a measure is open to is checked when the text is."""
    barred = ("KP",) if kind in ("pay", "relieve") else ()
    return tuple(seat for seat in play.scenario.seats if seat != by and seat not in barred)


def _duty(play: Play, by: Seat, kind: DutyKind) -> DutyChoice | None:
    scenario = play.scenario
    if kind in scenario.without:
        return None
    others = tuple(seat for seat in scenario.seats if seat != by)
    whats = tuple(id_ for id_, measure in MEASURES.items() if measure.is_open_to(scenario, by))
    target = DUTIES[kind].target
    match kind:
        case "abstain":
            return DutyChoice(by, kind, ("programme", *whats), others, target, ())
        case "do":
            return DutyChoice(by, kind, whats, others, target, ())
        case "cap":
            return DutyChoice(by, kind, (), others, target, tabling.CAPS)
        case "pay":
            return None if by == "KP" else DutyChoice(by, kind, (), others, target, PAYMENTS)
        case "relieve":
            return DutyChoice(by, kind, (), ("KP",), target, ()) if "KP" in others else None
        case "declare":
            return DutyChoice(by, kind, STATEMENTS, others, target, ())
        case "open" | "admit":
            return DutyChoice(by, kind, (), others, target, ())


def _institutions(play: Play) -> tuple[InstitutionChoice, ...]:
    return tuple(
        InstitutionChoice(id_, rule.members(play.scenario), shut, {})
        for id_, rule in INSTITUTIONS.items()
        if (shut := tabling.gate(play.scenario, play.world, id_)) not in ("missing_seats", "switched_off")
    )


def _templates(play: Play, seat: Seat) -> tuple[TemplateChoice, ...]:
    choices = []
    for template in play.scenario.templates:
        package = template.package(seat)
        institution = package.institution
        shut = tabling.gate(play.scenario, play.world, institution.id) if institution else None
        choices.append(TemplateChoice(template.id, package, shut))
    return tuple(choices)


def _measures(play: Play, seat: Seat) -> tuple[MeasureChoice, ...]:
    scenario, seats = play.scenario, play.scenario.seats
    feared = tuple(seats[j] for j in rivals(scenario, play.world, play.index(seat)))
    cards = scenario.cards[play.index(seat)]
    open_ = [measure for measure in scenario.measures.values() if measure.is_open_to(scenario, seat)]
    open_.sort(key=lambda measure: cards.index(measure.id) if measure.id in cards else len(cards))
    return tuple(
        MeasureChoice(
            id=measure.id,
            cost=measure.cost,
            targets=tuple(other for other in scenario.seats if other != seat) if measure.targeted else (),
            barred=is_barred(scenario, play.world, seat, measure.id, adopted=play.adopted),
            card=measure.id in cards,
            evidence=measure.evidence,
            readers=_readers(seats, seat, measure, feared),
        )
        for measure in open_
    )


def _readers(seats: tuple[Seat, ...], seat: Seat, measure: Measure, feared: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """Who takes the measure as meant for it, as things stand before the orders: `feared` is whom the seat threatens."""
    match measure.scope:
        case "target":
            return ()
        case "rivals":
            return feared
        case "all":
            return tuple(other for other in seats if other != seat)
        case "named":
            return tuple(other for other in seats if other in measure.named and other != seat)


def _routine(play: Play, seat: Seat) -> OrderedMeasure | None:
    routine = play.scenario.routine[play.index(seat)]
    return None if routine is None else OrderedMeasure(routine.measure, routine.target)


def _routine_barred(play: Play, seat: Seat) -> bool:
    routine = play.scenario.routine[play.index(seat)]
    if routine is None:
        return False
    return is_barred(play.scenario, play.world, seat, routine.measure, routine.target, adopted=play.adopted)
