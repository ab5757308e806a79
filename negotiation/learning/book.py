"""Book, book: the rulebook as the rules themselves have it, so that it cannot say anything else.

Every figure is read from the catalogue and the parameters of the newest rules, every sentence from the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from game import words
from game.catalogue import DUTIES, INSTITUTIONS, LADDER, MEASURES, POINTS
from game.mandates import POINTS as MANDATE_POINTS
from game.scenario import NEWEST_RULES, Parameters, load
from game.scoring import AFTERMATH

PHASES = ("briefing", "talk", "vote", "orders", "reveal", "over")
POSTURES = (-1, 0, 1, 2)
"""From braking to racing."""


class Line(NamedTuple):
    """A thing and what it is; `code` for its mark, where it has one, and `figure` for its price or weight."""

    code: str
    name: str
    about: str
    figure: float = 0.0


class Book(NamedTuple):
    """All that the two pages say, in one language."""

    phases: Sequence[Line]
    duties: Sequence[Line]
    ladder: Sequence[Line]
    institutions: Sequence[Line]
    postures: Sequence[Line]
    measures: Sequence[Line]
    points: int
    aftermath: int
    mandate: float
    rules: Parameters
    version: int


def book(language: str = "en") -> Book:
    """Returns the rulebook of the newest rules in a language."""
    said = words.load(language)

    def institutions(codes: Sequence[str]) -> list[Line]:
        names, about = said["institution"], said["institution_about"]
        return [Line(code, names[code], about[code], INSTITUTIONS[code].rung) for code in codes]

    above = [code for code, rule in INSTITUTIONS.items() if code not in LADDER and rule.rung == len(LADDER) + 1]
    others = [code for code in INSTITUTIONS if code not in LADDER and code not in above]
    postures = [Line(step, said["posture"][step], said["posture_about"][step]) for step in map(str, POSTURES)]
    return Book(
        phases=[
            Line(c, said["phase"][c], words.say(f"phase_about.{c}", language=language, points=POINTS)) for c in PHASES
        ],
        duties=[Line(kind, said["kind"][kind], said["kind_about"][kind], rule.weight) for kind, rule in DUTIES.items()],
        ladder=institutions([*LADDER, *above]),
        institutions=institutions(others),
        postures=postures,
        measures=[
            Line(
                "friendly" if one.evidence > 0 else "hostile",
                said["measure"][code],
                said["measure_mine"][code],
                one.cost,
            )
            for code, one in sorted(MEASURES.items(), key=lambda item: -item[1].evidence)
        ],
        points=POINTS,
        aftermath=AFTERMATH,
        mandate=MANDATE_POINTS,
        rules=load("six2003", NEWEST_RULES).parameters,
        version=NEWEST_RULES,
    )
