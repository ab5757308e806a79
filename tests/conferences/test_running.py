"""What a facilitator does to one, some or all tables; two facilitators; prepared news; people who are away."""

from __future__ import annotations

import json
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client

from game.decisions import Advance, Extend, Inject, Pause, Resume, Rewind, Say, Start, Vote
from game.scenario import NEWEST_RULES
from game.scenario_file import made, raw_of
from negotiation.conferences import overview, schedule
from negotiation.conferences.acts import (
    AddTable,
    Announce,
    Dismiss,
    Invite,
    Move,
    Seen,
    ShowResults,
    Swap,
    Uninvite,
    Write,
)
from negotiation.conferences.models import Conference, Note, Planned
from negotiation.rooms import feed, people, plays, services
from negotiation.rooms.models import Entry, Letter, Room
from negotiation.scenarios import editions
from tests.conferences.cast import Class
from tests.rooms.cast import TALKS


def test_talks_are_opened_at_all_tables_and_paused_at_one() -> None:
    monday = Class(people=6)
    monday.come(6)
    assert monday.press(Start()).done == 2
    assert [table["phase"] for table in monday.state()["tables"]] == ["briefing", "briefing"]
    assert monday.press(Pause(), monday.seen()[:1]).done == 1
    assert [table["paused_at"] is not None for table in monday.state()["tables"]] == [True, False]


def test_of_two_who_end_a_phase_at_once_one_does_and_the_other_is_told() -> None:
    monday = Class(people=6)
    monday.come(6)
    monday.press(Start())
    seen = monday.seen()
    tom = User.objects.create_user("tom")
    assert monday.press(Advance(), seen).done == 2
    answer = monday.press(Advance(), seen, user=tom)
    assert answer.done == 0
    assert set(answer.refused) == {1, 2}
    assert "moved on" in answer.refused[1]
    assert [table["phase"] for table in monday.state()["tables"]] == ["talk", "talk"]


def test_of_opposite_buttons_one_wins_and_the_other_is_told() -> None:
    monday = Class(people=3)
    monday.come(3)
    monday.press(Start())
    seen = monday.seen()
    assert monday.press(Pause(), seen).done == 1
    assert "paused" in monday.press(Pause(), seen).refused[1].lower()
    assert monday.press(Resume(), seen).done == 1
    assert monday.press(Resume(), seen).refused
    assert monday.press(Extend(60), seen).done == 1
    monday.press(Advance(), seen)
    assert monday.press(Rewind(1), seen).refused
    assert monday.press(Rewind(1)).done == 1


def test_a_press_sent_twice_does_nothing_twice() -> None:
    monday = Class(people=3)
    monday.come(3)
    monday.press(Start())
    before = plays.fold(monday.table(1).room).deadline_at
    seen = monday.seen()
    for _ in range(3):
        assert monday.press(Extend(60), seen, press_id="the-same-press").done == 1
    assert before is not None
    assert plays.fold(monday.table(1).room).deadline_at == before + 60


def test_a_rewind_during_a_vote_is_one_truth_and_old_votes_are_refused() -> None:
    monday = Class(people=3)
    came = {one.seat: one for one in monday.come(3)}
    monday.press(Start())
    monday.press(Advance())
    korea = services.who(came["KR"].delegate)  # type: ignore[arg-type]
    from game.decisions import Propose

    room = monday.table(1).room_id
    propose = services.act(room_id=room, by=korea, decision=Propose(TALKS), act_id="propose1", epoch=0)
    assert propose.ok
    monday.press(Advance())
    assert monday.state()["tables"][0]["phase"] == "vote"
    assert monday.press(Rewind(2)).done == 1
    japan = services.who(came["JP"].delegate)  # type: ignore[arg-type]
    late = services.act(room_id=room, by=japan, decision=Vote("1a", "yes"), act_id="vote0001", epoch=0)
    assert late.refusal is not None
    assert late.refusal.code == "stale_epoch"
    table = monday.state()["tables"][0]
    assert (table["phase"], table["epoch"], table["texts"]) == ("talk", 1, 0)


def test_words_and_news_reach_whom_they_are_for() -> None:
    monday = Class(people=6)
    monday.come(6)
    assert monday.press(Say("Ten minutes left.")).done == 2
    assert monday.press(Inject("A ship was seen.", to=("JP",)), monday.seen()[:1]).done == 1
    said = Entry.objects.filter(room=monday.table(1).room).order_by("-n").first()
    assert said is not None
    assert said.kind == "injected"
    assert not Entry.objects.filter(room=monday.table(2).room, kind="injected").exists()


