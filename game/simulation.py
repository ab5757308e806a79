"""simulate, Plan, summary: many games among bots, and what they come to on the average.

Game i of a plan uses seed S+i and nothing else, so the outcome is the same however the games are shared
out among processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from statistics import fmean, pstdev
from typing import Any, Protocol, TypeVar

import msgspec

from game import bots, mandates
from game.addition import added
from game.arena import Game, play
from game.draws import u01
from game.mandates import Course, MandateResult
from game.perception import culture_name
from game.records import Seat
from game.scenario import Scenario
from game.scoring import AFTERMATH, Tally, true_standing

COOPERATORS = ("inst", "tft", "grit", "hedger", "bargainer", "bargainer")
MIXES: dict[str, tuple[str, ...]] = {"mixed": COOPERATORS, "motley": (*COOPERATORS, "hawk", "random")}
"""Pools that seats are dealt a bot from, each by itself; the motley one is nearer to a class."""
WAR = 4
"""Severity from which a crisis is a war."""
EMPTY_SEAT = "bargainer"

Given = TypeVar("Given")
Made = TypeVar("Made")


class Mapper(Protocol):
    """Does what `map` does, perhaps in several processes."""

    def __call__(self, work: Callable[[Given], Made], given: Sequence[Given], /) -> Iterable[Made]: ...


class SimulationError(ValueError):
    """A simulation cannot be run as asked; the message says what was found and what is allowed."""


class Plan(msgspec.Struct, frozen=True):
    """What to play: `cast` names each seat's bot or the pool it is dealt from."""

    scenario: Scenario
    cast: dict[Seat, str]
    plays: int
    seed: int = 0
    rounds: int | None = None
    shadow: int = AFTERMATH
    windows: bool = True
    crises: bool = True
    each: bool = False


class Chunk(msgspec.Struct, frozen=True):
    """Some games of a plan, by their seeds."""

    plan: Plan
    seeds: range


class Result(msgspec.Struct, frozen=True):
    """What is kept of a game: culture after each round, arms growth, scores, the worst crisis.

    `gains` and `relative` (after each played round, by seat) and `mandates` are filled only if each game
    was asked for. `carried` texts had the votes, `refused` of them an audience at home would not have.
    """

    seed: int
    C: tuple[float, ...]
    rung: int
    arms: float
    crises: int
    worst: int
    scores: tuple[Tally, ...]
    gains: tuple[tuple[float, ...], ...] = ()
    relative: tuple[tuple[float, ...], ...] = ()
    mandates: tuple[MandateResult, ...] = ()
    carried: int = 0
    refused: int = 0


def cast_of(scenario: Scenario, given: str | None, mix: str | None) -> dict[Seat, str]:
    """Return who plays which seat, from ``"tft"`` or ``"CN=hawk,KP=grit"`` and the pool for the others."""
    rest = mix or EMPTY_SEAT
    if rest not in MIXES and rest not in bots.NAMES:
        raise SimulationError(f"--mix: found {mix!r}; allowed: {', '.join((*MIXES, *bots.NAMES))}")
    cast = dict.fromkeys(scenario.seats, rest)
    if given is None:
        return cast
    if "=" not in given:
        return dict.fromkeys(scenario.seats, _known(given))
    for pair in given.split(","):
        seat, _, name = pair.partition("=")
        if seat not in cast:
            raise SimulationError(f"--bots: found seat {seat!r}; allowed: {', '.join(scenario.seats)}")
        cast[seat] = _known(name)
    return cast


def _known(name: str) -> str:
    if name not in bots.NAMES and name not in MIXES:
        raise SimulationError(f"--bots: found {name!r}; allowed: {', '.join((*bots.NAMES, *MIXES))}")
    return name


def simulate(plan: Plan, mapper: Mapper | None = None, share: int = 20) -> list[Result]:
    """Return the games of a plan in the order of their seeds; `mapper` is given `share` games at a time."""
    return shared_out(play_chunk, plan, mapper, share)


def mandates_met(plan: Plan, mapper: Mapper | None = None, share: int = 20) -> dict[Seat, tuple[float, ...]]:
    """Return by seat in what share of a plan's games each of its mandates was met, whichever was drawn."""
    games = shared_out(mandates_of_chunk, plan, mapper, share)
    n = len(games)
    return {
        seat: tuple(added(game[i][k] for game in games) / n for k in range(mandates.COUNT))
        for i, seat in enumerate(plan.scenario.seats)
    }


def shared_out(
    work: Callable[[Chunk], list[Made]], plan: Plan, mapper: Mapper | None = None, share: int = 20
) -> list[Made]:
    """Return what `work` makes of each game of a plan, in the order of the seeds, `share` games at a time."""
    end = plan.seed + plan.plays
    chunks = [Chunk(plan, range(first, min(first + share, end))) for first in range(plan.seed, end, share)]
    return list(chain.from_iterable(map(work, chunks) if mapper is None else mapper(work, chunks)))


