"""TitForTat, Grit: cooperation that answers.

Both table what the founder of institutions tables; they differ from it and from each other in what they
do about offence.
"""

from __future__ import annotations

import random

from game.bots.founder import Founder
from game.decisions import Choice
from game.records import Order
from game.view import Ballot, View


class TitForTat(Founder):
    """Begins kindly, then answers in kind: Rapoport's winner of both tournaments in Axelrod (1984).

    It takes offence at ordered hostile measures, a word seen broken or full rearmament, if those who did it
    weigh a third among its rivals; then it arms one step and strikes at the worst of them, for one round.
    """

    least = -0.5

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "no" if self.provoked(view) else super().vote(view, ballot, rng)

    def order(self, view: View, rng: random.Random) -> Order:
        return self.answer(view) if self.provoked(view) else super().order(view, rng)


class Grit(TitForTat):
    """Gives first, twice, whatever the others do, and only then asks for the same: GRIT of Osgood (1962).

    In rounds 1 and 2 it signs everything, suspends its routine and pays a visit; later it is tit for tat.
    """

    giving_rounds = 2

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "yes" if view.round <= self.giving_rounds else super().vote(view, ballot, rng)

    def order(self, view: View, rng: random.Random) -> Order:
        if view.round > self.giving_rounds:
            return super().order(view, rng)
        measures = self.affordable(view, [("visit", None), ("exchange", self.rival(view))])
        return Order(posture=self.posture(view, 0), suspend=True, measures=measures)
