"""Rating, rate: how strong somebody is, over tournaments, with how sure one can be.

The model is Plackett and Luce's as Weng and Lin (2011) update it, by the library openskill. A result is compared with the same
seat only, so the six who are rated against one another in one step are those who had one seat in one round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from openskill.models import PlackettLuce

MU, SIGMA = 25.0, 25.0 / 3


class Rating(NamedTuple):
    """Mean and standard deviation of a belief about somebody's strength."""

    mu: float = MU
    sigma: float = SIGMA

    @property
    def cautious(self) -> float:
        """Returns what the strength is at least, in all likelihood: mu - 3 sigma."""
        return self.mu - 3 * self.sigma


def rate(before: Sequence[Rating], values: Sequence[float]) -> list[Rating]:
    """Returns the ratings after a game in which each had such a value, more being better; equal values are ties."""
    if len(before) < 2:
        return list(before)
    model = PlackettLuce()
    teams = [[model.rating(mu=one.mu, sigma=one.sigma)] for one in before]
    found = model.rate(teams, scores=list(values))
    return [Rating(team[0].mu, team[0].sigma) for team in found]
