"""adopt, bind, judge, end: what was promised, whether it holds this round, and what keeping it brings.

Nothing enforces a promise: a seat may stop it openly or arm behind it in secret. Being seen to keep it is what
builds trust, and the costlier the promise the more (Kydd 2005).
"""

from __future__ import annotations

from collections.abc import Sequence

from game.catalogue import CHEAP_PROMISE, DUTIES, INSTITUTIONS, MEASURES
from game.clauses import due, numbered
from game.draft import Body, Draft, Pledge
from game.measures import POOR
from game.records import Identifier, Package, Seat
from game.trust import good, spread_bad, spread_good
from game.world import (
    DutyInForce,
    is_wide,
)

ONE_CONDUCT = ("abstain", "cap", "admit")
"""Kinds of promises about what a state itself does or lets be, which it can owe to several at once by doing it once."""


def adopt(d: Draft) -> None:
    """Step 0, second half: take the packages in, in order, and see which duties are in force."""
    for number, package in enumerate(d.adopted, 1):
        for id_, duty, conditions in numbered(package, f"{d.round}.{number}."):
            held = DutyInForce(id_, duty, d.round, conditions, d.scenario.weights[duty.kind])
            d.duties.append(Pledge(d.scenario, held))
        _found_institution(d, package)
        d.wide = d.wide or is_wide(d.scenario, package)
    if d.wide and d.window is not None:
        d.capb = min(d.p.seize_most, d.capb + d.p.seize)
    dialogue = d.institution("dialogue")
    d.met = d.wide or (dialogue is not None and d.is_wide(dialogue))
    _switch(d)
    common = d.institution("common_security")
    d.common = [common is not None and i in common.members for i in range(len(d.common))]


def _found_institution(d: Draft, package: Package) -> None:
    clause = package.institution
    if clause is None:
        return
    if clause.id == "un_resolution":
        d.un = min(3, max(0, d.un + (clause.delta or 0)))
        return
    members = clause.members or INSTITUTIONS[clause.id].members(d.scenario)
    fresh = Body(d.scenario, clause.id, members, d.round, 0)
    standing = d.institution(clause.id)
    if standing is None:
        d.institutions.append(fresh)
    else:
        standing.members, standing.ok = fresh.members, 0


def _switch(d: Draft) -> None:
    """A duty is on from its date, if every duty it names still exists and was on and seen kept last round."""
    was_kept = {pledge.id for pledge in d.duties if pledge.on and pledge.kept}
    for pledge in d.duties:
        pledge.on = d.round >= pledge.first and was_kept.issuperset(pledge.conditions)
        pledge.kept = None


def bind(d: Draft) -> None:
    """Work out each seat's cap and what it is barred from, this round."""
    caps, barred = d.caps, d.barred
    for pledge in d.duties:
        if not pledge.on:
            continue
        duty = pledge.duty
        if duty.kind == "cap":
            caps[pledge.by] = min(caps[pledge.by], int(duty.amount or 0))
        elif duty.kind == "abstain" and duty.what is not None:
            measure = MEASURES.get(duty.what)
            barred[pledge.by].append((duty.what, duty.to if measure is not None and measure.targeted else None))
    for body in d.institutions:
        rule = body.rule
        forbidden: list[tuple[Identifier, Seat | None]] = [(what, None) for what in rule.forbids]
        for i in body.members:
            if rule.maxp < caps[i]:
                caps[i] = rule.maxp
            barred[i] += forbidden


def judge(d: Draft) -> None:
    """Step 4: see in order of adoption which duties were kept, and let that be known.

    A cap broken by being caught counts four times: deceit is worse than refusal. In round 2 of the starter CN
    loses .7 x 4 x 2 = 5.6 pieces of evidence with each other seat.
    """
    for pledge in d.duties:
        if not pledge.on:
            continue
        i, duty = pledge.by, pledge.duty
        if duty.kind == "declare":
            continue  # it stands: there is nothing to see kept, and nothing to break
        by_deceit = duty.kind == "cap" and d.caught[i] and d.posture[i] > (duty.amount or 0)
        pledge.broken = pledge.stopped or by_deceit or (duty.kind == "abstain" and _did(d, pledge))
        pledge.kept = not pledge.broken
        w = pledge.weight = _weight(d, pledge)
        beneficiaries = d.scenario.others[i] if pledge.to is None else (pledge.to,)
        if pledge.kept:
            _effect(d, pledge)
            _be_believed(d, pledge, beneficiaries, w * _net_share(d, pledge))
            d.kept.append(pledge.id)
        else:
            deceit = d.p.dec if by_deceit and not pledge.stopped else 1.0
            spread_bad(d, i, beneficiaries, w * deceit)
            d.detected.append((i, pledge.id))
            d.breaches[i] += 1
        if d.note:
            d.note("trust", i, pledge.id)


