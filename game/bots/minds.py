"""Minds, minds: what the others at the table may be like, judged by what everybody saw them do.

Harsanyi's types (1967): each other seat plays like one of a few known strategies, and votes and shown postures make some of them
likelier than others by Bayes' rule. Nothing hidden is read: covert arms belong to the one type that builds them, and are as large
as its habit would have made them by now.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import accumulate

from game.addition import added
from game.bots.bargainer import Bargainer, Cheat
from game.bots.bot import Bot, round_of
from game.bots.founder import Founder
from game.bots.hawk import Hawk
from game.bots.hedger import Hedger
from game.bots.reciprocity import Grit, TitForTat
from game.bots.rivals import Holdout, Tester
from game.bots.values import ValueTable
from game.records import Seat
from game.view import View
from game.world import World, bare

TYPES: Mapping[type[Bot], float] = {
    Founder: 2.0,
    TitForTat: 2.0,
    Grit: 1.0,
    Hedger: 1.5,
    Bargainer: 3.0,
    Holdout: 0.5,
    Tester: 0.5,
    Hawk: 0.5,
    Cheat: 0.5,
}
"""What another may be, and how likely that is before anything was seen, in no unit."""
WANTED: Mapping[type[Bot], int] = {Founder: 0, TitForTat: 0, Grit: 0, Tester: 2, Hawk: 2}
"""The posture each type takes while nobody gives offence; 1 for the rest."""
SLIP = 0.12
"""Chance that a type does otherwise than its habit: it was provoked, or it is a person."""
COVERT = 2
"""Steps that a cheat builds above what it has signed."""


class Minds:
    """The chances of each other seat's types, after what was seen, and players of them."""

    def __init__(self, view: View, table: ValueTable) -> None:
        self.view = view
        self._kinds = tuple(TYPES)
        self._chances = {
            seat: self._judged(i, table) for i, seat in enumerate(view.scenario.seats) if seat != view.seat
        }
        self._players: dict[tuple[Seat, type[Bot]], Bot] = {}

    def chances(self, seat: Seat) -> dict[type[Bot], float]:
        """Return the chance of each type for another seat; they sum to 1."""
        weights = self._chances[seat]
        return {kind: weight / added(weights) for kind, weight in zip(self._kinds, weights, strict=True)}

    def imagine(self, rng: random.Random) -> tuple[dict[Seat, Bot], World]:
        """Return a player for each other seat and the region with what those would hide, drawn by the chances."""
        players: dict[Seat, Bot] = {}
        for seat, weights in self._chances.items():
            kind = rng.choices(self._kinds, cum_weights=list(accumulate(weights)))[0]
            players[seat] = self._player(seat, kind)
        return players, self._world(players)

    def _player(self, seat: Seat, kind: type[Bot]) -> Bot:
        found = self._players.get((seat, kind))
        if found is None:
            found = self._players[seat, kind] = kind()
            # What a bargainer there would have read out of the votes that everybody saw.
            found.recall(_seen_from(self.view, seat))
        return found

    def _world(self, players: Mapping[Seat, Bot]) -> World:
        view, seats = self.view, self.view.scenario.seats
        world = bare(view.world)
        if not any(isinstance(player, Cheat) for player in players.values()):
            return world
        p, M0 = view.scenario.parameters, view.scenario.M0
        hidden = list(world.H)
        for i, seat in enumerate(seats):
            since = [held.adopted for held in view.world.duties if held.duty.by == seat and held.duty.kind == "cap"]
            if since and isinstance(players.get(seat), Cheat):
                hidden[i] = p.covert_step * COVERT * M0[i] * (view.round - min(since))
        return _hiding(world, hidden)

    def _judged(self, i: int, table: ValueTable) -> list[float]:
        """Return the weights of the types of the seat in place `i`."""
        weights = list(TYPES.values())
        for ballot in (*self.view.past, *self.view.ballots):
            choice = ballot.votes[i]
            if choice in (None, "abstain") or ballot.package.sponsor == self.view.scenario.seats[i]:
                continue
            round_ = round_of(ballot)
            worth = table.left(round_) * table.package(ballot.package)[i]
            for k, kind in enumerate(self._kinds):
                weights[k] *= 1 - SLIP if (choice == "yes") == _signs(kind, worth, round_) else SLIP
        report = self.view.report
        if report is not None:
            for k, kind in enumerate(self._kinds):
                usual = min(WANTED.get(kind, 1), report.caps[i])
                weights[k] *= 1 - SLIP if report.posture[i] == usual else SLIP
        return weights


def _signs(kind: type[Bot], worth: float, round_: int) -> bool:
    if kind is Hawk:
        return False
    if kind is Grit and round_ <= Grit.giving_rounds:
        return True
    least: float = getattr(kind, "least", 0.0)
    return worth >= least


def _seen_from(view: View, seat: Seat) -> View:
    """Return the same public facts from another chair."""
    return View(
        view.scenario, seat, view.phase, view.round, view.rounds, view.world, view.report, view.ballots, view.past,
        view.adopted,
    )  # fmt: skip


def _hiding(world: World, hidden: Sequence[float]) -> World:
    return World(**{name: getattr(world, name) for name in World.__struct_fields__ if name != "H"}, H=tuple(hidden))
