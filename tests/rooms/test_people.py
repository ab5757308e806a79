"""Who may come in, sit down, watch, leave, and under which name."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client as Browser

from game.decisions import Appoint, Ready
from game.play import Settings
from negotiation.rooms import creation, people
from negotiation.rooms.creation import Wish
from negotiation.rooms.models import Delegate, Room
from negotiation.rooms.people import CannotJoin, clean_name
from tests.rooms.cast import Table


def delegate(table: Table, name: str) -> Delegate:
    return Delegate.objects.get(pk=table.joined[name].delegate.pk)


def test_a_name_may_be_in_any_script() -> None:
    for name in ("Alice", "김민준", "山田 太郎", "O’Brien-Łukasz", "x" * 40):
        assert clean_name(f"  {name} ") == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "empty"),
        ("   \t ", "empty"),
        ("x" * 41, "long"),
        ("a\x00b", "control"),
        ("a\nb", "control"),
        ("\u202eecilA", "control"),
        ("Al\u200bice", "control"),
    ],
)
def test_a_name_is_neither_empty_nor_long_nor_a_trick(name: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_name(name)
    assert caught.value.code == code


def test_two_people_of_a_room_have_two_names() -> None:
    table = Table()
    with pytest.raises(CannotJoin) as caught:
        people.join(room_id=table.pk, name="ALICE", seat=None)
    assert caught.value.field == "name"


def test_a_seat_is_for_one_person_unless_the_room_has_teams() -> None:
    table = Table()
    with pytest.raises(CannotJoin) as caught:
        people.join(room_id=table.pk, name="Mallory", seat="CN")
    assert caught.value.field == "seat"
    Room.objects.filter(pk=table.pk).update(teams=True)
    assert people.join(room_id=table.pk, name="Anna", seat="CN").delegate.seat == "CN"


def test_nobody_sits_down_on_a_bot() -> None:
    room = creation.create(wish=Wish(Settings(scenario="cjk"), bots={"CN": "tft"}))
    with pytest.raises(CannotJoin):
        people.join(room_id=room.pk, name="Mallory", seat="CN")


def test_the_last_of_a_seat_leaves_it_to_the_caretaker_and_may_come_back() -> None:
    table = Table()
    people.leave(delegate=delegate(table, "bob"))
    assert table.play.holder("JP") == "caretaker"
    table.joined["bob"] = people.join(room_id=table.pk, name="Bob", seat="JP")
    assert table.play.holder("JP") == "people"
    assert table.act("bob", Ready()).ok


def test_in_the_lobby_the_last_of_a_seat_leaves_it_vacant() -> None:
    table = Table(started=False)
    people.leave(delegate=delegate(table, "bob"))
    assert table.play.holder("JP") == "vacant"


def test_a_team_keeps_its_seat_when_one_of_it_leaves() -> None:
    table = Table()
    Room.objects.filter(pk=table.pk).update(teams=True)
    people.join(room_id=table.pk, name="Anna", seat="CN")
    people.leave(delegate=delegate(table, "alice"))
    assert table.play.holder("CN") == "people"


def test_who_leaves_twice_has_left_once() -> None:
    table = Table()
    people.leave(delegate=delegate(table, "bob"))
    n = table.room.n
    people.leave(delegate=delegate(table, "bob"))
    assert table.room.n == n


def test_a_token_opens_its_own_room_and_none_other_and_is_kept_nowhere() -> None:
    table, other = Table(), Table()
    key = table.joined["bob"].token
    found = people.delegate_with(table.code, key)
    assert found is not None
    assert found.name == "Bob"
    assert people.delegate_with(other.code, key) is None
    assert people.delegate_with(table.code, None) is None
    assert key not in str(Delegate.objects.values_list())


def test_the_owner_has_one_place_however_often_and_from_wherever_the_page_is_asked_for() -> None:
    owner = User.objects.create_user("teacher")
    room = creation.create(wish=Wish(Settings(scenario="cjk")), owner=owner)
    for ask in ("get", "head") * 3:
        browser = Browser()
        browser.force_login(owner)
        assert getattr(browser, ask)(f"/r/{room.code}/").status_code == 200
    (place,) = Delegate.objects.filter(room=room)
    assert (place.role, place.user_id) == ("facilitator", owner.pk)
    people.leave(delegate=place)
    assert browser.get(f"/r/{room.code}/").status_code == 200
    assert Delegate.objects.filter(room=room, left_at=None).count() == 1


def test_a_facilitator_who_logs_out_or_is_disabled_runs_nothing_more() -> None:
    user = User.objects.create_user("teacher")
    room = creation.create(wish=Wish(Settings(scenario="cjk")), owner=user)
    joined = people.facilitate(room_id=room.pk, user=user)
    assert people.delegate_with(room.code, joined.token) is not None
    User.objects.update(is_active=False)
    assert people.delegate_with(room.code, joined.token) is None
    User.objects.update(is_active=True)
    people.end_visits(user)
    assert people.delegate_with(room.code, joined.token) is None


def test_a_room_that_is_closed_or_over_takes_nobody() -> None:
    table = Table()
    assert people.takes_anybody(table.room, table.play)
    Room.objects.filter(pk=table.pk).update(is_open=False)
    assert not people.takes_anybody(table.room, table.play)
    Room.objects.filter(pk=table.pk).update(is_open=True, observers=False)
    assert not people.takes_anybody(table.room, table.play), "every seat is taken"
    table.facilitate(Appoint("CN", "bot:tft"))
    assert not people.takes_anybody(table.room, table.play)


def test_a_person_is_known_by_a_number_of_the_room_alone() -> None:
    first, second = Table(), Table()
    numbers = [[j.delegate.number for j in table.joined.values()] for table in (first, second)]
    assert numbers == [[1, 2, 3, 4], [1, 2, 3, 4]]
