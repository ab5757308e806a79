"""Holdout, Tester: two answers to the bargainer, each better than it in one world and worse in another.

Both haggle as it does. One asks for more before it signs, the other arms for as long as nobody minds.
"""

from __future__ import annotations

import random

from msgspec.structs import replace

from game.bots.bargainer import Bargainer
from game.bots.situation import HARSH, situation
from game.records import Order
from game.view import View


class Holdout(Bargainer):
    """A bargainer that signs only what brings it a whole point, and lets the others come to it.

    Who can bind himself to a high demand gets it from those who would rather sign than not (Schelling, *The Strategy of
    Conflict*, 1960); where nobody offers so much, he is left with nothing.
    """

    least = 1.0


class Tester(Bargainer):
    """A bargainer that arms at full speed, with shields, until somebody takes offence, and stops for as long as that lasts.

    TESTER of David Gladstein in Axelrod (1984): it looks for those who do not answer, and makes its peace with those who
    do. Among forgiving founders that pays; among those who answer in kind every test costs it more than it brings.
    """

    def order(self, view: View, rng: random.Random) -> Order:
        order = super().order(view, rng)
        if self.provoked(view) or self._was_answered(view):
            return order
        return replace(order, posture=self.posture(view, 2), emphasis=0.0)

    def _was_answered(self, view: View) -> bool:
        """Tell whether somebody struck at this seat last round, or it was found to have broken its word."""
        scene, i = situation(view), view.scenario.index[view.seat]
        return max(scene.affronts[i]) >= HARSH or i in scene.breakers
