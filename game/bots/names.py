"""BOTS, CASTS, FILLERS, LONG, QUICK: the names of the bots by kind of game, the gentlest first, and who fills an empty chair.

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
    "searcher",
    "hawk",
    "cheat",
    "random",
)

CASTS: dict[str, tuple[str, ...]] = {
    "security_dilemma": BOTS,
    "scorable": ("conceder", "steady", "mirror", "hardliner"),
    "matrix": (
        "kind", "two_tats", "tit_for_tat", "suspicious", "win_stay", "grudger", "alternator", "coin", "bully", "harsh",
    ),
}  # fmt: skip
LONG: tuple[str, ...] = ("searcher",)
"""Those that think for seconds, not for milliseconds."""
QUICK: tuple[str, ...] = tuple(bot for bot in BOTS if bot not in LONG)
"""Those that may be asked while somebody waits for a page."""
FILLERS: dict[str, str] = {"security_dilemma": "bargainer", "scorable": "steady", "matrix": "tit_for_tat"}
