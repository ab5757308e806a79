"""Rollout: a game imagined from here to its end, among players that are guessed at.

The protocol is that of `arena`, with one turn a round for each seat to table a text. What is imagined is worth to a seat what
the rules will reckon at the end: gain, relative gain and trust (`scoring.true_standing`), without its mandate.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from game import ratification
from game.bots.bot import Bot
from game.consent import voting_order
from game.decisions import Choice
from game.records import EMPTY_ORDER, Order, Package, Seat
from game.resolution import resolve
from game.scenario import Scenario
from game.scoring import AFTERMATH, true_standing
from game.view import Ballot, View
from game.world import Report, ShownWorld, World, shown

NOBODY = random.Random(0)
"""Luck for those who draw none."""


class Rollout:
    """One imagined course: who plays whom, the region with what is hidden in it, and the luck of its crises."""

    def __init__(self, view: View, players: Mapping[Seat, Bot], world: World, seed: str) -> None:
        self.scenario: Scenario = view.scenario
        self.me = view.seat
        self.rounds = view.rounds or view.scenario.rounds
        self.first = view.round
        self.begun = view
        self.players = players
        self.world = world
        self.seed = seed

    def after_tabling(self, package: Package | None) -> float:
        """Return the worth of tabling the package now (None: of letting the others table)."""
        adopted = None if package is None else self._voted(package, self.begun.world, self.begun.report, self.first)
        if adopted is None:
            adopted = self._negotiated(self.begun.world, self.begun.report, self.first, but=self.me)
        return self._to_the_end(self._and(adopted))

    def after_voting(self, ballot: Ballot, choice: Choice) -> float:
        """Return the worth of this vote on a text that others tabled."""
        votes = dict(zip(self.scenario.seats, ballot.votes, strict=True))
        cast = {seat: vote for seat, vote in votes.items() if vote is not None} | {self.me: choice}
        adopted = self._voted(ballot.package, self.begun.world, self.begun.report, self.first, cast)
        if adopted is None:
            adopted = self._negotiated(self.begun.world, self.begun.report, self.first, but=ballot.package.sponsor)
        return self._to_the_end(self._and(adopted))

    def after_ordering(self, order: Order) -> float:
        """Return the worth of this order, given what is adopted already."""
        return self._to_the_end(self.begun.adopted, order)

    def _and(self, adopted: Package | None) -> tuple[Package, ...]:
        return self.begun.adopted if adopted is None else (*self.begun.adopted, adopted)

    def _to_the_end(self, adopted: tuple[Package, ...], order: Order | None = None) -> float:
        world, report, seen = self.world, self.begun.report, self.begun.world
        for round_ in range(self.first, self.rounds + 1):
            if round_ > self.first:
                seen = shown(world)
                agreed = self._negotiated(seen, report, round_)
                adopted = () if agreed is None else (agreed,)
            orders = self._orders(seen, report, round_, adopted)
            if order is not None and round_ == self.first:
                orders[self.me] = order
            world, report = resolve(self.scenario, world, adopted, orders, seed=self.seed)
        for _ in range(AFTERMATH):
            world, report = resolve(self.scenario, world, (), {}, seed=self.seed)
        return true_standing(self.scenario, world)[self.scenario.index[self.me]].total

    def _view(
        self, seat: Seat, world: ShownWorld, report: Report | None, round_: int, adopted: tuple[Package, ...] = ()
    ) -> View:
        return View(self.scenario, seat, "vote", round_, self.rounds, world, report, adopted=adopted)

    def _orders(
        self, world: ShownWorld, report: Report | None, round_: int, adopted: tuple[Package, ...]
    ) -> dict[Seat, Order]:
        return {
            seat: player.order(self._view(seat, world, report, round_, adopted), NOBODY)
            for seat, player in self.players.items()
        } or {self.me: EMPTY_ORDER}

    def _negotiated(
        self, world: ShownWorld, report: Report | None, round_: int, but: Seat | None = None
    ) -> Package | None:
        """Return the first text that passes when each seat, `but` one, tables once in the chair's order."""
        for seat in voting_order(self.scenario, round_):
            if seat == but:
                continue
            package = self.players[seat].offer(self._view(seat, world, report, round_))
            if package is not None and (adopted := self._voted(package, world, report, round_)) is not None:
                return adopted
        return None

    def _voted(
        self,
        package: Package,
        world: ShownWorld,
        report: Report | None,
        round_: int,
        cast: Mapping[Seat, Choice] | None = None,
    ) -> Package | None:
        """Return the package as it binds, or None if it falls; who has not `cast` votes as its type does."""
        known = cast or {}
        ballot = Ballot(f"{round_}.0", 1, package, (None,) * len(self.scenario.seats), adopted=False, open=True)
        votes: dict[Seat, Choice] = {
            seat: "yes"
            if seat == package.sponsor
            else known.get(seat) or self.players[seat].vote(self._view(seat, world, report, round_), ballot, NOBODY)
            for seat in self.scenario.seats
        }
        bound, _ = ratification.decided(
            self.scenario, world, package, votes, seed=self.seed, round_=round_, rounds=self.rounds
        )  # fmt: skip
        return bound