def test_everything_pressed_is_noted_with_who_and_what_came_of_it() -> None:
    monday = Class(people=3)
    monday.press(Announce("Back at ten."))
    monday.press(Advance(), (Seen(9, 0, 0),))
    last, first = Note.objects.all()[:2]
    assert (first.who, first.what) == ("tess", "announce")
    assert "no such table" in last.detail
    assert monday.conference.announcement == "Back at ten."


def test_what_is_pressed_again_under_its_id_is_answered_as_before_and_done_once() -> None:
    monday = Class(people=3)
    monday.come(1)
    for _ in range(2):
        assert monday.press(Write(1, "Well done."), (), press_id="press-again-1").done == 1
        assert monday.press(AddTable(), (), press_id="press-again-2").done == 1
        assert monday.press(Move(1, 9, "KR"), (), press_id="press-again-3").refused == {0: "There is no such table."}
    assert [letter.text for letter in Letter.objects.all()] == ["Well done."]
    assert len(monday.state()["tables"]) == 2
    assert monday.press(Write(1, "Well done."), ()).done == 1
    assert Letter.objects.count() == 2, "the same words, said twice"


def test_tables_are_added_results_opened_people_moved_and_sent_away() -> None:
    monday = Class(people=3)
    monday.come(2)
    assert monday.press(AddTable()).done == 1
    assert monday.press(ShowResults(shown=True)).done == 1
    assert monday.press(Move(1, 2, "KR")).done == 1
    assert monday.person(1).table == monday.table(2)
    assert monday.press(Swap(1, 2)).done == 1
    assert monday.person(2).table == monday.table(2)
    assert monday.press(Dismiss(2, "left the room")).done == 1
    assert monday.press(Dismiss(2)).refused
    assert monday.press(Move(1, 9, "KR")).refused
    assert monday.press(Invite("nobody")).refused


def test_planned_news_comes_once_to_each_table_at_its_own_time() -> None:
    monday = Class(people=6)
    monday.come(6)
    Planned.objects.create(conference=monday.conference, round=1, phase="talk", text="Rain.", to=["JP"])
    monday.press(Start())
    assert schedule.bring_due() == 0
    monday.press(Advance(), monday.seen()[:1])
    assert schedule.bring_due() == 1
    assert schedule.bring_due() == 0
    monday.press(Advance())  # table 1 goes on to its orders, table 2 begins to talk
    assert schedule.bring_due() == 1
    assert set(Planned.objects.get().brought) == {"1", "2"}
    assert Entry.objects.filter(kind="injected").count() == 2


def test_planned_news_comes_again_where_a_rewind_took_it_back_and_only_there() -> None:
    monday = Class(people=3)
    monday.come(3)
    Planned.objects.create(conference=monday.conference, round=1, phase="talk", text="Rain.")
    monday.press(Start())
    monday.press(Advance())
    assert schedule.bring_due() == 1
    monday.press(Advance())
    monday.press(Rewind(3))  # to the beginning of the orders: the news stands
    assert schedule.bring_due() == 0
    monday.press(Rewind(2))  # to the beginning of the talk: it was taken back
    assert schedule.bring_due() == 1
    assert schedule.bring_due() == 0


def test_news_for_a_phase_that_went_by_unseen_comes_late_not_never() -> None:
    monday = Class(people=3)
    monday.come(3)
    Planned.objects.create(conference=monday.conference, round=1, phase="talk", text="Rain.")
    monday.press(Start())
    monday.press(Advance())
    monday.press(Advance())
    assert monday.state()["tables"][0]["phase"] == "orders"
    assert schedule.bring_due() == 1


def test_the_caretaker_sits_in_for_who_is_away_and_gets_up_when_they_are_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monday = Class(people=3)
    came = monday.come(3)
    monday.press(Start())
    room = monday.table(1).room_id
    here = {came[1].delegate.number, came[2].delegate.number}  # type: ignore[union-attr]
    monkeypatch.setattr(feed, "people_here", lambda _: here)
    schedule.sit_in([room], 100.0)
    schedule.sit_in([room], 100.0 + schedule.GRACE - 1)
    assert plays.fold(monday.table(1).room).holder(came[0].seat) == "people"
    schedule.sit_in([room], 101.0 + schedule.GRACE)
    assert plays.fold(monday.table(1).room).holder(came[0].seat) == "caretaker"
    here.add(came[0].delegate.number)  # type: ignore[union-attr]
    schedule.sit_in([room], 200.0)
    assert plays.fold(monday.table(1).room).holder(came[0].seat) == "people"

    # Who runs the conference and has taken over a seat counts like its people.
    here.remove(came[0].delegate.number)  # type: ignore[union-attr]
    tess = people.join(room_id=room, name="tess", seat=came[0].seat)
    here.add(tess.delegate.number)
    schedule.sit_in([room], 300.0)
    schedule.sit_in([room], 301.0 + schedule.GRACE)
    assert plays.fold(monday.table(1).room).holder(came[0].seat) == "people"


