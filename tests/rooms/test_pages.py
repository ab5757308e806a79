"""Pages around and inside a room, as a visitor without and with an account."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from game.decisions import Say
from negotiation.rooms import clock, limits, people
from negotiation.rooms.models import Delegate, Room
from tests.rooms.cast import Table

WISH = {"scenario": "cjk", "observers": "on", "seat_CN": "tft"}


@pytest.fixture
def alice() -> Client:
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def teacher() -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_user("teacher"))
    return client


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_the_home_page_lists_the_scenarios(alice: Client) -> None:
    assert "Play now" in text(alice.get("/"))


def test_play_now_leads_into_a_running_room_against_two_bots(alice: Client) -> None:
    response = alice.post("/play/")
    room = Room.objects.get()
    assert response.headers["Location"] == f"/r/{room.code}/"
    assert room.phase != "lobby"
    assert room.bots == 2
    page = alice.get(f"/r/{room.code}/")
    assert page.status_code == 200
    assert page.context["viewer"] == "KR"
    assert page.context["boot"]["sections"]["own"]["seat"] == "KR"
    assert room.seed not in text(page)


def test_play_now_asks_for_a_post(alice: Client) -> None:
    assert alice.get("/play/").status_code == 405


def test_the_cookie_of_a_seat_belongs_to_its_room_alone(alice: Client) -> None:
    cookie = alice.post("/play/").cookies["seat"]
    assert cookie["path"] == f"/r/{Room.objects.get().code}/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_one_browser_can_sit_at_two_tables(alice: Client) -> None:
    codes = {alice.post("/play/").headers["Location"] for _ in range(2)}
    # Django's test client sends every cookie everywhere, so the paths are looked at instead.
    assert len(codes) == 2


def test_rooms_without_an_account_are_limited_and_an_account_is_not(
    alice: Client, teacher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ANONYMOUS_ROOMS_PER_HOUR", 2)
    assert alice.post("/play/").status_code == 302
    assert alice.post("/rooms/new/", WISH).status_code == 302
    refused = alice.post("/play/")
    assert refused.status_code == 429
    assert "within an hour" in text(refused)
    assert alice.post("/rooms/new/", WISH).status_code == 429
    assert teacher.post("/play/").status_code == 302


def test_who_makes_a_room_without_an_account_comes_in_and_may_start_it(alice: Client) -> None:
    response = alice.post("/rooms/new/", WISH)
    room = Room.objects.get()
    assert response.headers["Location"] == f"/r/{room.code}/join/"
    response = alice.post(f"/r/{room.code}/join/", {"name": "Alice", "seat": "JP"})
    assert response.headers["Location"] == f"/r/{room.code}/"
    assert Delegate.objects.get().is_host
    assert alice.get(f"/r/{room.code}/").context["may_start"]


def test_a_facilitator_sees_every_seat_and_sits_at_none(teacher: Client) -> None:
    location = teacher.post("/rooms/new/", WISH).headers["Location"]
    page = teacher.get(location)
    assert page.context["viewer"] == "facilitator"
    assert set(page.context["boot"]["sections"]["seats"]) == {"CN", "JP", "KR"}
    assert "seat" in page.cookies


def test_another_account_is_a_stranger(teacher: Client) -> None:
    location = teacher.post("/rooms/new/", WISH).headers["Location"]
    mallory = Client(HTTP_HOST="localhost")
    mallory.force_login(User.objects.create_user("mallory"))
    assert mallory.get(location).headers["Location"] == f"{location}join/"


def test_a_facilitator_who_logs_out_has_left(teacher: Client) -> None:
    location = teacher.post("/rooms/new/", WISH).headers["Location"]
    teacher.get(location)
    teacher.post("/accounts/logout/")
    assert Delegate.objects.get().left_at is not None


def test_a_preset_that_the_scenario_lacks_is_said_at_the_field(alice: Client) -> None:
    page = alice.post("/rooms/new/", {**WISH, "preset": "class75"})
    assert page.status_code == 422
    assert page.context["form"].errors["preset"]


def test_a_room_is_made_with_the_rule_of_adoption_it_asked_for(alice: Client) -> None:
    alice.post("/rooms/new/", {**WISH, "adoption": "qualified", "vetoes": ["CN", "US"], "ratification": "on"})
    chosen = json.loads(Room.objects.get().settings)
    assert (chosen["adoption"], chosen["vetoes"], chosen["ratification"]) == ("qualified", ["CN", "US"], True)
    assert "adoption" in text(alice.post("/rooms/new/", {**WISH, "adoption": "acclamation"}))
    assert Room.objects.count() == 1


def test_a_wrong_a_closed_and_a_full_room_are_the_same_page(alice: Client) -> None:
    full, closed, over = Table(), Table(), Table()
    Room.objects.filter(pk=full.pk).update(observers=False)
    Room.objects.filter(pk=closed.pk).update(is_open=False)
    over.play_all()
    pages = set()
    for code in ("AAAAAAAA", full.code, closed.code, over.code):
        for response in (alice.get(f"/r/{code}/join/"), alice.post("/join/", {"code": code})):
            assert response.status_code == 404
            body = text(response).replace(code, "CODE")
            pages.add("".join(line for line in body.splitlines() if "csrfmiddlewaretoken" not in line))
    assert len(pages) == 1
    assert "No open room has this code" in pages.pop()


def test_many_wrong_codes_are_slowed_and_a_right_one_never_is(alice: Client) -> None:
    table = Table()
    for _ in range(12):
        page = alice.post("/join/", {"code": "AAAAAAAA"})
    assert "Too many wrong codes" in text(page)
    assert alice.post("/join/", {"code": table.code}).status_code == 302


def test_a_code_may_be_typed_small_and_with_spaces(alice: Client) -> None:
    code = Table().code
    typed = f" {code[:4].lower()} {code[4:].lower()} "
    assert alice.post("/join/", {"code": typed}).headers["Location"] == f"/r/{code}/join/"


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\x01b"])
def test_a_bad_name_is_said_at_the_field(alice: Client, name: str) -> None:
    code = Table().code
    page = alice.post(f"/r/{code}/join/", {"name": name, "seat": "observer"})
    assert page.status_code == 422
    assert page.context["form"].errors["name"]
    assert not Delegate.objects.filter(name=name.strip()).exists()


def test_a_seat_taken_meanwhile_is_said_at_the_field(alice: Client) -> None:
    code = Table().code
    page = alice.post(f"/r/{code}/join/", {"name": "Mallory", "seat": "CN"})
    assert page.context["form"].errors["seat"] == ["This seat has just been taken. Choose another."]


def test_a_stranger_is_led_to_the_door(alice: Client) -> None:
    code = Table().code
    for page in ("", "debrief/", "log.json", "scores.csv"):
        assert alice.get(f"/r/{code}/{page}").headers["Location"] == f"/r/{code}/join/"


def test_who_leaves_is_led_home_and_knows_no_way_back(alice: Client) -> None:
    alice.post("/play/")
    code = Room.objects.get().code
    assert alice.post(f"/r/{code}/leave/").headers["Location"] == "/"
    assert alice.get(f"/r/{code}/").headers["Location"] == f"/r/{code}/join/"


def test_a_facilitator_can_take_a_place_away_and_nobody_else(teacher: Client, alice: Client) -> None:
    location = teacher.post("/rooms/new/", WISH).headers["Location"]
    teacher.get(location)
    room = Room.objects.get()
    bob = people.join(room_id=room.pk, name="Bob", seat="JP")
    alice.cookies["seat"] = bob.token
    assert alice.post(f"{location}people/1/remove/").status_code == 404
    teacher.post(f"{location}people/{bob.delegate.number}/remove/")
    assert people.delegate_with(room.code, bob.token) is None


def test_the_debrief_opens_with_the_end(alice: Client) -> None:
    table = Table()
    alice.cookies["seat"] = table.joined["carol"].token
    assert alice.get(f"/r/{table.code}/debrief/").status_code == 302
    table.play_all()
    page = alice.get(f"/r/{table.code}/debrief/")
    assert page.status_code == 200
    boot = page.context["boot"]
    assert boot["entries"][0]["n"] == 1
    assert boot["sections"]["outcome"]["scores"]


def test_files_are_attachments(alice: Client) -> None:
    table = Table()
    alice.cookies["seat"] = table.joined["carol"].token
    log = alice.get(f"/r/{table.code}/log.json")
    assert log.json()["viewer"] == "KR"
    assert "attachment" in log.headers["Content-Disposition"]
    scores = alice.get(f"/r/{table.code}/scores.csv")
    assert scores.headers["Content-Type"].startswith("text/csv")


def test_the_code_to_point_a_phone_at_tells_nothing_of_which_rooms_there_are(alice: Client) -> None:
    code = Table().code
    real, unreal = alice.get(f"/r/{code}/qr.svg"), alice.get("/r/AAAAAAAA/qr.svg")
    assert real.headers["Content-Type"] == unreal.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in real.content


def test_the_words_come_with_a_tag_and_only_once(alice: Client) -> None:
    first = alice.get("/words/en.json")
    assert first.json()["seat"]["KR"] == "South Korea"
    again = alice.get("/words/en.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert alice.get("/words/xx.json").status_code == 404


def test_idle_rooms_without_an_account_are_deleted_and_others_stay(alice: Client, teacher: Client) -> None:
    alice.post("/play/")
    teacher.post("/play/")
    assert clock.clean() == 0
    Room.objects.update(active_at="2020-01-01T00:00:00Z")
    assert clock.clean() == 1
    assert Room.objects.get().owner is not None


def test_the_admin_shows_rooms_but_no_seed_and_changes_no_log() -> None:
    table = Table()
    table.act("alice", Say("Good morning."))
    admin = Client(HTTP_HOST="localhost")
    admin.force_login(User.objects.create_superuser("root"))
    room = admin.get(f"/admin/rooms/room/{table.pk}/change/")
    assert room.status_code == 200
    assert table.room.seed not in text(room)
    for page in ("room", "delegate", "entry"):
        assert admin.get(f"/admin/rooms/{page}/").status_code == 200
    entry = table.room.entries.first()
    assert entry is not None
    assert admin.post(f"/admin/rooms/entry/{entry.pk}/change/", {"body": "{}"}).status_code == 403
    assert admin.post(f"/admin/rooms/entry/{entry.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_page_for_a_room_knows_which_seats_and_clocks_each_scenario_has(alice: Client) -> None:
    offers = alice.get("/rooms/new/").context["form"].offers
    assert offers["cjk"]["seats"] == ("CN", "JP", "KR")
    assert len(offers["camps2023"]["seats"]) == 6
    assert set(offers["cjk"]["clocks"]) == {"starter15", "class50"}
    assert offers["camps2023"]["gate"]
    assert not offers["cjk"]["gate"]


def test_a_room_is_made_with_the_rules_it_asked_for(alice: Client) -> None:
    wish = {
        **WISH,
        "scenario": "camps2023",
        "preset": "class75",
        "regime_k": "on",
        "first_untimed": "on",
        "names": "KR",
    }
    alice.post("/rooms/new/", wish)
    chosen = json.loads(Room.objects.get().settings)
    assert (chosen["regime_k"], chosen["first_untimed"], chosen["names"]) == (True, True, "KR")
    assert chosen["zhang_sequence"] is False, "left out of the form, as crises are"


def test_zhangs_sequence_is_asked_only_where_it_can_bite(alice: Client) -> None:
    alice.post("/rooms/new/", WISH)
    assert "zhang_sequence" not in json.loads(Room.objects.get().settings)


def test_play_now_has_no_clock_in_its_first_round(alice: Client) -> None:
    alice.post("/play/")
    assert json.loads(Room.objects.get().settings)["first_untimed"]


def test_the_words_write_disputed_names_as_the_room_has_them(alice: Client) -> None:
    assert alice.get("/words/en.json?names=KP").json()["seat"]["KP"] == "DPRK"
    assert alice.get("/words/en.json").json()["seat"]["KP"] == "North Korea"
    assert alice.get("/words/en.json?names=XX").status_code == 404


def test_a_room_that_nobody_could_enter_is_not_made_without_an_account(alice: Client, teacher: Client) -> None:
    bots_alone = {"scenario": "cjk", **{f"seat_{seat}": "tft" for seat in ("CN", "JP", "KR")}}
    refused = alice.post("/rooms/new/", bots_alone)
    assert refused.status_code == 422
    assert "Bots sit in every seat" in text(refused)
    assert alice.post("/rooms/new/", bots_alone | {"observers": "on"}).status_code == 302
    assert teacher.post("/rooms/new/", bots_alone).status_code == 302, "who runs it sees it all"
