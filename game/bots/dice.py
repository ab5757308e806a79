"""Dice: the player who has not read the rules."""

from __future__ import annotations

import random

from game.bots.bot import POSTURES, Posture
from game.bots.founder import Founder
from game.catalogue import MEASURES, POINTS
from game.coming import promised_cost
from game.decisions import Choice
from game.records import Order, OrderedMeasure
from game.view import Ballot, View

YES = 0.6
ACTS = 0.7


class Dice(Founder):
    """Votes yes with chance .6 and orders at random, without a thought for its promises.

    RANDOM of Axelrod (1984), with the founder's texts so that it has something to table. The only bot that
    draws, and only from the generator it is given.
    """

    stochastic = True

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "yes" if rng.random() < YES else "no"

    def order(self, view: View, rng: random.Random) -> Order:
        posture: Posture = POSTURES[rng.choice((-1, 0, 0, 1, 2))]
        if rng.random() >= ACTS:
            return Order(posture=posture)
        measure = view.scenario.measures[rng.choice(tuple(MEASURES))]
        others = [seat for seat in view.scenario.seats if seat != view.seat]
        target = rng.choice(others)
        if not measure.is_open_to(view.scenario, view.seat):
            measure = view.scenario.measures["radar"]
        if measure.cost > POINTS - promised_cost(view.scenario, view.world, view.seat, view.adopted):
            return Order(posture=posture)
        return Order(posture=posture, measures=(OrderedMeasure(measure.id, target if measure.targeted else None),))
