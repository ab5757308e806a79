"""Passive, YesOnly: the two ways of doing nothing.

They are the yardsticks. Passive is the world without agreement, from which every gain is counted;
YesOnly asks whether it is enough to sign whatever others write.
"""

from __future__ import annotations

import random

from game.bots.bot import Bot
from game.decisions import Choice
from game.view import Ballot, View


class Passive(Bot):
    """Signs nothing, orders nothing: what Peng (2017) sees happen while stakeholders reach no agreement.

    Axelrod (1984) calls the like ALLD, but here it does no harm beyond its routine.
    """

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "no"


class YesOnly(Bot):
    """Signs everything and orders nothing: ALLC of Axelrod (1984), as a delegate without instructions."""

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "yes"
