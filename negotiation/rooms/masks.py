"""Who may know of an entry, as one number: a bit for each seat in seat order, then observers, then the facilitator.

`bit_of`, `viewers`, `viewer_of`, `mask_of`. A number that a viewer sees counts only entries with the viewer's bit, so
what is hidden leaves no gap.
"""

from __future__ import annotations

from game.events import AnyEvent
from game.observation import FACILITATOR, OBSERVER, may_know
from game.play import Play
from game.records import Seat
from game.sections import Viewer


def viewers(seats: tuple[Seat, ...]) -> tuple[Viewer, ...]:
    """Returns every viewer of a room, in the order of their bits."""
    return (*seats, OBSERVER, FACILITATOR)


def viewer_of(play: Play, seat: Seat, role: str) -> Viewer:
    """Returns whose view a person has now: that of the seat or role, but an observer's while a bot holds the seat.

    What the bot does there is not theirs to know: its orders, its mandate, who writes to it in private.
    """
    if seat and play.holder(seat).startswith("bot:"):
        return OBSERVER
    return seat or role


def bit_of(seats: tuple[Seat, ...], viewer: Viewer) -> int:
    """Returns the number of the viewer's bit, from 0."""
    return viewers(seats).index(viewer)


def mask_of(seats: tuple[Seat, ...], event: AnyEvent) -> int:
    """Returns the bits of all that may know that the event happened."""
    return sum(1 << bit for bit, viewer in enumerate(viewers(seats)) if may_know(event, viewer))
