"""added: numbers added up from left to right, which is the same on every Python.

The built-in `sum` adds floats with a correction since Python 3.12, so that a game would end otherwise there than on 3.11 and
an old log could not be verified any more. Of floats nothing else may be used here (`tests/test_architecture.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

Number = TypeVar("Number", int, float)


def added(numbers: Iterable[Number]) -> Number:
    """Return the numbers added in their order, each sum rounded as it stands; 0 for none."""
    total: Number = 0
    for number in numbers:
        total += number
    return total
