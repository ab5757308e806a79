"""A crowd of strangers with the code keeps no pupil out, and whoever runs or made the room can shut its door."""

from __future__ import annotations

import json

import pytest
from django.test import Client as Browser

from negotiation.rooms import people
from negotiation.rooms.boot import first_view
from negotiation.rooms.database import db
from negotiation.rooms.models import Delegate, Room
from tests.rooms.cast import Table
from tests.rooms.conftest import Connect


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "OBSERVERS_PER_ROOM", 5)


def come(code: str, name: str, seat: str = "observer") -> int:
    return Browser().post(f"/r/{code}/join/", {"name": name, "seat": seat}).status_code


def watching(table: Table) -> list[str]:
    here = Delegate.objects.filter(room=table.pk, left_at=None, role=Delegate.Role.OBSERVER)
    return list(here.order_by("number").values_list("name", flat=True))


def test_a_crowd_whose_pages_are_gone_keeps_nobody_out(few: None) -> None:
    table = Table(started=False)
    people.leave(delegate=table.joined["carol"].delegate)
    assert {come(table.code, f"x{n}") for n in range(20)} == {302}
    assert watching(table) == [f"x{n}" for n in range(15, 20)]
    assert come(table.code, "Ann", "KR") == 302
    assert come(table.code, "Ben") == 302


async def test_who_watches_with_an_open_page_gives_way_to_nobody_and_a_crowd_of_them_takes_no_seat(
    few: None, connect: Connect, fresh: None
) -> None:
    table = await db(lambda: Table(started=False))
    code = await db(lambda: table.code)
    tokens = [table.joined["dora"].token]
    tokens += await db(lambda: [people.join(room_id=table.pk, name=f"x{n}", seat=None).token for n in range(4)])
    for token in tokens:
        await connect(code, token).open()

    def crowd() -> None:
        assert come(code, "y") == 404
        with pytest.raises(people.CannotJoin):
            people.join(room_id=table.pk, name="y", seat=None)
        people.leave(delegate=table.joined["carol"].delegate)
        assert come(code, "Ann", "KR") == 302
        assert watching(table) == ["Dora", "x0", "x1", "x2", "x3"]

    await db(crowd)


async def test_a_crowd_of_open_pages_keeps_no_player_out(
    monkeypatch: pytest.MonkeyPatch, connect: Connect, fresh: None
) -> None:
    monkeypatch.setattr("negotiation.rooms.consumers.SOCKETS_PER_ROOM", 2)
    table = await db(Table)
    code = await db(lambda: table.code)
    for _ in range(2):
        await connect(code, table.joined["dora"].token).open()
    third = connect(code, table.joined["dora"].token)
    await third.socket.connect()
    assert await third.closed() == 4009
    alice = await connect(code, table.joined["alice"].token).open()
    assert alice.sections["own"]["seat"] == "CN"


def test_nobody_new_comes_in_while_the_door_is_shut_and_who_is_inside_stays() -> None:
    table = Table(started=False)
    people.leave(delegate=table.joined["carol"].delegate)
    browsers = {name: Browser() for name in ("alice", "bob", "dora")}
    for name, browser in browsers.items():
        browser.cookies["seat"] = table.joined[name].token
    for name in ("bob", "dora"):
        assert browsers[name].post(f"/r/{table.code}/door/").status_code == 403
    assert Room.objects.get(pk=table.pk).is_open
    assert browsers["alice"].post(f"/r/{table.code}/door/").status_code == 200
    assert come(table.code, "Ann", "KR") == 404
    assert come(table.code, "Ann") == 404
    assert browsers["bob"].get(f"/r/{table.code}/").status_code == 200
    section = first_view(table.room, table.play, "JP", 2)["sections"]["people"]
    assert section["shut"] is True
    assert browsers["alice"].post(f"/r/{table.code}/door/", {"open": "1"}).status_code == 200
    assert "shut" not in json.dumps(first_view(table.room, table.play, "JP", 2)["sections"]["people"])
    assert come(table.code, "Ann", "KR") == 302
