"""GameSection, ScoreSheet and their parts: the shape of what one viewer may know of a game of another kind.

Filled by the `rulesets`; what all kinds share is in `sections`.
"""

from __future__ import annotations

from game.analysis import Picture, Told
from game.deals import Forbidden, Issue
from game.lenses import Lens
from game.payoffs import Move
from game.records import Identifier, Record, Seat


class ScoreSheet(Record, frozen=True, omit_defaults=False):
    """What deals are worth to one party: points by issue and option, and its threshold, the worth of no agreement."""

    scores: tuple[tuple[float, ...], ...]
    threshold: float


class DealSection(Record, frozen=True, omit_defaults=False):
    """A scorable game as everybody knows it: at least `least` must vote yes, all `vetoes` among them."""

    issues: tuple[Issue, ...]
    least: int
    vetoes: tuple[Seat, ...]
    forbidden: tuple[Forbidden, ...]


class MatrixRound(Record, frozen=True, omit_defaults=False):
    """What all played in a round, by the ids of the moves, and what that paid them."""

    round: int
    moves: dict[Seat, Identifier]
    points: dict[Seat, float]


class MatrixSection(Record, frozen=True, omit_defaults=False):
    """A matrix game: `payoffs` has the row of each combination of moves, the last seat turning fastest.

    If it is `symmetric`, what a move pays depends only on how many play what. `idle` is played for who seals nothing.
    """

    moves: tuple[Move, ...]
    payoffs: tuple[tuple[float, ...], ...]
    symmetric: bool
    idle: Identifier
    rounds: tuple[MatrixRound, ...]
    totals: dict[Seat, float]


class DealEnding(Record, frozen=True, omit_defaults=False):
    """A scorable game laid open: the deal (empty: none), its worth to all, every sheet, and where all deals lie."""

    deal: tuple[str, ...]
    values: dict[Seat, float]
    sheets: dict[Seat, ScoreSheet]
    analysis: Told
    picture: Picture


class MatrixEnding(Record, frozen=True, omit_defaults=False):
    """The least and the most that all together could have got in the rounds played."""

    joint_least: float
    joint_most: float


class GameEnding(Record, frozen=True, omit_defaults=False):
    """The end of a game of another kind: the winners by each lens, and what its kind lays open."""

    lenses: tuple[Lens, ...]
    deal: DealEnding | None = None
    matrix: MatrixEnding | None = None


class GameSection(Record, frozen=True, omit_defaults=False):
    """What everybody may know of a game of another kind; `parties` are the names of seats that are no states."""

    ruleset: str
    parties: dict[Seat, str]
    bots: tuple[str, ...]
    """The bots that may sit in."""
    deal: DealSection | None = None
    matrix: MatrixSection | None = None
    texts: dict[str, dict[str, dict[str, str]]] = {}
    """What issues, options, rules, moves and parties are called in other languages, by language, group and id."""
    ending: GameEnding | None = None
    """What is laid open once the game is over, and not before."""
