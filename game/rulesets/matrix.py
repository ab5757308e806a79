"""MATRIX: all move at once and in secret, and what that pays is one table; again every round (Axelrod 1984).

The moves are sealed orders. Points add up: the world keeps those of the last round as W and their sum as gain, so running
figures, exports and a class's results are those of any other game.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from game import lenses
from game.bots.names import CASTS
from game.game_sections import GameEnding, GameSection, MatrixEnding, MatrixRound, MatrixSection
from game.payoffs import Combination, MatrixGame
from game.play import Play, RoundPlayed
from game.records import EMPTY_ORDER, Identifier, Order, Package, Seat
from game.refusals import Refusal, Refused
from game.rulesets.ruleset import PlayedOut, Ruleset, concluded, quiet, tallied
from game.scenario import Scenario
from game.scoring import Outcome, Tally
from game.view import View
from game.world import Report, ShownWorld, World, shown, start

if TYPE_CHECKING:
    from game.bots.bot import Bot


def game_of(scenario: Scenario) -> MatrixGame:
    """Return the moves and payoffs of the scenario."""
    assert scenario.matrix is not None
    return scenario.matrix


class Matrix(Ruleset):
    """Simultaneous sealed moves, repeated."""

    id = "matrix"
    has_orders = True

    def check_order(
        self, scenario: Scenario, world: ShownWorld, seat: Seat, order: Order, adopted: Sequence[Package] = ()
    ) -> None:
        if replace(order, move=None) != EMPTY_ORDER:
            raise Refused(Refusal.NOT_IN_THIS_GAME, thing="order")
        ids = [move.id for move in game_of(scenario).moves]
        if order.move not in ids:
            raise Refused(Refusal.UNKNOWN_MOVE, found=order.move or "nothing", allowed=", ".join(ids))

    def resolve(self, play: Play) -> tuple[World, Report]:
        game = game_of(play.scenario)
        world, report = quiet(play)
        points = game.pay(tuple(game.place(sealed.order.move if sealed else None) for sealed in play.orders))
        gain = tuple(before + new for before, new in zip(world.gain, points, strict=True))
        return replace(world, W=points, W_true=points, gain=gain, gain_true=gain), report

    def standing(self, scenario: Scenario, world: ShownWorld) -> tuple[Tally, ...]:
        return tallied(scenario, world.gain)

    def conclude(self, play: Play) -> tuple[World, Outcome]:
        return play.world, concluded(play.scenario, play.world.gain)

    def section(self, play: Play) -> GameSection:
        game = game_of(play.scenario)
        matrix = MatrixSection(
            moves=game.moves,
            payoffs=game.payoffs,
            symmetric=game.is_symmetric(),
            idle=game.moves[game.idle].id,
            rounds=tuple(_round(game, done) for done in play.played),
            totals=dict(zip(game.seats, play.world.gain, strict=True)),
        )
        return GameSection(
            self.id, play.scenario.parties, CASTS[self.id], matrix=matrix, texts=play.scenario.case_texts
        )

    def ending(self, play: Play) -> GameEnding:
        game, rounds = game_of(play.scenario), len(play.played)
        least, most = game.joint()
        totals = dict(zip(game.seats, play.world.gain, strict=True))
        return GameEnding(lenses.winners({1: totals}), matrix=MatrixEnding(least * rounds, most * rounds))

    def play_out(self, scenario: Scenario, bots: Mapping[Seat, Bot], seed: int | str, rounds: int) -> PlayedOut:
        game, world = game_of(scenario), shown(start(scenario))
        rngs = {seat: random.Random(f"{seed}|bot|{seat}") for seat in game.seats}
        past: tuple[tuple[str, ...], ...] = ()
        totals = [0.0] * len(game.seats)
        for round_ in range(1, rounds + 1):
            moves = []
            for seat in game.seats:
                view = View(scenario, seat, "orders", round_, rounds, world, None, moves=past)
                moves.append(bots[seat].order(view, rngs[seat]).move or game.moves[game.idle].id)
            past = (*past, tuple(moves))
            points = game.pay(tuple(map(game.place, moves)))
            totals = [total + new for total, new in zip(totals, points, strict=True)]
        return PlayedOut(tuple(totals), rounds)


def moves_played(play: Play) -> tuple[tuple[Identifier, ...], ...]:
    """Return the ids of what all played, by round and in seat order; empty in games of other kinds."""
    game = play.scenario.matrix
    if game is None:
        return ()
    return tuple(tuple(game.moves[move].id for move in combination_of(game, done)) for done in play.played)


def combination_of(game: MatrixGame, done: RoundPlayed) -> Combination:
    """Return what all played in a round by the numbers of the moves; who sealed nothing played the idle one."""
    return tuple(game.place(sealed.order.move if sealed else None) for sealed in done.orders)


def _round(game: MatrixGame, done: RoundPlayed) -> MatrixRound:
    combination = combination_of(game, done)
    return MatrixRound(
        round=done.resolved.report.round,
        moves={seat: game.moves[move].id for seat, move in zip(game.seats, combination, strict=True)},
        points=dict(zip(game.seats, game.pay(combination), strict=True)),
    )


MATRIX = Matrix()
