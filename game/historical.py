"""Clause, clauses, package_of, script, compliance: what the six parties agreed in 2005 to 2007, and what became of it.

The clauses are data in ``historical/six_party_talks.toml``, each with our paraphrase, its source, its form as a
treaty of this game, and what is known of its keeping. Played as a script they give that history again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from msgspec.structs import replace

from game.clauses import part_ids
from game.record import marks_of
from game.records import Duty, Identifier, InstitutionClause, Order, Package, Record, Seat
from game.script import Played, Script, ScriptedRound
from game.sections import Mark

SCENARIO = "six2003"
CHAIR: Seat = "CN"
"""The host's delegation put the texts on the table."""


class Document(Record, frozen=True):
    """A text the six agreed on, and the round (a quarter of a year) it was adopted in."""

    title: str
    date: str
    round: int


class Clause(Record, frozen=True):
    """One clause: `text` is our paraphrase; `known` has a line of marks a duty, `told` the story behind them.

    `after` names clauses of the same document that every duty waits for. `beyond` is not one of the 21.
    """

    document: str
    clause: str
    text: str
    source: str
    told: str
    duties: tuple[Duty, ...] = ()
    institution: InstitutionClause | None = None
    after: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    beyond: bool = False

    @property
    def id(self) -> str:
        return f"{self.document} {self.clause}"


class Chronicle(Record, frozen=True):
    """The whole file: documents by name, clauses in their order, and orders by round and seat."""

    documents: dict[str, Document]
    clauses: tuple[Clause, ...]
    orders: dict[str, dict[Seat, dict[str, Any]]] = {}


@cache
def record() -> Chronicle:
    """Return the file as it was written."""
    text = resources.files("game").joinpath("historical", "six_party_talks.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Chronicle)


def clauses() -> tuple[Clause, ...]:
    """Return the 21 clauses in the order of their documents."""
    return tuple(clause for clause in record().clauses if not clause.beyond)


def package_of(*chosen: Clause) -> Package:
    """Return clauses of one document as one package, with those they wait for before them.

    Of several institutions it founds the first: a package has room for one.
    """
    joined = _with_conditions(chosen)
    founded = [clause.institution for clause in chosen if clause.institution is not None]
    duties = tuple(duty for duty, _ in _merged(joined))
    return Package(sponsor=CHAIR, duties=duties, institution=founded[0] if founded else None)


def _with_conditions(chosen: Sequence[Clause]) -> list[Clause]:
    named = {clause.id: clause for clause in record().clauses}
    found: list[Clause] = []

    def add(clause: Clause) -> None:
        for other in clause.after:
            add(named[f"{clause.document} {other}"])
        if clause not in found:
            found.append(clause)

    for clause in chosen:
        add(clause)
    return found


def _merged(joined: Sequence[Clause]) -> Iterator[tuple[Duty, Clause]]:
    """Yield the duties of the clauses, their conditions counted anew."""
    numbers: dict[str, tuple[int, ...]] = {}
    count = 0
    for clause in joined:
        waits = tuple(n for other in clause.after for n in numbers[f"{clause.document} {other}"])
        for duty in clause.duties:
            yield replace(duty, conditions=waits + tuple(count + n for n in duty.conditions)), clause
        numbers[clause.id] = tuple(range(count + 1, count + len(clause.duties) + 1))
        count += len(clause.duties)


def packages(document: str) -> tuple[Package, ...]:
    """Return a document as the packages it was adopted in: its duties, and an institution each."""
    own = [clause for clause in record().clauses if clause.document == document]
    first = package_of(*own)
    more = [clause.institution for clause in own if clause.institution is not None][1:]
    return (first, *(Package(sponsor=CHAIR, institution=institution) for institution in more))


def script() -> Script:
    """Return the talks of 2005 to 2007 in the form of ``python -m game run``, without crises and windows."""
    ids = {clause.id: found for clause, found in _ids()}
    documents = record().documents
    rounds = []
    for number in range(1, max(one.round for one in documents.values()) + 1):
        adopt = tuple(package for name, one in documents.items() if one.round == number for package in packages(name))
        orders = {}
        for seat, raw in record().orders.get(str(number), {}).items():
            stop = tuple(id_ for clause in raw.get("stop", ()) for duty in ids[clause] for id_ in duty)
            orders[seat] = msgspec.convert({**raw, "stop": stop}, Order)
        rounds.append(ScriptedRound(adopt, orders))
    return Script(scenario=SCENARIO, rounds=tuple(rounds), seed=0, crises=False, windows=False)


def _ids() -> Iterator[tuple[Clause, list[tuple[Identifier, ...]]]]:
    """Yield every clause with the ids that its duties' parts have in the script, a tuple a duty."""
    adopted: dict[int, int] = {}
    for name, document in record().documents.items():
        number = adopted.get(document.round, 0) + 1
        adopted[document.round] = number + len(packages(name)) - 1
        own = [clause for clause in record().clauses if clause.document == name]
        found: dict[str, list[tuple[Identifier, ...]]] = {clause.id: [] for clause in own}
        for k, (duty, clause) in enumerate(_merged(_with_conditions(own)), 1):
            found[clause.id].append(part_ids(duty, f"{document.round}.{number}.{k}"))
        yield from ((clause, found[clause.id]) for clause in own)


def compliance(played: Played) -> dict[str, list[dict[Identifier, tuple[tuple[int, Mark], ...]]]]:
    """Return by clause, a duty after the other, what the played script shows of every part of it."""
    _, marks = marks_of(played.reports)
    return {
        clause.id: [{id_: tuple(marks.get(id_, ())) for id_ in parts} for parts in found] for clause, found in _ids()
    }


def known_marks(line: str) -> tuple[tuple[int, str], ...]:
    """Return a line of `known` as marks: ``"7 suspended, 8 kept"`` is round 7 and round 8."""
    return tuple((int(number), mark) for number, mark in (part.split() for part in line.split(", ")))
