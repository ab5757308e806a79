"""drift_trade, earn: commerce follows confidence, and lost markets do not come back (Peng 2017)."""

from __future__ import annotations

from collections.abc import Sequence

from game.draft import Draft, with_cell
from game.perception import ALLY

DECLINE = 0.85
"""Trade under which companies begin to leave."""


def drift_trade(d: Draft, T: Sequence[Sequence[float]]) -> None:
    """Step 8, end: let each pair's trade follow its mean trust; two low rounds lower its ceiling for good.

    In round 1 of the starter CN-JP goes to .988569.
    """
    p = d.p
    pact = d.institution("trade")
    members = () if pact is None else pact.members
    xdrift, xpivot, xmin = p.xdrift, p.xpivot, p.xmin
    X, L, lows = d.X, d.L, d.low
    for i, j in d.scenario.pairs:
        change = xdrift * ((T[i][j] + T[j][i]) / 2 - xpivot)
        if change < 0 and i in members and j in members:
            change = 0.0
        x = X[i][j] + change
        ceiling = d.Xc[i][j]
        low = 0
        if x < DECLINE and L[i][j] < ALLY:
            low = lows[i][j] + 1
            if low >= 2:
                ceiling = max(min(0.8, ceiling), ceiling - 0.05)
                d.Xc = with_cell(with_cell(d.Xc, i, j, ceiling), j, i, ceiling)
        if low != lows[i][j]:
            d.low = with_cell(with_cell(d.low, i, j, low), j, i, low)
        x = x if x > xmin else xmin  # noqa: FURB136 - often
        X[i][j] = X[j][i] = x if x < ceiling else ceiling  # noqa: FURB136 - often


def earn(d: Draft) -> None:
    """Step 10, beginning: let the economy feel trade above or below normal, and the recession outside a pact."""
    s, p = d.scenario, d.p
    for i, others in enumerate(s.others):
        X, share, half = d.X[i], s.s[i], d.half[i]
        total = 0.0
        for j in others:
            total += share[j] * half[j] * (X[j] - 1)
        d.E[i] += p.trade * s.open[i] * total
    if d.note:
        d.note("trade", -1, "")
    if d.round == s.recession_round:
        pact = d.institution("trade")
        for i in range(len(s.seats)):
            if pact is None or i not in pact.members:
                d.E[i] -= p.recession
        if d.note:
            d.note("recession", -1, "")