def test_the_console_says_what_to_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monday = Class(people=3, clock=False)
    came = monday.come(3)
    monday.press(Start())
    monkeypatch.setattr(feed, "people_here", lambda _: {came[0].delegate.number})  # type: ignore[union-attr]
    assert [one["code"] for one in monday.state()["tables"][0]["alerts"]] == ["away"]
    later = time.time() + overview.STUCK + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert {one["code"] for one in monday.state()["tables"][0]["alerts"]} == {"away", "stuck"}


def test_a_state_is_asked_for_with_few_queries(django_assert_max_num_queries: object) -> None:
    monday = Class(people=60)
    monday.come(60)
    monday.press(Start())
    monday.state()
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert len(monday.state()["tables"]) == 20


class TestPages:
    def logged_in(self, name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=name))
        return client

    def pages(self, code: str) -> list[str]:
        return [
            *(f"/c/{code}/{page}" for page in ("console/", "console.json", "roster/", "news/", "tables/1/")),
            *(f"/c/{code}/{page}" for page in ("links.csv", "results.csv", "gradebook.csv", "everything.zip")),
        ]

    def test_strangers_are_asked_to_log_in_and_others_find_nothing(self) -> None:
        monday = Class()
        User.objects.create_user("mallory")
        code = monday.conference.code
        for page in self.pages(code):
            assert Client().get(page).status_code == 302, page
            assert self.logged_in("mallory").get(page).status_code == 404, page
            assert self.logged_in("tess").get(page).status_code in (200, 302), page
        body = json.dumps({"id": "a" * 8, "act": {"type": "start"}})
        assert self.logged_in("mallory").post(f"/c/{code}/press/", body, "application/json").status_code == 404
        assert Room.objects.filter(phase="lobby").count() == Room.objects.count()

    def test_a_helper_runs_it_too_and_gets_into_the_rooms(self) -> None:
        monday = Class()
        User.objects.create_user("tom")
        monday.press(Invite("tom"))
        tom = self.logged_in("tom")
        assert tom.get(f"/c/{monday.conference.code}/console/").status_code == 200
        for _ in range(2):
            assert tom.get(f"/c/{monday.conference.code}/tables/1/").status_code == 302
        room = monday.table(1).room
        assert room.delegates.filter(role="facilitator").count() == 1
        assert tom.get(f"/r/{room.code}/").status_code == 200

    @pytest.mark.parametrize(
        "body",
        [
            b"", b"[]", b"{", b'{"id":"x","act":{"type":"start"}}', b'{"id":"aaaaaaaa","act":{"type":"propose"}}',
            b'{"id":"aaaaaaaa","act":{"type":"move","person":"1"}}', b'{"id":"aaaaaaaa","act":{"type":"start"},"more":1}',
            b"\xff", b'{"id":"aaaaaaaa","act":{"type":"extend","seconds":1e99}}',
            b'{"id":"aaaaaaaa","act":{"type":"announce","text":"a\\u0000b"}}',
        ],
    )  # fmt: skip
    def test_a_press_that_is_none_is_told_what_is_wrong(self, body: bytes) -> None:
        monday = Class()
        response = self.logged_in("tess").post(f"/c/{monday.conference.code}/press/", body, "application/json")
        assert response.status_code == 400
        assert response.json()["error"]
        assert not Note.objects.exists()

    def test_the_door_leads_to_the_table_and_back_to_it(self) -> None:
        monday = Class(people=3)
        code = monday.conference.code
        ann = Client()
        assert ann.post("/join/", {"code": code.lower()}).headers["Location"] == f"/c/{code}/"
        entered = ann.post(f"/c/{code}/", {"name": "Ann"})
        room = monday.person(1).table.room.code  # type: ignore[union-attr]
        assert entered.headers["Location"] == f"/r/{room}/"
        assert ann.get(f"/r/{room}/").status_code == 200
        assert ann.get(f"/c/{code}/").headers["Location"] == f"/r/{room}/"
        stranger = Client()
        assert stranger.get(f"/r/{room}/join/").headers["Location"] == f"/c/{code}/"
        assert stranger.get(f"/r/{room}/").status_code == 302
        other = Client()
        link = f"/c/{code}/p/{monday.person(1).link_token}/"
        assert other.get(link).headers["Location"] == f"/r/{room}/"
        assert other.get(f"/r/{room}/").status_code == 200
        assert monday.table(1).room.delegates.count() == 1

    def test_a_wrong_code_and_a_wrong_link_look_like_any_wrong_code(self) -> None:
        monday = Class()
        assert Client().get("/c/ZZZZZZZZ/").status_code == 404
        assert Client().get(f"/c/{monday.conference.code}/p/1-abc/").status_code == 404

    def test_results_are_closed_to_players_until_they_are_opened(self) -> None:
        monday = Class()
        code = monday.conference.code
        assert Client().get(f"/c/{code}/results/").status_code == 403
        assert self.logged_in("tess").get(f"/c/{code}/results/").status_code == 200
        monday.press(ShowResults(shown=True))
        assert Client().get(f"/c/{code}/results/").status_code == 200

    def test_the_projector_tells_nothing_that_is_not_public(self) -> None:
        monday = Class(people=3)
        monday.come(3)
        monday.press(Start())
        shown = Client().get(f"/c/{monday.conference.code}/screen.json").content.decode()
        assert "Student" not in shown
        assert monday.person(1).alias not in shown
        assert monday.table(1).room.code not in shown

    def test_nobody_sees_a_plan_of_anothers_scenario(self) -> None:
        Class()
        owner = User.objects.create_user("owner")
        raw = raw_of("staghunt", NEWEST_RULES)
        edition = editions.publish(owner, raw, made(raw, "x", NEWEST_RULES), base="staghunt")
        address = f"/conferences/plan.json?scenario={edition.name}&people=7&per_seat=1&odd=bots"
        assert self.logged_in("tess").get(address).json()["tables"] == []
        assert self.logged_in("owner").get(address).json()["tables"] != []

    def test_the_plan_is_shown_before_it_is_made(self) -> None:
        Class()
        tess = self.logged_in("tess")
        plan = tess.get("/conferences/plan.json?scenario=cjk&people=7&per_seat=1&odd=bots").json()
        assert plan["total"] == "3 tables, 2 bots"
        for query in ("", "scenario=cjk&people=0&per_seat=1&odd=bots", "scenario=x&people=7&per_seat=1&odd=bots"):
            assert tess.get(f"/conferences/plan.json?{query}").json()["tables"] == []


