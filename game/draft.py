"""Draft, Pledge, Body: the one mutable world, alive only while a round is resolved.

Lists instead of tuples, so that a round costs microseconds; the symbols are those of `World`. Whoever
wants to know why something changed hangs a `note` on it; without one nothing is paid for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from game.catalogue import INSTITUTIONS, InstitutionRule, Measure
from game.clauses import first_round, last_round
from game.records import Duty, Identifier, Package, Seat
from game.scenario import Matrix, Scenario
from game.world import Deed, DutyInForce, InstitutionInForce, World

Cell = TypeVar("Cell")
Note = Callable[[str, int, str], None]
"""Called after a change with its kind, the seat (number) whose doing it is, and what it was."""


def with_cell(rows: tuple[tuple[Cell, ...], ...], i: int, j: int, value: Cell) -> tuple[tuple[Cell, ...], ...]:
    """Return the matrix with another value in row `i`, column `j`."""
    row: tuple[Cell, ...] = (*rows[i][:j], value, *rows[i][j + 1 :])
    return (*rows[:i], row, *rows[i + 1 :])


class Pledge:
    """A duty while a round is resolved; seats are numbers, `to` is None when it names nobody."""

    __slots__ = ("adopted", "broken", "by", "conditions", "duty", "first", "id", "kept", "last", "on", "stopped", "to",
                 "weight")  # fmt: skip

    def __init__(self, scenario: Scenario, held: DutyInForce) -> None:
        duty = held.duty
        self.id = held.id
        self.duty: Duty = duty
        self.by = scenario.index[duty.by]
        self.to = None if duty.to is None else scenario.index[duty.to]
        self.adopted = held.adopted
        self.first = first_round(duty, held.adopted)
        self.last = last_round(duty, held.adopted)
        self.conditions = held.conditions
        self.weight = held.weight
        self.on = held.on
        self.kept = held.kept
        self.stopped = False
        self.broken = False

    def frozen(self) -> DutyInForce:
        return DutyInForce(self.id, self.duty, self.adopted, self.conditions, self.weight, self.on, self.kept)


class Body:
    """An institution while a round is resolved; `members` are seat numbers in seat order."""

    __slots__ = ("adopted", "breakers", "id", "members", "ok", "rule")

    def __init__(self, scenario: Scenario, id_: Identifier, members: Sequence[Seat], adopted: int, ok: int) -> None:
        self.id = id_
        self.rule: InstitutionRule = INSTITUTIONS[id_]
        n = len(scenario.seats)
        self.members = [*range(n)] if len(members) == n else sorted([scenario.index[seat] for seat in members])
        self.adopted = adopted
        self.ok = ok
        self.breakers: list[int] = []

    def frozen(self, scenario: Scenario) -> InstitutionInForce:
        seats = scenario.seats
        names = seats if len(self.members) == len(seats) else tuple([seats[i] for i in self.members])
        return InstitutionInForce(self.id, names, self.adopted, self.ok)


class Draft:
    """The world in the middle of a round, and what the round has brought so far."""

    __slots__ = (
        "A", "D", "E", "H", "L", "N", "V", "X", "Xc", "a", "adopted", "b", "barred", "before", "breaches", "capb",
        "caps", "caught", "cev", "chance", "common", "covert", "crises", "deeds", "detected", "disc", "done",
        "dtau", "duties", "emphasis", "executed", "expired", "found", "half", "hiding", "hot", "institutions",
        "invalid", "kept", "lapsed", "low", "met", "mood", "note", "over", "p", "pos", "posture", "prev",
        "provoked", "quits", "res", "round", "rung", "sated", "scenario", "shown", "stage_d", "stage_p", "stopped",
        "tA", "taken", "tau", "transparent", "un", "uptake", "v", "vE", "wide", "win", "window",
    )  # fmt: skip

    def __init__(self, scenario: Scenario, world: World, adopted: Sequence[Package], note: Note | None) -> None:
        n = len(scenario.seats)
        self.scenario = scenario
        self.p = scenario.parameters
        self.before = world
        self.note = note
        self.round = world.round + 1
        self.adopted = tuple(adopted)
        self.window = world.window
        self.A, self.D, self.H = list(world.A), list(world.D), list(world.H)
        self.v, self.N, self.E = list(world.v), list(world.N), list(world.E)
        self.a = [*map(list, world.a)]
        self.b = [*map(list, world.b)]
        self.X = [*map(list, world.X)]
        # These seldom change: they are replaced instead of copied (`with_cell`).
        self.L, self.Xc, self.low, self.half = world.L, world.Xc, world.low, world.half
        self.tau, self.V, self.un = list(world.tau), world.V, world.un
        self.rung, self.capb = world.rung, world.capb
        self.stage_d, self.stage_p = world.stage_d, world.stage_p
        # Last round's temporary effects, until the opening clears them.
        self.tA, self.res, self.disc = list(world.tA), list(world.res), list(world.disc)
        self.transparent, self.vE, self.common = list(world.transparent), list(world.vE), list(world.common)
        self.duties = [Pledge(scenario, held) for held in world.duties]
        self.institutions = [
            Body(scenario, held.id, held.members, held.adopted, held.ok) for held in world.institutions
        ]
        self.prev = [[0.0] * n for _ in range(n)]
        self.provoked: Matrix = ((0.0,) * n,) * n
        self.done = list(world.done)
        self.breaches = list(world.breaches)
        # This round.
        self.pos = [[0.0] * n for _ in range(n)]
        self.over = [[0.0] * n for _ in range(n)] if self.p.mend else []
        # What of good is taken in at these moods (`N`), and of whom nobody can take in more.
        self.mood: list[float] = []
        self.uptake: list[float] = []
        self.sated: list[list[float] | None] = [None] * n
        self.taken: dict[tuple[int, str, str | None], list[float]] = {}
        self.cev = self.win = self.hot = 1.0
        self.met = self.wide = False
        self.caps = [9] * n
        self.barred: list[list[tuple[Identifier, Seat | None]]] = [[] for _ in range(n)]
        self.posture, self.shown, self.covert = [0] * n, [0] * n, [0] * n
        self.emphasis: list[float] = list(scenario.off)
        self.hiding, self.caught = [False] * n, [False] * n
        self.executed: list[list[tuple[Identifier, int | None]]] = [[] for _ in range(n)]
        self.dtau = [0.0] * len(self.tau)
        self.chance = [0.0] * n
        self.deeds: list[Deed] = []
        self.stopped: list[tuple[Seat, Identifier]] = []
        self.quits: list[tuple[Seat, Identifier]] = []
        self.invalid: list[Seat] = []
        self.kept: list[Identifier] = []
        self.detected: list[tuple[int, Identifier]] = []
        self.lapsed: list[Identifier] = []
        self.expired: list[Identifier] = []
        self.found: list[tuple[int, float, bool]] = []
        self.crises: list[tuple[int, int]] = []

    def is_barred(self, i: int, measure: Measure, target: Seat | None) -> bool:
        """Tell whether a promise or membership forbids seat `i` the measure this round."""
        for what, to in self.barred[i]:
            if what == measure.id and (to is None or to == target or not measure.targeted):
                return True
        return False

    def institution(self, id_: Identifier) -> Body | None:
        """Return the institution if it is in force."""
        for body in self.institutions:
            if body.id == id_:
                return body
        return None

    def is_wide(self, body: Body) -> bool:
        return len(body.members) >= self.scenario.wide
