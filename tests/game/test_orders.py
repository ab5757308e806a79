"""Which orders are refused, and why; what is known before ordering; scripts that are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from game.__main__ import main
from game.coming import bar_of, cap_of, is_barred, promised_cost
from game.intelligence import found_chance
from game.orders import check
from game.records import Duty, Order, Package
from game.refusals import Refusal, Refused
from game.scenario import load
from game.world import start
from tests.game.region import Region, abstain, cap, does, package

starter = load("cjk")
six = load("six2003")
ENERGY = package(Duty(by="RU", kind="do", what="energy_project", to="KR"))


def refused(code: Refusal, seat: str, order: Order, *adopted: Package, name: str = "six2003") -> Refused:
    s = load(name)
    with pytest.raises(Refused) as error:
        check(s, start(s), seat, order, adopted)
    assert error.value.code is code
    return error.value


def test_each_fault_of_form_has_its_refusal() -> None:
    refused(Refusal.UNKNOWN_MEASURE, "CN", does("invade"))
    refused(Refusal.NOT_OPEN, "CN", does("test"))
    refused(Refusal.NOT_OPEN, "KR", does("taiwan"))
    refused(Refusal.TARGET_NEEDED, "CN", does("sanction"))
    refused(Refusal.TARGET_SUPERFLUOUS, "CN", does("visit>JP"))
    refused(Refusal.SELF_TARGET, "CN", does("sanction>CN"))
    refused(Refusal.UNKNOWN_SEAT, "CN", does("sanction>US"), name="cjk")
    refused(Refusal.REPEATED_MEASURE, "CN", does("exchange>JP", "exchange>JP"))
    refused(Refusal.NOT_YOUR_DUTY, "CN", Order(stop=("1.1.1",)))
    refused(Refusal.NOT_YOUR_DUTY, "CN", Order(quit=("dialogue",)))
    refused(Refusal.CANNOT_HIDE, "KP", Order(hide=True))
    refused(Refusal.CANNOT_HIDE, "CN", Order(hide=True), package(found="denuke"))


def test_measures_may_cost_three_points_promised_ones_included() -> None:
    check(six, start(six), "RU", does("strike", "radar"))
    assert refused(Refusal.TOO_DEAR, "RU", does("strike", "radar", "visit")).params == {"cost": 4, "most": 3}
    owing = refused(Refusal.TOO_DEAR_PROMISED, "RU", does("radar", "visit"), ENERGY)
    assert owing.params == {"cost": 4, "most": 3, "promised": 2}
    check(six, start(six), "RU", does("radar", "propaganda>US"), [ENERGY])
    assert promised_cost(six, start(six), "RU", [ENERGY]) == 2


def test_the_same_measure_at_two_targets_is_two_measures() -> None:
    check(starter, start(starter), "CN", does("exchange>JP", "exchange>KR"))


def test_a_seat_may_stop_or_leave_what_it_signed_this_very_round() -> None:
    signed = package(abstain("CN", "patrol"), found="dialogue")
    check(six, start(six), "CN", Order(stop=("1.1.1",), quit=("1.1.1", "dialogue")), [signed])
    check(six, start(six), "KP", Order(hide=True), [package(found="denuke")])


def test_caps_bars_and_chances_are_told_before_ordering() -> None:
    region = Region(six)
    signed = package(cap("CN", 0), abstain("CN", "patrol", to="JP"), Duty(by="CN", kind="admit"), found="guarantee")
    assert cap_of(six, region.world, "CN") == 9
    assert cap_of(six, region.world, "CN", [signed]) == 0
    assert bar_of(six, region.world, "CN", [signed]) == (
        "exercise", "patrol", "strait_drill", "strike", "taiwan", "test",
    )  # fmt: skip
    assert is_barred(six, region.world, "CN", "patrol", "JP", adopted=[signed])
    assert not is_barred(six, region.world, "CN", "patrol", "KR", adopted=[signed])
    chance = found_chance(six, region.world, "CN")
    assert chance == pytest.approx(0.22 + 0.20 * 0.70)
    assert found_chance(six, region.world, "CN", [signed]) == pytest.approx(chance + 0.30)
    region.round(signed)
    assert (region.report.caps[0], region.report.chance[0]) == (0, pytest.approx(chance + 0.30))
    assert ("patrol", "JP") in region.report.bars[0]


def test_a_conditional_duty_does_not_bind_in_its_first_round() -> None:
    world = start(six)
    waiting = package(abstain("CN", "patrol"), abstain("US", "exercise", 1))
    assert is_barred(six, world, "CN", "patrol", adopted=[waiting])
    assert not is_barred(six, world, "US", "exercise", adopted=[waiting])


SCRIPT: dict[str, Any] = {"scenario": "cjk", "seed": 1, "rounds": [{"adopt": [], "orders": {}}]}


def said(capsys: pytest.CaptureFixture[str], tmp_path: Path, script: object) -> str:
    file = tmp_path / "script.json"
    file.write_text(script if isinstance(script, str) else json.dumps(script))
    assert main(["run", str(file), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"python -m game run: {file}: ")
    assert err.count("\n") == 1
    return err


def test_a_wrong_script_is_told_where_it_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def with_round(**one: Any) -> dict[str, Any]:
        return SCRIPT | {"rounds": [one]}

    def with_duty(**duty: Any) -> dict[str, Any]:
        return with_round(adopt=[{"sponsor": "CN", "duties": [duty]}])

    assert "Input data was truncated" in said(capsys, tmp_path, "{")
    assert "unknown field `colour`" in said(capsys, tmp_path, SCRIPT | {"colour": "red"})
    assert "allowed: camps2023, cjk" in said(capsys, tmp_path, SCRIPT | {"scenario": "mars"})
    wrong_order = with_round(orders={"CN": {"measures": [{"measure": "visit", "target": "JP"}]}})
    assert "rounds[0].orders.CN: State visit takes no target. (target_superfluous)" in said(
        capsys, tmp_path, wrong_order
    )
    assert "rounds[0].orders: found 'US'; allowed: CN, JP, KR" in said(capsys, tmp_path, with_round(orders={"US": {}}))
    pay = with_duty(by="CN", kind="pay", amount=0.2)
    assert "rounds[0].adopt[0].duties[0].to: found None" in said(capsys, tmp_path, pay)
    do = with_duty(by="CN", kind="do", what="test")
    assert "a measure open to CN" in said(capsys, tmp_path, do)
    later = with_duty(by="CN", kind="admit", **{"if": [1]})
    assert "duties[0].if: found 1" in said(capsys, tmp_path, later)
    absent = with_round(adopt=[{"sponsor": "CN", "institution": {"id": "denuke"}}])
    assert "institution.id: found 'denuke'" in said(capsys, tmp_path, absent)


def test_a_missing_file_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "no/such/file.json"]) == 2
    assert (
        capsys.readouterr().err == "python -m game run: no/such/file.json: cannot be read: No such file or directory\n"
    )


def test_shadow_rounds_are_scored_and_told_apart(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "script.json"
    file.write_text(json.dumps(SCRIPT | {"shadow": 3, "crises": False}))
    assert main(["run", str(file), "--json", "--operator"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["round"] for one in found["rounds"]] == [1]
    assert [one["round"] for one in found["aftermath"]] == [2, 3, 4]
    assert set(found["scores"]["CN"]) == {"G", "R", "U", "TR", "Total", "mandate", "drawn"}
    assert main(["run", str(file)]) == 0
    assert "scores" in capsys.readouterr().out
