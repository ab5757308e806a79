"""Wish, create, replan, add_table: how a conference and its rooms come to be."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any, NamedTuple

import msgspec
from django.contrib.auth.models import User
from django.db import transaction

from game.play import Settings
from game.scenario import Scenario
from negotiation.conferences.models import Conference, Table
from negotiation.conferences.plan import ODD, Odd, Plan, plan
from negotiation.rooms import creation as rooms
from negotiation.rooms.house import words_of
from negotiation.rooms.models import Room, new_seed
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
    learning: str = ""
    forbidden: tuple[str, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    """Settings that differ from table to table, given out evenly by lot; none: all tables are alike."""

    def plan(self) -> Plan:
        """Returns the tables that this makes."""
        seats = len(library.newest(self.settings.scenario).seats)
        return plan(people=self.people, seats=seats, per_seat=self.per_seat, odd=self.odd)


@transaction.atomic
def create(*, wish: Wish, owner: User, seed: str = "") -> Conference:
    """Makes a conference with a room for each table of the plan, all of one seed, in their lobbies; a random one unless given."""
    settings = library.settled(wish.settings)
    conference = Conference.objects.create(
        seed=seed or new_seed(),
        title=wish.title,
        owner=owner,
        scenario=settings.scenario,
        settings=msgspec.json.encode(settings).decode(),
        expected=wish.people,
        per_seat=wish.per_seat,
        odd=wish.odd,
        pseudonyms=wish.pseudonyms,
        offices=wish.offices,
        learning=wish.learning,
        forbidden=words_of(wish.forbidden),
        treatments=[list(treatment) for treatment in wish.treatments],
    )
    _lay(conference, wish.plan())
    return conference


def _lay(conference: Conference, planned: Plan) -> None:
    """Makes a room for each table, every treatment as often as any other or once more, by lot."""
    treatments = _treatments_of(conference)
    dealt = [treatments[i % len(treatments)] for i in range(len(planned.tables))]
    random.Random(f"{conference.seed}/treatments").shuffle(dealt)
    for number, (places, treatment) in enumerate(zip(planned.places, dealt, strict=True), 1):
        _add(conference, number, places, treatment)


def _treatments_of(conference: Conference) -> list[Treatment]:
    return [Treatment(*one) for one in conference.treatments] or [Treatment("", {})]


@transaction.atomic
def replan(conference: Conference, people: int) -> Plan:
    """Plans the tables anew for another number of delegates; before anybody has sat down."""
    wish = Wish(conference.title, settings_of(conference), people, conference.per_seat, _odd(conference))
    planned = wish.plan()
    tables = list(conference.tables.order_by("number"))
    if conference.treatments and len(planned.tables) != len(tables):
        # What was dealt to fewer tables or more would not be even.
        Room.objects.filter(table__conference=conference).delete()
        _lay(conference, planned)
    else:
        _fit(conference, tables, planned)
    return planned


def _fit(conference: Conference, tables: list[Table], planned: Plan) -> None:
    Room.objects.filter(table__in=tables[len(planned.tables) :]).delete()
    for table, places in zip(tables, planned.places, strict=False):
        Table.objects.filter(pk=table.pk).update(places=list(places[:-1]), watching=places[-1])
    for number in range(len(tables), len(planned.tables)):
        _add(conference, number + 1, planned.places[number], _scarcest(conference))


def _scarcest(conference: Conference) -> Treatment:
    """Returns the treatment of the fewest tables."""
    given = Counter(conference.tables.values_list("treatment", flat=True))
    return min(_treatments_of(conference), key=lambda one: given[one.name])


def settings_of(conference: Conference) -> Settings:
    """Returns the settings that all its rooms have."""
    return msgspec.json.decode(conference.settings, type=Settings)


def scenario_of(conference: Conference) -> Scenario:
    """Returns the scenario that all its rooms play."""
    return library.load(conference.scenario, settings_of(conference).version)


def seats_of(conference: Conference) -> tuple[str, ...]:
    """Returns the seats of its scenario, in seat order."""
    return scenario_of(conference).seats


def third_of(conference: Conference) -> tuple[str, ...]:
    """Returns the third parties that have a place at its tables."""
    return settings_of(conference).third


def _odd(conference: Conference) -> Odd:
    return next(odd for odd in ODD if odd == conference.odd)


@transaction.atomic
def add_table(conference: Conference) -> Table:
    """Adds a room with one place a seat, of the scarcest treatment; for people nobody expected."""
    Conference.objects.select_for_update().get(pk=conference.pk)
    last = conference.tables.order_by("-number").first()
    places = (*(1,) * len(seats_of(conference)), 0)
    return _add(conference, last.number + 1 if last else 1, places, _scarcest(conference))


def _add(conference: Conference, number: int, places: tuple[int, ...], treatment: Treatment) -> Table:
    settings = msgspec.structs.replace(settings_of(conference), **treatment.settings)
    wish = rooms.Wish(settings, teams=True, forbidden=conference.forbidden)
    room = rooms.create(wish=wish, owner=conference.owner, seed=conference.seed)
    return Table.objects.create(
        conference=conference,
        number=number,
        room=room,
        places=list(places[:-1]),
        watching=places[-1],
        treatment=treatment.name,
    )
