"""culture, threats, protection, security: how states see each other (rules of the game, section 5.1).

Everything here is a reading of the region at one instant, shown or true; nothing is changed. The security
dilemma is in `threats`: what one state holds for its defence, another may take for offence (Jervis 1978).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from game.addition import added
from game.scenario import Scenario

HOBBESIAN_BELOW = 40.0
KANTIAN_FROM = 65.0
ALLIED_FROM = 0.5
"""Alliance from which a pair does not count in the region's mean trust."""
ALLY = 0.3
"""Alliance from which a seat counts as an ally, and under which it may be a rival."""
RIVAL_BELOW = 0.6
"""Own trust in the other under which it may be a rival."""
MISREADING = {"Hobbesian": 1.2, "Lockean": 1.0, "Kantian": 0.6}
SEEN_THROUGH = 0.4
"""Share of misreading left toward a transparent state."""
COMMON_SECURITY = 0.9

Rows = Sequence[Sequence[float]]


class Region(Protocol):
    """What can be seen of a region; both a `World` and a `Draft` are one."""

    @property
    def A(self) -> Sequence[float]: ...
    @property
    def D(self) -> Sequence[float]: ...
    @property
    def E(self) -> Sequence[float]: ...
    @property
    def a(self) -> Rows: ...
    @property
    def b(self) -> Rows: ...
    @property
    def L(self) -> Rows: ...
    @property
    def tau(self) -> Sequence[float]: ...
    @property
    def V(self) -> float: ...
    @property
    def tA(self) -> Sequence[float]: ...
    @property
    def res(self) -> Sequence[float]: ...
    @property
    def disc(self) -> Sequence[float]: ...
    @property
    def transparent(self) -> Sequence[bool]: ...
    @property
    def vE(self) -> Sequence[float]: ...
    @property
    def common(self) -> Sequence[bool]: ...


def trust_rows(region: Region) -> list[list[float]]:
    """Return T: the share of good evidence in all evidence, 0 to 1, rows of the seat that trusts.

    Josang and Ismail 2002. At the start a = 12 T, so CN>JP is .25.
    """
    return [[x / (x + y) for x, y in zip(good, bad)] for good, bad in zip(region.a, region.b)]  # noqa: B905 - often


def rivals(scenario: Scenario, region: Region, i: int) -> list[int]:
    """Return whom seat `i` threatens by what it does: those that are no allies and that it does not trust."""
    L, good, bad = region.L[i], region.a[i], region.b[i]
    return [j for j in scenario.others[i] if L[j] < ALLY and good[j] / (good[j] + bad[j]) < RIVAL_BELOW]


def camp_index(scenario: Scenario, region: Region) -> float | None:
    """Return the mean trust inside alliances less the mean trust across them, -1 to 1; None where one kind is missing.

    Allied is who counts as an ally when deeds are read: L of .3 or more. In `camps2023` it starts near .5: two blocs.
    """
    T, L = trust_rows(region), region.L
    inside = [T[i][j] for i, others in enumerate(scenario.others) for j in others if L[i][j] >= ALLY]
    across = [T[i][j] for i, others in enumerate(scenario.others) for j in others if L[i][j] < ALLY]
    return added(inside) / len(inside) - added(across) / len(across) if inside and across else None


def mean_trust(scenario: Scenario, region: Region, T: Rows) -> float:
    """Return the mean trust over ordered pairs that are not allied; 1 where all are."""
    total, count = 0.0, 0
    L = region.L
    for i, others in enumerate(scenario.others):
        row, allied = T[i], L[i]
        for j in others:
            if allied[j] < ALLIED_FROM:
                total += row[j]
                count += 1
    return total / count if count else 1.0


def culture_of(scenario: Scenario, region: Region, T: Rows, mean: float | None = None) -> float:
    """Return C, 0 to 100: how far the region is from a war of all against all (Wendt 1999).

    The starter begins at 36.0. `mean` is the mean trust, where it is known already.
    """
    if mean is None:
        mean = mean_trust(scenario, region, T)
    tau = region.tau
    calm = 1 - added(tau) / len(tau) / 100 if tau else 1.0
    return 100 * (0.6 * mean + 0.2 * region.V + 0.2 * calm)


def culture_name(C: float) -> str:
    """Return the culture of a value: Hobbesian below 40, Kantian from 65, Lockean between."""
    if C < HOBBESIAN_BELOW:
        return "Hobbesian"
    return "Lockean" if C < KANTIAN_FROM else "Kantian"


def threats_seen(
    scenario: Scenario, region: Region, T: Rows, C: float, hidden: Sequence[float] | None = None
) -> list[list[float]]:
    """Return how much threat each seat (row) sees in each other.

    Offence counts in full. Defence counts by misreading: the less trust, the fewer sensors and the more hostile
    the culture, the more of it is taken for offence; toward a transparent state it is .4 of that.
    In the starter CN misreads JP by .3915 and sees a threat of 17.717967. `hidden` adds what is not shown.
    """
    p = scenario.parameters
    misreading = p.phi0 * MISREADING[culture_name(C)]
    offence = [max(0.0, A + tA) for A, tA in zip(region.A, region.tA, strict=True)]
    if hidden is not None:
        offence = [x + y for x, y in zip(offence, hidden, strict=True)]
    D, transparent, common, vE = region.D, region.transparent, region.common, region.vE
    reach = [1 - disc for disc in region.disc]
    kappa = p.kappa
    rows = []
    for i, others in enumerate(scenario.others):
        row = [0.0] * len(offence)
        trusts, salience, allied = T[i], scenario.g[i], region.L[i]
        blur = misreading * (1 - vE[i] / 2)
        in_common = common[i]
        for j in others:
            distrust = 1 - trusts[j]
            phi = blur * distrust
            if transparent[j]:
                phi *= SEEN_THROUGH
            if in_common and common[j]:
                phi *= COMMON_SECURITY
            if phi > 1:
                phi = 1.0
            row[j] = kappa * salience[j] * distrust * (1 - allied[j]) * reach[j] * (offence[j] + phi * D[j])
        rows.append(row)
    return rows


def protections(scenario: Scenario, region: Region, hidden: Sequence[float] | None = None) -> list[float]:
    """Return what protects each seat: its defence, half its offence, a quarter of its allies' arms.

    CN has 50.747716 at the start of the starter. `hidden` are the seats' own stocks.
    """
    p = scenario.parameters
    A, D, res = region.A, region.D, region.res
    found = []
    for i, others in enumerate(scenario.others):
        lent = 0.0
        ties = region.L[i]
        for j in others:
            tie = ties[j]
            if tie:
                lent += tie * (A[j] + D[j])
        offence = A[i] if hidden is None else A[i] + hidden[i]
        found.append(D[i] + p.aoff * offence + p.ext * lent + res[i])
    return found


def security_of(protected: float, threatened: float) -> float:
    """Return S, 0 to 100: a ratio, for security is relative (Peng 2017). CN 62.579917 at the start."""
    return 100 * protected / (protected + threatened)


def worth_of(scenario: Scenario, i: int, S: float, E: float) -> float:
    """Return W: security and economy weighed by the seat's own weight of security. CN 83.160962."""
    alpha = scenario.alpha[i]
    return alpha * S + (1 - alpha) * E


def threats(scenario: Scenario, region: Region) -> tuple[tuple[float, ...], ...]:
    """Return the shown threats, rows of the seat that sees them."""
    T = trust_rows(region)
    C = culture_of(scenario, region, T)
    return tuple(map(tuple, threats_seen(scenario, region, T, C)))
