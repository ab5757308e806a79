"""resolve: one round, from sealed orders to a new world, in the order of the rules (section 5.1).

Pure and exact: the same world, packages, orders and seed give the same next world to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game import arms, institutions, intelligence, measures, promises, tension, trade, trust
from game.addition import added
from game.draft import Draft, Pledge
from game.orders import check_form
from game.perception import (
    culture_name,
    culture_of,
    mean_trust,
    protections,
    security_of,
    threats_seen,
    trust_rows,
    worth_of,
)
from game.records import EMPTY_ORDER, Identifier, Order, Package, Seat
from game.refusals import Refused
from game.scenario import Matrix, Scenario, Window
from game.world import DutyInForce, Found, InstitutionInForce, Report, World, window_of

NO_CRISES: Mapping[str, int] = {}


def resolve(
    scenario: Scenario,
    world: World,
    adopted: Sequence[Package],
    orders: Mapping[Seat, Order],
    *,
    seed: str | int,
    crises: bool = True,
    windows: bool = True,
    staged: Mapping[str, int] = NO_CRISES,
) -> tuple[World, Report]:
    """Return the world after the next round, and what everybody saw of it.

    `staged` are crises that break out in any case, by flashpoint with their least severity.

    `adopted` are the round's packages in order of adoption, with the members that consented. A seat without
    an order, or with one that breaks the form, plays the empty order.
    """
    d = Draft(scenario, world, adopted, None)
    opening(d)
    given = accept(d, orders)
    arms.build(d)
    measures.carry_out(d, given)
    intelligence.inspect(d, seed)
    in_force = settle(d, given)
    T, mean = aftereffects(d)
    tension.strain(d, T, mean, seed, crises=crises, staged=staged)
    C, threat = closing(d, T, mean)
    return _frozen(d, in_force, T, C, threat, window_of(scenario, d.round + 1, windows))


def opening(d: Draft) -> None:
    """Step 0: read the culture, clear last round's temporary effects, take the packages in."""
    n = len(d.tA)
    culture = culture_name(d.before.C)
    d.cev = trust.CULTURE_FACTOR[culture]
    d.win = trust.WINDOW_FACTOR[d.window]
    d.tA, d.res, d.disc = [0.0] * n, [0.0] * n, [0.0] * n
    d.transparent, d.vE = [False] * n, list(d.v)
    if d.note:
        d.note("temporary", -1, "")
    promises.adopt(d)
    if d.note:
        d.note("institution", -1, "common_security")
    promises.bind(d)


def accept(d: Draft, orders: Mapping[Seat, Order]) -> list[Order]:
    """Take the orders that have the right form; the others count as the empty order."""
    given = []
    owed: list[list[Pledge]] = [[] for _ in d.scenario.seats]
    if orders:
        for pledge in d.duties:
            owed[pledge.by].append(pledge)
    for i, seat in enumerate(d.scenario.seats):
        order = orders.get(seat, EMPTY_ORDER)
        if order is not EMPTY_ORDER:
            try:
                _check(d, i, seat, order, owed[i])
            except Refused:
                d.invalid.append(seat)
                order = EMPTY_ORDER
        given.append(order)
        cap = d.caps[i]
        posture: int = min(0, cap) if order.posture is None else order.posture
        d.posture[i] = d.shown[i] = posture
        if posture > cap:
            d.shown[i], d.covert[i] = cap, posture - cap
        if order.emphasis is not None:
            d.emphasis[i] = order.emphasis
        d.hiding[i] = order.hide
        if order.stop or order.quit:
            d.stopped += [(seat, id_) for id_ in order.stop]
            d.quits += [(seat, id_) for id_ in order.quit]
    if d.stopped:
        stopped = {id_ for _, id_ in d.stopped}
        for pledge in d.duties:
            pledge.stopped = pledge.id in stopped
    return given


def _check(d: Draft, i: int, seat: Seat, order: Order, own: Sequence[Pledge]) -> None:
    to_do = [pledge.duty for pledge in own if pledge.on and pledge.duty.kind == "do"] if own else ()
    ids: Sequence[Identifier] = ()
    joined: Sequence[Identifier] = ()
    if order.stop or order.quit or order.hide:
        ids = [pledge.id for pledge in own]
        joined = [body.id for body in d.institutions if i in body.members]
    check_form(d.scenario, seat, order, to_do, ids, joined)


def settle(d: Draft, given: Sequence[Order]) -> tuple[tuple[DutyInForce, ...], tuple[InstitutionInForce, ...]]:
    """Steps 4 to 7: promises, institutions, sanctions, endings. Return what was in force this round."""
    promises.judge(d)
    institutions.keep_institutions(d)
    institutions.sanction(d)
    in_force = (
        tuple([pledge.frozen() for pledge in d.duties]),
        tuple([body.frozen(d.scenario) for body in d.institutions]),
    )
    quits = [order.quit for order in given]
    promises.end(d, quits)
    institutions.leave(d, quits)
    institutions.climb(d)
    return in_force


