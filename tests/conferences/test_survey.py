"""Questions before and after the game, treatments by lot, modes of talk, and a conference that is forgotten or deleted."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest
from django.contrib.auth.models import User
from django.test import Client

from game.decisions import Advance, End, Say, Start
from game.play import Settings
from negotiation.conferences import exports, forgetting, roster
from negotiation.conferences.acts import AddTable
from negotiation.conferences.creation import Treatment
from negotiation.conferences.models import Conference, Participant, Question, Reply
from negotiation.rooms import creation, people, plays, services
from negotiation.rooms.models import Delegate, Entry, Room
from tests.conferences.cast import Class
from tests.rooms.cast import new_id


def ask(monday: Class, when: str, kind: str, text: str, *options: str) -> str:
    made = Question.objects.create(conference=monday.conference, when=when, kind=kind, text=text, options=list(options))
    return f"q{made.pk}"


def test_who_does_not_agree_or_understand_does_not_get_to_the_table() -> None:
    monday = Class(people=3)
    consent = ask(monday, "before", "consent", "I take part of my own will.")
    rule = ask(monday, "before", "check", "When do orders open?", "all at once", "one after the other", "never")
    ann, code = Client(), monday.conference.code
    door = ann.post(f"/c/{code}/", {"name": "Ann"})
    assert door.headers["Location"] == f"/c/{code}/questions/before/"
    page = ann.get(door.headers["Location"]).content.decode()
    assert "own will" in page
    refused = ann.post(f"/c/{code}/questions/before/", {rule: "all at once"})
    assert refused.status_code == 422
    assert "Only who agrees" in refused.content.decode()
    wrong = ann.post(f"/c/{code}/questions/before/", {consent: "on", rule: "never"})
    assert wrong.status_code == 422
    assert "Not quite" in wrong.content.decode()
    assert ann.get(f"/c/{code}/").headers["Location"] == f"/c/{code}/questions/before/"
    assert ann.post(f"/c/{code}/questions/before/", {rule: "all at once"}).status_code == 302
    assert ann.get(f"/c/{code}/").headers["Location"].startswith("/r/")
    rows = exports.sheets(monday.conference)["answers"]
    assert [(row["kind"], row["answer"], row["tries"]) for row in rows] == [
        ("consent", "yes", 1),
        ("check", "all at once", 2),
    ]


def test_after_the_game_words_scales_and_numbers_are_kept_and_the_way_on_is_shown() -> None:
    monday = Class(people=3)
    Conference.objects.filter(pk=monday.pk).update(completion="https://panel.example/done?who={label}")
    fields = {
        ask(monday, "after", "text", "What surprised you?"): "=1+1",
        ask(monday, "after", "scale", "How far do you trust the others?", "not at all", "wholly"): "6",
        ask(monday, "after", "number", "How old are you?"): "23",
        ask(monday, "after", "choice", "Again?", "yes", "no"): "no",
    }
    ann, code = Client(), monday.conference.code
    ann.post(f"/c/{code}/", {"name": "Ann & Bo"})
    assert ann.post(f"/c/{code}/after/", fields | {next(iter(fields)): "x" * 5000}).status_code == 422
    done = ann.post(f"/c/{code}/after/", fields).content.decode()
    assert "https://panel.example/done?who=Ann%20%26%20Bo" in done
    assert Reply.objects.count() == 4
    assert "What surprised" not in ann.get(f"/c/{code}/after/").content.decode()
    sheet = exports.written("answers", exports.sheets(monday.conference)["answers"]).decode("utf-8-sig")
    assert "'=1+1" in sheet


def test_strangers_have_no_questions_to_answer() -> None:
    monday = Class()
    ask(monday, "before", "text", "Why?")
    for page in ("questions/before/", "after/"):
        assert (
            Client().get(f"/c/{monday.conference.code}/{page}").headers["Location"] == f"/c/{monday.conference.code}/"
        )


@pytest.mark.parametrize(
    "form",
    [
        {"when": "before", "kind": "check", "text": "x", "options": "one"},
        {"when": "before", "kind": "choice", "text": "x", "options": "a\na"},
        {"when": "before", "kind": "choice", "text": "", "options": "a\nb"},
        {"when": "never", "kind": "text", "text": "x"},
        {"completion": "javascript:alert(1)"},
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(form: dict[str, str]) -> None:
    monday = Class()
    tess = Client()
    tess.force_login(monday.tess)
    assert tess.post(f"/c/{monday.conference.code}/survey/", form).status_code == 422
    assert not Question.objects.exists()


def test_a_facilitator_asks_and_takes_back() -> None:
    monday = Class()
    tess, page = Client(), f"/c/{monday.conference.code}/survey/"
    tess.force_login(monday.tess)
    tess.post(page, {"when": "before", "kind": "choice", "text": "Which?", "options": "a\nb"})
    assert "Which?" in tess.get(page).content.decode()
    tess.post(page, {"completion": "https://panel.example/{label}"})
    assert monday.conference.completion == "https://panel.example/{label}"
    tess.post(page, {"take_back": str(Question.objects.get().pk)})
    assert not Question.objects.exists()


def test_treatments_are_given_out_evenly_by_lot_and_told_in_the_export() -> None:
    treatments = (Treatment("talk=public", {"talk": "public"}), Treatment("talk=none", {"talk": "none"}))
    monday = Class(people=30, treatments=treatments)
    tables = list(monday.conference.tables.select_related("room"))
    assert Counter(table.treatment for table in tables) == {"talk=public": 5, "talk=none": 5}
    for table in tables:
        settings = msgspec.json.decode(table.room.settings, type=Settings)
        assert f"talk={settings.talk}" == table.treatment
    assert [row["treatment"] for row in exports.sheets(monday.conference)["tables"]] == [t.treatment for t in tables]
    assert [table.treatment for table in tables] != sorted(table.treatment for table in tables)


def test_treatments_stay_even_when_a_list_makes_other_tables_and_when_one_is_added() -> None:
    treatments = (Treatment("talk=public", {"talk": "public"}), Treatment("talk=none", {"talk": "none"}))
    monday = Class(people=6, treatments=treatments)
    sheet = roster.read("\n".join(f"Student {n}" for n in range(12)), seats=("CN", "JP", "KR"))
    roster.take_over(monday.conference, sheet, "random")
    assert [table.treatment for table in monday.conference.tables.all()].count("talk=none") == 2
    monday.press(AddTable())
    monday.press(AddTable())
    tables = list(monday.conference.tables.select_related("room"))
    assert Counter(table.treatment for table in tables) == {"talk=public": 3, "talk=none": 3}
    for table in tables:
        assert f"talk={msgspec.json.decode(table.room.settings, type=Settings).talk}" == table.treatment


@pytest.mark.parametrize(
    ("mode", "to_all", "in_private"),
    [("full", None, None), ("public", None, "public_talk_only"), ("none", "no_talk", "no_talk")],
)
def test_what_seats_may_say(mode: str, to_all: str | None, in_private: str | None) -> None:
    monday = Class(people=2, treatments=(Treatment(mode, {"talk": mode}), Treatment(mode, {"talk": mode})))
    came = {one.seat: one for one in monday.come(2)}
    monday.press(Start())
    monday.press(Advance())
    me = services.who(came["CN"].delegate)  # type: ignore[arg-type]

    def say(decision: Say) -> str | None:
        room = monday.table(1).room_id
        answer = services.act(room_id=room, by=me, decision=decision, act_id=new_id(), epoch=0)
        return None if answer.refusal is None else answer.refusal.code

    assert say(Say("hello")) == to_all
    assert say(Say("between us", to=("JP",))) == in_private
    assert monday.press(Say("The facilitator may always speak.")).done == 1


def played() -> Class:
    monday = Class(people=3)
    came = monday.come(3)
    monday.press(Start())
    monday.press(Advance())
    me = services.who(came[0].delegate)  # type: ignore[arg-type]
    services.act(room_id=monday.table(1).room_id, by=me, decision=Say("My name is Ann."), act_id=new_id(), epoch=0)
    monday.press(End())
    return monday


def test_a_conference_that_is_forgotten_keeps_its_game_and_nobodys_name() -> None:
    monday = played()
    question = Question.objects.create(conference=monday.conference, when="after", kind="text", text="Who are you?")
    Reply.objects.create(question=question, participant=monday.person(1), value="Ann")
    link = f"/c/{monday.conference.code}/p/{monday.person(1).link_token}/"
    before = plays.fold(monday.table(1).room).ended
    assert forgetting.forget(monday.conference) == 3
    kept = str(exports.sheets(monday.conference))
    assert "Student" not in kept
    assert "Ann" not in kept
    plays.forget_all()
    assert plays.fold(monday.table(1).room).ended == before
    assert Client().get(link).status_code == 403


def test_a_conference_that_is_deleted_leaves_nothing() -> None:
    monday = played()
    tess, page = Client(), f"/c/{monday.conference.code}/erase/"
    tess.force_login(monday.tess)
    assert tess.post(page, {"delete": "1", "code": "WRONG"}).status_code == 422
    assert Conference.objects.exists()
    assert tess.post(page, {"delete": "1", "code": monday.conference.code.lower()}).status_code == 302
    for kind in (Conference, Room, Entry, Participant):
        assert not kind.objects.exists()  # type: ignore[attr-defined]
    assert User.objects.exists()


def test_idle_conferences_are_forgotten_and_others_are_not() -> None:
    monday = played()
    assert forgetting.forget_idle(30) == 0
    from datetime import timedelta

    from django.utils import timezone

    old = timezone.now() - timedelta(days=31)
    Conference.objects.update(created_at=old)
    assert forgetting.forget_idle(30) == 0
    Room.objects.update(active_at=old)
    assert forgetting.forget_idle(30) == 1
    assert forgetting.forget_idle(30) == 0
    assert monday.person(1).label == "Person 1"


def test_whoever_deletes_a_teacher_s_account_leaves_no_pupil_s_name_and_no_talk_behind() -> None:
    def speak(monday: Class) -> None:
        (ann,) = monday.come(1)
        assert ann.delegate
        services.act(
            room_id=ann.delegate.room_id,
            by=services.who(ann.delegate),
            decision=Say("My secret."),
            act_id=new_id(),
            epoch=0,
        )

    def left() -> tuple[bool, bool]:
        named = Delegate.objects.exclude(name="").exists()
        return named, Entry.objects.exclude(words=None).exists()

    admin = Client()
    admin.force_login(User.objects.create_superuser("root"))
    for by_hand in (True, False):
        monday = Class(people=3)
        # A room that was the teacher's own, without a class.
        own = creation.create(wish=creation.Wish(Settings(scenario="cjk")), owner=monday.tess)
        people.join(room_id=own.pk, name="Bea", seat="KR")
        speak(monday)
        assert left() == (True, True)
        if by_hand:
            form = {"action": "delete_selected", "_selected_action": [monday.tess.pk], "post": "yes"}
            assert admin.post("/admin/auth/user/", form).status_code == 302
        else:
            monday.tess.delete()
        assert not User.objects.filter(username="tess").exists()
        assert not Conference.objects.exists()
        assert left() == (False, False)
