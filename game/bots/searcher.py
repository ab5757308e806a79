"""Searcher: tries what it could do in games imagined to their end, and does what came out best.

Monte Carlo search over information sets (Cowling, Powley and Whitehouse 2012) of one own move: each playout guesses what the
others are like and what they hide (`minds`), tries every candidate in that same guess, and lets all play on, itself as a bargainer
(rollouts: Tesauro and Galperin 1996). Candidates that lag are dropped by halves (Karnin, Koren and Somekh 2013). The
bargainer's own move is always a candidate, and another takes its place only where it is clearly better.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from math import ceil, log2, sqrt
from statistics import fmean, stdev
from typing import TypeVar

from msgspec.structs import replace

from game.bots.bargainer import Bargainer, Cheat
from game.bots.bot import HARSH_MEASURE, POSTURES
from game.bots.founder import Founder
from game.bots.hedger import Hedger
from game.bots.minds import Minds
from game.bots.rivals import Tester
from game.bots.rollout import Rollout
from game.decisions import Choice
from game.orders import check
from game.records import Order, Package
from game.refusals import Refused
from game.tabling import check_package
from game.view import Ballot, View

Candidate = TypeVar("Candidate")

PLAYOUTS = 12
"""Imagined games a candidate could see at most where nobody says otherwise: few, for simulations play thousands of moves."""
BOLD = (-0.8, -1.6)
"""What the others might accept at worst, in points: how much bolder a bargainer could ask than it believes."""
SURE = 1.0
"""Standard errors by which another move must be better than the bargainer's."""
LEAST_SEEN = 4
"""Imagined games that two moves must have in common to be compared."""


def never() -> bool:
    """The clock of one who is never late."""
    return False


class Searcher(Bargainer):
    """A bargainer that thinks ahead.

    `playouts` bounds how many games it imagines for a move, and `is_late` ends its thinking earlier; without that, the same
    view brings the same answer. What it knows is its view: what it guesses of others it guesses from what all could see.
    """

    def __init__(self, playouts: int = PLAYOUTS, is_late: Callable[[], bool] = never) -> None:
        super().__init__()
        self.playouts = playouts
        self.is_late = is_late
        self._usual = Bargainer()

    def propose(self, view: View) -> Package | None:
        """Return the text that is worth most in the imagined games, or None where silence is."""
        usual = super().propose(view)
        found: list[Package | None] = [usual, *self._texts(view), None]
        return self._best(view, _different(found), lambda game, package: game.after_tabling(package))

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        """Return yes or no, whichever is worth more in the imagined games."""
        usual = super().vote(view, ballot, rng)
        other: Choice = "no" if usual == "yes" else "yes"
        return self._best(view, [usual, other], lambda game, choice: game.after_voting(ballot, choice), ballot.text)

    def order(self, view: View, rng: random.Random) -> Order:
        """Return the order that is worth most in the imagined games."""
        return self._best(view, self._orders(view, rng), lambda game, order: game.after_ordering(order))

    def judge(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        """Return what a bargainer would vote: for what is not worth a search."""
        return super().vote(view, ballot, rng)

    def _texts(self, view: View) -> list[Package]:
        """Return other packages it could table: bolder ones, plainer ones, what a founder would."""
        found = []
        for reserve in BOLD:
            bold = Bargainer()
            bold.beliefs = {
                seat: min(reserve, self.beliefs.get(seat, reserve)) for seat in view.scenario.seats if seat != view.seat
            }
            found.append(bold.propose(view))
        found.append(Founder().propose(view))
        found.append(Hedger().propose(view))
        return [package for package in found if package is not None and may_be_tabled(view, package)]

    def _orders(self, view: View, rng: random.Random) -> list[Order]:
        usual = super().order(view, rng)
        kind, cap = Founder().order(view, rng), self.cap(view)
        harsh = self.affordable(view, [(HARSH_MEASURE[view.seat], self.rival(view))])
        found = [
            usual,
            kind,
            Hedger().order(view, rng),
            Tester().order(view, rng),
            self.answer(view),
            Cheat().order(view, rng),
            replace(usual, posture=self.posture(view, 0)),
            replace(usual, posture=POSTURES[-1]),
            replace(kind, posture=self.posture(view, 1)),
            replace(usual, measures=harsh),
            replace(usual, posture=min(usual.posture or 0, cap), measures=()),
        ]
        return [one for one in _different(found) if one is usual or _may_be_ordered(view, one)]

    def _best(
        self,
        view: View,
        candidates: Sequence[Candidate],
        worth: Callable[[Rollout, Candidate], float],
        about: str = "",
    ) -> Candidate:
        if len(candidates) == 1:
            return candidates[0]
        minds = Minds(view, self.table(view))
        name = f"searcher|{view.seat}|{view.round}|{view.phase}|{about}"
        self._usual.beliefs = dict(self.beliefs)

        def trial(k: int) -> Callable[[int], float]:
            players, world = minds.imagine(random.Random(f"{name}|{k}"))
            game = Rollout(view, players | {view.seat: self._usual}, world, f"{name}|{k}")
            return lambda i: worth(game, candidates[i])

        return candidates[race(len(candidates), self.playouts, trial, self.is_late)]


def race(
    count: int, playouts: int, begin: Callable[[int], Callable[[int], float]], is_late: Callable[[], bool] = never
) -> int:
    """Return the place of the best of `count` candidates: the first, unless another is clearly better than it.

    `begin(k)` returns the trial number `k`, which is called with a candidate's place and returns its worth; all are tried in the
    same trials, at most `playouts` (1 or more, roughly) each. After each stage the worse half of all but the first drops out.
    """
    seen: list[list[float]] = [[] for _ in range(count)]
    alive = list(range(count))
    stages = max(1, ceil(log2(count)))
    k = 0
    for _ in range(stages):
        for _ in range(max(1, playouts // stages)):
            trial = begin(k)
            k += 1
            for i in alive:
                seen[i].append(trial(i))
                if is_late():
                    return _clearly(seen, alive)
        rest = sorted(alive[1:], key=lambda i: -fmean(seen[i]))
        alive = [0, *rest[: ceil(len(rest) / 2)]]
    return _clearly(seen, alive)


def _clearly(seen: Sequence[Sequence[float]], alive: Sequence[int]) -> int:
    best, place = 0.0, 0
    for i in alive[1:]:
        ahead = [other - usual for other, usual in zip(seen[i], seen[0], strict=False)]
        if len(ahead) < LEAST_SEEN:
            continue
        mean = fmean(ahead)
        if mean > best and mean > SURE * stdev(ahead) / sqrt(len(ahead)):
            best, place = mean, i
    return place


def _different(candidates: Iterable[Candidate]) -> list[Candidate]:
    found: list[Candidate] = []
    for one in candidates:
        if one not in found:
            found.append(one)
    return found


def may_be_tabled(view: View, package: Package) -> bool:
    """Tell whether the rules let the seat table the package now."""
    try:
        check_package(view.scenario, view.world, package, view.adopted)
    except Refused:
        return False
    return True


def _may_be_ordered(view: View, order: Order) -> bool:
    try:
        check(view.scenario, view.world, view.seat, order, view.adopted)
    except Refused:
        return False
    return True
