"""Person, Company, company_of, people_section, letters_to: who is in a room, and what is told of them and to them alone."""

from __future__ import annotations

from collections.abc import Iterable
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


class Company(NamedTuple):
    """The people of a room, what facilitators wrote to single ones, as `(number, instant, words)`, and forbidden words."""

    people: tuple[Person, ...]
    letters: tuple[tuple[int, float, str], ...] = ()
    forbidden: tuple[str, ...] = ()


def people_section(roster: Iterable[Person], here: set[int]) -> bytes:
    """Returns the section of the people without its closing brace: each reader's own id comes last."""
    everybody = list(roster)
    seated = [
        {"id": p.number, "name": p.name, "seat": p.seat or None, "role": p.role, "here": p.number in here}
        | ({"office": p.office} if p.office else {})
        | ({"hand": True} if p.has_hand_up else {})
        for p in everybody
        if p.role != Delegate.Role.OBSERVER
    ]
    observers = sum(p.role == Delegate.Role.OBSERVER and p.number in here for p in everybody)
    return msgspec.json.encode({"people": seated, "observers": observers})[:-1]


def letters_to(company: Company, scenario: Scenario) -> dict[int, bytes]:
    """Returns, by person, what is for that one alone: the briefing of the office, and letters."""
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
    return {number: msgspec.json.encode(letters) for number, letters in found.items()}


def company_of(room: Room) -> Company:
    """Returns the people of the room, in the order in which they came, and what is kept of them."""
    columns = ("number", "version", "name", "seat", "role", "office", "is_muted", "up")
    delegates = Delegate.objects.filter(room=room, left_at=None).order_by("number")
    letters = Letter.objects.filter(room=room).values_list("number", "at", "text")
    return Company(
        tuple(Person(*row) for row in delegates.annotate(up=Q(hand_at__isnull=False)).values_list(*columns)),
        tuple((number, at.timestamp(), text) for number, at, text in letters),
        tuple(room.forbidden),
    )
