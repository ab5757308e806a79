"""explain, Cause, CAUSES: why a seat's shown worth changed in a round, to the last bit and without a secret.

The round is played again from what everybody saw of it, and after every change of the region the seat's
security and economy are read again; the difference is that change's doing. So the causes sum to the whole
change by construction, and nothing hidden can be among them: the replay never had it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from game import arms, intelligence, measures, tension
from game.addition import added
from game.catalogue import MEASURES
from game.draft import Draft
from game.perception import culture_of, protections, security_of, threats_seen, trust_rows
from game.records import Order, OrderedMeasure, Package, Seat
from game.refusals import Params
from game.resolution import accept, aftereffects, closing, opening, settle
from game.scenario import Scenario
from game.world import Report, ShownWorld, bare

CAUSES: tuple[str, ...] = (
    "own_posture", "programme", "drift", "others_arms", "own_measure", "others_measure", "duty", "institution",
    "trust", "trust_promise", "sensors", "alliance", "culture", "temporary", "found", "trade",
    "crisis", "sanctions", "recession",
)  # fmt: skip
"""Every code a cause can have. Forgetting is none: it leaves trust where it is, and only makes it movable."""

ROUNDING = 1e-11
"""Points under which a difference is arithmetic and no cause; it stays with what follows."""


class Cause(msgspec.Struct, frozen=True):
    """One thing that changed a seat's worth by `W` points: through its security (`S`) and its economy (`E`)."""

    code: str
    params: Params
    W: float
    S: float
    E: float


def explain(
    scenario: Scenario, before: ShownWorld, adopted: Sequence[Package], report: Report, seat: Seat
) -> tuple[Cause, ...]:
    """Return the causes of the change of the seat's shown W in the round of `report`, in the order in which they began.

    `before` is the world the round began in; its hidden part, if it has one, is not looked at.
    """
    i = scenario.index[seat]
    d = Draft(scenario, bare(before), adopted, None)
    ledger = _Ledger(d, i)
    d.note = ledger.note
    opening(d)
    given = accept(d, _orders_seen(scenario, report))
    arms.build(d)
    measures.carry_out(d, given)
    index = scenario.index
    intelligence.reveal(d, [(index[one.seat], one.stock, one.caught) for one in report.found])
    settle(d, given)
    T, mean = aftereffects(d)
    tension.strain(d, T, mean, "", told=[(scenario.flashpoints.index(f), severity) for f, severity in report.crises])
    closing(d, T, mean)
    return ledger.causes()


def _orders_seen(scenario: Scenario, report: Report) -> dict[Seat, Order]:
    """Return orders that bring about what was seen; a seat that was caught is known to have ordered more."""
    caught = {one.seat: one for one in report.found if one.caught}
    orders = {}
    for i, seat in enumerate(scenario.seats):
        deeds = [deed for deed in report.deeds if deed.seat == seat]
        found = caught.get(seat)
        orders[seat] = Order(
            posture=found.posture if found else report.posture[i],  # type: ignore[arg-type]  # -1 to 2
            emphasis=report.emphasis[i],
            measures=tuple(OrderedMeasure(deed.measure, deed.target) for deed in deeds if deed.source == "order"),
            suspend=all(deed.source != "routine" for deed in deeds),
            stop=tuple(id_ for who, id_ in report.stopped if who == seat),
            quit=tuple(id_ for who, id_ in report.quits if who == seat),
            hide=found is not None and found.hiding,
        )
    return orders


class _Ledger:
    """Books every change of one seat's security and economy to what has just happened."""

    def __init__(self, d: Draft, i: int) -> None:
        self.d = d
        self.i = i
        self.S = self._security()
        self.E = d.E[i]
        self.entries: dict[tuple[str, tuple[tuple[str, str], ...]], list[float]] = {}

    def note(self, kind: str, by: int, what: str) -> None:
        S, E = self._security(), self.d.E[self.i]
        if abs(S - self.S) > ROUNDING or abs(E - self.E) > ROUNDING:
            entry = self.entries.setdefault(self._label(kind, by, what), [0.0, 0.0])
            entry[0] += S - self.S
            entry[1] += E - self.E
            self.S, self.E = S, E

    def causes(self) -> tuple[Cause, ...]:
        alpha = self.d.scenario.alpha[self.i]
        causes = []
        for (code, params), (S, E) in self.entries.items():
            by_security, by_economy = alpha * S, (1 - alpha) * E
            causes.append(Cause(code, dict(params), by_security + by_economy, by_security, by_economy))
        return tuple(causes)

    def _security(self) -> float:
        d, s, i = self.d, self.d.scenario, self.i
        T = trust_rows(d)
        threat = added(threats_seen(s, d, T, culture_of(s, d, T))[i])
        return security_of(protections(s, d)[i], threat)

    def _label(self, kind: str, by: int, what: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        seat = self.d.scenario.seats[by] if by >= 0 else ""
        own = by == self.i
        match kind:
            case "drift" | "posture" | "programme":
                if own:
                    return ("own_posture" if kind == "posture" else kind), ()
                return "others_arms", (("seat", seat),)
            case "measure":
                if own:
                    return "own_measure", (("measure", what),)
                return "others_measure", (("measure", what), ("seat", seat))
            case "trust":
                if what in MEASURES:
                    return "trust", (("seat", seat), ("measure", what))
                if what == "stock":
                    return "found", (("seat", seat),)
                return "trust_promise", (("seat", seat), ("id", what))
            case "duty":
                return kind, (("seat", seat), ("id", what))
            case "institution":
                return kind, (("institution", what),)
            case "alliance" | "found":
                return kind, (("seat", seat),)
            case "crisis":
                return kind, (("flashpoint", what),)
            case _:
                return kind, ()
