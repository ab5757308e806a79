"""get, NAMES, Bot: players that need no chair to sit on.

A bot is given a `View`, which is what a person at the same seat may know, and answers with decisions;
to add one, write a class like those here and name it in `_CLASSES` and in `names`.
NAMES are those of the security dilemma; `names.CASTS` has the bots of every kind of game.
"""

from __future__ import annotations

from game.bots.bargainer import Bargainer, Cheat
from game.bots.bot import Bot
from game.bots.dealers import Conceder, Hardliner, Mirror, Steady
from game.bots.dice import Dice
from game.bots.founder import Founder
from game.bots.hawk import Hawk
from game.bots.hedger import Hedger
from game.bots.movers import (
    Alternator,
    Bully,
    Coin,
    Grudger,
    Harsh,
    Kind,
    Suspicious,
    TitForTatMover,
    TwoTats,
    WinStay,
)
from game.bots.names import BOTS
from game.bots.onlooker import Passive, YesOnly
from game.bots.reciprocity import Grit, TitForTat
from game.bots.rivals import Holdout, Tester
from game.bots.searcher import Searcher

__all__ = ["NAMES", "Bot", "get"]

NAMES = BOTS

_CLASSES: dict[str, type[Bot]] = {
    "passive": Passive,
    "yes_only": YesOnly,
    "inst": Founder,
    "tft": TitForTat,
    "grit": Grit,
    "hedger": Hedger,
    "bargainer": Bargainer,
    "holdout": Holdout,
    "tester": Tester,
    "searcher": Searcher,
    "hawk": Hawk,
    "cheat": Cheat,
    "random": Dice,
    "conceder": Conceder,
    "steady": Steady,
    "mirror": Mirror,
    "hardliner": Hardliner,
    "kind": Kind,
    "two_tats": TwoTats,
    "tit_for_tat": TitForTatMover,
    "suspicious": Suspicious,
    "win_stay": WinStay,
    "grudger": Grudger,
    "alternator": Alternator,
    "coin": Coin,
    "bully": Bully,
    "harsh": Harsh,
}


def get(name: str) -> Bot:
    """Return a bot of this name that remembers nothing; an unknown name is a `KeyError`."""
    return _CLASSES[name]()
