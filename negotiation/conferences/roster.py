"""read, Row, Sheet, take_over: a list of people as pasted or sent, looked through row by row before anything is kept.

A first row of column names is optional; commas, semicolons and tabs all separate. Nothing is taken over while one row
has a problem.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from negotiation.conferences import creation, seating
from negotiation.conferences.assignment import Mode, Person, assign
from negotiation.conferences.models import Conference, Participant
from negotiation.conferences.plan import MOST_PEOPLE
from negotiation.numerals import whole
from negotiation.rooms import people

COLUMNS = ("label", "team", "language", "notes", "seat", "experience")
LONGEST = {"team": 40, "language": 12, "notes": 200}
MOST_BYTES = 2 * 1024 * 1024
MOST_EXPERIENCE = 1000


@dataclass
class Row:
    """A person as written in line `line`, and what is wrong with it."""

    line: int
    label: str = ""
    team: str = ""
    language: str = ""
    notes: str = ""
    seat: str = ""
    experience: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass
class Sheet:
    """The rows, and what is wrong with the list as a whole."""

    rows: list[Row]
    problems: list[str]

    @property
    def is_sound(self) -> bool:
        return bool(self.rows) and not self.problems and not self.wrong

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.problems]


def decoded(file: bytes) -> str:
    """Returns the text of a file, by its mark or as UTF-8. Raises `ValidationError` for another encoding."""
    if len(file) > MOST_BYTES:
        raise ValidationError(_("The file is too large: at most 2 MB."))
    encoding = "utf-16" if file[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return file.decode(encoding)
    except UnicodeDecodeError:
        raise ValidationError(
            _("The file is not written in UTF-8. Save it as “CSV UTF-8”, or copy the cells and paste them.")
        ) from None


def read(text: str, *, seats: tuple[str, ...], known: Iterable[str] = ()) -> Sheet:
    """Returns the list as understood. `known` are labels that are taken already."""
    lines = text.replace("\x00", "\ufffd").splitlines()
    filled = [line for line in lines if line.strip()]
    problems: list[str] = []
    if not filled:
        return Sheet([], [_("The list is empty. Write one person a line.")])
    separator = max("\t;,", key=lambda sign: sum(line.count(sign) for line in filled))
    try:
        cells = list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        return Sheet(
            [], [_("The list cannot be read: %(error)s. Look for a quotation mark too many.") % {"error": error}]
        )
    columns, start = _columns(cells)
    labels = {label.casefold(): 0 for label in known}
    rows = []
    for line, values in enumerate(cells[start:], start + 1):
        if not any(value.strip() for value in values):
            continue
        row = _row(line, columns, values, seats)
        if row.label:
            before = labels.setdefault(row.label.casefold(), line)
            if before == 0:
                row.problems.append(_("is on the list already"))
            elif before != line:
                row.problems.append(_("same name as in line %(line)d") % {"line": before})
        rows.append(row)
    if len(rows) > MOST_PEOPLE:
        problems.append(_("%(found)d people; a conference holds %(most)d.") % {"found": len(rows), "most": MOST_PEOPLE})
    return Sheet(rows, problems)


def _columns(cells: list[list[str]]) -> tuple[list[str], int]:
    """Returns the names of the columns, and how many rows come before the first person."""
    for line, values in enumerate(cells):
        named = [value.strip().casefold() for value in values]
        if any(named):
            if "label" in named or "name" in named:
                return ["label" if name == "name" else name for name in named], line + 1
            break
    return list(COLUMNS), 0


def _row(line: int, columns: list[str], values: list[str], seats: tuple[str, ...]) -> Row:
    row = Row(line)
    given = {name: value.strip() for name, value in zip(columns, values, strict=False)}
    if len(values) > len(columns) and any(value.strip() for value in values[len(columns) :]):
        row.problems.append(_("more cells than columns: put text with a separator in it into quotation marks"))
    try:
        row.label = people.clean_name(given.get("label", ""))
    except ValidationError as error:
        row.problems.append(_("name: %(problem)s") % {"problem": " ".join(error.messages)})
    for name, most in LONGEST.items():
        value = given.get(name, "")
        if len(value) > most or any(ord(sign) < 32 for sign in value):
            row.problems.append(_("%(column)s: at most %(most)d plain characters") % {"column": name, "most": most})
        else:
            setattr(row, name, value)
    seat = given.get("seat", "").upper()
    if seat and seat not in seats:
        row.problems.append(_("seat: one of %(seats)s, or empty") % {"seats": ", ".join(seats)})
    else:
        row.seat = seat
    played = given.get("experience", "") or "0"
    if (experience := whole(played, most=MOST_EXPERIENCE)) is not None:
        row.experience = experience
    else:
        row.problems.append(_("experience: how often played, a number from 0 to %(most)d") % {"most": MOST_EXPERIENCE})
    return row


@transaction.atomic
def take_over(conference: Conference, sheet: Sheet, mode: Mode) -> int:
    """Adds everybody of a sound sheet and gives them places; returns how many. Raises `CannotArrive` when the list is full."""
    assert sheet.is_sound
    conference = Conference.objects.select_for_update().get(pk=conference.pk)
    for row in sheet.rows:
        seating.enrol(
            conference,
            label=row.label,
            team=row.team,
            language=row.language,
            notes=row.notes,
            wish=row.seat,
            experience=row.experience,
        )
    if not conference.participants.exclude(arrived_at=None).exists():
        assign_all(conference, mode)
    return len(sheet.rows)


@transaction.atomic
def assign_all(conference: Conference, mode: Mode) -> None:
    """Plans anew for everybody on the list and gives each a place. For a conference to which nobody has come."""
    everybody = list(conference.participants.filter(left_at=None).order_by("number"))
    third = creation.third_of(conference)
    delegates = [one for one in everybody if one.wish not in third]
    plan = creation.replan(conference, max(1, len(delegates)))
    tables = list(conference.tables.order_by("number"))
    seats = creation.seats_of(conference)
    listed = [
        Person(one.team, one.experience, seats.index(one.wish) if one.wish in seats else None) for one in delegates
    ]
    places = assign(listed, plan, mode, random.Random(f"{conference.seed}/{mode}/{len(delegates)}"))
    for i, one in enumerate(delegates):
        table, seat = places[i]
        one.table, one.seat = tables[table], (*seats, "")[seat]
    for party in third:
        # A wish for a place without a state is an instruction: table after table gets one of them.
        for i, one in enumerate(one for one in everybody if one.wish == party):
            one.table, one.seat = tables[i % len(tables)], party
    Conference.objects.filter(pk=conference.pk).update(expected=len(everybody))
    Participant.objects.bulk_update(everybody, ["table", "seat"])
