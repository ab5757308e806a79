"""Review, review: all that a debrief looks back on beyond the outcome, told when the game is over and not before."""

from __future__ import annotations

from game.bargains import BargainMap, bargain_map
from game.play import Play
from game.records import Record


class Review(Record, frozen=True, omit_defaults=False):
    """What happened, judged: the bargaining map."""

    map: BargainMap


def review(play: Play) -> Review | None:
    """Return the review of a finished game; None while it goes on, whoever asks."""
    if not play.is_over:
        return None
    return Review(map=bargain_map(play))
