"""Question, questions: what to talk about after a game, picked from what happened in it.

Each finder below looks for one thing and gives its question, or nothing; the words are in the catalogue, group
`question`. They ask and do not blame: a debrief goes on from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from game.bargains import BargainMap
from game.keeping import Keeping
from game.play import Play
from game.records import Record
from game.refusals import Params
from game.spiral import Turn
from game.world import trust

MOST = 7
"""Questions asked; more than a class has time for."""
STEEP = 1.0
"""Points of tension from which a change is one."""
ALWAYS = ("shield", "earlier")
"""Asked after any game that leaves room for them."""


class Question(Record, frozen=True, omit_defaults=False):
    """A question by its code in the words, and what fills its blanks."""

    code: str
    params: Params = {}


class Evidence(Record, frozen=True):
    """What the finders look at."""

    play: Play
    map: BargainMap
    keeping: Keeping
    turns: tuple[Turn, ...]


def questions(play: Play, map_: BargainMap, keeping: Keeping, turns: tuple[Turn, ...]) -> tuple[Question, ...]:
    """Return the questions that this game raises, the sharpest first."""
    seen = Evidence(play, map_, keeping, turns)
    found = [question for finder in _FINDERS for question in finder(seen)]
    return (*found, *(Question(code) for code in ALWAYS))[:MOST]


def _first_breach(seen: Evidence) -> Iterator[Question]:
    known = [one for one in seen.keeping.breaches if one.how in ("open", "found", "quit")]
    if known:
        first = min(known, key=lambda one: one.round)
        yield Question("first_breach", {"round": first.round, "seat": first.seat, "id": first.id})


def _never_found(seen: Evidence) -> Iterator[Question]:
    hidden = [one for one in seen.keeping.breaches if one.how == "never"]
    if hidden:
        yield Question("never_found", {"seat": hidden[0].seat, "round": hidden[0].round, "id": hidden[0].id})
    later = [one for one in seen.keeping.breaches if one.how == "later"]
    if later and not hidden:
        one = later[0]
        yield Question("found_later", {"seat": one.seat, "round": one.round, "found": one.found, "id": one.id})


def _one_vote(seen: Evidence) -> Iterator[Question]:
    close = [one for one in seen.map.bargains if one.pivots and one.joint > 0]
    if close:
        best = max(close, key=lambda one: one.joint)
        who = best.pivots[0]
        code = "one_vote" if best.worth[who] < 0 else "one_vote_own_good"
        yield Question(code, {"text": best.text, "seats": list(best.pivots), "round": best.round})


def _tension(seen: Evidence) -> Iterator[Question]:
    """The flashpoint that moved most, and the round in which it turned, if it did."""
    worlds = [seen.play.marks[0].world, *(done.resolved.world for done in seen.play.played)]
    best: tuple[float, Question] | None = None
    for f, place in enumerate(seen.play.scenario.flashpoints):
        values = [world.tau[f] for world in worlds]
        for r in range(1, len(values) - 1):
            rose, fell = values[r] - min(values[: r + 1]), values[r] - min(values[r:])
            sank, climbed = max(values[: r + 1]) - values[r], max(values[r:]) - values[r]
            for swing, code in ((min(rose, fell), "tension_fell"), (min(sank, climbed), "tension_rose")):
                if swing >= STEEP and (best is None or swing > best[0]):
                    best = swing, Question(code, {"flashpoint": place, "round": r + 1})
        change = values[-1] - values[0]
        if best is None and abs(change) >= STEEP:
            code = "tension_up" if change > 0 else "tension_down"
            best = 0.0, Question(code, {"flashpoint": place, "from": round(values[0]), "to": round(values[-1])})
    if best is not None:
        yield best[1]


def _least_trust(seen: Evidence) -> Iterator[Question]:
    seats, rows = seen.play.scenario.seats, trust(seen.play.world)
    pairs = [(rows[i][j], i, j) for i in range(len(seats)) for j in range(len(seats)) if i != j]
    least, i, j = min(pairs)
    yield Question("least_trust", {"seat": seats[i], "who": seats[j], "percent": round(100 * least)})


def _costliest(seen: Evidence) -> Iterator[Question]:
    deeds = [turn for turn in seen.turns if "seat" in turn.params and turn.code.startswith("others_")]
    if deeds:
        worst = min(deeds, key=lambda turn: turn.loss)
        hurt = [seat for seat, _ in sorted(worst.losses.items(), key=lambda one: one[1])]
        params: Params = {"round": worst.round, "seat": worst.params["seat"], "seats": hurt}
        if "measure" in worst.params:
            yield Question("costly_measure", {**params, "measure": worst.params["measure"]})
        else:
            yield Question("costly_arms", params)


def _two_winners(seen: Evidence) -> Iterator[Question]:
    if seen.play.ended is None:
        return
    scores = seen.play.ended.outcome.scores
    gain, relative = (max(scores, key=lambda one: getattr(one, name)).seat for name in ("G", "R"))
    if gain != relative:
        yield Question("two_winners", {"seat": gain, "who": relative})


def _left(seen: Evidence) -> Iterator[Question]:
    left = seen.map.left
    if left is not None and left.code == "all":
        yield Question("left_for_all", {"text": left.text})


Finder = Callable[[Evidence], Iterator[Question]]
_FINDERS: tuple[Finder, ...] = (
    _first_breach, _never_found, _one_vote, _tension, _least_trust, _costliest, _two_winners, _left,
)  # fmt: skip
CODES = (
    "first_breach", "never_found", "found_later", "one_vote", "one_vote_own_good", "tension_fell", "tension_rose",
    "tension_up", "tension_down", "least_trust", "costly_measure", "costly_arms", "two_winners", "left_for_all", *ALWAYS,
)  # fmt: skip
"""Every code a question can have."""
