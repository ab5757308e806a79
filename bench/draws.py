"""How good the draws are: repeats, seats, time and bound for several sizes, beside draws by lot and by a careful hand.

python -m bench.draws [12 18 24 30 36 60 120] [--rounds 6]
"""

from __future__ import annotations

import argparse
import time

from negotiation.tournaments import quality
from negotiation.tournaments.draws import draw
from negotiation.tournaments.grouping import REPEAT, least
from negotiation.tournaments.history import Entrant, History, Seating

BLOCS = (0, 0, 1, 1, 2, 1)
"""Of six2003: China and DPRK; Japan, ROK and US; Russia."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("players", type=int, nargs="*", default=[12, 18, 24, 30, 36, 60, 120])
    parser.add_argument("--rounds", type=int, default=6)
    asked = parser.parse_args()
    print("players  way      again  most  squared  bound  uneven  partners  seconds")
    for count in asked.players:
        entrants = [Entrant(number) for number in range(1, count + 1)]
        bound = least(History(), entrants, size=6, rounds=asked.rounds) // REPEAT
        done: list[Seating] = []
        ahead: tuple[Seating, ...] = ()
        began = time.monotonic()
        for number in range(asked.rounds):
            history = History(done, blocs=BLOCS)
            found = draw(entrants, history, seats=6, seed=f"bench {number}", rounds=asked.rounds - number, ahead=ahead)
            done.append(found.seating)
            ahead = found.ahead
        seconds = time.monotonic() - began
        ways = {
            "drawn": (done, seconds),
            "greedy": (quality.greedily(entrants, seats=6, rounds=asked.rounds, seed="bench"), 0.0),
            "by lot": (quality.by_lot(entrants, seats=6, rounds=asked.rounds, seed="bench"), 0.0),
        }
        for way, (rounds, took) in ways.items():
            one = quality.of(rounds, blocs=BLOCS)
            print(
                f"{count:7}  {way:7} {one.again:6} {one.most:5} {one.squared:8} {bound:6} {one.uneven:7} {one.partners:9} {took:8.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
