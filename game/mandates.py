"""mandate_number, mandate_code, met, progress, results: the secret wish of each cabinet, and whether the talks fulfilled it.

A scenario names three mandates a seat by their codes; the code names one test below. To add one, add its
code to `mandate_codes` and a function here; one that counts something belongs to `_GAINS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from game.clauses import obligors as obligors_of
from game.draws import u01
from game.perception import trust_rows
from game.records import Duty, Seat
from game.scenario import Scenario
from game.world import Report, ShownWorld

COUNT = 3
POINTS = 2.0
"""What a mandate that was met adds to the total."""


class Course(NamedTuple):
    """A game as far as it was played: its start, its last played round, and every round's report."""

    start: ShownWorld
    last: ShownWorld
    reports: tuple[Report, ...]


def mandate_number(seed: str | int, seat: Seat) -> int:
    """Return the number, 1 to 3, of the mandate the seat draws."""
    return int(COUNT * u01(seed, "mandate", seat)) + 1


def mandate_code(scenario: Scenario, seat: Seat, number: int) -> str:
    """Return the code of a seat's mandate."""
    return scenario.mandate_texts[seat][number - 1].code


def met(scenario: Scenario, seat: Seat, number: int, course: Course) -> bool:
    """Tell whether the seat's mandate was met at the end of the last played round."""
    test, least = _asked(scenario, seat, number)
    return _TESTS[test](scenario, course, least)


class Progress(NamedTuple):
    """How a mandate stands: whether it would be met now, and for one that counts something how much of how much."""

    holds: bool
    so_far: float | None = None
    needed: float | None = None


def progress(scenario: Scenario, seat: Seat, number: int, course: Course) -> Progress:
    """Return how the seat's mandate stands after the last played round, from what everybody sees."""
    test, least = _asked(scenario, seat, number)
    holds = met(scenario, seat, number, course)
    gain = _GAINS.get(test)
    return Progress(holds) if gain is None else Progress(holds, gain(scenario, course), least)


def _asked(scenario: Scenario, seat: Seat, number: int) -> tuple[str, float]:
    """Return the test of a mandate, and the least that it asks for."""
    mandate = scenario.mandate_texts[seat][number - 1]
    test = mandate.test or mandate.code
    return test, _LEAST.get(test, 0.0) if mandate.least is None else mandate.least


class MandateResult(msgspec.Struct, frozen=True):
    """The mandate a seat drew, and whether it was met."""

    seat: Seat
    number: int
    code: str
    met: bool

    @property
    def points(self) -> float:
        """Return what it adds to the seat's total."""
        return POINTS if self.met else 0.0


def results(scenario: Scenario, seed: str | int, course: Course) -> tuple[MandateResult, ...]:
    """Return the mandates drawn from `seed`, in seat order; none where the scenario plays without."""
    if not scenario.mandates:
        return ()
    drawn = ((seat, mandate_number(seed, seat)) for seat in scenario.seats)
    return tuple(
        MandateResult(seat, number, mandate_code(scenario, seat, number), met(scenario, seat, number, course))
        for seat, number in drawn
    )


def values(result: MandateResult) -> dict[str, Any]:
    """Return a mandate as it stands beside a total: its points, and what was drawn."""
    return {"mandate": result.points, "drawn": {"number": result.number, "code": result.code}}


def _used(scenario: Scenario, course: Course, measure: str, *seats: Seat) -> bool:
    return any(measure in course.last.done[scenario.index[seat]] for seat in seats)


def _trust_gain(scenario: Scenario, course: Course, truster: Seat, trusted: Seat) -> float:
    i, j = scenario.index[truster], scenario.index[trusted]
    return trust_rows(course.last)[i][j] - trust_rows(course.start)[i][j]


def _barred(scenario: Scenario, report: Report, seat: Seat, measure: str, target: Seat | None = None) -> bool:
    """Tell whether the seat was barred in the round; with `target`, a bar toward others does not count."""
    return any(
        what == measure and (to is None or target is None or to == target)
        for what, to in report.bars[scenario.index[seat]]
    )


def _barred_last(scenario: Scenario, course: Course, seat: Seat, measure: str, target: Seat | None = None) -> bool:
    return bool(course.reports) and _barred(scenario, course.reports[-1], seat, measure, target)


def _never_barred(scenario: Scenario, course: Course, seat: Seat, measure: str) -> bool:
    return not any(_barred(scenario, report, seat, measure) for report in course.reports)


def _standing(course: Course) -> list[Duty]:
    return [held.duty for held in course.last.duties]


def _pays_nobody(course: Course, seat: Seat) -> bool:
    """Tell whether the seat never paid: a payment still waiting for its condition is none."""
    return not any(
        held.kept and held.duty.kind == "pay" and held.duty.by == seat
        for report in course.reports
        for held in report.duties
    )


def _dealt(course: Course, one: Seat, *others: Seat) -> bool:
    """Tell whether one adopted package holds duties of `one` and of any of the `others`."""
    for report in course.reports:
        for package in report.adopted:
            obligors = {seat for duty in package.duties for seat in obligors_of(duty)}
            if one in obligors and not obligors.isdisjoint(others):
                return True
    return False


def _tension_held(scenario: Scenario, course: Course, flashpoint: str, fall: float) -> bool:
    f = scenario.flashpoints.index(flashpoint)
    return course.last.tau[f] + fall <= course.start.tau[f]


