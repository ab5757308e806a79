"""Whole games a second of one core: ours beside those of the `diplomacy` package, in turns, on the same core.

python -m bench.engines --diplomacy PYTHON [--turns 3] [--seconds 5]    PYTHON has it: pip install diplomacy into a venv of its own

Ours: six players of 5 + 3 rounds by the path of `simulate`, tit for tat and bargainers. Theirs: seven powers with random legal
orders, the first 8 years. Both count seconds of the processor, so that other programs disturb them less.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys

OURS = """
import json, sys, time
from game.scenario import load
from game.simulation import Plan, cast_of, simulate
seconds, bot = float(sys.argv[1]), sys.argv[2]
chosen = load("six2003")
cast = cast_of(chosen, bot, None)
simulate(Plan(chosen, cast, plays=20))
games, began = 0, time.process_time()
while time.process_time() - began < seconds:
    simulate(Plan(chosen, cast, plays=20, seed=games))
    games += 20
print(json.dumps(games / (time.process_time() - began)))
"""
THEIRS = """
import json, random, sys, time
from diplomacy import Game
seconds, luck = float(sys.argv[1]), random.Random(1)
def play():
    game = Game()
    while not game.is_game_done and int(game.get_current_phase()[1:5]) < 1909:
        possible = game.get_all_possible_orders()
        for power in game.powers:
            places = [place for place in game.get_orderable_locations(power) if possible[place]]
            game.set_orders(power, [luck.choice(possible[place]) for place in places])
        game.process()
play()
games, began = 0, time.process_time()
while time.process_time() - began < seconds:
    play()
    games += 1
print(json.dumps(games / (time.process_time() - began)))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--diplomacy", required=True, metavar="PYTHON")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    ours = {"tft": (sys.executable, OURS, "tft"), "bargainer": (sys.executable, OURS, "bargainer")}
    engines = {**ours, "diplomacy": (asked.diplomacy, THEIRS, "")}
    found: dict[str, list[float]] = {name: [] for name in engines}
    for turn in range(asked.turns):
        for name, (python, program, bot) in engines.items():
            run = subprocess.run(
                [python, "-c", program, str(asked.seconds), bot], capture_output=True, text=True, check=True
            )
            found[name].append(json.loads(run.stdout.splitlines()[-1]))
        print(f"turn {turn + 1}: " + ", ".join(f"{name} {rates[-1]:.1f}" for name, rates in found.items()), flush=True)
    theirs = statistics.median(found["diplomacy"])
    for name in ours:
        rate = statistics.median(found[name])
        print(f"{name}: {rate:.0f} games a second and core, {rate / theirs:.0f} times the {theirs:.1f} of diplomacy")


if __name__ == "__main__":
    main()
