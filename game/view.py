"""View, Ballot: what a bot at a seat may know, in the compact form the arena can afford.

`observation` makes it for rooms and `arena` for simulations, both from shown values only. A bot
receives nothing else, so a bot that cheats its seat's secrecy cannot be written.
"""

from __future__ import annotations

import msgspec

from game.decisions import Choice
from game.records import Identifier, Order, Package, Seat
from game.scenario import Scenario
from game.sections import Phase
from game.world import Report, ShownWorld


class Ballot(msgspec.Struct, frozen=True):
    """A text as it was voted on: who tabled it, and the votes in seat order (None: has not voted).

    `sponsors` put their names under it, its author first. `refused` are those whose audience did not ratify it.
    """

    text: Identifier
    version: int
    package: Package
    votes: tuple[Choice | None, ...]
    adopted: bool
    open: bool
    sponsors: tuple[Seat, ...] = ()
    refused: tuple[Seat, ...] = ()


class View(msgspec.Struct, frozen=True):
    """One seat's view in the middle of a round.

    `round` is the coming round (1-based); `world` and `report` are of the last resolved one, as shown.
    `ballots` are this round's texts and `past` those of earlier rounds, oldest first. `adopted` are
    packages already adopted this round. `rounds` is None while the length is hidden. `moves` are those of a matrix game,
    round by round in seat order.
    """

    scenario: Scenario
    seat: Seat
    phase: Phase
    round: int
    rounds: int | None
    world: ShownWorld
    report: Report | None
    ballots: tuple[Ballot, ...] = ()
    past: tuple[Ballot, ...] = ()
    adopted: tuple[Package, ...] = ()
    order: Order | None = None
    ready: bool = False
    may_talk: bool = True
    moves: tuple[tuple[Identifier, ...], ...] = ()
