"""AdoptionRule, ADOPTION_RULES, rule_of, objection: how many must agree before a text is adopted.

The one table of adoption rules; a scenario or a room chooses one by its id. Whatever the rule, nobody is bound
without its own yes: consent of the obligors comes first and is `consent`'s business (rules of the game, section 3).
To add a rule, add a line here and its words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import cast

import msgspec

from game.decisions import Choice
from game.records import Record, Seat
from game.refusals import Params
from game.scenario import AdoptionId, Scenario


class Fall(Record, frozen=True):
    """Why a package does not pass: a code of `falls` in the words, and the seats it is about."""

    code: str
    params: Params = {}


class AdoptionRule(msgspec.Struct, frozen=True, kw_only=True):
    """A way of adopting a main text.

    `noes` is how many votes against it survives (None: any number); `yes_share` the share of all seats that must
    vote yes, 0 to 1, rounded up; with `vetoes` one no of a named seat is enough to sink it. To abstain is neither.
    """

    id: str
    noes: int | None = None
    yes_share: float = 0.0
    vetoes: bool = False


COUNTED = AdoptionRule(id="counted")
"""Of games that say themselves how many must agree and who among them; no room chooses it."""


_RULES = (
    # The six-party talks knew no votes: a text was agreed when nobody objected.
    AdoptionRule(id="consensus", noes=0),
    # "Consensus minus one", as the CSCE decided in Prague in 1992 when a state broke its commitments.
    AdoptionRule(id="minus_one", noes=1),
    AdoptionRule(id="minus_two", noes=2),
    # Two thirds, as in the UN General Assembly on important questions (Charter, article 18); a veto as in the
    # Security Council (article 27), where an abstention is none.
    AdoptionRule(id="qualified", yes_share=2 / 3, vetoes=True),
)

ADOPTION_RULES: dict[AdoptionId, AdoptionRule] = {cast(AdoptionId, rule.id): rule for rule in _RULES}

_BY_SLACK: tuple[AdoptionId, ...] = ("consensus", "minus_one", "minus_two")


def rule_of(scenario: Scenario) -> AdoptionRule:
    """Return the rule a scenario's main texts are adopted by; without a chosen one its `slack` of noes counts."""
    return COUNTED if scenario.yes_least else ADOPTION_RULES[scenario.adoption or _BY_SLACK[scenario.slack]]


def yes_needed(scenario: Scenario) -> int:
    """Return how many must vote yes: four of six and two of three under `qualified`, else 0."""
    return scenario.yes_least or ceil(rule_of(scenario).yes_share * len(scenario.seats) - 1e-9)


def objection(scenario: Scenario, votes: Mapping[Seat, Choice]) -> Fall | None:
    """Return why these votes do not carry a main text, or None if they do; a seat missing abstains."""
    rule = rule_of(scenario)
    against = [seat for seat in scenario.seats if votes.get(seat) == "no"]
    if rule.vetoes and (vetoed := _of(scenario.vetoes, against)):
        return Fall("vetoed", {"seats": vetoed})
    if rule.noes is not None and len(against) > rule.noes:
        return Fall("voted_down", {"seats": against})
    wanted = yes_needed(scenario)
    count = sum(votes.get(seat) == "yes" for seat in scenario.seats)
    return Fall("too_few_yes", {"count": count, "needed": wanted}) if count < wanted else None


def _of(named: Sequence[Seat], seats: Sequence[Seat]) -> list[Seat]:
    return [seat for seat in seats if seat in named]
