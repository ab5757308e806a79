"""A lesson that cannot be failed, five questions, a rulebook, and doors that ask for them."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from game import quiz, words
from game.catalogue import INSTITUTIONS, MEASURES
from game.decisions import GiveOrder, Ready, Rewind
from game.records import Order
from negotiation.learning.book import book
from negotiation.rooms import plays, services
from negotiation.rooms.models import Delegate, Room
from tests.conferences.cast import Class
from tests.rooms.cast import Table, new_id

RIGHT = {question.code: question.right for question in quiz.QUESTIONS}


@pytest.fixture
def alice() -> Client:
    return Client(HTTP_HOST="localhost")


def text(response: HttpResponse) -> str:
    return response.content.decode()


def act(decision: object) -> services.Answer:
    """Acts as the newcomer of the only room."""
    room = Room.objects.get()
    by = services.who(Delegate.objects.get(room=room, seat="KR"))
    epoch = plays.fold(room).epoch
    return services.act(room_id=room.pk, by=by, decision=decision, act_id=new_id(), epoch=epoch)  # type: ignore[arg-type]


def come_to(phase: str) -> None:
    for _ in range(4):
        if plays.fold(Room.objects.get()).phase == phase:
            return
        assert act(Ready()).ok
        room = Room.objects.get()
        for seat in ("CN", "JP"):
            play = plays.fold(Room.objects.get())
            if play.phase != phase and not play.ready[play.index(seat)]:
                by = services.Who(seat, number=None)
                services.act(room_id=room.pk, by=by, decision=Ready(), act_id=new_id(), epoch=play.epoch)
    raise AssertionError(phase)


def test_a_lesson_is_a_real_table_with_hints(alice: Client) -> None:
    answer = alice.post("/learn/lesson/", {"next": "/c/ABCDEFGH/"})
    assert answer.headers["Location"] == f"/r/{Room.objects.get().code}/?lesson=&next=%2Fc%2FABCDEFGH%2F"
    assert alice.get(answer.headers["Location"]).context["viewer"] == "KR"


def test_a_lesson_leads_to_no_other_site(alice: Client) -> None:
    assert alice.post("/learn/lesson/", {"next": "https://example.com/"}).headers["Location"].endswith("&next=")


def test_a_lesson_is_done_once_a_round_with_an_order_was_played(alice: Client) -> None:
    alice.post("/learn/lesson/")
    done = f"/r/{Room.objects.get().code}/lesson/"
    assert alice.post(done).status_code == 409
    come_to("orders")
    assert act(GiveOrder(Order())).ok
    come_to("reveal")
    answer = alice.post(done)
    assert answer.status_code == 200
    assert answer.cookies["learned"]["httponly"]
    assert "✓" in text(alice.get("/learn/"))


def test_who_plays_against_bots_alone_may_take_back(alice: Client) -> None:
    alice.post("/learn/lesson/")
    come_to("orders")
    phase_no = plays.fold(Room.objects.get()).phase_no
    assert act(Rewind(phase_no - 1)).ok
    play = plays.fold(Room.objects.get())
    assert (play.phase_no, play.epoch) == (phase_no - 1, 1)


def test_who_plays_with_people_may_not() -> None:
    table = Table()
    answer = table.act("alice", Rewind(1))
    assert answer.refusal is not None
    assert answer.refusal.code == "not_yours"


def test_every_answer_says_whether_it_is_right_and_why(alice: Client) -> None:
    page = alice.post("/learn/check/", RIGHT | {"consent": "a"})
    assert "4 of 5 are right" in text(page)
    assert words.load()["quiz"]["consent_why"] in text(page)
    assert "learned" not in page.cookies


def test_five_right_answers_are_noted(alice: Client) -> None:
    assert "learned" in alice.post("/learn/check/", RIGHT).cookies
    assert alice.post("/learn/check/", {"consent": "b"}).status_code == 422


def test_a_forged_note_counts_for_nothing(alice: Client) -> None:
    alice.cookies["learned"] = "lesson-check"
    assert "✓" not in text(alice.get("/learn/"))


def test_a_conference_may_ask_for_the_questions_first(alice: Client) -> None:
    conference = Class(learning="check").conference
    door = f"/c/{conference.code}/"
    answer = alice.post(door, {"name": "Ann"})
    assert answer.headers["Location"] == f"/learn/?next=%2Fc%2F{conference.code}%2F"
    assert "seat" not in answer.cookies
    page = alice.post("/learn/check/", RIGHT | {"next": door})
    assert f'id="onward" href="{door}"' in text(page)
    assert alice.get(door).headers["Location"].startswith("/r/")


def test_a_conference_that_asks_for_nothing_leads_to_the_table(alice: Client) -> None:
    code = Class().conference.code
    assert alice.post(f"/c/{code}/", {"name": "Ann"}).headers["Location"].startswith("/r/")


def test_the_rulebook_has_every_measure_promise_and_institution(alice: Client) -> None:
    page = text(alice.get("/rulebook/"))
    said = words.load()
    assert len(book().measures) == len(MEASURES)
    for group, codes in (("measure", MEASURES), ("institution", INSTITUTIONS)):
        assert all(said[group][code] in page for code in codes)