def _tests_done(_: Scenario, course: Course) -> float:
    deeds = [deed for report in course.reports for deed in report.deeds]
    return sum(deed.seat == "KP" and deed.measure == "test" for deed in deeds)


def _bread(_: Scenario, course: Course, __: float) -> bool:
    return any(duty.to == "KP" and duty.kind in ("pay", "open", "relieve") for duty in _standing(course))


def _fed(s: Scenario, course: Course, least: float) -> bool:
    return _bread(s, course, least) or _stands(course, "aid")


def _stands(course: Course, institution: str) -> bool:
    return any(held.id == institution for held in course.last.institutions)


def _balance(s: Scenario, course: Course, least: float) -> bool:
    kr, us = s.index["KR"], s.index["US"]
    return _trust_gain(s, course, "CN", "KR") >= least and course.last.L[kr][us] >= course.start.L[kr][us]


def _denuclearise_first(s: Scenario, course: Course, _: float) -> bool:
    return _barred_last(s, course, "KP", "test") and course.last.un >= course.start.un


def _market(s: Scenario, course: Course, one: Seat, other: Seat) -> float:
    """Return by how much the trade of two seats has grown, as a share of its normal volume."""
    i, j = s.index[one], s.index[other]
    return course.last.X[i][j] - course.start.X[i][j]


_LEAST: dict[str, float] = {
    "patron": 0.05, "tested_deterrent": 3, "abductees": 0.10, "balance": 0.05, "thaw": 0.05, "honest_broker": 3,
    "korean_trust": 0.05, "chinese_market": 0.03, "trusted_by_both": 0.03, "honest_host": 2, "own_programme": -100,
    "northern_trust": 0.05, "eastern_trust": 0.03, "korean_market": 0.03,
}  # fmt: skip
"""What a test asks for at least where the mandate does not say: a gain in trust or trade, a count, a rung."""

_GAINS: dict[str, Callable[[Scenario, Course], float]] = {
    "patron": lambda s, c: _trust_gain(s, c, "KP", "CN"),
    "tested_deterrent": _tests_done,
    "abductees": lambda s, c: _trust_gain(s, c, "KP", "JP"),
    "thaw": lambda s, c: _trust_gain(s, c, "US", "RU"),
    "korean_trust": lambda s, c: _trust_gain(s, c, "KR", "CN"),
    "chinese_market": lambda s, c: _market(s, c, "CN", "JP"),
    "trusted_by_both": lambda s, c: min(_trust_gain(s, c, other, "KR") for other in ("CN", "JP")),
    "northern_trust": lambda s, c: _trust_gain(s, c, "KP", "KR"),
    "eastern_trust": lambda s, c: min(_trust_gain(s, c, other, "RU") for other in ("JP", "KR")),
    "korean_market": lambda s, c: _market(s, c, "CN", "KR"),
}  # fmt: skip
"""Tests that ask for so much of one thing, a gain in trust or trade or a count: how much of it there is."""


def _reaches(test: str) -> Callable[[Scenario, Course, float], bool]:
    return lambda s, c, least: _GAINS[test](s, c) >= least


_TESTS: dict[str, Callable[[Scenario, Course, float], bool]] = {
    **{test: _reaches(test) for test in _GAINS},
    "no_new_shield": lambda s, c, _: not _used(s, c, "missile_defence", "JP", "KR", "US"),
    "quiet_strait": lambda s, c, fall: _tension_held(s, c, "T", fall),
    "bread": _bread,
    "face_to_face": lambda _, c, __: _dealt(c, "KP", "US"),
    "normal_country": lambda s, c, _: _never_barred(s, c, "JP", "exercise") and _pays_nobody(c, "JP"),
    "quiet_sea": lambda s, c, _: _barred_last(s, c, "CN", "patrol", "JP"),
    "balance": _balance,
    "inter_korean_deal": lambda _, c, __: _dealt(c, "KR", "KP"),
    "shield": lambda s, c, _: _used(s, c, "missile_defence", "KR"),
    "eastern_partner": lambda _, c, __: _dealt(c, "RU", "KR", "JP"),
    "less_encirclement": lambda s, c, _: _barred_last(s, c, "US", "exercise"),
    "denuclearise_first": _denuclearise_first,
    "keep_ready": lambda s, c, _: not _barred_last(s, c, "US", "exercise"),
    "honest_broker": lambda s, c, rung: c.last.rung >= rung and c.last.breaches[s.index["US"]] == 0,
    "calm_sea": lambda s, c, fall: _tension_held(s, c, "E", fall),
    "no_shield_no_ties": lambda s, c, _: not any(_used(s, c, m, "JP", "KR") for m in ("missile_defence", "tighten")),
    "own_programme": lambda s, c, x: _never_barred(s, c, "JP", "programme") and _market(s, c, "CN", "JP") >= x,
    "no_patrols": lambda s, c, _: _barred_last(s, c, "CN", "patrol"),
    "trade_pact": lambda _, c, __: _stands(c, "trade"),
    "honest_host": lambda _, c, rung: _pays_nobody(c, "KR") and c.last.rung >= rung,
    "fed": _fed,
    "own_exercises": lambda s, c, _: not _barred_last(s, c, "KR", "exercise"),
}  # fmt: skip
