"""play, Game: a whole game among bots without rooms, clocks or talk.

The protocol is the reduced one of rules.md section 7: each round the seats are asked for a package in the
chair's order, twice over; each text is voted on at once, and the first that passes is adopted. Then all
order, the round is resolved, and after the last comes the aftermath with empty orders. Given scenario,
bots and seed, a game is the same to the last bit wherever it is played.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import msgspec

from game.bots.bot import Bot
from game.consent import voting_order
from game.decisions import Choice
from game.ratification import decided
from game.records import Order, Package, Seat
from game.resolution import resolve
from game.scenario import Scenario
from game.scoring import AFTERMATH, aftermath
from game.tabling import check_package
from game.view import Ballot, View
from game.world import Report, ShownWorld, World, shown, start

PASSES = 2
"""How often every seat is asked for a text in a round."""
NOBODY = random.Random(0)
"""The luck of bots that never draw: making a generator is not cheap."""

Meddle = Callable[[ShownWorld, tuple[Package, ...], dict[Seat, Order]], None]
"""Given the world, the packages just adopted and the orders before they are opened; for experiments only."""


class Game(msgspec.Struct, frozen=True):
    """A game as it was played: the world after each round, the reports, the texts, and the end.

    `worlds` begins with the start; `last` is the world after the aftermath, whose reports are in `after`.
    """

    seed: int | str
    worlds: tuple[World, ...]
    reports: tuple[Report, ...]
    ballots: tuple[Ballot, ...]
    last: World
    after: tuple[Report, ...]

    @property
    def end(self) -> World:
        """The world at the end of the last played round."""
        return self.worlds[-1]


def play(
    scenario: Scenario,
    bots: Mapping[Seat, Bot],
    seed: int | str,
    *,
    rounds: int | None = None,
    shadow: int = AFTERMATH,
    windows: bool = True,
    crises: bool = True,
    opening: Package | None = None,
    meddle: Meddle | None = None,
) -> Game:
    """Play a game of `rounds` (the scenario's, if None) and `shadow` rounds of aftermath.

    Each seat needs a bot of its own that has learnt nothing yet. `opening` is adopted in round 1 without
    anybody being asked; `meddle` may change orders.
    """
    length = rounds or scenario.rounds
    table = _Table(scenario, bots, seed, length)
    world = start(scenario, windows=windows)
    worlds, reports = [world], []
    for round_ in range(1, length + 1):
        seen = shown(world)
        table.open_round(round_, seen)
        adopted = (opening,) if opening is not None and round_ == 1 else table.negotiate()
        orders = table.orders(adopted)
        if meddle is not None:
            meddle(seen, adopted, orders)
        world, report = resolve(scenario, world, adopted, orders, seed=seed, crises=crises, windows=windows)
        table.report = report
        worlds.append(world)
        reports.append(report)
    last, after = aftermath(scenario, world, seed, shadow, crises=crises, windows=windows)
    return Game(seed, tuple(worlds), tuple(reports), table.past, last, after)


class _Table:
    """The seats round the table, and what all of them have seen so far."""

    def __init__(self, scenario: Scenario, bots: Mapping[Seat, Bot], seed: int | str, rounds: int) -> None:
        self.scenario = scenario
        self.bots = [bots[seat] for seat in scenario.seats]
        self.seed = seed
        self.rounds = rounds
        self.rngs = [
            random.Random(f"{seed}|bot|{seat}") if bot.stochastic else NOBODY
            for seat, bot in zip(scenario.seats, self.bots, strict=True)
        ]
        self.report: Report | None = None
        self.past: tuple[Ballot, ...] = ()
        self.round = 0
        self.world: ShownWorld
        self.views: list[View] = []

    def open_round(self, round_: int, world: ShownWorld) -> None:
        """Let every seat see the round as it begins."""
        self.round, self.world = round_, world
        self.views = [
            View(self.scenario, seat, "vote", round_, self.rounds, world, self.report, past=self.past)
            for seat in self.scenario.seats
        ]

    def negotiate(self) -> tuple[Package, ...]:
        """Return the first text that passes, if any does."""
        ballots: list[Ballot] = []
        adopted: tuple[Package, ...] = ()
        for seat in voting_order(self.scenario, self.round) * PASSES:
            i = self.scenario.index[seat]
            view = self.views[i]
            if ballots:
                view = msgspec.structs.replace(view, ballots=tuple(ballots))
            package = self.bots[i].offer(view)
            if package is None:
                continue
            check_package(self.scenario, self.world, package)
            ballot, bound = self._vote(f"{self.round}.{len(ballots) + 1}", i, package)
            ballots.append(ballot)
            if bound is not None:
                adopted = (bound,)
                break
        self.past = (*self.past, *ballots)
        return adopted

    def _vote(self, text: str, sponsor: int, package: Package) -> tuple[Ballot, Package | None]:
        seats = self.scenario.seats
        ballot = Ballot(text, 1, package, (None,) * len(seats), adopted=False, open=True)
        votes: dict[Seat, Choice] = {
            seat: "yes" if i == sponsor else self.bots[i].vote(self.views[i], ballot, self.rngs[i])
            for i, seat in enumerate(seats)
        }
        bound, refused = decided(
            self.scenario, self.world, package, votes, seed=self.seed, round_=self.round, rounds=self.rounds
        )  # fmt: skip
        counted = Ballot(
            text, 1, package, tuple(votes.values()), adopted=bound is not None, open=False, refused=refused
        )
        for bot, view in zip(self.bots, self.views, strict=True):
            if bot.learns:
                bot.learn(view, counted)
        return counted, bound

    def orders(self, adopted: tuple[Package, ...]) -> dict[Seat, Order]:
        """Return every seat's order."""
        orders = {}
        for seat, bot, rng in zip(self.scenario.seats, self.bots, self.rngs, strict=True):
            now = View(
                self.scenario, seat, "orders", self.round, self.rounds, self.world, self.report,
                past=self.past, adopted=adopted,
            )  # fmt: skip
            orders[seat] = bot.order(now, rng)
        return orders
