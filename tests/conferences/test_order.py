"""What a facilitator does about people rather than games: answers, letters, reports, words, places without a state, mirrors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from game.decisions import Inject, Propose, Say, Start
from game.play import Settings
from game.records import Duty, Package
from negotiation.conferences import exports, roster, schedule
from negotiation.conferences.acts import AddTable, Forbid, Hide, LowerHand, Move, Settle, Write
from negotiation.conferences.models import Note
from negotiation.rooms import house, plays, services
from negotiation.rooms.database import db
from negotiation.rooms.models import Delegate, Entry, Letter, Report, Room
from tests.conferences.cast import Class
from tests.rooms.cast import new_id
from tests.rooms.conftest import connect

__all__ = ["connect"]


def with_third(people: int = 3, **wish: Any) -> Class:
    settings = Settings(scenario="cjk", crises=False, third=("CH", "PR"))
    return Class(people=people, settings=settings, pseudonyms=False, **wish)


def delegate(monday: Class, number: int) -> Delegate:
    found = monday.person(number).delegate
    assert found is not None
    return found


def say(monday: Class, number: int, text: str) -> int:
    """A person speaks to all; returns the place of the entry."""
    room = monday.table(1).room_id
    by = services.who(delegate(monday, number))
    assert services.act(room_id=room, by=by, decision=Say(text), act_id=new_id(), epoch=0).ok
    return Entry.objects.get(room=room, words=text).n


def test_a_question_is_answered_to_one_alone_and_the_hand_goes_down() -> None:
    monday = Class(people=3)
    monday.come(3)
    house.raise_hand(delegate=delegate(monday, 2), question="What is a cap?")
    people = [person for seat in monday.state()["tables"][0]["seats"] for person in seat["people"]]
    assert {person["number"]: person["hand"] for person in people} == {1: None, 2: "What is a cap?", 3: None}
    assert monday.press(Write(2, "A ceiling on arms.")).done == 1
    assert monday.press(LowerHand(2)).done == 1
    (letter,) = Letter.objects.all()
    assert (letter.number, letter.text) == (delegate(monday, 2).number, "A ceiling on arms.")
    people = [person for seat in monday.state()["tables"][0]["seats"] for person in seat["people"]]
    assert {person["hand"] for person in people} == {None}
    assert monday.press(Write(9, "x")).refused


def test_a_reported_message_is_shown_and_hidden_or_left_and_the_words_stay_with_the_notes() -> None:
    monday = Class(people=3)
    monday.come(3)
    monday.press(Start())
    rude, harmless = say(monday, 1, "You donkey."), say(monday, 1, "Good day.")
    for entry in (rude, harmless):
        Report.objects.create(room=monday.table(1).room, number=2, entry=entry, reason="rude")
    reports = monday.state()["tables"][0]["reports"]
    assert [(one["entry"], one["text"]) for one in reports] == [(rude, "You donkey."), (harmless, "Good day.")]
    assert monday.press(Hide(1, rude)).done == 1
    assert monday.press(Settle(1, harmless)).done == 1
    assert monday.state()["tables"][0]["reports"] == []
    assert monday.press(Hide(1, rude)).refused == {0: "There is no such message any more."}
    assert monday.press(Hide(7, rude)).refused
    assert Entry.objects.get(room=monday.table(1).room, n=rude).words is None
    assert json.loads(Note.objects.get(what="hidden").detail) == "You donkey."
    talk = exports.sheets(monday.conference)["talk"]
    assert [row["text"] for row in talk] == ["", "Good day."]


def test_forbidden_words_hold_at_every_table_also_at_new_ones() -> None:
    monday = Class(people=6, forbidden=("Fool",))
    assert monday.press(Forbid("donkey\n  \nFOOL")).done == 1
    monday.press(AddTable())
    rooms = Room.objects.filter(table__conference=monday.pk)
    assert [room.forbidden for room in rooms] == [["donkey", "fool"]] * 3


def test_third_parties_are_placed_by_the_list_and_moved_by_hand() -> None:
    monday = with_third(6)
    lines = [f"Student {n}" for n in range(6)] + ["Mia,,,,CH", "Max,,,,CH", "Pat,,,,PR"]
    sheet = roster.read("\n".join(lines), seats=("CN", "JP", "KR", "CH", "PR"))
    assert sheet.is_sound
    roster.take_over(monday.conference, sheet, "random")
    placed = {one.label: (one.table.number, one.seat) for one in monday.conference.participants.all() if one.table}
    assert (placed["Mia"], placed["Max"], placed["Pat"]) == ((1, "CH"), (2, "CH"), (1, "PR"))
    assert sorted(seat for label, (_, seat) in placed.items() if label.startswith("Student")) == sorted(
        ("CN", "JP", "KR") * 2
    )
    assert monday.conference.expected == 9
    monday.press(Move(9, 2, "PR"))
    assert monday.person(9).seat == "PR"
    assert monday.press(Move(9, 2, "TT")).refused
    wrong = roster.read("Eve,,,,CH", seats=("CN", "JP", "KR"))
    assert not wrong.is_sound


def test_nobody_sits_in_for_a_chair_and_the_console_shows_who_it_is() -> None:
    monday = with_third(3)
    monday.come(4)
    monday.press(Move(4, 1, "CH"))
    monday.press(Start())
    (chair, press) = monday.state()["tables"][0]["third"]
    assert [person["label"] for person in chair["people"]] == ["Student 4"]
    assert press["people"] == []
    schedule.sit_in([monday.table(1).room_id], 0.0)
    schedule.sit_in([monday.table(1).room_id], 1e6)
    assert monday.press(Inject("Hold out.", ("CH",), capital=True)).done == 1
    by = services.who(delegate(monday, 4))
    text = Package(sponsor="CN", duties=(Duty(by="CN", kind="open", to="JP"),))
    answer = services.act(room_id=monday.table(1).room_id, by=by, decision=Propose(text), act_id=new_id(), epoch=0)
    assert answer.refusal is not None
    assert answer.refusal.code == "not_yours"
    assert len(exports.sheets(monday.conference)["talk"]) == 1


def test_a_mirror_sits_beside_a_delegate() -> None:
    monday = Class(people=7, odd="mirror")
    came = monday.come(7)
    seats: dict[tuple[int, str], list[str]] = {}
    for one in came:
        assert one.table is not None
        seats.setdefault((one.table.number, one.seat), []).append(one.delegate.office)  # type: ignore[union-attr]
    assert sorted(seats.values()) == [[""]] * 5 + [["", "mirror"]]


@pytest.mark.asyncio(loop_scope="session")
async def test_a_mirror_acts_only_while_the_delegate_is_away(connect: Any) -> None:
    monday = await db(lambda: Class(people=4, odd="mirror", clock=False))
    came = await db(monday.come, 4)
    await db(monday.press, Start())
    room = (await db(monday.table, 1)).room
    mirror = next(one for one in came if one.delegate.office == "mirror")
    beside = next(one for one in came if one.seat == mirror.seat and one is not mirror)
    shadow, first = [await connect(room.code, one.seat_token).open() for one in (mirror, beside)]
    offer = {"type": "propose", "package": {"sponsor": "CN", "institution": {"id": "dialogue"}}}
    refused = await shadow.act(offer)
    assert refused["refusal"] == {"code": "not_your_office", "params": {"offices": ["delegate"]}}
    assert (await shadow.act({"type": "draft", "package": offer["package"]}))["ok"]
    await first.close()
    assert (await shadow.act(offer))["ok"]


def test_those_who_are_too_many_watch_where_that_is_wished() -> None:
    monday = Class(people=8, odd="observers")
    came = monday.come(8)
    assert sorted(one.seat for one in came) == ["", "", *sorted(("CN", "JP", "KR") * 2)]
    assert {one.table.number for one in came if not one.seat and one.table} == {1, 2}
    late = monday.come(1, start=9)[0]
    assert late.delegate is not None


@pytest.mark.asyncio(loop_scope="session")
async def test_the_briefing_of_an_office_is_for_its_holder_alone(connect: Any) -> None:
    monday = await db(lambda: Class(people=9, per_seat=3, offices=True))
    came = await db(monday.come, 9)
    room = (await db(monday.table, 1)).room
    found: dict[str, list[Any]] = {}
    for one in came:
        socket = await connect(room.code, one.seat_token).open()
        found[f"{one.seat} {one.delegate.office}"] = socket.sections["people"].get("letters", [])
        if one.delegate.office == "head":
            assert "staff knows" not in json.dumps(socket.sections)
    assert found["CN head"] == []
    assert found["CN defence"][0]["text"].startswith("The fleet can do with fewer patrols")
    assert found["JP economy"][0]["text"].startswith("Half of the firms")


def test_a_facilitator_takes_over_a_seat_and_gives_it_back() -> None:
    monday = Class(people=3)
    monday.come(1)
    monday.press(Start())
    room = monday.table(1).room
    bot = next(
        seat for seat, holder in zip(("CN", "JP", "KR"), plays.fold(room).holders, strict=True) if "bot" in holder
    )
    tess, eve = Client(), Client()
    tess.force_login(monday.tess)
    eve.force_login(User.objects.create_user("eve"))
    assert eve.post(f"/c/{monday.conference.code}/tables/1/sit/{bot}/").status_code == 404
    assert tess.get(f"/c/{monday.conference.code}/tables/1/sit/{bot}/").status_code == 405
    answer = tess.post(f"/c/{monday.conference.code}/tables/1/sit/{bot}/")
    assert answer.headers["Location"] == f"/r/{room.code}/"
    assert plays.fold(monday.table(1).room).holder(bot) == "people"
    assert tess.get(f"/r/{room.code}/").status_code == 200
    tess.post(f"/r/{room.code}/leave/")
    assert plays.fold(monday.table(1).room).holder(bot) == "caretaker"
    for wrong in ("XX", bot.lower()):
        assert tess.post(f"/c/{monday.conference.code}/tables/1/sit/{wrong}/").status_code == 302
    assert tess.post(f"/c/{monday.conference.code}/tables/9/sit/{bot}/").headers["Location"].endswith("/console/")
    tenures = [row for row in exports.sheets(monday.conference)["tenures"] if row["seat"] == bot]
    assert [row["holder"] for row in tenures] == ["bot:bargainer", "people", "caretaker"]
