"""Review, review: all that a debrief looks back on beyond the outcome, told when the game is over and not before."""

from __future__ import annotations

from game import rulesets
from game.bargains import BargainMap, bargain_map
from game.bots.names import QUICK
from game.keeping import Keeping, keeping
from game.play import Play
from game.questions import Question, questions
from game.records import Record, Seat
from game.spiral import Turn, turns


class Weights(Record, frozen=True, omit_defaults=False):
    """What a total is made of: U = G + `k` R, total = U + `trust` TR + mandate; `own` are the k of a room with one a seat."""

    k: float
    trust: float
    own: dict[Seat, float] = {}


class Review(Record, frozen=True, omit_defaults=False):
    """What happened, judged: texts, promises, deeds, and what to ask about them. `bots` may sit in for a "what if"."""

    weights: Weights
    map: BargainMap
    keeping: Keeping
    turns: tuple[Turn, ...]
    questions: tuple[Question, ...]
    bots: tuple[str, ...]


def review(play: Play) -> Review | None:
    """Return the review of a finished game; None while it goes on, whoever asks, and in games of other kinds."""
    if not play.is_over or not rulesets.of(play.scenario).has_region:
        return None
    p, s = play.scenario.parameters, play.scenario
    own = dict(zip(s.seats, s.k, strict=True)) if s.regime_k else {}
    map_, kept, told = bargain_map(play), keeping(play), turns(play)
    return Review(Weights(p.k, p.trw, own), map_, kept, told, questions(play, map_, kept, told), QUICK)
