"""Founder: the liberal institutionalist, who builds the region step by step.

The base of the reciprocal bots too: they table and order as it does while nobody gives offence.
"""

from __future__ import annotations

import random

from game.bots.bot import Bot, next_institution
from game.bots.situation import situation
from game.decisions import Choice
from game.records import Duty, InstitutionClause, Order, Package, Seat
from game.view import Ballot, View

HEATED = 55.0
"""Nationalism from which it curbs its own."""


class Founder(Bot):
    """Tables the next step of the ladder and swaps its routine for its rival's; orders exchanges and visits.

    Keohane, *After Hegemony* (1984): institutions make promises observable. Zhang (2023) gives the order
    of the steps. It signs whatever costs it less than a point.
    """

    least = -1.0
    """Worth from which it votes yes."""

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "yes" if self.value(view, ballot.package) >= self.least else "no"

    def propose(self, view: View) -> Package | None:
        scene = situation(view)
        id_ = next_institution(scene)
        duties = self._swap(view, self.rival(view))
        if id_ is None and not duties:
            return None
        return Package(view.seat, duties=duties, institution=None if id_ is None else InstitutionClause(id_))

    def _swap(self, view: View, rival: Seat) -> tuple[Duty, ...]:
        """Own and the rival's routine, as far as not promised; nothing once the rival's is."""
        scene = situation(view)
        duties = []
        for seat in (view.seat, rival):
            routine = view.scenario.routine[view.scenario.index[seat]]
            if routine is not None and (seat, "abstain", routine.measure) not in scene.promised:
                duties.append(Duty(seat, "abstain", what=routine.measure))
            elif seat == rival:
                return ()
        return tuple(duties)

    def order(self, view: View, rng: random.Random) -> Order:
        wishes: list[tuple[str, Seat | None]] = [("exchange", self.rival(view)) if self.odd(view) else ("visit", None)]
        if view.world.N[view.scenario.index[view.seat]] > HEATED:
            wishes.append(("curb", None))
        return Order(posture=self.posture(view, 0), measures=self.affordable(view, wishes))
