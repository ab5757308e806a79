"""plays_per_second, profile: how fast whole games are simulated on one core, and where the time goes.

The only place, with the command line itself, that may look at a clock.
"""

from __future__ import annotations

import cProfile
import time
from pathlib import Path
from types import CodeType

import msgspec

from game.addition import added
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


class Share(msgspec.Struct, frozen=True):
    """What one function takes of a whole game: its own time and that with all it calls, as shares, and calls a game.

    The tracer makes each call dearer, so that functions called often look dearer than they are.
    """

    name: str
    own: float
    all: float
    calls: float


def profile(plays: int, most: int = 20) -> list[Share]:
    """Return the `most` functions with most time of their own in so many games as `plays_per_second` plays them."""
    chosen = load(SCENARIO)
    cast = cast_of(chosen, BOT, None)
    simulate(Plan(chosen, cast, plays=1))
    tracer = cProfile.Profile()
    tracer.runcall(simulate, Plan(chosen, cast, plays=plays))
    entries = tracer.getstats()
    total = added(one.inlinetime for one in entries)
    shares = [
        Share(_name(one.code), one.inlinetime / total, one.totaltime / total, one.callcount / plays) for one in entries
    ]
    return sorted(shares, key=lambda one: -one.own)[:most]


def _name(code: str | CodeType) -> str:
    return code if isinstance(code, str) else f"{Path(code.co_filename).stem}.{code.co_qualname}"
