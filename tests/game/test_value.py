"""The value table: what each promise and institution alone is worth to whom, against the published figures."""

from __future__ import annotations

import json

import msgspec
import pytest

from game import bots
from game.__main__ import main
from game.bots.values import SURELY_COMING, ValueTable, gains, value_table
from game.claims import Study, opening_positions, worths
from game.records import Duty, InstitutionClause, Package
from game.scenario import load, names
from game.view import View
from game.world import shown, start

SIX = load("six2003")
TABLE = value_table(SIX, SIX.rounds)
QUIET = Duty("US", "abstain", what="exercise")


def test_the_published_worths_and_opening_positions_come_out() -> None:
    study = Study(1)
    wrong = [one for one in (*worths(study), *opening_positions(study)) if not one.within]
    assert not wrong


@pytest.mark.parametrize("name", names())
def test_a_duty_s_worth_is_the_change_of_utility_it_brings_alone(name: str) -> None:
    scenario = load(name)
    table = value_table(scenario, scenario.rounds)
    duty = Duty("CN", "cap", amount=0)
    assert table.duty(duty) == gains(scenario, scenario.rounds, Package("JP", duties=(duty,)))


def test_a_payment_is_worth_its_amount() -> None:
    tenth = TABLE.package(Package("KR", duties=(Duty("KR", "pay", to="KP", amount=0.1),)))
    whole = TABLE.duty(Duty("KR", "pay", to="KP", amount=0.1))
    assert whole is not None
    assert tenth == pytest.approx([points / 10 for points in whole])
    assert tenth[SIX.index["KR"]] == pytest.approx(-0.43, abs=0.005)
    assert tenth[SIX.index["KP"]] == pytest.approx(0.62, abs=0.005)


def test_an_institution_counts_a_quarter_and_a_resolution_its_direction() -> None:
    worth = TABLE.institutions["dialogue"]
    package = Package("CN", institution=InstitutionClause("dialogue"))
    assert TABLE.package(package) == pytest.approx([SURELY_COMING * points for points in worth])
    lifted = Package("CN", institution=InstitutionClause("un_resolution", delta=-1))
    assert TABLE.package(lifted) == pytest.approx([-points for points in TABLE.institutions["un_resolution"]])


def test_a_duty_toward_one_counts_as_the_duty_toward_all() -> None:
    toward = Package("CN", duties=(Duty("CN", "abstain", what="patrol", to="JP"),))
    assert TABLE.package(toward) == TABLE.package(Package("CN", duties=(Duty("CN", "abstain", what="patrol"),)))


def test_conditions_and_terms_are_ignored_and_the_unknown_is_worth_nothing() -> None:
    plain = TABLE.package(Package("US", duties=(QUIET,)))
    hedged = msgspec.structs.replace(QUIET, rounds=1)
    assert TABLE.package(Package("US", duties=(hedged,))) == plain
    assert TABLE.package(Package("US", duties=(Duty("US", "abstain", what="strike"),))) == (0.0,) * 6


def test_what_is_left_of_a_worth_shrinks_by_the_round() -> None:
    assert [TABLE.left(round_) for round_ in (1, 2, 5)] == [1.0, 7 / 8, 4 / 8]
    view = View(SIX, "US", "vote", 5, SIX.rounds, shown(start(SIX)), None)
    assert bots.get("tft").value(view, Package("US", duties=(QUIET,))) == pytest.approx(-1.6 / 2, abs=0.05)


def test_a_room_s_copy_of_a_scenario_shares_the_table_but_an_edited_one_does_not() -> None:
    copy = msgspec.structs.replace(SIX, side_deals=False, slack=0)
    assert value_table(copy, SIX.rounds) is value_table(SIX, SIX.rounds)
    edited = msgspec.structs.replace(SIX, prog=(0.0,) * 6)
    assert value_table(edited, SIX.rounds) is not value_table(SIX, SIX.rounds)


def test_two_tables_of_one_scenario_are_the_same() -> None:
    cjk = load("cjk")
    one, other = ValueTable(cjk, 3), ValueTable(cjk, 3)
    assert (one.duties, one.institutions) == (other.duties, other.institutions)


def test_value_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["value", "camps2023", "--rules", "2", "--json"]) == 0
    items = {item["id"]: item for item in json.loads(capsys.readouterr().out)["items"]}
    assert {item["kind"] for item in items.values()} == {"duty", "template", "institution"}
    test = items["KP abstain test"]
    assert (test["obligor"], test["target"]) == ("KP", None)
    assert test["U"]["KP"] == pytest.approx(-1.7, abs=0.05)
    assert items["CN relieve KP"]["target"] == "KP"
    assert set(items["freeze_for_freeze"]["U"]) == set(SIX.seats)
    assert main(["value", "camps2023"]) == 0
    told = capsys.readouterr().out
    assert "un_resolution" in told
    assert "promises, payments apart" in told
    assert "KR can sell KR abstain exercise (-" in told
