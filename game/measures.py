"""carry_out, execute: what states do to each other in a round, and how it is read.

A measure first changes things and is then taken as evidence, by those it is aimed at in full and by third
parties in part. Answering a hostile act with another counts less against one (Axelrod 1984), and what is
done every round provokes less than what is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from game.catalogue import FLASHPOINTS, Measure
from game.draft import Draft, with_cell
from game.perception import ALLY, rivals
from game.records import Order
from game.trust import bad, good, spread_good
from game.world import Deed

PROVOKED = 0.5
"""Hostile weight of last round from which an act is retaliation."""
POOR = 1.5
"""Money reaches North Korea times this."""

Source = Literal["routine", "duty", "order"]


def carry_out(d: Draft, orders: Sequence[Order]) -> None:
    """Step 2: per seat, its routine unless restrained, then what it promised to do, then what it ordered."""
    s = d.scenario
    to_do = [pledge for pledge in d.duties if pledge.duty.kind == "do" and pledge.on and not pledge.stopped]
    for i in range(len(s.seats)):
        order = orders[i]
        routine = s.routine[i]
        if routine is not None and not order.suspend:
            measure = s.measures[routine.measure]
            if not d.is_barred(i, measure, routine.target):
                target = None if routine.target is None else s.index[routine.target]
                for _ in range(routine.times):
                    execute(d, i, measure, target, "routine")
        for pledge in to_do:
            if pledge.by == i:
                measure = s.measures[pledge.duty.what or ""]
                execute(d, i, measure, pledge.to if measure.targeted else None, "duty")
        for ordered in order.measures:
            target = None if ordered.target is None else s.index[ordered.target]
            execute(d, i, s.measures[ordered.measure], target, "order")


def execute(d: Draft, i: int, m: Measure, target: int | None, source: Source) -> None:
    """Let seat `i` use the measure: its scope, its effects, its evidence, in this order."""
    s = d.scenario
    scope = _scope(d, i, m, target)
    _own_effects(d, i, m, s.M0[i], d.p.routine if source == "routine" else 1.0)
    if target is not None:
        _their_effects(d, i, m, target)
    if d.note:
        d.note("measure", i, m.id)
    if m.alliance:
        for j in s.others[i]:
            if d.L[i][j] >= ALLY:
                tie = min(1.0, max(0.0, d.L[i][j] + m.alliance))
                d.L = with_cell(with_cell(d.L, i, j, tie), j, i, tie)
        if d.note:
            d.note("alliance", i, m.id)
    if m.evidence < 0:
        _hostile(d, i, m, scope, source)
    else:
        spread_good(d, i, scope, m.evidence)
    if d.note:
        d.note("trust", i, m.id)
    d.executed[i].append((m.id, target))
    if m.id not in d.done[i]:
        d.done[i] = (*d.done[i], m.id)
    d.deeds.append(Deed(s.seats[i], m.id, None if target is None else s.seats[target], source))


def _scope(d: Draft, i: int, m: Measure, target: int | None) -> Sequence[int]:
    s = d.scenario
    if m.scope == "target":
        return () if target is None else (target,)
    if m.scope == "rivals":
        return rivals(s, d, i)
    if m.scope == "all":
        return s.others[i]
    return [j for j in s.others[i] if s.seats[j] in m.named]


def _own_effects(d: Draft, i: int, m: Measure, M0: float, tension_share: float) -> None:
    s = d.scenario
    if m.economy:
        d.E[i] += m.economy * s.burden[i] if m.burdened else m.economy
    if m.A:
        d.A[i] = max(1.0, d.A[i] + m.A * M0)
    if m.D:
        d.D[i] = max(1.0, d.D[i] + m.D * M0)
    if m.v:
        d.v[i] = d.vE[i] = min(1.0, max(0.0, d.v[i] + m.v))
    if m.tA:
        d.tA[i] += m.tA * M0
    if m.res:
        d.res[i] += m.res * M0
    if m.nationalism:
        d.N[i] += m.nationalism
    if m.transparent:
        d.transparent[i] = True
    if any(m.tension):
        for f, flashpoint in enumerate(s.flashpoints):
            change = m.tension[FLASHPOINTS.index(flashpoint)]
            if change:
                d.dtau[f] += change * s.flashpoint_weights[f][i] * tension_share


def _their_effects(d: Draft, i: int, m: Measure, j: int) -> None:
    if m.trade:
        d.X[i][j] += m.trade
        d.X[j][i] = d.X[i][j]
    if m.trade_ceiling:
        ceiling = d.Xc[i][j] + m.trade_ceiling
        d.Xc = with_cell(with_cell(d.Xc, i, j, ceiling), j, i, ceiling)
    if m.halves_exposure:
        d.half = with_cell(d.half, i, j, 0.5)
    if m.their_nationalism:
        doubled = m.doubled_in_exchange and d.window == "exchange"
        d.N[j] += m.their_nationalism * (2 if doubled else 1)
    if m.their_economy:
        d.E[j] += m.their_economy * (POOR if d.scenario.seats[j] == "KP" else 1)


def _hostile(d: Draft, i: int, m: Measure, scope: Sequence[int], source: Source) -> None:
    share = d.p.routine if source == "routine" else 1.0
    w = -m.evidence * share
    # prev[i][j]: how hostile j was to i last round, so that i now answers.
    provoked = d.before.prev[i]
    answers = any(provoked[z] >= PROVOKED for z in scope)
    L = d.L
    for j in d.scenario.others[i]:
        if j in scope:
            bad(d, j, i, w * (d.p.ret if provoked[j] >= PROVOKED else 1.0))
            d.prev[j][i] += w
            if source == "order":
                d.provoked = with_cell(d.provoked, j, i, d.provoked[j][i] + w)
        elif m.ally and L[i][j] >= ALLY:
            good(d, j, i, m.ally * share)
        elif not answers:
            bad(d, j, i, d.p.third * w)
