"""What a debrief looks back on is told when the game is over, and to nobody before."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client as Browser

from game.decisions import GiveOrder, Propose, Vote
from game.records import Duty, Order, Package
from negotiation.rooms import reviews
from negotiation.rooms.consumers import COOKIE
from negotiation.rooms.reviews import review_of
from tests.rooms.cast import HOLD_BACK, Table


def browser_of(table: Table, name: str) -> Browser:
    browser = Browser()
    browser.cookies[COOKIE] = table.joined[name].token
    return browser


def data_of(page: str, name: str) -> Any:
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found, name
    return json.loads(found[1])


def test_while_the_game_goes_on_there_is_no_review_and_no_debrief() -> None:
    table = Table()
    table.act("bob", Propose(HOLD_BACK))
    assert review_of(table.room, table.play) is None
    for name in ("alice", "dora"):
        answer = browser_of(table, name).get(f"/r/{table.code}/debrief/")
        assert answer.status_code == 302
        room = browser_of(table, name).get(f"/r/{table.code}/").content.decode()
        assert 'id="review"' not in room
        assert '"worth"' not in room


@pytest.mark.parametrize("name", ["alice", "dora"])
def test_at_the_end_everybody_reads_the_same_map_of_all_that_was_tabled(name: str) -> None:
    table = Table()
    table.play_all()
    page = browser_of(table, name).get(f"/r/{table.code}/debrief/").content.decode()
    review = data_of(page, "review")
    assert review == json.loads(json.dumps(review_of(table.room, table.play)))
    assert {one["text"] for one in review["map"]["bargains"]} == {"1a", "2a"}


def test_a_stranger_is_led_to_the_door() -> None:
    table = Table()
    table.play_all()
    assert "join" in Browser().get(f"/r/{table.code}/debrief/").headers["Location"]


def test_the_review_holds_what_was_hidden_only_for_a_game_that_is_over() -> None:
    table = Table()
    table.act("carol", Propose(Package(sponsor="KR", duties=(Duty(by="CN", kind="cap", amount=0),))))
    table.until("vote")
    for name in ("alice", "bob"):
        table.act(name, Vote("1a", "yes"))
    table.until("orders")
    table.act("alice", GiveOrder(Order(posture=2)))
    table.until("reveal")
    assert review_of(table.room, table.play) is None
    table.play_all()
    kept = review_of(table.room, table.play)["keeping"]
    assert [(one["seat"], one["round"]) for one in kept["breaches"]] == [("CN", 1)]


def test_what_if_is_answered_at_the_end_alone_to_people_of_the_room_alone() -> None:
    table = Table()
    address = f"/r/{table.code}/debrief/what-if/"
    before = browser_of(table, "alice").get(address, {"round": 1, "CN": "hawk"})
    assert (before.status_code, before.json()) == (409, {"error": "not_over"})
    table.play_all()
    assert Browser().get(address, {"round": 1}).status_code == 302
    for name in ("alice", "dora"):
        found = browser_of(table, name).get(address, {"round": 1, "CN": "hawk"}).json()
        assert found["bots"] == {"CN": "hawk"}
        assert found["then"] != found["now"]
    same = browser_of(table, "dora").get(address, {"round": 2}).json()
    assert same["then"] == same["now"]


@pytest.mark.parametrize("asked", [{"round": "9"}, {"round": "x"}, {"CN": "people"}, {"KP": "hawk"}, {"round": ""}])
def test_what_cannot_be_replayed_is_refused(asked: dict[str, str]) -> None:
    table = Table()
    table.play_all()
    answer = browser_of(table, "bob").get(f"/r/{table.code}/debrief/what-if/", asked)
    assert (answer.status_code, answer.json()["error"]) == (400, "unknown")


def test_a_replay_that_would_take_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "MOST_SECONDS", -1.0)
    table = Table()
    table.play_all()
    address = f"/r/{table.code}/debrief/what-if/"
    assert browser_of(table, "bob").get(address, {"round": 1, "CN": "hedger"}).status_code == 503
    monkeypatch.undo()
    assert browser_of(table, "bob").get(address, {"round": 1, "CN": "hedger"}).status_code == 200
