"""Person, Company, company_of, people_section, told_to: who is in a room, and what is told of them and to them alone."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

import msgspec
from django.db.models import Q

from game.scenario import Scenario
from negotiation.rooms.models import Delegate, Letter, Room


class Person(NamedTuple):
    """A delegate as sockets need to know: who it is, and the version of the rights."""

    number: int
    version: int
    name: str
    seat: str
    role: str
    office: str
    is_muted: bool
    has_hand_up: bool = False
    is_program: bool = False
    is_host: bool = False
    trouble: str = ""
    trouble_at: datetime.datetime | None = None

    @property
    def runs_it(self) -> bool:
        """Whether the person hears of others' troubles."""
        return self.is_host or self.role == Delegate.Role.FACILITATOR


class Company(NamedTuple):
    """The people of a room, what facilitators wrote to single ones, as `(number, instant, words)`, and forbidden words."""

    people: tuple[Person, ...]
    letters: tuple[tuple[int, float, str], ...] = ()
    forbidden: tuple[str, ...] = ()
    is_open: bool = True


def people_section(company: Company, here: set[int]) -> bytes:
    """Returns the section of the people without its closing brace: each reader's own id comes last."""
    everybody = company.people
    seated = [
        {"id": p.number, "name": p.name, "seat": p.seat or None, "role": p.role, "here": p.number in here}
        | ({"office": p.office} if p.office else {})
        | ({"hand": True} if p.has_hand_up else {})
        | ({"program": True} if p.is_program else {})
        for p in everybody
        if p.role != Delegate.Role.OBSERVER
    ]
    observers = sum(p.role == Delegate.Role.OBSERVER and p.number in here for p in everybody)
    door = {} if company.is_open else {"shut": True}
    return msgspec.json.encode({"people": seated, "observers": observers} | door)[:-1]


def told_to(company: Company, scenario: Scenario) -> dict[int, bytes]:
    """Returns, by person, what is for that one alone, as the end of the section: letters; for who runs the room, troubles."""
    letters = _letters_to(company, scenario)
    troubles = [
        {"id": p.number, "what": p.trouble, "at": p.trouble_at.timestamp()}
        for p in company.people
        if p.trouble and p.trouble_at is not None
    ]
    found: dict[int, bytes] = {}
    for person in company.people:
        own = {"letters": letters.get(person.number), "troubles": troubles if person.runs_it else None}
        if kept := {name: value for name, value in own.items() if value}:
            found[person.number] = b"," + msgspec.json.encode(kept)[1:-1]
    return found


def _letters_to(company: Company, scenario: Scenario) -> dict[int, list[dict[str, Any]]]:
    """Returns, by person, the briefing of the office and the letters."""
    found: dict[int, list[dict[str, Any]]] = {}
    for person in company.people:
        brief = scenario.office_briefings.get(person.seat, {}).get(person.office)
        if brief:
            texts = {
                language: offices[person.seat][person.office]
                for language, offices in scenario.office_translations.items()
                if person.office in offices.get(person.seat, {})
            }
            found.setdefault(person.number, []).append(
                {"at": None, "text": brief} | ({"texts": texts} if texts else {})
            )
    for number, at, text in company.letters:
        found.setdefault(number, []).append({"at": at, "text": text})
    return found


def company_of(room: Room) -> Company:
    """Returns the people of the room, in the order in which they came, and what is kept of them."""
    columns = (
        *("number", "version", "name", "seat", "role", "office", "is_muted", "up"),
        *("is_program", "is_host", "trouble", "trouble_at"),
    )
    delegates = Delegate.objects.filter(room=room, left_at=None).order_by("number")
    letters = Letter.objects.filter(room=room).values_list("number", "at", "text")
    return Company(
        tuple(Person(*row) for row in delegates.annotate(up=Q(hand_at__isnull=False)).values_list(*columns)),
        tuple((number, at.timestamp(), text) for number, at, text in letters),
        tuple(room.forbidden),
        room.is_open,
    )
