"""keep_institutions, leave, climb, sanction: standing arrangements, the ladder, and the UN's sanctions.

A forum shows month by month who complies; that is its first use. What it does
beyond that is below, one branch an institution.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.addition import added
from game.catalogue import FLASHPOINTS, LADDER
from game.clauses import due
from game.draft import Body, Draft
from game.records import Identifier
from game.trust import spread_bad, spread_good

CALM = 0.5
"""Share of incidents left while a wide crisis institution is kept by all."""
FOR_MEMBERS = ("exchange", "aid", "alliance_transform")
"""Institutions that do something for each member that keeps to them."""
LAST_STAGE = 5
US_DISCOUNT = 0.35


def keep_institutions(d: Draft) -> None:
    """Step 5: in order of adoption, see who complies, let that be known, and let each do its work."""
    active = _active(d) if d.p.onlooker else frozenset()
    for body in d.institutions:
        _keep(d, body, active)


def _active(d: Draft) -> frozenset[int]:
    """Return the seats that spent something on a measure this round, by order or promise; a routine is no effort."""
    return frozenset(
        d.scenario.index[deed.seat]
        for deed in d.deeds
        if deed.source != "routine" and d.scenario.measures[deed.measure].cost
    )


def _keep(d: Draft, body: Body, active: frozenset[int]) -> None:
    s, rule = d.scenario, body.rule
    members, n = body.members, len(s.seats)
    watched = rule.forbids or d.found  # nobody else can be seen to break anything
    body.breakers = breakers = [i for i in members if _breaks(d, i, body)] if watched else []
    compliers = [i for i in members if i not in breakers] if breakers else members
    share = len(compliers) / len(members)
    if any(rule.tension):
        for f, flashpoint in enumerate(s.flashpoints):
            change = rule.tension[FLASHPOINTS.index(flashpoint)]
            if change:
                d.dtau[f] += change * share * len(members) / n
    works = rule.discount or rule.transparent or body.id in FOR_MEMBERS
    for i in members:
        rest = s.others[i] if len(members) == n else [j for j in members if j != i]
        broke = i in breakers
        if broke:
            spread_bad(d, i, rest, rule.weight * (d.p.dec if d.caught[i] else 1.0))
            d.detected.append((i, body.id))
            d.breaches[i] += 1
        elif active:
            _be_seen(d, i, rest, rule.weight, active)
        else:
            spread_good(d, i, rest, rule.weight)
        if d.note:
            d.note("trust", i, body.id)
        if not broke:
            if works:
                _comply(d, body, i)
            if d.note:
                d.note("institution", i, body.id)
    unbroken = not breakers
    wide = d.is_wide(body)
    match body.id:
        case "crisis":
            if wide and unbroken:
                d.hot = CALM
        case "trade":
            _trade(d, compliers)
        case "denuke":
            _denuclearise(d, compliers, wide)
        case "peace":
            if wide and unbroken and d.stage_p <= d.stage_d and d.stage_p < LAST_STAGE:
                d.stage_p += 1
    if d.note:
        d.note("institution", -1, body.id)
    if unbroken:
        body.ok += 1


def _be_seen(d: Draft, i: int, rest: Sequence[int], weight: float, active: frozenset[int]) -> None:
    """Let the others see that member `i` complies.

    A forum is worked at or sat through. Where other members spend points and one spends none, he sees less of them
    there and they of him (Olson 1965: who gains without giving must be kept from some of the gain). Where nobody
    does anything, as in the aftermath, nobody rides on anybody.
    """
    less = weight * (1 - d.p.onlooker)
    if i in active:
        idle = [j for j in rest if j not in active]
        spread_good(d, i, [j for j in rest if j in active] if idle else rest, weight, idle=idle, less=less)
    else:
        spread_good(d, i, rest, weight if active.isdisjoint(rest) else less)


def _breaks(d: Draft, i: int, body: Body) -> bool:
    forbidden = body.rule.forbids
    for measure, _ in d.executed[i]:
        if measure in forbidden:
            return True
    if d.caught[i]:
        return d.posture[i] > body.rule.maxp or (body.id == "denuke" and d.hiding[i])
    return False


def _comply(d: Draft, body: Body, i: int) -> None:
    rule, seats = body.rule, d.scenario.seats
    if rule.discount > d.disc[i]:
        d.disc[i] = rule.discount
    if rule.transparent:
        d.transparent[i] = True
    match body.id:
        case "exchange":
            d.N[i] -= 4 if d.window == "exchange" else 2
        case "aid":
            if "KP" not in seats:
                d.E[i] += 0.1
            elif seats[i] != "KP":
                d.E[i] -= 0.12
                d.E[seats.index("KP")] += 0.18
        case "alliance_transform":
            d.tA[i] *= 0.5


def _trade(d: Draft, compliers: Sequence[int]) -> None:
    growth = 0.06 if d.window == "trade" else 0.02
    for i in compliers:
        for j in compliers:
            if i < j:
                d.X[i][j] += growth
                d.X[j][i] = d.X[i][j]


def _denuclearise(d: Draft, compliers: Sequence[int], wide: bool) -> None:
    """One stage: a fifth of the warheads for trade, money and less sanctions, never ahead of the peace track."""
    s = d.scenario
    seats = s.seats
    kp = seats.index("KP")
    if wide and kp in compliers and d.stage_d <= d.stage_p and d.stage_d < LAST_STAGE:
        d.stage_d += 1
        cut = min(0.2 * s.nuc[kp], d.A[kp] - 1)
        d.A[kp] -= cut
        if d.hiding[kp]:
            d.H[kp] += cut
        if d.stage_d in (2, 4):
            d.un = max(0, d.un - 1)
        for i in compliers:
            if i != kp:
                d.X[kp][i] += 0.10
                d.X[i][kp] = d.X[kp][i]
                d.E[kp] += 0.4
                d.E[i] -= 0.05
    if "US" in seats and seats.index("US") in compliers:
        us = seats.index("US")
        d.disc[us] = max(d.disc[us], US_DISCOUNT)


def sanction(d: Draft) -> None:
    """Step 6: a test against a promise raises the UN's sanctions; each seat not relieving KP carries its share."""
    s = d.scenario
    if "KP" not in s.seats:
        return
    kp = s.seats.index("KP")
    tested = ("test", None) in d.executed[kp]
    if tested and any(
        pledge.by == kp and pledge.broken and pledge.duty.kind == "abstain" and pledge.duty.what == "test"
        for pledge in d.duties
    ):
        d.un = min(3, d.un + 1)
    lifted = [0.0] * len(s.seats)
    for pledge in d.duties:
        if pledge.on and pledge.kept and pledge.duty.kind == "relieve":
            lifted[pledge.by] = max(lifted[pledge.by], due(pledge.duty, pledge.adopted, d.round))
    if d.un:
        d.E[kp] -= d.p.un * d.un * added([share * (1 - part) for share, part in zip(s.un_share, lifted, strict=True)])
    if d.note:
        d.note("sanctions", -1, "")


def leave(d: Draft, quits: Sequence[Sequence[Identifier]]) -> None:
    """Step 7, second half: let quitting members go, and end what two broke or fewer than two uphold."""
    standing = []
    for body in d.institutions:
        going = [i for i in body.members if body.id in quits[i]]
        if going:
            body.members = [i for i in body.members if i not in going]
        for i in going:
            spread_bad(d, i, body.members, d.p.quitw * body.rule.weight)
            if d.note:
                d.note("trust", i, body.id)
        if len(body.breakers) >= 2 or len(body.members) < 2:
            d.lapsed.append(body.id)
        else:
            standing.append(body)
    d.institutions = standing


def climb(d: Draft) -> None:
    """Move the ladder: up while the next rung is in force, wide and kept once; down while the present one is not."""
    wide = {body.id: body.ok for body in d.institutions if d.is_wide(body)}
    while d.rung < len(LADDER) and wide.get(LADDER[d.rung], 0) >= 1:
        d.rung += 1
    while d.rung > 0 and LADDER[d.rung - 1] not in wide:
        d.rung -= 1
