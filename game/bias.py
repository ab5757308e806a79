"""study, World, Finding, SCHOOLS, WORLDS: whether the scoring favours a school of thought, by the weight k of relative gain.

A school is some bots that act as it advises. In each game of a world every seat is dealt a school by lot, and a bot of that
school; what a seat makes of it is held against what the same seat makes on the average of all schools, so that strong and
weak states count alike. The bots' decisions do not depend on k but through the worth of a promise, and they are played
anew for each k.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean, pstdev
from typing import NamedTuple

from msgspec.structs import replace

from game import bots
from game.addition import added
from game.arena import play
from game.draws import u01
from game.scenario import Scenario
from game.scoring import true_standing
from game.simulation import Chunk, Mapper, Plan, shared_out

SCHOOLS: dict[str, tuple[str, ...]] = {
    "institutions": ("inst", "grit"),
    "reciprocity": ("tft", "hedger"),
    "bargaining": ("bargainer", "holdout"),
    "strength": ("hawk", "tester", "cheat"),
}
"""Liberal institutionalism (Keohane 1984), reciprocity (Axelrod 1984), rational bargaining (Fearon 1995), and offensive
realism (Mearsheimer 2001), as the bots have them."""
WORLDS: dict[str, tuple[str, ...]] = {
    "even": ("institutions", "reciprocity", "bargaining", "strength"),
    "friendly": ("institutions", "institutions", "reciprocity", "reciprocity", "bargaining", "bargaining", "bargaining", "strength"),
    "hostile": ("strength", "strength", "strength", "institutions", "reciprocity", "bargaining"),
}  # fmt: skip
"""From which lot the seats draw their school."""
FEW = 40
"""Tables of which there is but one in so many are not told of."""
WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)


class Seated(NamedTuple):
    """What a seat of one game came to, the school it was dealt and the bot; U is G + k R."""

    school: str
    bot: str
    G: float
    U: float
    total: float


Games = Sequence[Sequence[Seated]]


class Finding(NamedTuple):
    """What a school, or a single bot, made of it in one world at one k.

    `lead` is how far it is above the mean of its seats, in points, without trust and with it; `wins` its share of the
    best seats of games over its share of seats (1 is fair), each seat measured by its own mean and spread.
    """

    scenario: str
    world: str
    k: float
    who: str
    lead_U: float
    lead_total: float
    wins_U: float
    wins_total: float


class World(NamedTuple):
    """One world at one k: what the schools and the single bots made of it, and the mean gain G of a seat by how many seats
    at the table were of the school of strength."""

    scenario: str
    world: str
    k: float
    schools: tuple[Finding, ...]
    bots: tuple[Finding, ...]
    gain_by_strength: dict[int, float]


def study(
    scenario: Scenario, *, plays: int, seed: int = 0, weights: Sequence[float] = WEIGHTS, mapper: Mapper | None = None
) -> Iterator[World]:
    """Yield every world at every weight, each as its games are over."""
    for k in weights:
        weighed = with_weight(scenario, k)
        for world in WORLDS:
            # The cast of a plan is what its seats are dealt from.
            plan = Plan(weighed, dict.fromkeys(scenario.seats, world), plays, seed=seed)
            games = played(plan, mapper)
            yield World(
                scenario.id,
                world,
                k,
                tuple(findings(scenario.id, world, k, games, SCHOOLS)),
                tuple(findings(scenario.id, world, k, games, [name for one in SCHOOLS.values() for name in one])),
                gain_by_strength(games, max(1, plays // FEW)),
            )


def with_weight(scenario: Scenario, k: float) -> Scenario:
    """Return the scenario with this weight of relative gain for all seats. Raises `ValueError` below 0."""
    if k < 0:
        raise ValueError(f"k: found {k}; allowed: 0 or more")
    return replace(scenario, regime_k=False, parameters=replace(scenario.parameters, k=k))


def played(plan: Plan, mapper: Mapper | None = None) -> list[tuple[Seated, ...]]:
    """Return the seats of each game of a plan whose cast names worlds, in the order of the seeds."""
    return shared_out(play_chunk, plan, mapper)


def play_chunk(chunk: Chunk) -> list[tuple[Seated, ...]]:
    """Return what the seats of a chunk's games came to, in seat order."""
    plan = chunk.plan
    found = []
    for seed in chunk.seeds:
        schools = [_drawn(WORLDS[world], seed, "school", seat) for seat, world in plan.cast.items()]
        names = [_drawn(SCHOOLS[school], seed, "bot", seat) for school, seat in zip(schools, plan.cast, strict=True)]
        players = {seat: bots.get(name) for seat, name in zip(plan.cast, names, strict=True)}
        scores = true_standing(plan.scenario, play(plan.scenario, players, seed).last)
        found.append(
            tuple(
                Seated(school, name, one.G, one.U, one.total)
                for school, name, one in zip(schools, names, scores, strict=True)
            )
        )
    return found


def _drawn(lot: Sequence[str], seed: int, what: str, seat: str) -> str:
    return lot[int(u01(seed, what, seat) * len(lot))]


def findings(scenario: str, world: str, k: float, games: Games, groups: Iterable[str]) -> Iterator[Finding]:
    """Yield what each school, or each bot, made of these games; of one that nobody was dealt, nothing."""
    leads = {lens: _leads(games, lens) for lens in ("U", "total")}
    best = {lens: _best(rows) for lens, rows in leads.items()}
    for who in groups:
        seats = [(n, i) for n, game in enumerate(games) for i, one in enumerate(game) if who in one[:2]]
        if not seats:
            continue
        share = len(seats) / added(map(len, games))
        lead = {lens: fmean(rows[n][i][0] for n, i in seats) for lens, rows in leads.items()}
        wins = {
            lens: sum(who in games[n][i][:2] for n, i in enumerate(places)) / len(games) / share
            for lens, places in best.items()
        }
        yield Finding(scenario, world, k, who, lead["U"], lead["total"], wins["U"], wins["total"])


def gain_by_strength(games: Games, least: int = 1) -> dict[int, float]:
    """Return the mean gain G of a seat by the number of seats of the school of strength at its table, of `least` games or more."""
    by: dict[int, list[float]] = {}
    for game in games:
        by.setdefault(sum(one.school == "strength" for one in game), []).append(fmean(one.G for one in game))
    return {number: fmean(gains) for number, gains in sorted(by.items()) if len(gains) >= least}


def _leads(games: Games, lens: str) -> list[list[tuple[float, float]]]:
    """Return by game and seat how far it is above the mean of that seat, in points and in standard deviations."""
    columns = [[float(getattr(one, lens)) for one in column] for column in zip(*games, strict=True)]
    means, sds = [fmean(column) for column in columns], [pstdev(column) or 1.0 for column in columns]
    return [
        [(value - means[i], (value - means[i]) / sds[i]) for i, value in enumerate(row)]
        for row in zip(*columns, strict=True)
    ]


def _best(rows: Sequence[Sequence[tuple[float, float]]]) -> list[int]:
    """Return the seat of each game that did best by its own measure."""
    found = []
    for row in rows:
        measures = [measure for _, measure in row]
        found.append(measures.index(max(measures)))
    return found
