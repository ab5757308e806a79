"""Situation, situation: what every bot reads off the table before it thinks, once for all of them.

Who struck at whom, whose word was seen broken, what may be founded, what is promised already. All of it
is public, so six bots in the same round share one.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cached_property, lru_cache

from game.addition import added
from game.catalogue import INSTITUTIONS
from game.records import DutyKind, Seat
from game.scenario import Matrix, Scenario
from game.tabling import gate
from game.view import View
from game.world import Report, ShownWorld

AGENDA: tuple[str, ...] = (
    "dialogue", "crisis", "aid", "guarantee", "armscontrol", "denuke", "peace", "exchange", "trade",
    "transparency", "common_security", "alliance_transform", "secretariat",
)  # fmt: skip
"""The order in which bots table institutions: the ladder first, then what stands beside it."""

HARSH = 0.4
"""Hostile weight of ordered measures from which an act against oneself is an affront."""
PROVOKED = 0.34
"""Share of one's rivals (by their weight) that must have given offence before one answers in kind."""


class Situation:
    """The public facts of one round for every seat; seats are numbers in seat order."""

    def __init__(self, scenario: Scenario, world: ShownWorld, report: Report | None) -> None:
        self.scenario = scenario
        self.world = world
        self.report = report
        self.rivals = _rivals(scenario.omega)
        """Each seat's main rival: the one whose gains weigh most (Grieco 1988)."""
        self.breakers: frozenset[int] = frozenset()
        """Who was seen to break its word last round."""
        self.armers: frozenset[int] = frozenset()
        """Whose shown posture was full rearmament last round."""
        self.affronts: Matrix = ((0.0,) * len(scenario.seats),) * len(scenario.seats)
        """``affronts[i][j]``: how hostile the measures that j ordered last round were to i."""
        if report is not None:
            self.breakers = frozenset([scenario.index[seat] for seat, _ in report.detected])
            self.armers = frozenset([i for i, posture in enumerate(report.posture) if posture >= 2])
            self.affronts = report.provoked

    @cached_property
    def next_step(self) -> str | None:
        """The first institution of the agenda that may be tabled now."""
        return self.first_of(AGENDA)

    def first_of(self, wanted: Container[str]) -> str | None:
        """Return the first institution of the agenda that is `wanted` and may be tabled now."""
        for id_ in AGENDA:
            if id_ in wanted and gate(self.scenario, self.world, id_) is None:
                return id_
        return None

    @cached_property
    def promised(self) -> frozenset[tuple[Seat, DutyKind, str | None]]:
        """Whose promises stand, of which kind, about what; what a membership forbids is as good as promised."""
        standing = {(held.duty.by, held.duty.kind, held.duty.what) for held in self.world.duties}
        for held in self.world.institutions:
            for what in INSTITUTIONS[held.id].forbids:
                standing.update([(seat, "abstain", what) for seat in held.members])
        return frozenset(standing)

    @cached_property
    def paid(self) -> frozenset[tuple[Seat, Seat | None]]:
        """Who pays whom."""
        return frozenset((held.duty.by, held.duty.to) for held in self.world.duties if held.duty.kind == "pay")

    @cached_property
    def provoked(self) -> tuple[bool, ...]:
        """Who feels attacked: those whose offenders weigh .34 or more among their rivals; nobody in round 1."""
        offenders = self.breakers | self.armers
        feels = []
        for i, (weights, row) in enumerate(zip(self.scenario.omega, self.affronts, strict=True)):
            weight = added([weights[j] for j in self.scenario.others[i] if j in offenders or row[j] >= HARSH])
            feels.append(weight >= PROVOKED)
        return tuple(feels)

    def worst(self, i: int) -> int:
        """Return the seat that offended seat `i` most."""
        row = self.affronts[i]
        return max(self.scenario.others[i], key=lambda j: row[j] + (j in self.breakers) + (j in self.armers))


@lru_cache(maxsize=64)
def _rivals(omega: Matrix) -> tuple[int, ...]:
    return tuple(max(range(len(row)), key=row.__getitem__) for row in omega)


_last: Situation | None = None


def situation(view: View) -> Situation:
    """Return the situation of a view; views of the same round share it."""
    global _last  # noqa: PLW0603 - one remembered value, recognised by identity: it can be slow, never wrong
    last = _last
    if last is None or last.world is not view.world or last.scenario is not view.scenario:
        last = _last = Situation(view.scenario, view.world, view.report)
    return last
