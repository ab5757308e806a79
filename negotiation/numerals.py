"""whole: a number that somebody typed, or sent in the place of one that was offered."""

from __future__ import annotations

MOST_DIGITS = 18
"""What every database keeps; and no number of ours is longer, with zeros in front or without."""


def whole(text: str | None, *, least: int = 0, most: int = 10**MOST_DIGITS - 1) -> int | None:
    """Returns the whole number within the bounds that the text is, in plain digits; None for everything else."""
    # `isdigit` alone lets signs through that `int` refuses, and more digits than it takes.
    if not text or len(text) > MOST_DIGITS or not (text.isascii() and text.isdigit()):
        return None
    found = int(text)
    return found if least <= found <= most else None
