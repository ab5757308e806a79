"""Situation, situation: what every bot reads off the table before it thinks, once for all of them.

Who struck at whom, whose word was seen broken, what may be founded, what is promised already. All of it
is public, so six bots in the same round share one.
"""

from __future__ import annotations

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

    @cached_property
    def agenda(self) -> tuple[str, ...]:
        """The institutions that may be tabled now, in the order bots want them."""
        standing = {held.id for held in self.world.institutions}
        return tuple([id_ for id_ in AGENDA if id_ not in standing and gate(self.scenario, self.world, id_) is None])

    @cached_property
    def promised(self) -> frozenset[tuple[Seat, DutyKind, str | None]]:
        """Whose promises stand, of which kind, about what; what a membership forbids is as good as promised."""
        standing = {(held.duty.by, held.duty.kind, held.duty.what) for held in self.world.duties}
        for held in self.world.institutions:
            standing.update((seat, "abstain", what) for seat in held.members for what in INSTITUTIONS[held.id].forbids)
        return frozenset(standing)

    @cached_property
    def paid(self) -> frozenset[tuple[Seat, Seat | None]]:
        """Who pays whom."""
        return frozenset((held.duty.by, held.duty.to) for held in self.world.duties if held.duty.kind == "pay")

    @cached_property
    def rivals(self) -> tuple[int, ...]:
        """Each seat's main rival: the one whose gains weigh most (Grieco 1988)."""
        return _rivals(self.scenario.omega)

    @cached_property
    def breakers(self) -> frozenset[int]:
        """Who was seen to break its word last round."""
        if self.report is None:
            return frozenset()
        return frozenset(self.scenario.index[seat] for seat, _ in self.report.detected)

    @cached_property
    def armers(self) -> frozenset[int]:
        """Whose shown posture was full rearmament last round."""
        if self.report is None:
            return frozenset()
        return frozenset(i for i, posture in enumerate(self.report.posture) if posture >= 2)

    @cached_property
    def affronts(self) -> tuple[tuple[float, ...], ...]:
        """``affronts[i][j]``: how hostile the measures that j ordered last round were to i."""
        if self.report is None:
            n = len(self.scenario.seats)
            return ((0.0,) * n,) * n
        return self.report.provoked

    @cached_property
    def provoked(self) -> tuple[bool, ...]:
        """Who feels attacked: those whose offenders weigh .34 or more among their rivals; nobody in round 1."""
        offenders = self.breakers | self.armers
        return tuple(
            added(
                weight for j, weight in enumerate(self.scenario.omega[i])
                if i != j and (j in offenders or row[j] >= HARSH)
            ) >= PROVOKED
            for i, row in enumerate(self.affronts)
        )  # fmt: skip

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
