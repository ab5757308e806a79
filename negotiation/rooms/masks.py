"""Who may know of an entry, as one number: a bit for each seat in seat order, observers, the facilitator, third parties.

`bit_of`, `viewers`, `viewer_of`, `mask_of`. A number that a viewer sees counts only entries with the viewer's bit, so
what is hidden leaves no gap.
"""

from __future__ import annotations

from game.events import AnyEvent
from game.observation import FACILITATOR, OBSERVER, may_know
from game.play import Play
from game.records import Seat
from game.sections import Viewer


def viewers(seats: tuple[Seat, ...], third: tuple[Seat, ...] = ()) -> tuple[Viewer, ...]:
    """Returns every viewer of a room, in the order of their bits; `third` are its third parties."""
    return (*seats, OBSERVER, FACILITATOR, *third)


def viewer_of(play: Play, seat: Seat, role: str) -> Viewer:
    """Returns whose view a person has now: that of the seat or role, but an observer's while a bot holds the seat.

    What the bot does there is not theirs to know: its orders, its mandate, who writes to it in private.
    """
    if seat in play.scenario.seats and play.holder(seat).startswith("bot:"):
        return OBSERVER
    return seat or role


def bit_of(seats: tuple[Seat, ...], viewer: Viewer, third: tuple[Seat, ...] = ()) -> int:
    """Returns the number of the viewer's bit, from 0."""
    return viewers(seats, third).index(viewer)


def mask_of(seats: tuple[Seat, ...], event: AnyEvent, third: tuple[Seat, ...] = ()) -> int:
    """Returns the bits of all that may know that the event happened."""
    return sum(1 << bit for bit, viewer in enumerate(viewers(seats, third)) if may_know(event, viewer))
