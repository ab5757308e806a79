"""of, RULESETS, Ruleset: what differs between kinds of game, as a few named hooks.

Rooms, talk, packages, votes, sealed choices, logs, observations and bots are the same for every kind. A kind is an object
that says otherwise in some of these places, as a variant of chess does:

``has_region``       whether there is a region whose figures move: what explains, forecasts and replays them asks for it
``has_texts``        whether packages are tabled; without it every tabling is refused
``has_orders``       whether a round has sealed choices; without it the vote is followed by the reveal
``scoring_terms``    which figures of a score mean something in this game, and so which lists of winners a class is shown
``check_package``    raises `Refused` unless the package may be tabled now
``check_order``      raises `Refused` unless the seat may seal this choice now
``resolve``          the round: the world after it, and what everybody saw
``is_settled``       whether nothing is left to play for, before the last round
``standing``         the running figures of every seat, from what everybody may see
``conclude``         the end: the last world and the scores
``known_to``         the scenario as a bot at one seat may know it
``may``              what a seat may table and order now, so that the page offers nothing else
``section``          what everybody may know of the game beyond the region
``sheet``            what a seat alone may know of what it is worth
``ending``           what is laid open at the end, with the winners by each lens
``play_out``         one whole game among bots without a room, for `simulate`

The bots of a kind, and who fills its empty chairs, are names in `bots.names`: a form lists them without loading a rule.
The scenario's data of a kind are in `deals` and `payoffs`, its file is read by `case_file`. To add a kind: a module here
with a subclass of `Ruleset` that overrides what it must, its name in `scenario.RULESETS` and in the table below, its bots,
its form in `case_file`, and a region of the page in ``static/room/``.
"""

from __future__ import annotations

from game.rulesets.matrix import MATRIX
from game.rulesets.ruleset import Ruleset
from game.rulesets.scorable import SCORABLE
from game.rulesets.security_dilemma import SECURITY_DILEMMA
from game.scenario import Scenario

__all__ = ["RULESETS", "Ruleset", "of"]

RULESETS: dict[str, Ruleset] = {one.id: one for one in (SECURITY_DILEMMA, SCORABLE, MATRIX)}


def of(scenario: Scenario) -> Ruleset:
    """Return the rules of the scenario's kind of game."""
    return RULESETS[scenario.ruleset]
