"""This program's figures are those of others' work, and its laws hold; a row that is out says so."""

from __future__ import annotations

import json

import pytest

from game import validation
from game.__main__ import main
from game.validation import GROUPS, Row, rows


@pytest.mark.parametrize("group", GROUPS)
def test_every_row_is_as_others_have_it(group: str) -> None:
    found = list(rows(group))
    assert found
    assert all(row.group == group and row.source for row in found)
    assert [(row.claim, row.expected, row.got) for row in found if not row.holds] == []


@pytest.mark.parametrize(
    ("expected", "got", "tolerance", "holds"),
    [
        (3, 3.0, 0, True),
        (3, 3.1, 0, False),
        (3, 3.1, 0.2, True),
        ([1, 2], (1, 2), 0, True),
        ([1, 2], (1, 2, 3), 0, False),
        ([1, 2], (1, 3), 0, False),
        (["A1"], ["A2"], 0, False),
        (None, 0, 0, False),
    ],
)
def test_a_row_holds_if_all_of_it_is_within_its_tolerance(
    expected: object, got: object, tolerance: float, holds: bool
) -> None:
    assert Row("V1", "a claim", "a source", expected, got, tolerance).holds is holds


def test_a_row_that_is_out_is_said_and_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {**validation.published(), "winasmuch": {**validation.published()["winasmuch"], "all_y": 41}}
    monkeypatch.setattr(validation, "published", lambda: wrong)
    with pytest.raises(SystemExit) as end:
        main(["validate", "--only", "payoffs"])
    assert end.value.code == 1
    told = capsys.readouterr().out
    assert "OUT ten rounds of Y, of X: all together" in told
    assert "9 of 10 rows are equal" in told
    with pytest.raises(SystemExit):
        main(["validate", "--only", "payoffs", "--json"])
    assert json.loads(capsys.readouterr().out)["failed"] == 1
