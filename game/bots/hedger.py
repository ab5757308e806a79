"""Hedger: talks, and looks to its shields meanwhile."""

from __future__ import annotations

import random

from game.bots.bot import Bot, next_institution
from game.bots.situation import situation
from game.catalogue import INSTITUTIONS
from game.decisions import Choice
from game.records import InstitutionClause, Order, Package, Seat
from game.view import Ballot, View

MODEST_RUNG = 3


class Hedger(Bot):
    """Signs only what pays at once, founds only modest institutions and builds sensors and defences.

    Hedging after Goh, *Meeting the China Challenge* (2005): engagement and balancing at the same time. In
    Jervis's (1978) terms it arms defensively, which is all the region needs to read it as arming.
    """

    least = 0.15
    defensive = 0.2
    """Offensive share of what it builds."""

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "yes" if not self.provoked(view) and self.value(view, ballot.package) >= self.least else "no"

    def propose(self, view: View) -> Package | None:
        i, worth = view.scenario.index[view.seat], self.table(view).institutions
        id_ = next_institution(situation(view), {id_ for id_, points in worth.items() if points[i] > 0})
        if id_ is None or INSTITUTIONS[id_].rung > MODEST_RUNG:
            return None
        return Package(view.seat, institution=InstitutionClause(id_))

    def order(self, view: View, rng: random.Random) -> Order:
        wish: tuple[str, Seat | None]
        if self.odd(view):
            wish = ("radar", None)
        elif self.provoked(view):
            wish = ("missile_defence", None)
        else:
            wish = ("exchange", self.rival(view))
        measures = self.affordable(view, [wish])
        return Order(posture=self.posture(view, 1), emphasis=self.defensive, measures=measures)
