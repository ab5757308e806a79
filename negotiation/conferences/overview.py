"""overview, table_card: what a facilitator sees of all tables at once, as plain data for the console.

It is read from the plays that the process keeps, so that asking every second costs little; only who is here, and which
rooms have moved on, is asked anew.
"""

from __future__ import annotations

import datetime
import time
from collections import Counter, OrderedDict
from typing import Any

from django.db.models import Q

from game.observation import observe
from game.play import Play
from negotiation.conferences.models import Conference, Note, Participant, Table
from negotiation.rooms import chain, conduct, feed, plays, presence
from negotiation.rooms.house import author_of
from negotiation.rooms.models import Delegate, Entry, Report

STUCK = 180.0
"""Seconds in a phase without a clock after which the facilitator is told who is waited for."""
LATE = 15.0
MOST_KEPT = 1024
NOTES = 12

_cards: OrderedDict[tuple[int, int, str], dict[str, Any]] = OrderedDict()


def overview(conference: Conference) -> dict[str, Any]:
    """Returns the conference, its tables and its people; secrets of the games are left out, for screens are seen by many."""
    tables = list(conference.tables.select_related("room").order_by("number"))
    everybody = list(
        conference.participants.filter(left_at=None).select_related("delegate", "table").order_by("number")
    )
    at: dict[int, list[Participant]] = {}
    for person in everybody:
        if person.table_id is not None:
            at.setdefault(person.table_id, []).append(person)
    now = time.time()
    unknown = [table.room_id for table in tables if feed.people_here(table.room_id) is None]
    there = presence.elsewhere_in(unknown) if unknown else {}
    reports = _reports(tables)
    others = _others(tables, now)
    is_late = any(table.room.phase != "lobby" for table in tables)
    return {
        "title": conference.title,
        "code": conference.code,
        "is_open": conference.is_open,
        "announcement": conference.announcement,
        "results_open": conference.results_open,
        "shown": conference.shown,
        "forbidden": conference.forbidden,
        "helpers": list(conference.facilitators.order_by("username").values_list("username", flat=True)),
        "expected": conference.expected,
        "arrived": sum(person.arrived_at is not None for person in everybody),
        "tables": [
            _table(table, at.get(table.pk, []), others.get(table.room_id, []), there, now, is_late=is_late)
            | {"reports": reports.get(table.room_id, [])}
            for table in tables
        ],
        "unplaced": [_person(person, set()) for person in everybody if person.table_id is None],
        "notes": [
            {"at": note.at.timestamp(), "who": note.who, "what": note.what, "tables": note.tables}
            for note in Note.objects.filter(conference=conference)[:NOTES]
        ],
    }


def _table(
    table: Table,
    people: list[Participant],
    others: list[Delegate],
    there: dict[int, Counter[int]],
    now: float,
    *,
    is_late: bool,
) -> dict[str, Any]:
    play = plays.fold(table.room)
    here = feed.people_here(table.room_id)
    if here is None:
        here = set(there.get(table.room_id, ()))
    card = table_card(table.room_id, (table.room.n, table.room.digest), play)
    seats = [
        chair
        | {"people": [_person(one, here) for one in people if one.seat == chair["seat"]]}
        | {"programs": [_program(one, here) for one in others if one.is_program and one.seat == chair["seat"]]}
        for chair in card["seats"]
    ]
    watching = [_person(one, here) for one in people if not one.seat]
    third = [
        {"seat": seat, "people": [_person(one, here) for one in people if one.seat == seat]}
        for seat in play.settings.third
    ]
    return card | {
        "third": third,
        "number": table.number,
        "room": table.room.code,
        "seats": seats,
        "watching": watching,
        "alerts": _alerts(play, seats, now, is_late=is_late),
        "troubles": _troubles(people, others, now),
    }


def _reports(tables: list[Table]) -> dict[int, list[dict[str, Any]]]:
    """Returns, by room, what was reported and nobody has looked at yet, with its words."""
    open_ = list(Report.objects.filter(room__in=[table.room_id for table in tables], is_settled=False))
    if not open_:
        return {}
    entries = Entry.objects.filter(room__in={one.room_id for one in open_}, n__in={one.entry for one in open_})
    events: dict[tuple[int, int], Any] = {(entry.room_id, entry.n): chain.event_of(entry) for entry in entries}
    found: dict[int, list[dict[str, Any]]] = {}
    for one in open_:
        if event := events.get((one.room_id, one.entry)):
            told = {"entry": one.entry, "seat": author_of(event), "text": event.text, "reason": one.reason}
            found.setdefault(one.room_id, []).append(told)
    return found


