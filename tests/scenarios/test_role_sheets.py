"""Role sheets on pages: of shipped scenarios for everybody, of a room for its people, of copies and conferences for whoever runs them."""

from __future__ import annotations

import msgspec
import pytest
from django.contrib.auth.models import User
from django.test import Client

from game import words
from game.scenario import load, names
from negotiation.rooms.models import Room
from negotiation.scenarios import library
from negotiation.scenarios.models import Edition
from tests.scenarios.test_editor import copied, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tess() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("tess"))
    return client


def page(client: Client, path: str, language: str = "en") -> str:
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def room_of(client: Client, scenario: str, **more: str) -> str:
    """Makes a room, sits down as Japan, and returns the room's path."""
    fields = {"scenario": scenario, "mediation": "", "names": "both", **more}
    made = client.post("/rooms/new/", fields)
    assert made.status_code == 302, made.content.decode()[-3000:]
    code = Room.objects.get().code
    assert client.post(f"/r/{code}/join/", {"name": "Ann", "seat": "JP"}).status_code == 302
    return f"/r/{code}/"


def test_every_region_has_a_page_of_sheets_and_its_own_page_leads_there(client: Client) -> None:
    for name in names():
        assert f'href="/scenarios/shipped/{name}/roles/"' in page(client, f"/scenarios/shipped/{name}/")
        shown = page(client, f"/scenarios/shipped/{name}/roles/")
        scenario = load(name)
        assert shown.count('class="rolesheet"') == len(scenario.seats)
        assert "{place" not in shown
        for seat in scenario.seats:
            assert scenario.briefings[seat][:40] not in shown
            assert not [one.code for one in scenario.mandate_texts[seat] if one.text in shown]


def test_a_sheet_is_read_in_the_readers_language(client: Client) -> None:
    shown = page(client, "/scenarios/shipped/cjk/roles/", "ko")
    assert words.say("ui.role_red_lines", language="ko") in shown
    assert load("cjk").role_sheet_translations["ko"]["JP"].red_lines in shown


def test_no_other_game_has_sheets(client: Client) -> None:
    assert client.get("/scenarios/shipped/grid/roles/").status_code == 404
    assert "data-roles" not in page(client, room_of(client, "fisheries"))


def test_the_people_of_a_room_read_its_sheets_with_its_names_and_strangers_do_not(client: Client) -> None:
    path = room_of(client, "cjk", names="KR")
    assert 'data-roles="yes"' in page(client, path)
    sheets = msgspec.json.decode(client.get(f"{path}roles.json").content)
    assert list(sheets) == ["CN", "JP", "KR"]
    assert "Dokdo" in sheets["JP"]["history"]
    assert "Takeshima" not in page(client, f"{path}roles/")
    for address in ("roles/", "roles.json"):
        assert Client().get(path + address).status_code == 302


def test_a_copy_may_change_its_sheets_or_go_without(tess: Client) -> None:
    edition = copied(tess, "cjk")
    fields = form_of(edition)
    fields["role_sheets.JP.history"] = "A history of our own."
    for field in ("history", "wants", "red_lines", "sources"):
        fields[f"role_sheets.CN.{field}"] = ""
    assert tess.post(f"/scenarios/own/{edition.code}/", fields).status_code == 302
    shown = page(tess, f"/scenarios/own/{edition.code}/roles/")
    assert "A history of our own." in shown
    assert shown.count('class="rolesheet"') == 2
    assert Client().get(f"/scenarios/own/{edition.code}/roles/").status_code == 302

    for seat in ("JP", "KR"):
        for field in ("history", "wants", "red_lines", "sources"):
            fields[f"role_sheets.{seat}.{field}"] = ""
    assert tess.post(f"/scenarios/own/{edition.code}/", fields).status_code == 302
    newest = Edition.objects.order_by("number").last()
    assert newest is not None
    assert library.load(newest.name, newest.rules).role_sheets == {}
    assert "Nobody has written" in page(tess, f"/scenarios/own/{edition.code}/roles/")


def test_half_a_sheet_is_refused_at_its_field(tess: Client) -> None:
    edition = copied(tess, "cjk")
    response = tess.post(f"/scenarios/own/{edition.code}/", form_of(edition) | {"role_sheets.CN.history": ""})
    assert response.status_code == 422
    assert 'id="role_sheets.CN.history_error"' in response.content.decode()


def test_a_game_of_another_kind_is_shown_in_the_readers_language(client: Client) -> None:
    shown = page(client, "/scenarios/shipped/grid/", "ru")
    for text in ("Банк развития", "Сетевая компания Северной Кореи", "По дну Жёлтого моря/Западного моря", "Штраф"):
        assert text in shown
    assert "The route" not in shown
