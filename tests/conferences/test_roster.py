"""A list of people is looked through row by row, and nothing of it is kept until all of it is right."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from negotiation.conferences import roster
from negotiation.conferences.roster import MOST_PEOPLE, read
from tests.conferences.cast import Class

SEATS = ("CN", "JP", "KR")


@pytest.mark.parametrize(
    "text",
    [
        "Ann,red\nBo,blue",
        "Ann;red\nBo;blue\n",
        "Ann\tred\nBo\tblue",
        "name,team\nAnn,red\n\nBo,blue",
        "\ufeffteam;label\nred;Ann\nblue;Bo",
        '"Ann","red"\r\n"Bo","blue"\r\n',
    ],
)
def test_commas_semicolons_and_tabs_with_or_without_names_of_columns(text: str) -> None:
    sheet = read(text.lstrip("\ufeff"), seats=SEATS)
    assert [(row.label, row.team) for row in sheet.rows] == [("Ann", "red"), ("Bo", "blue")]
    assert sheet.is_sound


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("Ann\nBo\nann", 3, "same name as in line 1"),
        ("Ann\n ,red", 2, "Write a name"),
        ("Ann\nTom", 2, "on the list already"),
        (f"Ann\n{'x' * 41}", 2, "At most 40"),
        ("Ann\n\u202eoB", 2, "cannot be shown"),
        ("Ann,,,,XX", 1, "one of CN, JP, KR"),
        ("Ann,,,,,often", 1, "a number"),
        ("Ann,,,,,1,more", 1, "more cells"),
        (f"Ann,{'x' * 41}", 1, "team"),
        ("Ann\x00", 1, None),
    ],
)
def test_each_problem_is_told_with_its_line(text: str, line: int, problem: str | None) -> None:
    sheet = read(text, seats=SEATS, known=["Tom"])
    if problem is None:
        assert sheet.rows[0].label == "Ann\ufffd"
        return
    assert not sheet.is_sound
    assert [row.line for row in sheet.wrong] == [line]
    assert problem in sheet.wrong[0].problems[0]


def test_ten_thousand_rows_are_too_many_but_are_read() -> None:
    sheet = read("\n".join(f"Student {n}" for n in range(10_000)), seats=SEATS)
    assert len(sheet.rows) == 10_000
    assert str(MOST_PEOPLE) in sheet.problems[0]


def test_an_empty_list_and_an_open_quotation_mark_are_told() -> None:
    assert not read(" \n", seats=SEATS).is_sound
    assert "quotation" in read('"Ann,red\nBo', seats=SEATS).problems[0]


def test_a_file_is_utf_8_or_marked_utf_16() -> None:
    assert roster.decoded("김민준".encode("utf-8-sig")) == "김민준"
    assert roster.decoded("김민준".encode("utf-16")) == "김민준"
    with pytest.raises(ValidationError, match="UTF-8"):
        roster.decoded("김민준".encode("cp949"))
    with pytest.raises(ValidationError, match="2 MB"):
        roster.decoded(b"x" * (roster.MOST_BYTES + 1))


def test_taken_over_everybody_has_a_place_and_the_plan_fits() -> None:
    monday = Class(people=24)
    sheet = read("\n".join(f"Student {n},team {n % 3}" for n in range(11)), seats=SEATS)
    assert roster.take_over(monday.conference, sheet, "together") == 11
    people = list(monday.conference.participants.all())
    assert monday.conference.tables.count() == 4
    assert all(one.table and one.seat in SEATS for one in people)
    assert monday.conference.expected == 11


def test_once_somebody_sits_tables_stay_as_they_are() -> None:
    monday = Class(people=6)
    (ann,) = monday.come(1)
    before = (ann.table_id, ann.seat)
    roster.take_over(monday.conference, read("Bo\nCleo", seats=SEATS), "random")
    assert (monday.person(1).table_id, monday.person(1).seat) == before
    assert monday.conference.tables.count() == 2
    assert monday.person(2).table_id is None
