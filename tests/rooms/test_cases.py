"""Rooms of other kinds of game: made by the same form, with secret scores that stay on the server, sound to the last digest."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from game.decisions import GiveOrder, Propose, Ready, Start, Vote
from game.imports import llm_deliberation
from game.records import Order, Package
from negotiation.rooms import creation, exports, people, plays, services
from negotiation.rooms.creation import Wish
from negotiation.rooms.models import Room
from negotiation.rooms.verification import check_file, check_room
from negotiation.scenarios.models import Edition
from negotiation.tournaments.forms import TournamentForm
from tests.rooms.cast import new_id

pytestmark = pytest.mark.django_db

FAIR = ("A3", "B2", "C3", "D2", "E4")


@pytest.fixture
def tess() -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_user("tess"))
    return client


def seated(scenario: str, *seats: str, bots: dict[str, str] | None = None) -> tuple[Room, dict[str, people.Joined]]:
    """Make a room with people at these seats and open the talks; the first of them is the host."""
    settings = msgspec.convert({"scenario": scenario, "rounds": 1}, creation.Settings)
    room = creation.create(wish=Wish(settings, bots=bots or {}))
    joined = {seat: people.join(room_id=room.pk, name=seat, seat=seat, is_host=seat == seats[0]) for seat in seats}
    act(room, joined[seats[0]], Start())
    return room, joined


def act(room: Room, joined: people.Joined, decision: object) -> None:
    play = plays.fold(Room.objects.get(pk=room.pk))
    answer = services.act(
        room_id=room.pk,
        by=services.who(joined.delegate),
        decision=decision,  # type: ignore[arg-type]
        act_id=new_id(),
        epoch=play.epoch,
    )
    assert answer.ok, answer


def test_the_form_makes_rooms_of_every_kind_and_lets_in_only_bots_that_play_it() -> None:
    client = Client(HTTP_HOST="localhost")
    wrong = client.post("/rooms/new/", {"scenario": "grid", "observers": "on", "seat_CN": "hawk"})
    assert wrong.status_code == 422
    assert "This bot does not play games of this kind." in wrong.content.decode()
    # A veto or a crisis that a browser without scripts sends along belongs to regions alone.
    wish = {"scenario": "grid", "observers": "on", "seat_CN": "mirror", "ratification": "on", "vetoes": "CN"}
    assert client.post("/rooms/new/", wish).status_code == 302
    room = Room.objects.get()
    assert plays.fold(room).holder("CN") == "bot:mirror"
    assert not plays.fold(room).scenario.ratification
    page = client.get(f"/r/{room.code}/join/").content.decode()
    assert "Development bank" in page
    assert "Grid company of North Korea" in page


def test_secret_scores_are_in_nobody_elses_page_or_file_before_the_end() -> None:
    room, joined = seated("fisheries", "CN", "JP", "KR", "RU")
    act(room, joined["CN"], Propose(Package(sponsor="CN", deal=FAIR)))
    japans = "[[0.0,14.0,26.0,20.0],[8.0,10.0,18.0]"
    for seat in joined:
        client = Client(HTTP_HOST="localhost")
        client.cookies["seat"] = joined[seat].token
        page = client.get(f"/r/{room.code}/").content.decode().replace(" ", "")
        file = client.get(f"/r/{room.code}/log.json").content.decode().replace(" ", "")
        assert (japans in page) is (seat == "JP")
        assert '"threshold":66' not in file
    for seat in joined:
        act(room, joined[seat], Ready())
    for seat in ("JP", "KR", "RU"):
        act(room, joined[seat], Vote("1a", "yes"))
    for seat in joined:
        act(room, joined[seat], Ready())
    room = Room.objects.get()
    play = plays.fold(room)
    assert play.is_over
    report = check_room(room)
    assert report.is_sound, report.wrong
    file = msgspec.json.encode(exports.game_log(room, play, "RU"))
    assert check_file(file).is_sound
    assert exports.scores(play, "RU").splitlines()[1].startswith("CN,7.0,")
    client.cookies["seat"] = joined["RU"].token
    debrief = client.get(f"/r/{room.code}/debrief/")
    assert debrief.status_code == 200
    assert "kalai_smorodinsky" in debrief.content.decode()
    assert client.get(f"/r/{room.code}/what-if/", {"round": "1"}).status_code in (400, 404)


def test_a_matrix_room_ends_sound_and_its_file_can_be_checked_by_anybody() -> None:
    room, joined = seated("prisoners", "CN", "JP")
    for phase in ("talk", "orders", "reveal"):
        assert plays.fold(Room.objects.get()).phase == phase
        for seat, move in (("CN", "hold"), ("JP", "press")):
            act(room, joined[seat], GiveOrder(Order(move=move)) if phase == "orders" else Ready())
    play = plays.fold(Room.objects.get())
    assert {one.seat: one.G for one in play.ended.outcome.scores} == {"CN": 0.0, "JP": 5.0}  # type: ignore[union-attr]
    assert check_room(Room.objects.get()).is_sound
    file = json.loads(msgspec.json.encode(exports.game_log(Room.objects.get(), play, "CN")))
    assert check_file(json.dumps(file).encode()).is_sound
    forged = json.dumps(file).replace('"move": "press"', '"move": "hold"')
    assert not check_file(forged.encode()).is_sound


def test_a_game_of_somebody_elses_is_imported_taken_and_played(tess: Client, tmp_path: Path) -> None:
    folder = tmp_path / "bridge"
    (folder / "scores_files").mkdir(parents=True)
    (folder / "config.txt").write_text("The Ferry,ferry,p1,a,b\nThe Masons,masons,player,a,b\n", "utf-8")
    (folder / "scores_files" / "ferry.txt").write_text("5,0\n1,9\n6\n", "utf-8")
    (folder / "scores_files" / "masons.txt").write_text("0,5\n2,3\n3\n", "utf-8")
    upload = SimpleUploadedFile("bridge.toml", llm_deliberation(folder).encode())
    assert tess.post("/scenarios/take/", {"file": upload}).status_code == 302
    edition = Edition.objects.get()
    assert edition.agreements == 1.0
    page = tess.get(f"/scenarios/own/{edition.code}/", follow=True).content.decode()
    assert "The Masons" in page
    assert tess.post("/rooms/new/", {"scenario": edition.name, "observers": "on"}).status_code == 302
    room = Room.objects.get()
    assert "The Ferry" in Client(HTTP_HOST="localhost").get(f"/r/{room.code}/join/").content.decode()


def test_a_shipped_case_is_shown_and_copied(tess: Client) -> None:
    assert "Fish and a hotline" in tess.get("/scenarios/").content.decode()
    for name in ("fisheries", "winasmuch"):
        assert tess.get(f"/scenarios/shipped/{name}/").status_code == 200
    assert tess.post("/scenarios/shipped/winasmuch/copy/").status_code == 302
    edition = Edition.objects.get()
    assert tess.get(f"/scenarios/own/{edition.code}/", follow=True).status_code == 200


def test_no_tournament_is_played_without_a_par() -> None:
    form = TournamentForm({"scenario": "winasmuch", "title": "x", "rounds_played": 3})
    assert not form.is_valid()
    assert "scenario" in form.errors
