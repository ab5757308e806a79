"""What the standings of a tournament measure: simulated tournaments of bots, by the rules, the draws and the scores of the real ones.

    python -m bench.fairness [--tournaments 1000] [--players 24] [--rounds 6]

Prints which share of the variance of a result is the seat's, the table's and the player's, of the bare Total and after it is
compared with the same seat elsewhere; and how often, with one wrecker among four players, the better of two kinds of bot
finishes above the weaker. The shares are less what chance alone would give (omega squared), seat, table and player in turn.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from game import arena, bots, scenario
from game.scoring import true_standing
from negotiation.tournaments import draws
from negotiation.tournaments.history import Entrant, History, Seating
from negotiation.tournaments.scores import Result, Rules, points
from negotiation.tournaments.standings import Entry, standings

SCENARIO = "six2003"
KINDS = ("bargainer", "grit", "inst", "tft", "hedger", "tester", "yes_only", "passive")
"""Of players who differ in strength, as many of each."""
BETTER, WEAKER, WRECKER = "bargainer", "yes_only", "random"
DRAWS = 24
"""Different draws of a tournament, dealt to players by lot."""


class Job(NamedTuple):
    """A tournament to be played: its seed, who plays (the bot of each player), and the draw."""

    seed: int
    cast: tuple[str, ...]
    rounds: tuple[Seating, ...]


class Shares(NamedTuple):
    """Shares of a variance."""

    seat: float
    table: float
    player: float


class Outcome(NamedTuple):
    """Shares of the bare Total and of the points, the ranks by player, and the mean points by kind of bot."""

    bare: Shares
    corrected: Shares
    ranks: tuple[int, ...]
    points: dict[str, float]


def play(job: Job) -> Outcome:
    """Plays a tournament."""
    one = scenario.load(SCENARIO)
    results = []
    length = 5 + (job.seed % 2)
    for number, seating in enumerate(job.rounds, 1):
        for table, sitting in enumerate(seating, 1):
            players = {seat: bots.get(job.cast[who - 1]) for seat, who in zip(one.seats, sitting, strict=True)}
            # A bot that draws has luck of its own at each table; the luck of the world is the same at all.
            game = arena.play(one, players, f"{job.seed}/{number}", rounds=length)
            scores = true_standing(one, game.last)
            joint = sum(score.G for score in scores)
            for seat, who, score in zip(one.seats, sitting, scores, strict=True):
                results.append(
                    Result(number, table, seat, who, "played", score.total, score.R, score.G, score.U, score.TR, joint)
                )
    entries = [Entry(number) for number in range(1, len(job.cast) + 1)]
    lines = standings(entries, results, Rules(), rounds=len(job.rounds))
    worth = {(one.player, one.round): one.value for one in points(results, Rules())}
    place = {(one.player, one.round): one for one in results}
    keys = sorted(worth)
    seats = [place[key].seat for key in keys]
    tables = [(place[key].round, place[key].table) for key in keys]
    people = [key[0] for key in keys]
    ranks = {line.player: line.rank for line in lines}
    by_kind: dict[str, list[float]] = defaultdict(list)
    for line in lines:
        by_kind[job.cast[line.player - 1]].append(line.score / len(job.rounds))
    return Outcome(
        bare=shares([place[key].total for key in keys], seats, tables, people),
        corrected=shares([worth[key] for key in keys], seats, tables, people),
        ranks=tuple(ranks[number] for number in range(1, len(job.cast) + 1)),
        points={kind: fmean(values) for kind, values in by_kind.items()},
    )


def shares(values: Sequence[float], *factors: Sequence[object]) -> Shares:
    """Returns what each factor explains of what those before it left, less what chance would."""
    mean = fmean(values)
    left = [value - mean for value in values]
    total = sum(value * value for value in left)
    degrees = len(values) - 1
    found = []
    for factor in factors:
        groups: dict[object, list[float]] = defaultdict(list)
        for level, value in zip(factor, left, strict=True):
            groups[level].append(value)
        means = {level: fmean(group) for level, group in groups.items()}
        explained = sum(len(group) * means[level] ** 2 for level, group in groups.items())
        before = sum(value * value for value in left)
        left = [value - means[level] for level, value in zip(factor, left, strict=True)]
        used = len(groups) - 1
        noise = (before - explained) / max(1, degrees - used)
        degrees -= used
        found.append((explained - used * noise) / total if total else 0.0)
    return Shares(*found)


def drawn(players: int, rounds: int, seed: int) -> tuple[Seating, ...]:
    """Returns the draws of a tournament."""
    entrants = [Entrant(number) for number in range(1, players + 1)]
    found = draws.draw(entrants, History(), seats=6, seed=str(seed), rounds=rounds, swaps=40_000, work=0.5)
    return (found.seating, *found.ahead)


def cast(kinds: Sequence[str], players: int, rng: random.Random) -> tuple[str, ...]:
    """Deals the kinds to players, as many of each as can be."""
    dealt = [kinds[i % len(kinds)] for i in range(players)]
    rng.shuffle(dealt)
    return tuple(dealt)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tournaments", type=int, default=1000)
    parser.add_argument("--players", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=6)
    asked = parser.parse_args()
    began = time.monotonic()
    with multiprocessing.Pool(os.cpu_count()) as pool:
        all_draws = pool.starmap(drawn, [(asked.players, asked.rounds, seed) for seed in range(DRAWS)])
        rng = random.Random(1)
        mixed = [Job(n, cast(KINDS, asked.players, rng), all_draws[n % DRAWS]) for n in range(asked.tournaments)]
        found = pool.map(play, mixed, chunksize=4)
        print(f"{asked.tournaments} tournaments of {asked.players} players and {asked.rounds} rounds ({SCENARIO})")
        print("share of the variance       seat   table  player    rest")
        for name in ("bare", "corrected"):
            each: list[Shares] = [getattr(one, name) for one in found]
            seat, table, player = (fmean(column) for column in zip(*each, strict=True))
            print(
                f"  {'Total' if name == 'bare' else 'points':24}{seat:7.1%} {table:7.1%} {player:7.1%} {1 - seat - table - player:7.1%}"
            )
        kinds = {kind: fmean(one.points[kind] for one in found if kind in one.points) for kind in KINDS}
        print(
            "mean points of a round:",
            ", ".join(f"{k} {v:.1f}" for k, v in sorted(kinds.items(), key=lambda kv: -kv[1])),
        )
        quarter = (WRECKER, BETTER, WEAKER, BETTER, WRECKER, WEAKER, BETTER, WEAKER)
        for rounds in sorted({2, 4, asked.rounds}):
            jobs = [
                Job(n, cast(quarter, asked.players, rng), all_draws[n % DRAWS][:rounds])
                for n in range(max(20, asked.tournaments // 5))
            ]
            above = pairs = 0
            for job, one in zip(jobs, pool.map(play, jobs, chunksize=4), strict=True):
                better = [one.ranks[i] for i, kind in enumerate(job.cast) if kind == BETTER]
                weaker = [one.ranks[i] for i, kind in enumerate(job.cast) if kind == WEAKER]
                above += sum(a < b for a in better for b in weaker)
                pairs += len(better) * len(weaker)
            print(
                f"one wrecker ({WRECKER}) among four, {rounds} rounds: {BETTER} above {WEAKER} in {above / pairs:.1%} of {pairs} pairs"
            )
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
