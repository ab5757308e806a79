"""BOTS: the names of the bots, the gentlest first.

Apart from the bots themselves, so that a form can list them without loading any strategy.
"""

from __future__ import annotations

BOTS: tuple[str, ...] = (
    "passive",
    "yes_only",
    "inst",
    "tft",
    "grit",
    "hedger",
    "bargainer",
    "holdout",
    "tester",
    "hawk",
    "cheat",
    "random",
)
