"""build: posture, programme and provocation make arms; what is built above a promise is hidden."""

from __future__ import annotations

from game.draft import Draft


def build(d: Draft) -> None:
    """Step 1: let every seat's arms grow or shrink, and its hidden stock with them.

    Richardson 1960 in deviations from the start: arms answer threat felt (.015), tire of themselves (.04) and
    follow nationalism (.02); a capped seat does not drift up. Posture and programme build on top and cost
    the economy; the covert excess costs nothing, for it hides in other budgets: in round 2 of the starter
    CN at posture 2 under a cap of 0 hides 7.249674.
    """
    s, p, before = d.scenario, d.p, d.before
    for i in range(len(s.seats)):
        M0, off = s.M0[i], s.off[i]
        sh, cap = d.shown[i], d.caps[i]
        drift = (
            p.r * (before.threat[i] - before.threat0[i])
            - p.c * (d.A[i] + d.D[i] - M0)
            + p.h * (d.N[i] - s.N[i])
        )  # fmt: skip
        if sh <= 0 and cap <= 0:
            drift = min(drift, 0.0)
        prog = 0.0 if cap < 0 or ("programme", None) in d.barred[i] else s.prog[i]
        of = d.emphasis[i]
        by_posture = p.step * max(sh, 0) + p.step_down * min(sh, 0)
        ch = (by_posture + p.step * prog) * M0
        A, D, E = d.A[i], d.D[i], d.E[i]
        if d.note:
            d.A[i], d.D[i] = max(1.0, A + drift * off), max(1.0, D + drift * (1 - off))
            d.note("drift", i, "")
            shown_change = by_posture * M0
            d.A[i] = max(1.0, A + drift * off + shown_change * of)
            d.D[i] = max(1.0, D + drift * (1 - off) + shown_change * (1 - of))
            d.E[i] = E - p.burden * sh * s.burden[i]
            d.note("posture", i, "")
        d.A[i] = max(1.0, A + drift * off + ch * of)
        d.D[i] = max(1.0, D + drift * (1 - off) + ch * (1 - of))
        d.E[i] = E - p.burden * (sh + prog) * s.burden[i]
        d.H[i] += p.covert_step * d.covert[i] * M0
        if d.note:
            d.note("programme", i, "")
