"""Ruleset, PlayedOut, quiet: the hooks of a kind of game, and what a round is in which no region moves.

A hook that a kind does not override is that of a game of nothing but talk; only the security dilemma overrides them all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

import msgspec
from msgspec.structs import replace

from game.addition import added
from game.game_sections import GameEnding, GameSection, ScoreSheet
from game.play import Play
from game.records import Order, Package, Seat
from game.refusals import Refusal, Refused
from game.scenario import Row, Scenario
from game.scoring import Outcome, SeatScore, Tally
from game.sections import MaySection
from game.world import Report, ShownWorld, World

if TYPE_CHECKING:
    from game.bots.bot import Bot


class PlayedOut(msgspec.Struct, frozen=True):
    """A whole game among bots: the scores by seat, the rounds it took, and the text that was adopted, if any was."""

    scores: Row
    rounds: int
    adopted: Package | None = None


class Ruleset(ABC):
    """A kind of game. It keeps nothing: one object serves all games of its kind."""

    id: ClassVar[str]
    has_region: ClassVar[bool] = False
    has_texts: ClassVar[bool] = False
    has_orders: ClassVar[bool] = False
    scoring_terms: ClassVar[tuple[str, ...]] = ("G", "R")

    def check_package(
        self, scenario: Scenario, world: ShownWorld, package: Package, adopted: Sequence[Package] = ()
    ) -> None:
        raise Refused(Refusal.NOT_IN_THIS_GAME, thing="text")

    def check_order(
        self, scenario: Scenario, world: ShownWorld, seat: Seat, order: Order, adopted: Sequence[Package] = ()
    ) -> None:
        raise Refused(Refusal.NOT_IN_THIS_GAME, thing="order")

    def resolve(self, play: Play) -> tuple[World, Report]:
        return quiet(play)

    def is_settled(self, play: Play) -> bool:
        return False

    @abstractmethod
    def standing(self, scenario: Scenario, world: ShownWorld) -> tuple[Tally, ...]: ...

    @abstractmethod
    def conclude(self, play: Play) -> tuple[World, Outcome]: ...

    def known_to(self, scenario: Scenario, seat: Seat) -> Scenario:
        return scenario

    def may(self, play: Play, seat: Seat) -> MaySection:
        return MaySection(
            points=0, duties=(), institutions=(), templates=(), measures=(), routine=None, routine_barred=False
        )

    def section(self, play: Play) -> GameSection | None:
        return None

    def sheet(self, play: Play, seat: Seat) -> ScoreSheet | None:
        return None

    def ending(self, play: Play) -> GameEnding | None:
        return None

    @abstractmethod
    def play_out(self, scenario: Scenario, bots: Mapping[Seat, Bot], seed: int | str, rounds: int) -> PlayedOut: ...


def quiet(play: Play) -> tuple[World, Report]:
    """Return the world one round later with nothing changed in it, and a report that says so."""
    world = replace(play.world, round=play.world.round + 1)
    n = len(play.scenario.seats)
    zero, square = (0.0,) * n, ((0.0,) * n,) * n
    report = Report(
        round=world.round, adopted=play.adopted, posture=(0,) * n, emphasis=zero, deeds=(), stopped=(), quits=(),
        invalid=(), duties=(), institutions=(), kept=(), detected=(), lapsed=(), expired=(), suspended=(), found=(),
        crises=(), window=None, next_window=None, met=False, wide=False, caps=(9,) * n, bars=((),) * n, chance=zero,
        provoked=square,
    )  # fmt: skip
    return world, report


def tallied(scenario: Scenario, gains: Sequence[float]) -> tuple[Tally, ...]:
    """Return figures from points: G absolute, R relative to the mean of the others, U = G + k R; the total is G.

    A lone harmful move at a table of four: points 3, -1, -1, -1, so R is 3 - (-1) = 4 and -1 - (1 / 3) = -1.333.
    """
    tallies = []
    for i, seat in enumerate(scenario.seats):
        others = [gain for j, gain in enumerate(gains) if j != i]
        R = gains[i] - added(others) / len(others)
        tallies.append(Tally(seat, gains[i], R, gains[i] + scenario.rivalry(i) * R, 0.0, gains[i]))
    return tuple(tallies)


def concluded(scenario: Scenario, gains: Sequence[float]) -> Outcome:
    """Return the end of a game of points. Its region holds their sum, the least, and the spread from least to most."""
    tallies = tallied(scenario, gains)
    scores = tuple(SeatScore(one.seat, one.G, one.R, one.U, one.TR, 0.0, one.total, one.G) for one in tallies)
    region = {"sum_G": added(gains), "least": min(gains), "spread": max(gains) - min(gains)}
    return Outcome(scores, (), region, (), (0.0,) * len(gains), ())
