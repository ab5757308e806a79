"""Price, Priced, priced: which promises are worth trading, and what each seat has to sell and wants to buy.

A negotiation needs things that cost whoever gives them and are worth more to whoever gets them. Payments are left out:
money can buy anything and says nothing about what there is to buy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from game.bots.values import elementary_duties, key_of, value_table
from game.records import Duty, Seat
from game.scenario import Scenario

DEAR = 0.5
"""What a promise must cost its obligor, in points of U over a game, to have a price."""
WANTED = 1.0
"""What a promise must be worth to somebody else to be wanted."""


class Price(NamedTuple):
    """A promise, what it costs or brings its obligor, and who of the others gains most by it, and how much."""

    duty: Duty
    own: float
    wanted_by: Seat
    worth: float

    @property
    def is_dear(self) -> bool:
        return self.own <= -DEAR and self.worth >= WANTED


class Priced(NamedTuple):
    """The promises that have a price, and per seat the best it can sell and the best it can buy."""

    dear: tuple[Price, ...]
    sells: dict[Seat, Price]
    buys: dict[Seat, Price]


def priced(scenario: Scenario, rounds: int) -> Priced:
    """Return what is worth trading in a game of so many rounds."""
    offers = tuple(_offers(scenario, rounds))
    best = {price.duty: price for price in sorted(offers, key=lambda one: one.worth)}
    return Priced(
        dear=tuple(price for price in best.values() if price.is_dear),
        sells={seat: max((p for p in offers if p.duty.by == seat), key=lambda p: p.worth) for seat in scenario.seats},
        buys={seat: max((p for p in offers if p.wanted_by == seat), key=lambda p: p.worth) for seat in scenario.seats},
    )


def _offers(scenario: Scenario, rounds: int) -> Iterator[Price]:
    """Yield every promise but payments once for each other seat."""
    table = value_table(scenario, rounds)
    for duty in elementary_duties(scenario):
        if duty.kind == "pay":
            continue
        worth = table.duties[key_of(duty)]
        for seat, points in zip(scenario.seats, worth, strict=True):
            if seat != duty.by:
                yield Price(duty, worth[scenario.index[duty.by]], seat, points)
