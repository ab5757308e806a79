"""The 21 clauses of 2005 to 2007 are treaties of this game, and playing them gives the history that is on record."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from game.__main__ import main
from game.historical import Clause, clauses, compliance, known_marks, package_of, record, script
from game.records import Package
from game.scenario import load
from game.script import play_script, read_script
from game.tabling import check_package
from game.world import start

SIX = replace(load("six2003"), duties_per_package=12)
CLAUSES = clauses()
PLAYED = play_script(script())
FOUND = compliance(PLAYED)


def test_there_are_the_twenty_one() -> None:
    assert len(CLAUSES) == 21
    count: dict[str, int] = {}
    for clause in CLAUSES:
        count[record().documents[clause.document].date] = count.get(record().documents[clause.document].date, 0) + 1
    assert count == {"2005-09-19": 6, "2007-02-13": 6, "2007-07-20": 1, "2007-10-03": 8}


@pytest.mark.parametrize("clause", record().clauses, ids=lambda clause: clause.id)
def test_every_clause_is_a_package_that_could_be_tabled(clause: Clause) -> None:
    package = package_of(clause)
    check_package(SIX, start(SIX), package)
    written = msgspec.json.encode(package)
    assert msgspec.json.decode(written, type=Package) == package
    assert len(clause.known) == len(clause.duties)
    assert len(clause.text) > 40
    assert clause.source
    assert clause.told


@pytest.mark.parametrize("clause", record().clauses, ids=lambda clause: clause.id)
def test_playing_it_gives_the_history_on_record(clause: Clause) -> None:
    for line, parts in zip(clause.known, FOUND[clause.id], strict=True):
        for id_, marks in parts.items():
            assert marks == known_marks(line), id_


def test_the_schema_s_forms_are_all_needed() -> None:
    duties = [duty for clause in CLAUSES for duty in clause.duties]
    assert any(duty.others for duty in duties)
    assert any(duty.stages for duty in duties)
    assert any(duty.start for duty in duties)
    assert {duty.kind for duty in duties} >= {"declare", "abstain", "admit", "pay", "relieve", "cap", "do"}


def test_the_launches_and_the_test_bring_the_council_s_two_resolutions() -> None:
    levels = [world.un for world in PLAYED.worlds]
    assert levels == [0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2], "1695 follows from the breach, 1718 was adopted"
    tested = [report.round for report in PLAYED.reports for deed in report.deeds if deed.measure == "test"]
    assert tested == [5, 6]


def test_it_runs_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clauses"]) == 0
    assert "Yongbyon" in capsys.readouterr().out
    assert main(["clauses", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["clause"]["clause"] for one in told["clauses"]] == [one.clause for one in record().clauses]
    assert told["clauses"][0]["played"][0]["1.1.1"][-1] == [5, "lapsed"]
    assert main(["clauses", "--script"]) == 0
    written = capsys.readouterr().out.encode()
    assert read_script(written) == script()
    file = tmp_path / "talks.json"
    file.write_bytes(written)
    assert main(["run", str(file), "--json"]) == 0
    rounds = json.loads(capsys.readouterr().out)["rounds"]
    assert len(rounds) == 10
    assert rounds[4]["detected"] == [["KP", "1.1.1"]]
