"""Programs at the tables of a conference: the console shows them, names who hinders others, and seats nobody on top of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from game.decisions import Start
from negotiation.rooms import conduct, programs
from negotiation.rooms.models import Delegate
from tests.conferences.cast import Class


def table_of(monday: Class) -> dict[str, Any]:
    table: dict[str, Any] = monday.state()["tables"][0]
    return table


def test_the_console_shows_a_program_at_its_seat_and_that_it_is_not_there() -> None:
    monday = Class(people=2)
    monday.come(2)
    free = next(one["seat"] for one in table_of(monday)["seats"] if not one["people"])
    made = programs.let_in(room_id=monday.table(1).room_id, name="Deep Thought", seat=free)
    assert made.delegate.seat == free
    monday.press(Start())
    table = table_of(monday)
    shown = {one["seat"]: one["programs"] for one in table["seats"] if one["programs"]}
    assert shown == {free: [{"number": made.delegate.number, "name": "Deep Thought", "here": False}]}
    away = next(alert for alert in table["alerts"] if alert["code"] == "away")
    assert free in away["seats"]


def test_nobody_who_comes_is_seated_where_a_program_sits() -> None:
    monday = Class(people=3)
    taken = programs.let_in(room_id=monday.table(1).room_id, name="Deep Thought", seat="JP").delegate
    seats = [person.seat for person in monday.come(2)]
    assert sorted(seats) == ["CN", "KR"]
    assert Delegate.objects.get(pk=taken.pk).left_at is None


def test_who_floods_is_named_as_the_console_knows_them_and_only_for_some_minutes() -> None:
    monday = Class(people=3)
    (person,) = monday.come(1)
    assert person.delegate is not None
    program = programs.let_in(
        room_id=monday.table(1).room_id, name="Deep Thought", seat="KR" if person.seat != "KR" else "CN"
    )
    for one, what in ((person.delegate, "flood"), (program.delegate, "forbidden")):
        Delegate.objects.filter(pk=one.pk).update(trouble=what, trouble_at=timezone.now())
    told = {one["name"]: one["what"] for one in table_of(monday)["troubles"]}
    assert told == {"Student 1": "flood", "Deep Thought": "forbidden"}
    Delegate.objects.update(trouble_at=timezone.now() - timedelta(seconds=conduct.RECENT + 1))
    assert table_of(monday)["troubles"] == []
