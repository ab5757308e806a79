"""has_ink, in_seat_order: what makes a text a text, and seats a list."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from game.records import Seat


def has_ink(text: str) -> bool:
    """Tell whether anything in the text can be seen: white space and control characters cannot."""
    return any(unicodedata.category(char)[0] not in "ZC" for char in text)


def in_seat_order(seats: tuple[Seat, ...], some: Iterable[Seat]) -> tuple[Seat, ...]:
    """Return those of `seats` that are among `some`, in seat order."""
    wanted = set(some)
    return tuple(seat for seat in seats if seat in wanted)
