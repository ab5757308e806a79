"""What a conference leaves as files is what its logs say, has the right types, and computes nothing when it is opened."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from game.decisions import Advance, End, GiveOrder, Propose, Rewind, Say, Start, Vote
from game.records import Order
from negotiation.conferences import exports, outcomes, seating
from negotiation.conferences.columns import SHEETS
from negotiation.conferences.models import Question, Reply
from negotiation.rooms import people, plays, services
from negotiation.rooms.models import Delegate, Entry
from tests.conferences.cast import Class
from tests.rooms.cast import TALKS, new_id

EVIL = '=HYPERLINK("http://x","y")'


@pytest.fixture
def played() -> Class:
    """A class of six that played two rounds; one table went back once."""
    monday = Class(people=6)
    seating.arrive(monday.conference, "@SUM(1)")
    monday.come(5, start=2)
    monday.press(Start())
    monday.press(Advance())
    for number in (1, 2):
        table = monday.table(number)
        at = {one.seat: services.who(one.delegate) for one in table.participants.select_related("delegate")}  # type: ignore[arg-type]

        def act(seat: str, decision: Any, table: Any = table, at: Any = at) -> None:
            epoch = plays.fold(monday.table(table.number).room).epoch
            answer = services.act(room_id=table.room_id, by=at[seat], decision=decision, act_id=new_id(), epoch=epoch)
            assert answer.ok, answer

        act("CN", Say(EVIL))
        act("CN", Say("between us", to=("JP",)))
        act("KR", Propose(TALKS))
        monday.press(Advance(), (monday.seen()[number - 1],))
        act("CN", Vote("1a", "yes"))
        act("JP", Vote("1a", "yes"))
        if number == 2:
            monday.press(Rewind(2), (monday.seen()[1],))
        monday.press(Advance(), (monday.seen()[number - 1],))
        if plays.fold(monday.table(number).room).phase == "orders":
            act("CN", GiveOrder(Order(posture=1)))
        for _ in range(4):
            monday.press(Advance(), (monday.seen()[number - 1],))
    monday.press(End())
    question = Question.objects.create(conference=monday.conference, when="after", kind="text", text="Why?")
    Reply.objects.create(question=question, participant=monday.person(1), value="-1+2")
    return monday


def parsed(monday: Class) -> dict[str, list[dict[str, str]]]:
    bundle = zipfile.ZipFile(io.BytesIO(exports.archive(monday.conference)))
    return {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(bundle.read(name).decode("utf-8-sig"))))
        for name in bundle.namelist()
        if name.endswith(".csv")
    }


def test_every_sheet_has_the_columns_of_the_dictionary_and_the_dictionary_every_column(played: Class) -> None:
    sheets = parsed(played)
    assert set(sheets) == set(SHEETS)
    told = {(row["file"], row["column"]) for row in sheets["dictionary"]}
    bundle = zipfile.ZipFile(io.BytesIO(exports.archive(played.conference)))
    for name in SHEETS:
        header = bundle.read(f"{name}.csv").decode("utf-8-sig").splitlines()[0].split(",")
        assert header == [column.name for column in SHEETS[name]]
        assert {(f"{name}.csv", column) for column in header} <= told
        assert sheets[name], f"{name} is empty"


def test_every_cell_is_of_the_type_that_the_dictionary_says(played: Class) -> None:
    for name, rows in parsed(played).items():
        for column in SHEETS[name]:
            for cell in (row[column.name] for row in rows):
                if cell == "":
                    continue
                match column.kind:
                    case "integer":
                        int(cell)
                    case "number":
                        float(cell)
                    case "yes/no":
                        assert cell in ("yes", "no")
                    case "time":
                        assert datetime.fromisoformat(cell).tzinfo is not None
                    case "json":
                        json.loads(cell)


def test_no_cell_is_a_formula(played: Class) -> None:
    sheets = parsed(played)
    for name, rows in sheets.items():
        kinds = {column.name: column.kind for column in SHEETS[name]}
        for row in rows:
            for column, cell in row.items():
                assert kinds[column] in ("integer", "number") or not cell.startswith(exports.LIVE), (name, column, cell)
    assert sheets["talk"][0]["text"] == f"'{EVIL}"
    assert sheets["people"][0]["label"] == "'@SUM(1)"


def test_the_sheets_say_what_the_logs_say(played: Class) -> None:
    sheets = parsed(played)
    for number in (1, 2):
        entries = Entry.objects.filter(room=played.table(number).room)
        of_table = {name: [row for row in rows if row.get("table") == str(number)] for name, rows in sheets.items()}
        assert len(of_table["events"]) == entries.count()
        assert len(of_table["votes"]) == entries.filter(kind="voted").count()
        assert len(of_table["packages"]) == entries.filter(kind="proposed").count()
        assert len(of_table["talk"]) == entries.filter(kind__in=("said", "injected")).count()
        assert len(of_table["phases"]) == entries.filter(kind__in=("phase", "rewound")).count()
        play = plays.fold(played.table(number).room)
        assert play.ended is not None
        assert {row["seat"]: float(row["total"]) for row in of_table["results"]} == {
            score.seat: score.total for score in play.ended.outcome.scores
        }
        bundle = zipfile.ZipFile(io.BytesIO(exports.archive(played.conference)))
        log = json.loads(bundle.read(f"logs/table-{number}.json"))
        assert len(log["entries"]) == entries.count()


def test_what_a_rewind_took_back_is_marked(played: Class) -> None:
    sheets = parsed(played)
    back = {(row["table"], row["text"]) for row in sheets["packages"] if row["taken_back"] == "yes"}
    assert back == {("2", "1a")}
    assert {row["rewinds"] for row in sheets["tables"]} == {"0", "1"}
    adopted = [row for row in sheets["packages"] if row["outcome"] == "adopted" and row["taken_back"] == "no"]
    assert [row["table"] for row in adopted] == ["1"]


def test_what_people_did_is_counted_by_person(played: Class) -> None:
    people = {row["participant"]: row for row in parsed(played)["people"]}
    china = [one.number for one in played.conference.participants.filter(seat="CN")]
    for number in china:
        row = people[str(number)]
        assert (row["speeches"], row["private_speeches"], row["votes"]) == ("1", "1", "1")
    assert sum(int(row["texts"]) for row in people.values()) == 2


def test_what_is_counted_for_a_person_is_what_that_person_did_whoever_else_has_the_name() -> None:
    monday = Class(people=6, pseudonyms=False)

    def speaks(room: int, seat: str, name: str) -> None:
        by = Delegate.objects.get(room=room, seat=seat, name=name, left_at=None)
        answer = services.act(room_id=room, by=services.who(by), decision=Say("Hm."), act_id=new_id(), epoch=0)
        assert answer.ok, answer

    first = seating.arrive(monday.conference, "Ann")
    assert first.table
    speaks(first.table.room_id, first.seat, "Ann")
    there = monday.table(3 - first.table.number)
    seating.move(first, there, "CN")
    speaks(there.room_id, "CN", "Ann")
    seating.dismiss(monday.person(first.number))
    second = seating.arrive(monday.conference, "Ann")
    pupil = seating.arrive(monday.conference, "tess")
    assert pupil.table
    teacher = Client()
    teacher.force_login(monday.tess)
    other = monday.table(3 - pupil.table.number)
    free = next(chair.seat for chair in people.chairs(other.room, plays.fold(other.room)) if chair.holder != "people")
    teacher.post(f"/c/{monday.conference.code}/tables/{other.number}/sit/{free}/")
    speaks(other.room_id, free, "tess")
    counted = {row["participant"]: row["speeches"] for row in exports.sheets(monday.conference)["people"]}
    assert counted == {first.number: 2, second.number: 0, pupil.number: 0}


def test_results_compare_the_same_seat_across_tables(played: Class) -> None:
    results = outcomes.of(played.conference)
    assert [table.is_final for table in results.tables] == [True, True]
    assert [len(table.agreements) for table in results.tables] == [1, 0]
    for lens, strips in results.strips:
        for strip in strips:
            values = [point.value for point in strip.points]
            assert strip.mean == pytest.approx(sum(values) / 2)
            assert all(0 <= point.x <= outcomes.WIDTH for point in strip.points)
        winner = next(one for one in results.winners if one.lens == lens)
        assert winner.ahead == max(point.value - strip.mean for strip in strips for point in strip.points)
    assert results.best is not None
    assert results.best.joint == max(table.joint for table in results.tables)


def test_a_conference_that_has_not_begun_has_empty_results_and_exports() -> None:
    monday = Class()
    assert outcomes.of(monday.conference).tables == ()
    assert exports.archive(monday.conference)


def test_a_conference_is_verified_by_its_code(played: Class, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify", played.conference.code)
    told = capsys.readouterr().out
    assert all(table.room.code in told for table in played.conference.tables.all())
