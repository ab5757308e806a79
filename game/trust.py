"""spread_good, spread_bad, forget: trust is evidence, and only deeds are evidence.

Each seat keeps for each other an amount of good (a) and bad (b) evidence; trust is a/(a+b) (Josang and Ismail
2002). Bad evidence weighs twice (Kydd 2005), and how much good one round can do has a ceiling (Peng 2017).
"""

from __future__ import annotations

from collections.abc import Sequence

from game.draft import Draft

WINDOW_FACTOR = {"fear": 2.0, "thaw": 2.0, "exchange": 1.5, "trade": 1.5, None: 1.0}
CULTURE_FACTOR = {"Hobbesian": 0.5, "Lockean": 0.8, "Kantian": 1.0}


def good(d: Draft, i: int, j: int, w: float) -> None:
    """Let seat `i` see good of weight `w` in `j`.

    Nationalism at home damps it, and the pair's ceiling of the round stops it: in round 1 of the starter
    JP takes in .271250 about CN.
    """
    if d.mood != d.N:
        _see_moods(d)
    f, taken_in = d.uptake[i], d.pos[j]
    left = (d.p.cap + d.capb) * f - taken_in[i]
    x = min(w * f, left)
    if x > 0:
        d.a[i][j] += x
        taken_in[i] += x
    if d.p.mend:
        _mend(d, i, j, w * f - max(x, 0.0), f)


def _mend(d: Draft, i: int, j: int, surplus: float, f: float) -> None:
    """Let good that the round's ceiling keeps out wear old grievances down, up to a second ceiling as high as the first.

    So one more kept promise is never worth nothing, and yet no heap of them buys trust at once: what is believed at a
    time stays limited, and what wears down is a share of the bad that there is (Osgood 1962: steps must go on).
    """
    over = d.over[j]
    x = min(surplus, (d.p.cap + d.capb) * f - over[i])
    if x > 0:
        d.b[i][j] *= 1 - min(1.0, d.p.mend * x)
        over[i] += x


def bad(d: Draft, i: int, j: int, w: float) -> None:
    """Let seat `i` see bad of weight `w` in `j`; it counts double."""
    d.b[i][j] += d.p.eta * w


def _see_moods(d: Draft) -> None:
    """Work out what share of good each nation takes in: the more nationalist, the less."""
    d.mood = d.N.copy()
    climate = d.win * d.cev
    d.uptake = [climate * (1 - N / 200) for N in d.mood]


def spread_good(
    d: Draft, j: int, targets: Sequence[int], w: float, *, idle: Sequence[int] = (), less: float = 0.0
) -> None:
    """Let all others see good in `j`: those in `targets` in full, third parties a quarter of it, the `idle` `less`."""
    if d.mood != d.N:
        _see_moods(d)
    if d.sated[j] is d.mood:
        return  # the last time nobody could take in any more of it, and no ceiling has moved since
    a, taken_in, uptake, mend = d.a, d.pos[j], d.uptake, d.p.mend
    ceiling, quarter = d.p.cap + d.capb, w * d.p.third
    others = d.scenario.others[j]
    all_alike = len(targets) == len(others)  # they are distinct, and nobody but the others can be one
    sated = not mend
    for i in others:
        f = uptake[i]
        if all_alike or i in targets:
            x = w * f
        elif i in idle:
            x = less * f
        else:
            x = quarter * f
        left = ceiling * f - taken_in[i]
        if left > 0:
            sated = False
        if left < x:
            if mend:
                _mend(d, i, j, x - max(left, 0.0), f)
            x = left
        if x > 0:
            a[i][j] += x
            taken_in[i] += x
    if sated:
        d.sated[j] = d.mood


def spread_bad(d: Draft, j: int, targets: Sequence[int], w: float) -> None:
    """Let all others see bad in `j`: those in `targets` in full, third parties a quarter of it."""
    b, eta, third = d.b, d.p.eta, d.p.third
    for i in d.scenario.others[j]:
        b[i][j] += eta * (w if i in targets else w * third)


def forget(d: Draft) -> None:
    """Let old evidence fade: to .97 of it, or to 24 pieces where there are more, so that trust stays movable."""
    memory, keep = d.p.memory, d.p.forget
    for i, others in enumerate(d.scenario.others):
        a, b = d.a[i], d.b[i]
        for j in others:
            m = a[j] + b[j]
            factor = keep if m <= memory else memory / m
            a[j] *= factor
            b[j] *= factor
