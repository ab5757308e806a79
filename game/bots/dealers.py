"""Conceder, Steady, Hardliner, Mirror: players of scorable games, who differ in how soon they ask for less.

Faratin, Sierra and Jennings (1998) name the two families: tactics that depend on time, and those that depend on what the
others did. A dealer tables, of all deals worth what it now asks for, the one nearest to what the others tabled last
(their trade-off, 2002), but for those that have fallen, and agrees to whatever is worth as much. No dealer asks for less
than its threshold.
"""

from __future__ import annotations

import random
from functools import lru_cache

from game.addition import added
from game.bots.bot import Bot, round_of
from game.deals import Deal, Scorable
from game.decisions import Choice
from game.records import Package
from game.view import Ballot, View


@lru_cache(maxsize=256)
def by_worth(game: Scorable, i: int) -> tuple[tuple[float, Deal], ...]:
    """Return every deal with what it is worth to the party in place `i`, the best first."""
    return tuple(sorted(zip(game.worth_of_all(i), game.deals(), strict=True), key=lambda one: -one[0]))


class Steady(Bot):
    """Goes from its best deal to its threshold in equal steps, as Faratin, Sierra and Jennings (1998) with beta 1."""

    beta = 1.0
    """Above 1 it gives way early (conceder), below 1 late (Boulware)."""

    def demand(self, view: View) -> float:
        """Return the least that a deal must be worth to it now, in its own points."""
        best, least = self._bounds(view)
        return best - (best - least) * float(self.gone(view) ** (1 / self.beta))

    def gone(self, view: View) -> float:
        """Return the share of the talks that is over: 0 in the first round, 1 in the last."""
        last = (view.rounds or view.scenario.rounds) - 1
        return min(1.0, (view.round - 1) / last) if last > 0 else 1.0

    def propose(self, view: View) -> Package | None:
        wanted = self.demand(view)
        heard = self._last_deals(view)
        fallen = {one.package.deal for one in (*view.past, *view.ballots) if not one.open and not one.adopted}
        open_ = [(worth, deal) for worth, deal in self._deals(view) if worth >= wanted and deal not in fallen]
        if not open_:
            return None
        nearest = max(open_, key=lambda one: (added(likeness(one[1], deal) for deal in heard), one[0]))
        return Package(sponsor=view.seat, deal=nearest[1])

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "yes" if self.worth(view, ballot.package.deal) >= self.demand(view) else "no"

    def worth(self, view: View, deal: Deal) -> float:
        """Return what a deal is worth to this seat."""
        assert view.scenario.scorable is not None
        return view.scenario.scorable.worth(deal, view.scenario.index[view.seat])

    def _deals(self, view: View) -> tuple[tuple[float, Deal], ...]:
        assert view.scenario.scorable is not None
        return by_worth(view.scenario.scorable, view.scenario.index[view.seat])

    def _bounds(self, view: View) -> tuple[float, float]:
        assert view.scenario.scorable is not None
        best = self._deals(view)[0][0]
        return best, min(best, view.scenario.scorable.sheet(view.scenario.index[view.seat]).threshold)

    def _last_deals(self, view: View) -> list[Deal]:
        """Return the newest deal of each other seat."""
        found = {one.package.sponsor: one.package.deal for one in (*view.past, *view.ballots)}
        return [deal for seat, deal in found.items() if seat != view.seat]


class Conceder(Steady):
    """Gives way at once and then hardly any more: Faratin, Sierra and Jennings (1998) with beta 4."""

    beta = 4.0


class Hardliner(Steady):
    """Holds out until the end is near, like Boulware of General Electric: the same with beta 0.2."""

    beta = 0.2


class Mirror(Steady):
    """Asks for as much less as others gave: tit for tat in points (Faratin, Sierra and Jennings 1998, averaged over a round).

    What others gave is measured by its own scores: how much better the best deal of theirs is than that of the round before.
    """

    def demand(self, view: View) -> float:
        best, least = self._bounds(view)
        offered: dict[int, float] = {}
        for ballot in view.past:
            if ballot.package.sponsor != view.seat:
                worth, round_ = self.worth(view, ballot.package.deal), round_of(ballot)
                offered[round_] = max(worth, offered.get(round_, worth))
        heard = [offered[round_] for round_ in sorted(offered)]
        given = max(0.0, heard[-1] - heard[0]) if heard else 0.0
        if self.gone(view) == 1.0:
            return least  # after the last round there is nothing left to answer
        return max(least, best - given)


def likeness(one: Deal, other: Deal) -> int:
    """Return in how many issues two deals agree."""
    return sum(mine == theirs for mine, theirs in zip(one, other, strict=True))
