"""first_scripts: the modules of a room's first view, named in its page, so that none is asked for only after another came.

tests/browser/test_devices.py fails where this is not what the browser loads.
"""

from __future__ import annotations

from game.events import Phase

ALWAYS = (
    "dom", "words", "socket", "header", "now", "seats", "talks", "workspace", "promises", "me", "scores", "bar", "later",
    "time", "marks", "language", "network", "ruling", "treaty", "record", "difference",
)  # fmt: skip
SHEETS = {
    "lobby": ("lobby", "briefing"),
    "briefing": ("briefing", "role"),
    "talk": ("packages", "weight"),
    "vote": ("packages", "weight"),
    "orders": ("orders", "leaving"),
    "reveal": ("reveal", "why"),
    "over": ("lobby", "briefing"),
}


def first_scripts(phase: Phase) -> list[str]:
    """Returns the static files of all modules that a room needs before it is first drawn in a phase."""
    return [f"room/{name}.js" for name in (*ALWAYS, *SHEETS.get(phase, ()))]
