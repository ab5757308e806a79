"""Bot: a player that sees what a person at its seat sees, and acts by the same decisions.

A strategy says what it would table, how it votes and what it orders; `decide` makes of that the acts of a
delegate in a live room, and only those not yet done: a bot called twice does nothing twice. A room's bot
has no memory of its own; what it believes it reads again out of the votes that everybody saw.
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Container, Iterable
from typing import Literal, assert_never

from msgspec.structs import replace

from game.bots.situation import Situation, situation
from game.bots.values import ValueTable, value_table
from game.catalogue import POINTS
from game.coming import cap_of, is_barred, promised_cost
from game.consent import voters
from game.decisions import Choice, Decision, GiveOrder, Propose, Ready, Recite, Sponsor, Vote
from game.records import EMPTY_ORDER, Duty, Order, OrderedMeasure, Package, Seat
from game.scenario import Scenario
from game.view import Ballot, View

Posture = Literal[-1, 0, 1, 2]
HARSH_MEASURE: dict[Seat, str] = {
    "CN": "patrol", "KP": "strike", "JP": "missile_defence", "KR": "exercise", "RU": "exercise", "US": "exercise",
}  # fmt: skip
"""What each state does when it wants to hurt."""
POSTURES: dict[int, Posture] = {-1: -1, 0: 0, 1: 1, 2: 2}


class Bot(ABC):
    """A strategy. Subclasses answer `propose`, `vote` and `order` from the view alone."""

    stochastic = False
    """Whether it draws: only then may the same view bring two answers."""
    learns = False
    """Whether it remembers votes."""

    def __init__(self) -> None:
        self._table: tuple[Scenario, int, ValueTable] | None = None

    def propose(self, view: View) -> Package | None:
        """Return the package it would table now, or None."""
        return None

    def offer(self, view: View) -> Package | None:
        """Return what it would table, less what the scenario goes without; None where nothing is left."""
        package = self.propose(view)
        if package is None or not view.scenario.without:
            return package
        kept = within(view.scenario, package)
        return kept if kept.duties or kept.institution else None

    @abstractmethod
    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        """Return its vote on a text."""

    def judge(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        """Return how it would vote at a first look, to say so by sponsoring."""
        return self.vote(view, ballot, rng)

    def learn(self, view: View, ballot: Ballot) -> None:
        """Take note of how the others voted on a text."""

    def forget(self) -> None:
        """Give up whatever it has learnt."""

    def order(self, view: View, rng: random.Random) -> Order:
        """Return its order for the round."""
        return EMPTY_ORDER

    def value(self, view: View, package: Package) -> float:
        """Return what the package would bring this seat from now on, in points of utility."""
        table = self.table(view)
        return table.left(view.round) * table.package(package)[view.scenario.index[view.seat]]

    def table(self, view: View) -> ValueTable:
        """Return the value table of the game; while its length is hidden, of the scenario's usual one."""
        rounds = view.rounds or view.scenario.rounds
        known = self._table
        if known is None or known[0] is not view.scenario or known[1] != rounds:
            self._table = known = (view.scenario, rounds, value_table(view.scenario, rounds))
        return known[2]

    def decide(self, view: View, rng: random.Random) -> tuple[Decision, ...]:
        """Return what is still to do in this phase; whoever carries it out stops where the phase ends."""
        self.recall(view)
        match view.phase:
            case "lobby" | "over":
                return ()
            case "briefing" | "reveal":
                return () if view.ready else (Ready(),)
            case "talk":
                return self._talk(view, rng)
            case "vote":
                # The last vote may end the phase: being ready is said apart, when every vote is seen.
                return self._votes(view, rng) or (() if view.ready else (Ready(),))
            case "orders":
                if view.order is None:
                    return (GiveOrder(self.order(view, rng)),)
                return () if view.ready else (Ready(),)
            case _:
                assert_never(view.phase)

    def recall(self, view: View) -> None:
        """Learn anew from every text that was counted, as if it had been there."""
        self.forget()
        counted = {ballot.text: ballot for ballot in (*view.past, *view.ballots) if not ballot.open}
        for ballot in counted.values():
            self.learn(view, ballot)

    def _talk(self, view: View, rng: random.Random) -> tuple[Decision, ...]:
        acts: list[Decision] = []
        if not view.ready:
            acts += self._opening(view)
            if not any(ballot.package.sponsor == view.seat for ballot in view.ballots):
                package = self.offer(view)
                if package is not None:
                    acts.append(Propose(package))
        acts += self._votes(view, rng, side_deals_only=True)
        acts += self._sponsorships(view, rng)
        if not view.ready:
            acts.append(Ready())
        return tuple(acts)

    def _opening(self, view: View) -> list[Decision]:
        if not view.may_talk:
            return []
        if view.round == 1:
            return [Recite("bot_greet")]
        scene = situation(view)
        others = [seat for i, seat in enumerate(view.scenario.seats) if i in scene.breakers and seat != view.seat]
        if others:
            return [Recite("bot_warn", whom=others[0])]
        last = [ballot for ballot in view.past if round_of(ballot) == view.round - 1]
        if any(ballot.adopted and ballot.package.sponsor == view.seat for ballot in last):
            return [Recite("bot_thank")]
        return []

    def _sponsorships(self, view: View, rng: random.Random) -> list[Decision]:
        if self.stochastic:
            return []  # who throws dice would change its mind at every look
        mine = [
            ballot for ballot in view.ballots
            if ballot.open and not ballot.package.side and view.seat not in (ballot.package.sponsor, *ballot.sponsors)
            and self.judge(view, ballot, rng) == "yes"
        ]  # fmt: skip
        acts: list[Decision] = [Sponsor(ballot.text) for ballot in mine]
        if mine:
            acts.insert(0, Recite("bot_accept", about=mine[0].text))
        return acts

    def _votes(self, view: View, rng: random.Random, *, side_deals_only: bool = False) -> tuple[Decision, ...]:
        acts: list[Decision] = []
        refused: list[Decision] = []
        i = view.scenario.index[view.seat]
        for ballot in view.ballots:
            if not ballot.open or ballot.votes[i] is not None or (side_deals_only and not ballot.package.side):
                continue
            if view.seat not in voters(view.scenario, ballot.package):
                continue
            choice = self.vote(view, ballot, rng)
            acts.append(Vote(ballot.text, choice))
            if choice == "no" and not refused:
                refused = [Recite("bot_refuse", about=ballot.text)]
        return (*refused, *acts)

    # What most strategies have in common.

    def odd(self, view: View) -> bool:
        return view.round % 2 == 1

    def rival(self, view: View) -> Seat:
        """Return the seat whose gains weigh most for this one."""
        return view.scenario.seats[situation(view).rivals[view.scenario.index[view.seat]]]

    def provoked(self, view: View) -> bool:
        """Tell whether last round gives this seat reason to answer in kind."""
        return situation(view).provoked[view.scenario.index[view.seat]]

    def posture(self, view: View, wanted: int) -> Posture:
        """Return the posture wanted, or the highest that this seat's promises allow."""
        return POSTURES[min(wanted, self.cap(view))]

    def cap(self, view: View) -> int:
        """Return the highest posture that promises allow, those of this round's package included."""
        return cap_of(view.scenario, view.world, view.seat, view.adopted)

    def answer(self, view: View) -> Order:
        """Return the order that answers offence in kind: one step of arms, and a blow at the worst offender."""
        worst = view.scenario.seats[situation(view).worst(view.scenario.index[view.seat])]
        blow = self.affordable(view, [(HARSH_MEASURE[view.seat], worst)])
        return Order(posture=self.posture(view, 1), measures=blow)

    def barred(self, view: View, measure: str, target: Seat | None = None) -> bool:
        return is_barred(view.scenario, view.world, view.seat, measure, target, adopted=view.adopted)

    def affordable(self, view: View, wishes: Iterable[tuple[str, Seat | None]]) -> tuple[OrderedMeasure, ...]:
        """Return of these measures (at these targets) what is not barred and fits into the points, in order."""
        left = POINTS - promised_cost(view.scenario, view.world, view.seat, view.adopted)
        chosen = []
        for id_, target in wishes:
            measure = view.scenario.measures[id_]
            aimed = target if measure.targeted else None
            if id_ in view.scenario.without:
                continue
            if measure.cost <= left and not self.barred(view, id_, aimed):
                chosen.append(OrderedMeasure(id_, aimed))
                left -= measure.cost
        return tuple(chosen)


def next_institution(scene: Situation, wanted: Container[str] | None = None) -> str | None:
    """Return the first institution of the agenda that may be tabled (and is `wanted`, if given)."""
    return scene.next_step if wanted is None else scene.first_of(wanted)


def round_of(ballot: Ballot) -> int:
    """Return the round a text was tabled in; its id begins with it, as in ``"2a"``."""
    digits = 0
    while ballot.text[digits : digits + 1].isdigit():
        digits += 1
    return int(ballot.text[:digits])


def within(scenario: Scenario, package: Package) -> Package:
    """Return the package less its promises that the scenario goes without, and those that depended on them."""
    places: dict[int, int] = {}
    duties: list[Duty] = []
    for number, duty in enumerate(package.duties, 1):
        if {duty.kind, duty.what} & set(scenario.without) or not set(duty.conditions) <= places.keys():
            continue
        places[number] = len(duties) + 1
        duties.append(replace(duty, conditions=tuple(places[one] for one in duty.conditions)))
    return replace(package, duties=tuple(duties))