def aftereffects(d: Draft) -> tuple[list[list[float]], float]:
    """Step 8: forgetting, nationalism, trade. Return the trust of the round's end, and its mean across alliances."""
    trust.forget(d)
    tension.calm_nations(d)
    T = trust_rows(d)
    trade.drift_trade(d, T)
    return T, mean_trust(d.scenario, d, T)


def closing(d: Draft, T: Sequence[Sequence[float]], mean: float) -> tuple[float, list[float]]:
    """Step 10: economy and vitality; return the culture's value and each seat's threat."""
    trade.earn(d)
    tension.meet(d)
    if d.note:
        d.note("culture", -1, "")
    C = culture_of(d.scenario, d, T, mean)
    return C, [added(row) for row in threats_seen(d.scenario, d, T, C)]


def _frozen(
    d: Draft,
    in_force: tuple[tuple[DutyInForce, ...], tuple[InstitutionInForce, ...]],
    T: Sequence[Sequence[float]],
    C: float,
    threat: Sequence[float],
    planned: Window | None,
) -> tuple[World, Report]:
    s, before = d.scenario, d.before
    seats = range(len(s.seats))
    next_window: Window | None = "fear" if any(severity >= 2 for _, severity in d.crises) else planned
    S = [*map(security_of, protections(s, d), threat)]
    W = [worth_of(s, i, S[i], d.E[i]) for i in seats]
    S_true, W_true = S, W
    if any(d.H):
        seen = threats_seen(s, d, T, C, d.H)
        S_true = [*map(security_of, protections(s, d, d.H), map(added, seen))]
        W_true = [worth_of(s, i, S_true[i], d.E[i]) for i in seats]
    duties, bodies = in_force
    standing = {pledge.id for pledge in d.duties}
    world = World(
        round=d.round, A=tuple(d.A), D=tuple(d.D), v=tuple(d.v), N=tuple(d.N), E=tuple(d.E),
        a=_matrix(d.a), b=_matrix(d.b), L=d.L, X=_matrix(d.X), Xc=d.Xc, low=d.low, half=d.half,
        tau=tuple(d.tau), V=d.V, un=d.un, rung=d.rung,
        capb=d.capb, stage_d=d.stage_d, stage_p=d.stage_p, tA=tuple(d.tA), res=tuple(d.res),
        disc=tuple(d.disc), transparent=tuple(d.transparent), vE=tuple(d.vE), common=tuple(d.common),
        duties=tuple([held for held in duties if held.id in standing]),
        institutions=tuple([body.frozen(s) for body in d.institutions]),
        window=next_window, prev=_matrix(d.prev), done=tuple(d.done), breaches=tuple(d.breaches),
        threat=tuple(threat), threat0=before.threat0, C=C, S=tuple(S), W=tuple(W), W0=before.W0,
        gain=tuple([g + w - w0 for g, w, w0 in zip(before.gain, W, before.W0, strict=True)]),
        H=tuple(d.H), S_true=tuple(S_true), W_true=tuple(W_true),
        gain_true=tuple([g + w - w0 for g, w, w0 in zip(before.gain_true, W_true, before.W0, strict=True)]),
        covert=tuple(d.covert), hiding=tuple(d.hiding),
    )  # fmt: skip
    return world, _report(d, duties, bodies, next_window)


def _report(
    d: Draft,
    duties: tuple[DutyInForce, ...],
    bodies: tuple[InstitutionInForce, ...],
    next_window: Window | None,
) -> Report:
    names = d.scenario.seats
    return Report(
        round=d.round,
        adopted=d.adopted,
        posture=tuple(d.shown),
        emphasis=tuple(d.emphasis),
        deeds=tuple(d.deeds),
        stopped=tuple(d.stopped),
        quits=tuple(d.quits),
        invalid=tuple(d.invalid),
        duties=duties,
        institutions=bodies,
        kept=tuple(d.kept),
        detected=tuple([(names[i], id_) for i, id_ in d.detected]),
        lapsed=tuple(d.lapsed),
        expired=tuple(d.expired),
        suspended=tuple([held.id for held in duties if not held.on]),
        found=tuple(
            [
                Found(names[i], stock, d.posture[i] if act else d.shown[i], act and d.hiding[i], act)
                for i, stock, act in d.found
            ]
        ),
        crises=tuple([(d.scenario.flashpoints[f], severity) for f, severity in d.crises]),
        window=d.window,
        next_window=next_window,
        met=d.met,
        wide=d.wide,
        caps=tuple(d.caps),
        bars=tuple(map(tuple, d.barred)),
        chance=tuple(d.chance),
        provoked=d.provoked,
    )


def _matrix(rows: Sequence[Sequence[float]]) -> Matrix:
    return tuple(map(tuple, rows))
