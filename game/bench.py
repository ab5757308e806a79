"""plays_per_second: how fast whole games are simulated, on one core.

The only place, with the command line itself, that may look at a clock.
"""

from __future__ import annotations

import time

from game.scenario import load
from game.simulation import Plan, cast_of, simulate

SCENARIO = "six2003"
BOT = "tft"
BATCH = 25


def plays_per_second(seconds: float) -> float:
    """Return complete games of six tit-for-tat players, 5 + 3 rounds, per second, by the path of `simulate`.

    It plays batches for so many seconds and takes the fastest, as `timeit` does: what is slower was
    slowed down by something else on the machine.
    """
    chosen = load(SCENARIO)
    cast = cast_of(chosen, BOT, None)
    simulate(Plan(chosen, cast, plays=BATCH))  # the value table is reckoned once and then kept
    fastest, played = float("inf"), 0
    end = time.perf_counter() + seconds
    while played == 0 or time.perf_counter() < end:
        began = time.perf_counter()
        simulate(Plan(chosen, cast, plays=BATCH, seed=played))
        fastest = min(fastest, time.perf_counter() - began)
        played += BATCH
    return BATCH / fastest
