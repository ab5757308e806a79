"""check, cost: whether an order has the form the rules ask for (rules of the game, section 3.1).

An order is refused whole. Arming above a cap is no fault of form: that is the game.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from game.addition import added
from game.catalogue import POINTS
from game.clauses import numbered
from game.coming import coming, promised
from game.records import Duty, Identifier, Order, Package, Seat
from game.refusals import Refusal, Refused
from game.scenario import Scenario
from game.tabling import able
from game.world import ShownWorld


def check(scenario: Scenario, world: ShownWorld, seat: Seat, order: Order, adopted: Sequence[Package] = ()) -> None:
    """Raise `Refused` unless the seat may give this order in the coming round."""
    own = {held.id: held.duty for held in world.duties if held.duty.by == seat}
    for number, package in enumerate(adopted, 1):
        clauses = numbered(package, f"{world.round + 1}.{number}.")
        own.update({id_: duty for id_, duty, _ in clauses if duty.by == seat})
    joined = {id_ for id_, members in coming(scenario, world, adopted).institutions.items() if seat in members}
    check_form(scenario, seat, order, promised(scenario, world, seat, adopted), own, joined)


def check_form(
    scenario: Scenario,
    seat: Seat,
    order: Order,
    to_do: Sequence[Duty],
    own_duties: Collection[Identifier],
    joined: Collection[Identifier],
) -> None:
    """Raise `Refused` unless the order fits the seat's promises and memberships as they stand."""
    if order.move is not None:
        raise Refused(Refusal.NOT_IN_THIS_GAME, thing="move")
    seen = set()
    owed = points = added([scenario.measures[duty.what or ""].cost for duty in to_do]) if to_do else 0
    for ordered in order.measures:
        measure = scenario.measures.get(ordered.measure)
        if measure is None:
            raise Refused(Refusal.UNKNOWN_MEASURE, measure=ordered.measure)
        if not measure.is_open_to(scenario, seat):
            raise Refused(Refusal.NOT_OPEN, measure=measure.id, seat=seat, seats=able(scenario, measure.id))
        target = ordered.target
        if (target is not None) != measure.targeted:
            raise Refused(Refusal.TARGET_NEEDED if target is None else Refusal.TARGET_SUPERFLUOUS, measure=measure.id)
        if target == seat:
            raise Refused(Refusal.SELF_TARGET, seat=seat)
        if target is not None and target not in scenario.index:
            raise Refused(Refusal.UNKNOWN_SEAT, seat=target, seats=list(scenario.seats))
        if ordered in seen:
            raise Refused(Refusal.REPEATED_MEASURE, measure=measure.id)
        seen.add(ordered)
        points += measure.cost
    if order.measures and points > POINTS:  # promises alone may cost more: then nothing else is left to do
        if owed:
            raise Refused(Refusal.TOO_DEAR_PROMISED, cost=points, most=POINTS, promised=owed)
        raise Refused(Refusal.TOO_DEAR, cost=points, most=POINTS)
    if order.stop or order.quit:
        for ids, allowed in ((order.stop, own_duties), (order.quit, (*own_duties, *joined))):
            for id_ in ids:
                if id_ not in allowed:
                    raise Refused(Refusal.NOT_YOUR_DUTY, id=id_, allowed=sorted(allowed) or ["none"])
    if order.hide and not (seat == "KP" and "denuke" in joined):
        raise Refused(Refusal.CANNOT_HIDE)
