"""Games end the same to the last bit on every Python, also where the built-in sum corrects floats."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from math import fsum

import pytest

from game.addition import added
from tests.game.playthrough import FOLDER, PLAYTHROUGHS, text_of

TENTHS = [0.1] * 10


def corrected(numbers: Iterable[float], start: float = 0) -> float:
    """Adds up as Python 3.12 and later do where floats are among the numbers: nearer to the truth than one by one."""
    every = [start, *numbers]
    if any(isinstance(number, float) for number in every):
        return fsum(every)
    total = 0
    for number in every:
        total += number
    return total


def test_numbers_are_added_from_left_to_right() -> None:
    assert added(TENTHS) == 0.9999999999999999
    assert corrected(TENTHS) == 1.0
    assert added([1, 2, 3]) == 6
    assert type(added([1, 2, 3])) is int
    assert added([]) == 0


def test_a_later_python_plays_the_same_game(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the one of the playthroughs in which the correction had reached the figures."""
    monkeypatch.setattr(builtins, "sum", corrected)
    assert text_of(PLAYTHROUGHS["camps2023_bots_3"]()) == (FOLDER / "camps2023_bots_3.txt").read_text("utf-8")
