"""Wish, create, replan, add_table: how a conference and its rooms come to be."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import msgspec
from django.contrib.auth.models import User
from django.db import transaction

from game.play import Settings
from game.scenario import NEWEST_RULES
from negotiation.conferences.models import Conference, Table
from negotiation.conferences.plan import ODD, Odd, Plan, plan
from negotiation.rooms import creation as rooms
from negotiation.scenarios import library


class Treatment(NamedTuple):
    """What is otherwise at some tables: a name for it, and the settings."""

    name: str
    settings: dict[str, Any]


class Wish(NamedTuple):
    """What a facilitator wants: the game's settings, for how many people, and how they share seats."""

    title: str
    settings: Settings
    people: int
    per_seat: int = 1
    odd: Odd = "nearest"
    pseudonyms: bool = True
    offices: bool = False
    treatments: tuple[Treatment, ...] = ()
    """Settings that differ from table to table, given out evenly by lot; none: all tables are alike."""

    def plan(self) -> Plan:
        """Returns the tables that this makes."""
        seats = len(library.newest(self.settings.scenario).seats)
        return plan(people=self.people, seats=seats, per_seat=self.per_seat, odd=self.odd)


@transaction.atomic
def create(*, wish: Wish, owner: User) -> Conference:
    """Makes a conference with a room for each table of the plan, all of one seed, in their lobbies."""
    rules = wish.settings.rules or library.rules_of(wish.settings.scenario) or NEWEST_RULES
    settings = msgspec.structs.replace(wish.settings, rules=rules)
    conference = Conference.objects.create(
        title=wish.title,
        owner=owner,
        scenario=settings.scenario,
        settings=msgspec.json.encode(settings).decode(),
        expected=wish.people,
        per_seat=wish.per_seat,
        odd=wish.odd,
        pseudonyms=wish.pseudonyms,
        offices=wish.offices,
    )
    tables = wish.plan().tables
    dealt = _by_lot(wish, len(tables), conference.seed)
    for number, (places, treatment) in enumerate(zip(tables, dealt, strict=True), 1):
        _add(conference, settings, number, places, treatment)
    return conference


def _by_lot(wish: Wish, tables: int, seed: str) -> list[Treatment]:
    """Returns a treatment for each table: every one as often as any other, or once more."""
    treatments = wish.treatments or (Treatment("", {}),)
    dealt = [treatments[i % len(treatments)] for i in range(tables)]
    random.Random(f"{seed}/treatments").shuffle(dealt)
    return dealt


@transaction.atomic
def replan(conference: Conference, people: int) -> Plan:
    """Plans the tables anew for another number of people; before anybody has sat down."""
    wish = Wish(conference.title, settings_of(conference), people, conference.per_seat, _odd(conference))
    planned = wish.plan()
    tables = list(conference.tables.select_related("room").order_by("number"))
    for table in tables[len(planned.tables) :]:
        table.room.delete()
    for table, places in zip(tables, planned.tables, strict=False):
        Table.objects.filter(pk=table.pk).update(places=list(places))
    for number in range(len(tables), len(planned.tables)):
        _add(conference, wish.settings, number + 1, planned.tables[number])
    Conference.objects.filter(pk=conference.pk).update(expected=people)
    return planned


def settings_of(conference: Conference) -> Settings:
    """Returns the settings that all its rooms have."""
    return msgspec.json.decode(conference.settings, type=Settings)


def seats_of(conference: Conference) -> tuple[str, ...]:
    """Returns the seats of its scenario, in seat order."""
    return library.load(conference.scenario, settings_of(conference).version).seats


def _odd(conference: Conference) -> Odd:
    return next(odd for odd in ODD if odd == conference.odd)


@transaction.atomic
def add_table(conference: Conference) -> Table:
    """Adds a room with one place a seat; for people nobody expected."""
    Conference.objects.select_for_update().get(pk=conference.pk)
    last = conference.tables.order_by("-number").first()
    places = (1,) * len(seats_of(conference))
    return _add(conference, settings_of(conference), last.number + 1 if last else 1, places)


def _add(
    conference: Conference,
    settings: Settings,
    number: int,
    places: tuple[int, ...],
    treatment: Treatment = Treatment("", {}),  # noqa: B008 (a value)
) -> Table:
    settings = msgspec.structs.replace(settings, **treatment.settings)
    room = rooms.create(wish=rooms.Wish(settings, teams=True), owner=conference.owner, seed=conference.seed)
    return Table.objects.create(
        conference=conference, number=number, room=room, places=list(places), treatment=treatment.name
    )
