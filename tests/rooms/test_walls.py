"""What goes on a wall is what everybody may see, whoever opened it; a page for one state tells what moved its worth."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from game.decisions import Say
from negotiation.rooms import people, reviews
from negotiation.rooms.consumers import COOKIE
from negotiation.rooms.database import db
from negotiation.rooms.parts import WHOLE, parts_of, public_parts
from negotiation.rooms.printing import paper
from tests.rooms.cast import Table
from tests.rooms.client import Client
from tests.rooms.conftest import Connect
from tests.rooms.test_reviews import browser_of, data_of

SECRET = "Between us: we shall hold back."


def facilitator_of(table: Table) -> Browser:
    browser = Browser()
    browser.cookies[COOKIE] = people.facilitate(room_id=table.pk, user=User.objects.create_user("fay")).token
    return browser


def test_a_wall_shows_no_secret_of_whoever_opened_it() -> None:
    table = Table()
    table.act("alice", Say(SECRET, to=("JP",)))
    walls = [*(browser_of(table, name) for name in ("alice", "bob", "dora")), facilitator_of(table)]
    views = [data_of(one.get(f"/r/{table.code}/?view=projector").content.decode(), "boot") for one in walls]
    for view in views:
        assert view["viewer"] == "observer"
        assert view["sections"]["own"] is view["sections"]["may"] is None
        assert SECRET not in str(view)
        assert (view["sections"], view["entries"]) == (views[0]["sections"], views[0]["entries"])
    assert SECRET in browser_of(table, "alice").get(f"/r/{table.code}/").content.decode()


@pytest.mark.parametrize("name", ["alice", "fay"])
async def test_the_socket_of_a_wall_hears_what_all_hear(connect: Connect, name: str) -> None:
    def begin() -> tuple[Table, str, str]:
        table = Table()
        table.act("alice", Say(SECRET, to=("JP",)))
        fay = people.facilitate(room_id=table.pk, user=User.objects.create_user("fay")).token
        return table, table.code, fay if name == "fay" else table.joined["alice"].token

    table, code, token = await db(begin)
    wall = Client(code, token, "?view=projector")
    own = connect(code, token)
    try:
        await wall.open()
        await own.open()
        await db(lambda: table.act("alice", Say("Again between us.", to=("JP",))))
        await db(lambda: table.act("alice", Say("To all.")))
        while "To all." not in str(wall.entries):
            await wall.hear("update")
        while "To all." not in str(own.entries):
            await own.hear("update")
        assert wall.sections["own"] is wall.sections["may"] is None
        assert "etween us" not in str(wall.entries)
        assert "Again between us." in str(own.entries)
    finally:
        await wall.close()


@pytest.mark.parametrize("view", ["", "projector", "mine"])
def test_each_view_of_a_debrief_has_its_parts_and_the_wall_is_public(view: str) -> None:
    table = Table()
    table.play_all()
    for browser in (browser_of(table, "alice"), facilitator_of(table)):
        page = browser.get(f"/r/{table.code}/debrief/", {"view": view}).content.decode()
        assert [part for part in parts_of(table.play, view) if f'data-part="{part}"' not in page] == []
        if view == "projector":
            assert SECRET not in page
            assert data_of(page, "boot")["viewer"] == "observer"
    assert set(public_parts(table.play)) <= set(parts_of(table.play, WHOLE))


def test_what_moved_a_worth_adds_up_to_how_it_moved() -> None:
    table = Table()
    assert reviews.moved_of(table.room, table.play, "CN") is None
    table.play_all()
    for seat in ("CN", "JP", "KR"):
        rounds = reviews.moved_of(table.room, table.play, seat)
        assert [one["round"] for one in rounds] == [1, 2, 3]
        for one in rounds:
            assert sum(cause["change"] for cause in one["causes"]) == pytest.approx(one["after"] - one["before"])


@pytest.mark.parametrize(("asked", "shown"), [("JP", "JP"), ("XX", "CN"), (None, "KR")])
def test_anybody_may_read_any_states_page_once_the_game_is_over(asked: str | None, shown: str) -> None:
    table = Table()
    table.play_all()
    fields = {"view": "mine"} | ({"seat": asked} if asked else {})
    page = browser_of(table, "carol").get(f"/r/{table.code}/debrief/", fields).content.decode()
    assert f'data-seat="{shown}"' in page
    assert data_of(page, "moved")


def test_paper_has_the_debrief_and_no_names() -> None:
    table = Table()
    table.play_all()
    for seat in (None, "KR"):
        page = paper(table.room, table.play, seat)
        assert data_of(page, "review")
        assert SECRET not in page
        assert "<form" not in page


def test_printing_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="There is no room"):
        call_command("print", "ZZZZZZZZ")
    table = Table()
    with pytest.raises(CommandError, match="is not over yet"):
        call_command("print", table.code)
    table.play_all()
    with pytest.raises(CommandError, match="Choose one of CN, JP, KR"):
        call_command("print", table.code, seat="US")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("NEGOTIATION_BROWSER", raising=False)
    with pytest.raises(CommandError, match="A PDF needs Chrome, Chromium or Edge"):
        call_command("print", table.code)
