"""winners, Lens: who won, and in which sense; one table or a class of them.

Absolute and relative gain are a seat's, spread and joint gain a table's. "Win as much as you can" is the smallest published
game on which the four disagree as they should: a lone X gains most and hurts its table (CBI and PON teaching notes).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from game.addition import added
from game.records import Record, Seat

LensId = Literal["absolute", "relative", "spread", "joint"]


class Place(Record, frozen=True, omit_defaults=False):
    """A seat at a table, or with no seat the table as a whole."""

    table: int
    seat: Seat | None = None


class Lens(Record, frozen=True, omit_defaults=False):
    """The best figure in one sense, in points, and everybody who has it.

    ``absolute`` the most points, ``relative`` the most over the mean of the others at the table, ``spread`` the least
    distance from most to least at a table, ``joint`` the greatest sum of a table.
    """

    id: LensId
    value: float
    best: tuple[Place, ...]


def winners(tables: Mapping[int, Mapping[Seat, float]]) -> tuple[Lens, ...]:
    """Return the winners by each lens, from each table's points by seat; at least one table of two seats.

    A lone X at a table of four Y: 3, -1, -1, -1: absolute 3, relative 3 - (-1) = 4, spread 4, joint 0.
    """
    absolute: dict[Place, float] = {}
    relative: dict[Place, float] = {}
    spread: dict[Place, float] = {}
    joint: dict[Place, float] = {}
    for table, points in tables.items():
        total = added(points.values())
        for seat, own in points.items():
            absolute[Place(table, seat)] = own
            relative[Place(table, seat)] = own - (total - own) / (len(points) - 1)
        spread[Place(table)] = max(points.values()) - min(points.values())
        joint[Place(table)] = total
    return (
        _best("absolute", absolute, max(absolute.values())),
        _best("relative", relative, max(relative.values())),
        _best("spread", spread, min(spread.values())),
        _best("joint", joint, max(joint.values())),
    )


def _best(id_: LensId, figures: Mapping[Place, float], best: float) -> Lens:
    return Lens(id_, best, tuple(place for place, figure in figures.items() if abs(figure - best) < 1e-9))
