"""Hawk: arms at full speed, insults its main rival and signs nothing."""

from __future__ import annotations

import random

from game.bots.bot import HARSH_MEASURE, Bot
from game.decisions import Choice
from game.records import Order
from game.view import Ballot, View


class Hawk(Bot):
    """Offensive arms and a show of force every round, for relative gain alone.

    The offensive realist of Mearsheimer, *The Tragedy of Great Power Politics* (2001), and the "persistent
    and selfish regional aspirations" of Drcartes' comment on Peng (2017). It wins R and loses G.
    """

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "no"

    def order(self, view: View, rng: random.Random) -> Order:
        harsh = HARSH_MEASURE[view.seat] if self.odd(view) else "strike"
        rival = self.rival(view)
        measures = self.affordable(view, [(harsh, rival), ("propaganda", rival)])
        return Order(posture=self.posture(view, 2), emphasis=0.8, measures=measures)
