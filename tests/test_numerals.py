"""What is no number, or none that fits, is refused wherever a number is asked for; no page breaks over it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from game.figures import ScenarioError
from game.play import Settings
from negotiation.conferences import roster
from negotiation.numerals import whole
from negotiation.rooms import creation, people
from negotiation.rooms.creation import Wish
from negotiation.scenarios import library
from tests.conferences.cast import Class
from tests.tournaments.cast import Cup

HOSTILE = ("²", "٣", "9" * 5000, "9" * 19, "0000012000000", "-1", "1.0", "", "x", "\x00")
DEEP = "[" * 19_000

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [("0", 0), ("7", 7), ("007", 7), ("100", 100), ("101", None), (None, None), *((t, None) for t in HOSTILE)],
)
def test_a_number_is_plain_digits_within_bounds(text: str | None, found: int | None) -> None:
    assert whole(text, most=100) == found


def test_in_a_room() -> None:
    room = creation.create(wish=Wish(Settings(scenario="cjk")))
    browser = Browser()
    browser.cookies["seat"] = people.join(room_id=room.pk, name="Ann", seat="KR", is_host=True).token
    for path, field in (("report", "n"), ("program", "end")):
        for text in HOSTILE:
            assert browser.post(f"/r/{room.code}/{path}/", {field: text}).status_code in (404, 429), (path, text[:20])


def test_in_a_conference() -> None:
    monday = Class(people=3)
    browser, code = Browser(), monday.conference.code
    browser.force_login(monday.tess)
    for text in HOSTILE:
        asked: dict[str, Any] = {"scenario": "cjk", "people": text, "per_seat": "1", "odd": "bots"}
        assert browser.get("/conferences/plan.json", asked).json() == {"total": "", "tables": []}, text[:20]
        for page in ("survey", "news"):
            assert browser.post(f"/c/{code}/{page}/", {"take_back": text}).status_code in (302, 422), text[:20]
        assert browser.get(f"/c/{code}/p/{text[:6]}-proof/").status_code == 404
    assert browser.post(f"/c/{code}/press/", DEEP, content_type="application/json").status_code == 400
    (row,) = roster.read(f"label,experience\nAnn,{'9' * 5000}", seats=("CN", "JP", "KR"), known=()).rows
    assert row.problems


def test_at_the_desk_of_a_tournament() -> None:
    cup = Cup(3)
    bearer = {"Authorization": f"Bearer {cup.tournament.token}"}

    def sent(what: str, body: str) -> int:
        path = f"/t/{cup.tournament.code}/api/{what}/"
        return Browser().post(path, body, content_type="application/json", headers=bearer).status_code

    assert sent("add", DEEP) == 400
    for text in HOSTILE:
        assert sent("withdraw", json.dumps({"player": text})) == 409, text[:20]


def test_in_a_scenario_of_ones_own() -> None:
    browser = Browser()
    browser.force_login(User.objects.create_user("eve"))
    for text in ('{"a":' + DEEP, "a = " + DEEP):
        file = SimpleUploadedFile("scenario.toml", text.encode())
        assert browser.post("/scenarios/take/", {"file": file}).status_code in (200, 422)
    for text in HOSTILE:
        with pytest.raises(ScenarioError):
            library.newest(f"own:ABCD.{text}")