def test_a_helper_whom_the_owner_takes_out_runs_nothing_any_more_in_the_rooms_either() -> None:
    monday = Class(people=3)
    tom = User.objects.create_user("tom", password="wide-river-42")
    monday.press(Invite("tom"))
    monday.come(2)
    monday.press(Start())
    code, room = monday.conference.code, monday.table(1).room.code
    free = next(one["seat"] for one in monday.state()["tables"][0]["seats"] if "bot" in one["holder"])
    runs, sits = Client(), Client()
    for browser in (runs, sits):
        browser.force_login(tom)
    sits.post(f"/c/{code}/tables/1/sit/{free}/")
    assert runs.get(f"/c/{code}/tables/1/", follow=True).status_code == 200
    for browser in (runs, sits):
        assert browser.get(f"/r/{room}/log.json").status_code == 200

    refused = monday.press(Uninvite("tess"), user=tom).refused
    assert "Only the account that made" in refused[0]
    assert monday.state()["helpers"] == ["tom"]
    assert monday.press(Uninvite("tom")).done == 1
    assert monday.press(Uninvite("tom")).done == 0
    assert monday.state()["helpers"] == []
    assert runs.get(f"/c/{code}/console/").status_code == 404
    for browser in (runs, sits):
        for page in ("", "log.json", "debrief/"):
            assert browser.get(f"/r/{room}/{page}").status_code != 200
    assert plays.fold(monday.table(1).room).holder(free) == "caretaker"

    monday.press(Invite("tom"))
    assert runs.get(f"/c/{code}/tables/1/", follow=True).status_code == 200, "and may be asked again"
    assert runs.get(f"/r/{room}/log.json").status_code == 200
    monday.conference.facilitators.remove(tom)
    assert runs.get(f"/r/{room}/log.json").status_code != 200, "also when taken off by other hands"


def test_only_the_owner_deletes_a_conference() -> None:
    monday = Class(people=3)
    monday.press(Invite(User.objects.create_user("tom").get_username()))
    tom, tess = Client(), Client()
    tom.force_login(User.objects.get(username="tom"))
    tess.force_login(monday.tess)
    code = monday.conference.code
    page = f"/c/{code}/erase/"
    assert 'name="delete"' not in tom.get(page).content.decode()
    assert 'name="delete"' in tess.get(page).content.decode()
    assert tom.post(page, {"code": code, "delete": "1"}).status_code == 422
    assert Conference.objects.filter(code=code).exists()
    assert tess.post(page, {"code": code, "delete": "1"}).status_code == 302
    assert not Conference.objects.filter(code=code).exists()