def _be_believed(d: Draft, pledge: Pledge, beneficiaries: Sequence[int], w: float) -> None:
    """Let the others see that the promise was kept.

    One conduct is one sign, to however many it is promised: with `once`, whoever has taken it in already takes in of
    it only what it would have been more. So a cap owed to each neighbour apart is worth what it is worth to all.
    """
    i, duty = pledge.by, pledge.duty
    once = d.p.once
    if not once or duty.kind not in ONE_CONDUCT:
        spread_good(d, i, beneficiaries, w)
        return
    taken = d.taken.setdefault((i, duty.kind, duty.what), [0.0] * len(d.a))
    for j in d.scenario.others[i]:
        due_now = w if j in beneficiaries else w * d.p.third
        fresh = due_now - once * min(taken[j], due_now)
        taken[j] = max(taken[j], due_now)
        if fresh > 0:
            good(d, j, i, fresh)


def _net_share(d: Draft, pledge: Pledge) -> float:
    """Return the share of a payment that the payer does not get back in the same round, from whomever; else 1."""
    if pledge.duty.kind != "pay" or not d.p.netting:
        return 1.0
    i = pledge.by
    paid = received = 0.0
    for other in d.duties:
        if other.on and not other.stopped and other.duty.kind == "pay":
            amount = due(other.duty, other.adopted, d.round)
            paid += amount if other.by == i else 0.0
            received += amount if other.to == i else 0.0
    return max(0.0, 1 - d.p.netting * received / paid) if paid else 0.0


def _did(d: Draft, pledge: Pledge) -> bool:
    what = pledge.duty.what
    measure = MEASURES.get(what or "")
    if measure is None:
        return False  # a programme under way is stopped by the promise itself
    aimed = pledge.to is not None and measure.targeted
    return any(done == what and (not aimed or target == pledge.to) for done, target in d.executed[pledge.by])


def _weight(d: Draft, pledge: Pledge) -> float:
    """Return how much evidence the promise is; an abstention from what one does not do anyway is cheap."""
    duty, i, s = pledge.duty, pledge.by, d.scenario
    if duty.kind == "abstain":
        what = duty.what
        routine = s.routine[i]
        costly = (
            s.prog[i] > 0
            if what == "programme"
            else (routine is not None and routine.measure == what) or what in d.done[i]
        )
        if not costly:
            return CHEAP_PROMISE
    if duty.kind == "relieve":
        return s.weights["relieve"] * due(duty, pledge.adopted, d.round)  # half a relief is half as costly a sign
    return s.weights[duty.kind]


def _effect(d: Draft, pledge: Pledge) -> None:
    i, j, duty = pledge.by, pledge.to, pledge.duty
    if j is None:
        return
    if duty.kind == "pay":
        amount = due(duty, pledge.adopted, d.round)
        d.E[i] -= amount
        d.E[j] += amount * (POOR if d.scenario.seats[j] == "KP" else 1)
    elif duty.kind == "open":
        d.X[i][j] += 0.06 if d.window == "trade" else 0.03
        d.X[j][i] = d.X[i][j]
    else:
        return
    if d.note:
        d.note("duty", i, pledge.id)


def end(d: Draft, quits: Sequence[Sequence[Identifier]]) -> None:
    """Step 7, first half: let duties lapse or run out, in order of adoption, each once."""
    standing = []
    lapsed: set[Identifier] = set()
    for pledge in d.duties:
        i, duty = pledge.by, pledge.duty
        owed_to_cheat = pledge.to is not None and d.caught[pledge.to] and DUTIES[duty.kind].owed
        taken_back = pledge.stopped and duty.kind == "declare"
        if pledge.broken or owed_to_cheat or taken_back:
            lapsed.add(pledge.id)
        elif pledge.id in quits[i]:
            lapsed.add(pledge.id)
            beneficiaries = d.scenario.others[i] if pledge.to is None else (pledge.to,)
            spread_bad(d, i, beneficiaries, d.p.quitw * pledge.weight)
            if d.note:
                d.note("trust", i, pledge.id)
        elif pledge.last is not None and d.round >= pledge.last:
            d.expired.append(pledge.id)
            continue
        elif not lapsed.isdisjoint(pledge.conditions):
            lapsed.add(pledge.id)
        else:
            standing.append(pledge)
            continue
        d.lapsed.append(pledge.id)
    d.duties = standing
