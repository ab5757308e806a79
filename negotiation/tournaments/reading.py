"""read, figures: the results of a round, from the logs of its rooms and from nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from game import events as e
from game.play import Play
from negotiation.conferences.models import Participant, Table
from negotiation.rooms import chain, plays
from negotiation.rooms.models import Entry
from negotiation.tournaments.models import Place, Round
from negotiation.tournaments.scores import Kind

PRESENT_AT_LEAST = 0.5
"""Share of the rounds in which a person must have held the seat for its result to be that person's."""
NAMES = ("total", "R", "G", "U", "TR")


def read(round_: Round) -> list[Place]:
    """Returns the places of a round with what its games came to; nothing is saved."""
    places = list(round_.places.select_related("player").order_by("table", "pk"))
    conference = round_.conference
    if conference is None:
        return places
    came = {
        person.number: person.arrived_at is not None for person in Participant.objects.filter(conference=conference)
    }
    of_table: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        if place.table:
            of_table[place.table].append(place)
    for table in conference.tables.select_related("room").order_by("number"):
        play = plays.fold(table.room)
        held = held_by_people(table)
        some_left = False
        for place in of_table[table.number]:
            place.kind = _kind(place, play, held, came)
            place.figures = figures(play, place.seat)
            some_left |= place.kind == "left"
        for place in of_table[table.number]:
            place.spoilt = some_left and place.kind == "played"
    return places


def _kind(place: Place, play: Play, held: dict[str, float], came: dict[int, bool]) -> Kind:
    if place.player is None:
        return "bot"
    if place.participant is None or not came.get(place.participant, False):
        return "absent"
    if not play.is_over:
        return "unfinished"
    return "played" if held.get(place.seat, 1.0) >= PRESENT_AT_LEAST else "left"


def figures(play: Play, seat: str) -> dict[str, Any]:
    """Returns the final figures of a seat, in points, and its breaches that were seen; nothing before the end."""
    if play.ended is None:
        return {}
    outcome = play.ended.outcome
    score = next(one for one in outcome.scores if one.seat == seat)
    found: dict[str, Any] = {name: getattr(score, name) for name in NAMES}
    found["joint"] = outcome.region["sum_G"]
    found["breaches"] = play.world.breaches[play.index(seat)]
    return found


def held_by_people(table: Table) -> dict[str, float]:
    """Returns for each seat of a table in what share of the rounds a person held it when its orders began."""
    kinds = ("seated", "phase")
    entries = Entry.objects.filter(room=table.room, n__lte=table.room.n, kind__in=kinds).order_by("n")
    return presence(chain.event_of(entry) for entry in entries)


def presence(events: Iterable[e.Event]) -> dict[str, float]:
    """Returns the same from the events of a game; empty before orders were given in any round."""
    holder: dict[str, str] = {}
    rounds: dict[int, dict[str, bool]] = {}
    for event in events:
        match event:
            case e.Seated():
                holder[event.seat] = event.holder
            case e.PhaseBegan() if event.phase == "orders":
                rounds[event.round] = {seat: held == "people" for seat, held in holder.items()}
    if not rounds:
        return {}
    return {seat: sum(one.get(seat, False) for one in rounds.values()) / len(rounds) for seat in holder}
