"""Turn, turns: the deeds that cost the states of a region most, round by round: the security dilemma as it was lived.

Made of `why` alone, so of what everybody saw; what was hidden moved nobody until it was found.
"""

from __future__ import annotations

from game.addition import added
from game.observation import why
from game.play import Play
from game.records import Record, Seat
from game.refusals import Params

MOST = 3
"""Deeds told of a round."""
LEAST = 0.3
"""Points of worth, over all whom it hurt, from which a deed is told."""
OWN = ("own_posture", "own_measure", "programme")
"""Causes that are the doing of the seat they are told to."""
WEATHER = ("temporary", "recession")
"""Causes that nobody decided on in the round."""


class Turn(Record, frozen=True, omit_defaults=False):
    """A deed and whom it cost how much worth, in points below nothing; `code` and `params` as of a `Cause`.

    ``seat`` in the params is whose deed it was; some causes, like arms answering arms, have none.
    """

    round: int
    code: str
    params: Params
    losses: dict[Seat, float]

    @property
    def loss(self) -> float:
        """Return what it cost all whom it hurt."""
        return added(self.losses.values())


def turns(play: Play) -> tuple[Turn, ...]:
    """Return the costliest deeds of each round, by round and then by cost."""
    return tuple(turn for done in play.played for turn in _worst(play, done.resolved.report.round))


def _worst(play: Play, round_: int) -> list[Turn]:
    losses: dict[tuple[str, tuple[tuple[str, object], ...]], dict[Seat, float]] = {}
    params: dict[tuple[str, tuple[tuple[str, object], ...]], Params] = {}
    for seat in play.scenario.seats:
        for cause in why(play, seat, round_):
            if cause.W >= 0 or cause.code in WEATHER:
                continue
            whose: Params = {**cause.params, "seat": seat} if cause.code in OWN else cause.params
            key = (cause.code, tuple(sorted(whose.items())))
            params[key] = whose
            hurt = losses.setdefault(key, {})
            hurt[seat] = hurt.get(seat, 0.0) + cause.W
    found = [Turn(round_, key[0], params[key], hurt) for key, hurt in losses.items()]
    return sorted((turn for turn in found if turn.loss <= -LEAST), key=lambda turn: turn.loss)[:MOST]
