"""Kind, Harsh, TitForTatMover and the rest: players of matrix games, the strategies of Axelrod's tournaments (1980, 1984).

They know two moves, the first of the game (it helps the others) and the last (it harms them). With more than one other
player, "the others harmed" means that at least half of them did. Each is its classic at a table of two, where it may be
held against the `axelrod` library.
"""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Sequence

from game.bots.bot import Bot
from game.decisions import Choice
from game.records import Order
from game.view import Ballot, View


class Mover(Bot):
    """Decides from what was played: `mine` and `theirs` are True for harm, oldest first."""

    @abstractmethod
    def harms(self, mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
        """Tell whether it harms the others now."""

    def order(self, view: View, rng: random.Random) -> Order:
        game = view.scenario.matrix
        assert game is not None
        i, harsh = view.scenario.index[view.seat], game.moves[-1].id
        mine = [moves[i] == harsh for moves in view.moves]
        others = len(game.seats) - 1
        theirs = [2 * (moves.count(harsh) - (moves[i] == harsh)) >= others for moves in view.moves]
        return Order(move=game.moves[-1 if self.harms(mine, theirs) else 0].id)

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "abstain"  # no text is ever tabled in such a game


class Kind(Mover):
    """Never harms: ALLC of Axelrod (1984)."""

    def harms(self, mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
        return False


class Harsh(Mover):
    """Always harms: ALLD of Axelrod (1984), who shows that a world of it cannot be entered alone."""

    def harms(self, mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
        return True


class TitForTatMover(Mover):
    """Begins kindly and does what was done to it: Rapoport's winner of both tournaments (Axelrod 1980)."""

    def harms(self, mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
        return bool(theirs) and theirs[-1]


class TwoTats(Mover):
    """Answers only harm done twice in a row: tit for two tats, which would have won the first tournament (Axelrod 1984)."""

    def harms(self, mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
        return len(theirs) > 1 and theirs[-1] and theirs[-2]


class Suspicious(Mover):
    """Tit for tat that begins with harm (Boyd and Lorberbaum 1987)."""

    def harms(self, mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
        return theirs[-1] if theirs else True


class WinStay(Mover):
    """Keeps its move after a good result and changes it after a bad one: Pavlov (Nowak and Sigmund 1993).

    A result is good if the others did not harm.
    """

    def harms(self, mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
        return bool(mine) and mine[-1] != theirs[-1]


class Grudger(Mover):
    """Is kind until it is harmed, and then never again: Friedman (1971), in the first tournament of Axelrod (1980)."""

    def harms(self, mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
        return any(theirs)


class Alternator(Mover):
    """Is kind and harsh by turns (Axelrod 1984)."""

    def harms(self, mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
        return len(mine) % 2 == 1


class Coin(Bot):
    """Throws a coin every time: RANDOM of the first tournament (Axelrod 1980), where it came last."""

    stochastic = True

    def order(self, view: View, rng: random.Random) -> Order:
        game = view.scenario.matrix
        assert game is not None
        return Order(move=game.moves[-1 if rng.random() < 0.5 else 0].id)

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "abstain"


class Bully(Mover):
    """Begins with harm and then does the opposite of what was done to it (Nachbar 1992)."""

    def harms(self, mine: Sequence[bool], theirs: Sequence[bool]) -> bool:
        return not theirs[-1] if theirs else True