def play_chunk(chunk: Chunk) -> list[Result]:
    """Return the results of a chunk's games."""
    plan = chunk.plan
    return [result_of(plan.scenario, game, seed, each=plan.each) for seed, game in _played(chunk)]


def mandates_of_chunk(chunk: Chunk) -> list[tuple[tuple[bool, ...], ...]]:
    """Return for each game of a chunk which mandates were met, by seat and number."""
    chosen = chunk.plan.scenario
    found = []
    for _, game in _played(chunk):
        course = Course(game.worlds[0], game.end, game.reports)
        numbers = range(1, mandates.COUNT + 1)
        found.append(tuple(tuple(mandates.met(chosen, seat, k, course) for k in numbers) for seat in chosen.seats))
    return found


def _played(chunk: Chunk) -> Iterator[tuple[int, Game]]:
    plan = chunk.plan
    for seed in chunk.seeds:
        players = {seat: bots.get(dealt(name, seed, seat)) for seat, name in plan.cast.items()}
        yield seed, play(
            plan.scenario, players, seed,
            rounds=plan.rounds, shadow=plan.shadow, windows=plan.windows, crises=plan.crises,
        )  # fmt: skip


def dealt(name: str, seed: int, seat: Seat) -> str:
    """Return the bot of this name, or the one this seat is dealt from the pool of this name."""
    pool = MIXES.get(name)
    return name if pool is None else pool[int(u01(seed, "mix", seat) * len(pool))]


def result_of(scenario: Scenario, game: Game, seed: int, *, each: bool = False) -> Result:
    """Return what is kept of a game."""
    last = game.last
    severities = [severity for report in (*game.reports, *game.after) for _, severity in report.crises]
    result = Result(
        seed=seed,
        C=tuple([world.C for world in game.worlds[1:]]),
        rung=game.end.rung,
        arms=(added(last.A) + added(last.D) + added(last.H)) / added(scenario.M0) - 1,
        crises=len(severities),
        worst=max(severities, default=0),
        scores=true_standing(scenario, last),
        carried=added(ballot.adopted or bool(ballot.refused) for ballot in game.ballots),
        refused=sum(bool(ballot.refused) for ballot in game.ballots),
    )
    if not each:
        return result
    standings = [true_standing(scenario, world) for world in game.worlds[1:]]
    return msgspec.structs.replace(
        result,
        gains=tuple(tuple(tally.G for tally in one) for one in standings),
        relative=tuple(tuple(tally.R for tally in one) for one in standings),
        mandates=mandates.results(scenario, seed, Course(game.worlds[0], game.end, game.reports)),
    )


def summary(plan: Plan, results: Sequence[Result]) -> dict[str, Any]:
    """Return the averages of a simulation, and each game if the plan asks for it."""
    seats = plan.scenario.seats
    found: dict[str, Any] = {
        "scenario": plan.scenario.id,
        "plays": len(results),
        "seats": {seat: _seat(i, results) for i, seat in enumerate(seats)},
        "culture": {
            name: fmean(culture_name(one.C[-1]) == name for one in results)
            for name in ("Hobbesian", "Lockean", "Kantian")
        },
        "arms": {"mean": fmean(one.arms for one in results)},
        "C": {"mean": fmean(one.C[-1] for one in results)},
        "rung": {"mean": fmean(one.rung for one in results)},
        "crises": {
            "mean": fmean(one.crises for one in results),
            "war": fmean(one.worst >= WAR for one in results),
        },
    }
    if plan.scenario.ratification:
        carried = added(one.carried for one in results)
        found["ratified"] = {
            "carried": carried / len(results),
            "share": 1 - added(one.refused for one in results) / carried if carried else 1.0,
        }
    if plan.each:
        found["each"] = [_game(seats, one) for one in results]
    return found


def _seat(i: int, results: Sequence[Result]) -> dict[str, dict[str, float]]:
    columns: Mapping[str, list[float]] = {
        "G": [one.scores[i].G for one in results],
        "R": [one.scores[i].R for one in results],
        "U": [one.scores[i].U for one in results],
        "TR": [one.scores[i].TR for one in results],
        "Total": [one.scores[i].total for one in results],
    }
    return {name: {"mean": fmean(values), "sd": pstdev(values)} for name, values in columns.items()}


def _game(seats: Sequence[Seat], one: Result) -> dict[str, Any]:
    scores: dict[Seat, dict[str, Any]] = {}
    for i, tally in enumerate(one.scores):
        scores[tally.seat] = {"G": tally.G, "R": tally.R, "U": tally.U, "TR": tally.TR, "Total": tally.total}
        if one.mandates:
            scores[tally.seat] |= mandates.values(one.mandates[i])
    return {
        "seed": one.seed,
        "C": list(one.C),
        "arms": one.arms,
        "G_after": {seat: [row[i] for row in one.gains] for i, seat in enumerate(seats)},
        "R_after": {seat: [row[i] for row in one.relative] for i, seat in enumerate(seats)},
        "scores": scores,
    }
