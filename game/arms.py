"""build, richardson, growth: posture, programme and provocation make arms; what is built above a promise is hidden.

`richardson` is the model by itself, without anything else of the game; `growth` tells whether it settles.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from game.addition import added
from game.draft import Draft

Row = Sequence[float]
TURNS = 10_000
"""Of the power iteration: far more than small systems need to settle in the last bits."""


def richardson(x: Row, reactions: Sequence[Row], fatigue: Row, grievance: Row, dt: float) -> tuple[float, ...]:
    """Return the arms of all states after one step of `dt`, in the unit of `x`.

    Richardson 1960: x + dt (K x - a x + g), with the reactions K (a row a state, 0 to itself), the fatigue a and the
    grievance g. From (5, 1, 3) with the figures of the rules' section 8, V2, and dt = .5: (4.3, 2.6, 2.875).
    Raises `ValueError` where the sizes differ.
    """
    sizes = {len(x), len(reactions), len(fatigue), len(grievance), *map(len, reactions)}
    if len(sizes) != 1:
        raise ValueError(f"sizes: found {sorted(sizes)}; allowed: one and the same for all")
    return tuple(
        own + dt * (added(k * other for k, other in zip(row, x, strict=True)) - a * own + g)
        for own, row, a, g in zip(x, reactions, fatigue, grievance, strict=True)
    )


def growth(reactions: Sequence[Row], fatigue: Row) -> float:
    """Return the greatest real part of the eigenvalues of K - diag(a): below 0 arms settle, above it they race.

    As no reaction is negative, it belongs to a vector without negative parts (Perron and Frobenius), to which repeated
    multiplication leads. Two states settle iff k l < a b: with .5, .4, .6, .6 it is -.152786.
    """
    shift = max(fatigue) + 1.0
    vector = [1.0] * len(fatigue)
    size = 0.0
    for _ in repeat(None, TURNS):
        turned = [
            added(k * one for k, one in zip(row, vector, strict=True)) + (shift - a) * own
            for row, a, own in zip(reactions, fatigue, vector, strict=True)
        ]
        before, size = size, max(turned)
        vector = [one / size for one in turned]
        if abs(size - before) < 1e-15:
            break
    return size - shift


def build(d: Draft) -> None:
    """Step 1: let every seat's arms grow or shrink, and its hidden stock with them.

    Richardson 1960 in deviations from the start: arms answer threat felt (.015), tire of themselves (.04) and
    follow nationalism (.02); a capped seat does not drift up. Posture and programme build on top and cost
    the economy; the covert excess costs nothing, for it hides in other budgets: in round 2 of the starter
    CN at posture 2 under a cap of 0 hides 7.249674.
    """
    s, p = d.scenario, d.p
    r, c, h, threat, threat0 = p.r, p.c, p.h, d.before.threat, d.before.threat0
    for i in range(len(s.seats)):
        M0, off = s.M0[i], s.off[i]
        sh, cap = d.shown[i], d.caps[i]
        A, D, E = d.A[i], d.D[i], d.E[i]
        drift = r * (threat[i] - threat0[i]) - c * (A + D - M0) + h * (d.N[i] - s.N[i])
        if drift > 0 and sh <= 0 and cap <= 0:
            drift = 0.0
        prog = 0.0 if cap < 0 or ("programme", None) in d.barred[i] else s.prog[i]
        of = d.emphasis[i]
        by_posture = (p.step if sh > 0 else p.step_down) * sh
        ch = (by_posture + p.step * prog) * M0
        if d.note:
            d.A[i], d.D[i] = max(1.0, A + drift * off), max(1.0, D + drift * (1 - off))
            d.note("drift", i, "")
            shown_change = by_posture * M0
            d.A[i] = max(1.0, A + drift * off + shown_change * of)
            d.D[i] = max(1.0, D + drift * (1 - off) + shown_change * (1 - of))
            d.E[i] = E - p.burden * sh * s.burden[i]
            d.note("posture", i, "")
        A, D = A + drift * off + ch * of, D + drift * (1 - off) + ch * (1 - of)
        d.A[i] = A if A > 1.0 else 1.0  # noqa: FURB136 - often
        d.D[i] = D if D > 1.0 else 1.0  # noqa: FURB136 - often
        d.E[i] = E - p.burden * (sh + prog) * s.burden[i]
        if d.covert[i]:
            d.H[i] += p.covert_step * d.covert[i] * M0
        if d.note:
            d.note("programme", i, "")
