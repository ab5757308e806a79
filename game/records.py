"""Record, Duty, InstitutionClause, Package, OptionId, OrderedMeasure, Order: what seats write to each other.

These frozen structs are at once the Python value, the validation, the wire form (rules.md 3.1) and
the form kept in the log. They hold no rule: whether a package may be tabled or an order obeyed is
decided in `tabling` and `orders`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Seat = Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$(?!\\n)")]
"""A state's code, for example ``"KP"``; scenarios list theirs in seat order. Without the last part of the pattern,
Python's ``$`` would let a line feed at the end pass."""

CHAIR, PRESS, TRACK_TWO = "CH", "PR", "TT"
THIRD_PARTIES: tuple[Seat, ...] = (CHAIR, PRESS, TRACK_TWO)
"""Who may sit at a table without a state: somebody who mediates, the press, and the second track of experts."""

Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern="^[a-z0-9_.:#-]+$(?!\\n)")]
"""The name of a measure, institution or text, or a duty id such as ``"2.1.3"``."""

OptionId = Annotated[str, msgspec.Meta(pattern="^[A-Z][1-9][0-9]?$(?!\\n)")]
"""An option of an issue: the issue's letter and the option's number, for example ``"B2"``."""

DutyKind = Literal["abstain", "do", "cap", "pay", "open", "relieve", "admit", "declare"]

DUTY_KINDS: tuple[DutyKind, ...] = ("abstain", "do", "cap", "pay", "open", "relieve", "admit", "declare")


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frozen value with a closed set of fields; an unknown key is an error, a default is not sent."""


class Duty(Record, frozen=True):
    """A promise by one state about its own conduct.

    `what` is a measure, or for `declare` a statement of the catalogue. `others` promise the same beside `by`, each for itself.
    `amount` is a posture (-1, 0 or 1) for `cap`, and a share of the economy per round (0.1 to 1.0) for
    `pay`. `start` is the first round in force, counted from the round of adoption (0). `rounds` is how many rounds
    it is in force, or waits; absent means until the end. `stages` stand for a `pay`'s amount or say what share of its
    sanctions a `relieve` lifts, round by round from `start`; after the last it is over. `conditions` numbers earlier
    duties of the same package, from 1.
    """

    by: Seat
    kind: DutyKind
    what: Identifier | None = None
    to: Seat | None = None
    amount: Annotated[float, msgspec.Meta(ge=-1, le=1)] | None = None
    rounds: Annotated[int, msgspec.Meta(ge=1, le=20)] | None = None
    conditions: Annotated[tuple[Annotated[int, msgspec.Meta(ge=1, le=12)], ...], msgspec.Meta(max_length=12)] = (
        msgspec.field(name="if", default=())
    )
    others: Annotated[tuple[Seat, ...], msgspec.Meta(max_length=5)] = msgspec.field(name="and", default=())
    start: Annotated[int, msgspec.Meta(ge=0, le=19)] = 0
    stages: Annotated[tuple[Annotated[float, msgspec.Meta(ge=0, le=1)], ...], msgspec.Meta(max_length=20)] = ()


class InstitutionClause(Record, frozen=True):
    """The standing arrangement a package founds; `delta` (+1 or -1) is for `un_resolution` alone."""

    id: Identifier
    members: Annotated[tuple[Seat, ...], msgspec.Meta(max_length=6)] = ()
    delta: Literal[-1, 1] | None = None


class Package(Record, frozen=True):
    """One text to vote on: who promises what to whom, and at most one institution.

    In a scorable game it is a `deal` instead: one option an issue, in the order of the issues.
    """

    sponsor: Seat
    side: bool = False
    duties: Annotated[tuple[Duty, ...], msgspec.Meta(max_length=12)] = ()
    institution: InstitutionClause | None = None
    deal: Annotated[tuple[OptionId, ...], msgspec.Meta(max_length=26)] = ()


class OrderedMeasure(Record, frozen=True):
    """A measure a seat orders, with its target where the measure has one."""

    measure: Identifier
    target: Seat | None = None


class Order(Record, frozen=True):
    """What one seat secretly orders for a round; every field may be left out.

    `posture` is -1, 0, 1 or 2 (default: the lower of 0 and the seat's cap). `emphasis` is the offensive
    share of what is built, 0 to 1 (default: the seat's own). `stop` names duties openly broken this
    round, `quit` duties or institutions left at its end. `hide` is for KP under `denuke` alone. In a matrix
    game an order is one `move` and nothing else.
    """

    posture: Literal[-1, 0, 1, 2] | None = None
    emphasis: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    measures: Annotated[tuple[OrderedMeasure, ...], msgspec.Meta(max_length=12)] = ()
    suspend: bool = False
    stop: Annotated[tuple[Identifier, ...], msgspec.Meta(max_length=40)] = ()
    quit: Annotated[tuple[Identifier, ...], msgspec.Meta(max_length=40)] = ()
    hide: bool = False
    move: Identifier | None = None


EMPTY_ORDER = Order()
