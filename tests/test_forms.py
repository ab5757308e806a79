"""What is wrong with a form stands at the field that it is about, which points to it, and what was typed is still there."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from negotiation.conferences import creation as conferences
from negotiation.conferences.forms import ConferenceForm
from negotiation.conferences.models import Conference
from negotiation.learning.forms import QuizForm
from tests.rooms.conftest import fresh
from tests.tournaments.cast import Cup

__all__ = ["fresh"]


class Fields(HTMLParser):
    """Notes which ids there are, which fields are marked wrong and what they point to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.wrong: dict[str, str] = {}
        self.values: dict[str, str] = {}
        self.group = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attributes}
        self.ids.add(given.get("id", ""))
        if tag == "fieldset":
            self.group = given.get("aria-describedby", "")
        if given.get("aria-invalid") == "true":
            # A choice of one among several is described by its group.
            self.wrong[given["name"]] = f"{given.get('aria-describedby', '')} {self.group}"
        if tag == "input" and given.get("value"):
            self.values[given.get("id", "")] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "fieldset":
            self.group = ""

    def told(self, field: str) -> bool:
        """Whether the field, or the group that it is of, is described by something that is on the page."""
        return bool(set(self.wrong[field].split()) & self.ids)


def made(user: User) -> Conference:
    data = {"title": "Class", "scenario": "cjk", "people": "6", "per_seat": "1", "odd": "nearest"}
    form = ConferenceForm(data, user=user)
    assert form.is_valid(), form.errors
    return conferences.create(wish=form.conference(), owner=user)


ROOM = {"scenario": "cjk", "preset": "", "observers": "on"}


@pytest.mark.parametrize(
    ("page", "sent", "wrong"),
    [
        ("/rooms/new/", ROOM | {"rounds": "99", "seat_CN": "nobody"}, {"rounds", "seat_CN"}),
        ("/conferences/new/", ROOM | {"people": "0", "per_seat": "x"}, {"title", "people", "per_seat", "odd"}),
        ("/tournaments/new/", ROOM | {"title": "Cup", "rounds_played": "2", "drop": "3", "weight": "101", "best_of_team": "0"},
         {"drop", "weight", "system", "filling", "method"}),
        ("/accounts/login/", {"username": "tess", "password": "wrong"}, {"password"}),
        ("/join/", {"code": "NOWHERE2"}, {"code"}),
        ("/learn/check/", {"next": ""}, set(QuizForm().fields)),
        ("{class}people/", {"text": "Ann\nann", "mode": "random", "look": "1"}, {"text"}),
        ("{class}people/", {"text": "", "mode": "random", "look": "1"}, {"text"}),
        ("{class}news/", {"round": "0", "phase": "talk", "text": ""}, {"round", "text"}),
        ("{class}questions/", {"when": "after", "kind": "choice", "text": "Why?", "options": "one"}, {"options"}),
        ("{class}erase/", {"code": "mine"}, {"code"}),
        ("{class}", {"name": "\u202eoB"}, {"name"}),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field(page: str, sent: dict[str, Any], wrong: set[str]) -> None:
    tess = User.objects.create_user("tess", password="wide-river-42")
    client = Client()
    if "login" not in page:
        client.force_login(tess)
    if page.startswith("{class}"):
        code = made(tess).code
        names = {"people/": "roster", "news/": "news", "questions/": "survey", "erase/": "erase", "": "enter"}
        page = reverse(f"conferences:{names[page.removeprefix('{class}')]}", kwargs={"code": code})
    answer = client.post(page, sent)
    assert answer.status_code in (404, 422, 200), answer.status_code
    found = Fields(answer.content.decode())
    assert set(found.wrong) == wrong
    assert all(map(found.told, wrong))


@pytest.mark.parametrize(
    ("what", "sent", "field"),
    [
        ("add", {"name": "Player 2", "team": "North"}, "name"),
        ("substitute", {"player": "77", "name": "Ann"}, "player"),
        ("adjust", {"player": "1", "points": "some", "reason": "late"}, "points"),
        ("adjust", {"player": "1", "points": "5", "reason": " "}, "reason"),
        ("correct", {"round": "x", "player": "1", "kind": "played", "total": "3", "reason": "typo"}, "round"),
    ],
)
def test_what_the_desk_refuses_stands_at_its_field_and_nothing_typed_is_lost(
    what: str, sent: dict[str, str], field: str
) -> None:
    cup = Cup(players=3)
    answer = cup.client().post(reverse("tournaments:do", kwargs={"code": cup.tournament.code, "what": what}), sent)
    assert answer.status_code == 422
    found = Fields(answer.content.decode())
    assert set(found.wrong) == {field}
    assert found.told(field)
    assert {
        f"{what}_{name}": text for name, text in sent.items() if text.strip() and name != "kind"
    }.items() <= found.values.items()


def test_a_list_of_players_that_is_refused_comes_back() -> None:
    cup = Cup(players=3)
    answer = cup.client().post(
        reverse("tournaments:players", kwargs={"code": cup.tournament.code}), {"text": "Ann\nann"}
    )
    assert answer.status_code == 422
    found = Fields(answer.content.decode())
    assert found.told("text")
    assert "Ann\nann</textarea>" in answer.content.decode()


def test_a_deed_that_the_desk_has_no_form_for_any_more_is_refused_in_a_message() -> None:
    cup = Cup(players=3)
    address = {
        name: reverse("tournaments:do", kwargs={"code": cup.tournament.code, "what": name})
        for name in ("rule", "adjust")
    }
    client = cup.client()
    for sent in ({"appeal": "9" * 5000, "reason": ""}, {"appeal": "x", "reason": ""}):
        answer = client.post(address["rule"], sent, follow=True)
        assert answer.status_code == 200
        assert len(answer.context["messages"]) == 1
    # Whoever comes to such an address by a link finds the desk.
    assert client.get(address["adjust"]).status_code == 302
