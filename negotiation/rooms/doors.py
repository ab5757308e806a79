"""hang, behind: codes that lead somewhere else than to a room's own door.

A conference shows its people to their tables itself. Rooms know nothing of it: whoever stands on them hangs a door.
"""

from __future__ import annotations

from collections.abc import Callable

Door = Callable[[str], str | None]
"""Returns the address to which a code leads, or None for a code it does not know."""

_doors: list[Door] = []


def hang(door: Door) -> None:
    """Has the door asked about every code."""
    if door not in _doors:
        _doors.append(door)


def behind(code: str) -> str | None:
    """Returns the address to which the code leads, if not to a room's own door."""
    return next((address for door in _doors if (address := door(code))), None)
