"""parts_of, public_parts: which sections a debrief has, in order; each is a module of static/debrief/."""

from __future__ import annotations

from game import rulesets
from game.play import Play

WHOLE, PROJECTOR, MINE = "", "projector", "mine"

_PUBLIC = (
    *("lenses", "total", "region", "replay", "weights", "spiral", "charts", "trust", "bargains", "promises"),
    *("hidden", "questions"),
)
_PARTS = {
    WHOLE: (*_PUBLIC[:-2], "timeline", "hidden", "whatif", "delegations", "record", "questions"),
    PROJECTOR: (*_PUBLIC[:-1], "whatif", "questions"),
    MINE: ("mine_gain", "mine_promises", "mine_mandate", "mine_hidden", "mine_missed"),
}
_OF_CASES = ("verdict", "winners", "sums", "picture", "rounds", "opened")
"""Of games of other kinds, in which there is no region to tell of."""


def view_of(play: Play, asked: str) -> str:
    """Returns which view of the debrief is shown to whoever asks for this one."""
    known = _PARTS if rulesets.of(play.scenario).has_region else (WHOLE, PROJECTOR)
    return asked if asked in known else WHOLE


def parts_of(play: Play, view: str) -> tuple[str, ...]:
    """Returns the sections of a view."""
    if rulesets.of(play.scenario).has_region:
        return _PARTS[view]
    return (*_OF_CASES, "delegations", "record") if view == WHOLE else _OF_CASES


def public_parts(play: Play) -> tuple[str, ...]:
    """Returns what everybody may read of a game that was made public."""
    return _PUBLIC if rulesets.of(play.scenario).has_region else _OF_CASES
