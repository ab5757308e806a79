"""Move, MatrixGame: a game of simultaneous moves, and what each combination of moves pays to whom.

Owns the data of such a game and its arithmetic. The matrix is played again every round (Axelrod 1984); a combination is
the moves by their numbers, in seat order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from game.addition import added
from game.records import Identifier, Record, Seat

MOST_COMBINATIONS = 4096
Combination = tuple[int, ...]


class Move(Record, frozen=True):
    """Something that a player can do in a round."""

    id: Identifier
    title: str
    text: str = ""


class MatrixGame(NamedTuple):
    """A matrix game. The first move is the one that helps the others, the last the one that harms them.

    `payoffs` has the row of each combination, the last seat turning fastest. Who gives no order plays move number `idle`.
    """

    seats: tuple[Seat, ...]
    moves: tuple[Move, ...]
    payoffs: tuple[tuple[float, ...], ...]
    idle: int = 0

    def place(self, id_: Identifier | None) -> int:
        """Return the number of a move; that of who gave none, or an unknown one, is the idle move's."""
        return next((k for k, move in enumerate(self.moves) if move.id == id_), self.idle)

    def pay(self, combination: Sequence[int]) -> tuple[float, ...]:
        """Return the points of every seat for one round."""
        number = 0
        for move in combination:
            number = number * len(self.moves) + move
        return self.payoffs[number]

    def combinations(self) -> list[Combination]:
        """Return every combination in the order of `payoffs`."""
        return list(product(range(len(self.moves)), repeat=len(self.seats)))

    def joint(self) -> tuple[float, float]:
        """Return the least and the most that all together can get in a round."""
        sums = [added(row) for row in self.payoffs]
        return min(sums), max(sums)

    def is_symmetric(self) -> bool:
        """Tell whether what a move pays depends only on how many play what, and not on who does."""
        seen: dict[tuple[int, Combination], float] = {}
        for combination, row in zip(self.combinations(), self.payoffs, strict=True):
            counts = tuple(combination.count(k) for k in range(len(self.moves)))
            for move, points in zip(combination, row, strict=True):
                if seen.setdefault((move, counts), points) != points:
                    return False
        return True


def by_number(seats: int, own: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    """Return the payoffs of a game of two moves that pays by how many play the last one.

    ``own[0][k]`` is for who plays the first while `k` play the last, ``own[1][k - 1]`` for one of those `k`.
    """
    rows = []
    for combination in product((0, 1), repeat=seats):
        k = added(combination)
        rows.append(tuple(own[1][k - 1] if move else own[0][k] for move in combination))
    return tuple(rows)
