"""calm_nations, strain, meet: nationalism, tension at the flashpoints, crises, and the life of the forum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game.addition import added
from game.draft import Draft
from game.draws import u01
from game.perception import culture_name, culture_of

INCIDENT_FACTOR = {"Hobbesian": 1.3, "Lockean": 1.0, "Kantian": 0.5}
HARM = (0, 1, 3, 8, 20, 40)
"""What a crisis of severity 1 to 5 costs, in % of trend, at full weight and before the half."""
WAR = 4


def calm_nations(d: Draft) -> None:
    """Step 8: let nationalism go back a tenth of the way to where it came from."""
    for i, N0 in enumerate(d.scenario.N):
        N = d.N[i]
        if N != N0:
            d.N[i] = min(100.0, max(0.0, N - d.p.nrev * (N - N0)))


def strain(
    d: Draft,
    T: Sequence[Sequence[float]],
    trust: float,
    seed: str | int,
    *,
    crises: bool = True,
    told: Sequence[tuple[int, int]] | None = None,
    staged: Mapping[str, int] | None = None,
) -> None:
    """Step 9: move each flashpoint's tension toward distrust, and draw whether and how far a crisis goes.

    `trust` is the mean of `T` over pairs that are not allied. Tension goes .12 of the way to 95 (1 - mean trust of its pairs). An incident is likelier the tenser and the
    more hostile the region. `told` gives the crises instead of drawing them, `staged` those that
    break out whatever is drawn.
    """
    s, p = d.scenario, d.p
    tgap, tscale = p.tgap, p.tscale
    for f, flashpoint in enumerate(s.flashpoints):
        pairs = s.flashpoint_pairs[f]
        mean = added([T[i][j] + T[j][i] for i, j in pairs]) / (2 * len(pairs))
        goal = tscale * (1 - mean)
        d.tau[f] = tau = min(100.0, max(0.0, d.tau[f] + tgap * (goal - d.tau[f]) + d.dtau[f]))
        if told is not None:
            severity = dict(told).get(f, 0)
        elif crises:
            severity = _severity(d, flashpoint, tau, culture_name(culture_of(s, d, T, trust)), seed)
        else:
            severity = 0
        if staged:
            severity = max(severity, staged.get(flashpoint, 0))
        if d.note:
            d.note("culture", -1, "")
        if severity:
            _suffer(d, f, severity)
            if d.note:
                d.note("crisis", -1, flashpoint)


def _severity(d: Draft, flashpoint: str, tau: float, culture: str, seed: str | int) -> int:
    chance = min(0.9, (0.02 + 0.28 * (tau / 100) ** 2) * INCIDENT_FACTOR[culture] * d.hot)
    if u01(seed, d.round, "inc", flashpoint) >= chance:
        return 0
    severity = 1
    climb = 0.42 * tau / 100 * (0.6 if d.hot < 1 else 1.0)
    while severity < 5 and u01(seed, d.round, "esc", flashpoint, severity) < climb * (0.25 if severity == WAR else 1.0):
        severity += 1
    return severity


def _suffer(d: Draft, f: int, severity: int) -> None:
    for i, weight in enumerate(d.scenario.flashpoint_weights[f]):
        d.E[i] -= HARM[severity] * weight * 0.5
        d.N[i] = min(100.0, d.N[i] + 2 * severity * weight)
    d.tau[f] = min(100.0, d.tau[f] + 4 * severity)
    d.crises.append((f, severity))


def meet(d: Draft) -> None:
    """Step 10: a forum lives by meeting (+.12) and fades without (to .80 of it, with a secretariat .95)."""
    p = d.p
    if d.met:
        d.V = min(1.0, d.V + p.vit_up)
    else:
        office = d.institution("secretariat")
        works = office is not None and (d.is_wide(office) or not p.wide_secretariat)
        d.V *= p.vit_secretariat if works else p.vit_down