def _others(tables: list[Table], now: float) -> dict[int, list[Delegate]]:
    """Returns, by room, the programs, and whoever hindered the others of late."""
    recent = datetime.datetime.fromtimestamp(now - conduct.RECENT, datetime.UTC)
    rooms = Delegate.objects.filter(room__in=[table.room_id for table in tables], left_at=None)
    found: dict[int, list[Delegate]] = {}
    for one in rooms.filter(Q(is_program=True) | Q(trouble_at__gte=recent)).order_by("number"):
        found.setdefault(one.room_id, []).append(one)
    return found


def _program(program: Delegate, here: set[int]) -> dict[str, Any]:
    return {"number": program.number, "name": program.name, "here": program.number in here}


def _troubles(people: list[Participant], others: list[Delegate], now: float) -> list[dict[str, Any]]:
    """Returns who hindered the others of late, by the name that the console has for them, and how."""
    labels = {person.delegate_id: person.label for person in people}
    recent = [one for one in others if one.trouble_at and one.trouble_at.timestamp() > now - conduct.RECENT]
    return [{"number": one.number, "name": labels.get(one.pk, one.name), "what": one.trouble} for one in recent]


def _person(person: Participant, here: set[int]) -> dict[str, Any]:
    sits = person.delegate is not None and person.delegate.left_at is None
    return {
        "number": person.number,
        "label": person.label,
        "alias": person.alias,
        "arrived": person.arrived_at is not None,
        "muted": bool(person.delegate and person.delegate.is_muted),
        "hand": person.delegate.hand if sits and person.delegate and person.delegate.hand_at else None,
        "here": bool(sits and person.delegate and person.delegate.number in here),
    }


def table_card(room_id: int, head: tuple[int, str], play: Play) -> dict[str, Any]:
    """Returns what of a table changes with its log alone."""
    key = (room_id, *head)
    if key in _cards:
        return _cards[key]
    world = observe(play, "observer").world
    card = {
        "phase": play.phase,
        "phase_no": play.phase_no,
        "round": play.round,
        "rounds": play.rounds,
        "epoch": play.epoch,
        "began_at": play.began_at,
        "deadline_at": play.deadline_at,
        "paused_at": play.paused_at,
        "tension": round(max(world.tension.values())) if world.tension else None,
        "rung": world.rung,
        "texts": len(play.open_texts()),
        "adopted": sum(len(done.adopted) for done in play.played) + len(play.adopted),
        "phases": [[no, mark.phase, mark.round] for no, mark in enumerate(play.marks) if no],
        "seats": [
            {"seat": seat, "holder": holder, "done": _is_done(play, seat), "missed": play.missed[i]}
            for i, (seat, holder) in enumerate(zip(play.scenario.seats, play.holders, strict=True))
        ],
    }
    _cards[key] = card
    while len(_cards) > MOST_KEPT:
        _cards.popitem(last=False)
    return card


def _is_done(play: Play, seat: str) -> bool:
    return play.ready[play.index(seat)] or (
        play.phase == "vote" and all(seat in text.votes or not play.may_vote(seat, text) for text in play.open_texts())
    )


def _alerts(play: Play, seats: list[dict[str, Any]], now: float, *, is_late: bool) -> list[dict[str, Any]]:
    """Returns what a facilitator should look at, as codes with what they are about; `is_late`: other tables have begun."""
    if play.phase == "lobby":
        return (
            [{"code": "waiting"}]
            if is_late and any(person["here"] for one in seats for person in one["people"])
            else []
        )
    if play.is_over:
        return []
    alerts: list[dict[str, Any]] = []
    if play.pause_reason == "downtime" and play.paused_at is not None:
        alerts.append({"code": "downtime"})
    sitting = {one["seat"]: [person["here"] for person in (*one["people"], *one["programs"])] for one in seats}
    away = [seat for seat, here in sitting.items() if here and not any(here)]
    if away:
        alerts.append({"code": "away", "seats": away})
    waiting = [one["seat"] for one in seats if not one["done"] and one["holder"] != "caretaker"]
    if play.deadline_at is None and play.paused_at is None and waiting and now - play.began_at > STUCK:
        alerts.append({"code": "stuck", "seats": waiting})
    if play.deadline_at is not None and play.paused_at is None and now > play.deadline_at + LATE:
        alerts.append({"code": "late"})
    if not any(any(here) for here in sitting.values()):
        alerts.append({"code": "empty"})
    return alerts


def forget_all() -> None:
    """Lets every card go; for tests."""
    _cards.clear()
