"""The worked example of the rules, number by number: two rounds of the starter, with luck and without."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from game.__main__ import main
from game.draws import u01
from game.perception import MISREADING, culture_name, protections, threats
from game.scenario import load
from game.script import play_script, read_script, result
from game.world import start, trust

TOLERANCE = 1e-6

SCRIPT: dict[str, Any] = {
    "scenario": "cjk",
    "seed": 42,
    "crises": False,
    "windows": False,
    "rounds": [
        {
            "adopt": [
                {
                    "sponsor": "JP",
                    "duties": [
                        {"by": "CN", "kind": "abstain", "what": "patrol", "to": "JP"},
                        {"by": "JP", "kind": "pay", "to": "CN", "amount": 0.2, "rounds": 2, "if": [1]},
                    ],
                    "institution": {"id": "dialogue"},
                },
                {"sponsor": "KR", "side": True, "duties": [{"by": "CN", "kind": "cap", "amount": 0}]},
            ],
            "orders": {
                "CN": {"measures": [{"measure": "visit"}]},
                "JP": {"posture": 1, "emphasis": 0.2},
                "KR": {"measures": [{"measure": "exchange", "target": "CN"}]},
            },
        },
        {
            "adopt": [
                {
                    "sponsor": "KR",
                    "duties": [
                        {"by": "KR", "kind": "abstain", "what": "exercise"},
                        {"by": "CN", "kind": "open", "to": "KR"},
                    ],
                    "institution": {"id": "crisis"},
                }
            ],
            "orders": {
                "CN": {"posture": 2, "emphasis": 0.8},
                "JP": {"measures": [{"measure": "missile_defence"}]},
                "KR": {"suspend": True, "measures": [{"measure": "radar"}, {"measure": "curb"}]},
            },
        },
    ],
}
ORDERED_PAIRS = ("CN>JP", "CN>KR", "JP>CN", "JP>KR", "KR>CN", "KR>JP")


def near(expected: Sequence[float]) -> Any:
    return pytest.approx(list(expected), abs=TOLERANCE, rel=0)


def off_diagonal(rows: Sequence[Sequence[float]]) -> list[float]:
    return [rows[i][j] for i in range(3) for j in range(3) if i != j]


def column(one: dict[str, Any], name: str) -> list[float]:
    return [values[name] for values in one["seats"].values()]


def scores(found: dict[str, Any], name: str) -> list[float]:
    return [values[name] for values in found["scores"].values()]


def played(seed: int) -> dict[str, Any]:
    return result(play_script(read_script(json.dumps(SCRIPT | {"seed": seed}).encode())), operator=True)


def test_the_start() -> None:
    s = load("cjk")
    world = start(s)
    assert list(s.M0) == near([72.496737, 46.511175, 47.182750])
    assert list(s.open) == near([0.317792, 0.517570, 0.804458])
    assert list(s.burden) == near([0.831694, 0.600000, 1.398132])
    assert off_diagonal(s.omega) == near([0.601407, 0.398593, 0.852113, 0.147887, 0.792480, 0.207520])
    assert [s.s[0][1], s.s[1][0], s.s[2][0]] == near([0.505564, 0.805063, 0.801546])
    trusts = trust(world)
    phi = [
        s.parameters.phi0 * (1 - trusts[i][j]) * MISREADING[culture_name(world.C)] * (1 - world.vE[i] / 2)
        for i in range(3)
        for j in range(3)
        if i != j
    ]
    assert list(phi) == near([0.3915, 0.3654, 0.3780, 0.2520, 0.3654, 0.2610])
    theta = [17.717967, 12.626972, 32.675729, 4.725824, 21.204913, 4.142099]
    assert off_diagonal(threats(s, world)) == near(theta)
    assert protections(s, world) == near([50.747716, 39.568077, 37.712621])
    assert list(world.threat) == near([30.344939, 37.401553, 25.347012])
    assert list(world.S) == near([62.579917, 51.407389, 59.804695])
    assert list(world.W) == near([83.160962, 78.133325, 81.912113])
    assert pytest.approx(36.0) == world.C
    assert culture_name(world.C) == "Hobbesian"


def test_round_one() -> None:
    game = play_script(read_script(json.dumps(SCRIPT).encode()))
    world, report = game.worlds[1], game.reports[0]
    one = result(game, operator=True)["rounds"][0]
    assert report.suspended == ("1.1.2",), "a condition has no round behind it yet"
    assert [(deed.seat, deed.measure, deed.source) for deed in report.deeds] == [
        ("CN", "visit", "order"),
        ("JP", "exercise", "routine"),
        ("KR", "exercise", "routine"),
        ("KR", "exchange", "order"),
    ], "China's patrols are barred"
    a = [3.084600, 3.736440, 3.173113, 6.064319, 3.751717, 6.005513]
    b = [9.137400, 8.555400, 8.730000, 6.227400, 8.148000, 6.227400]
    assert off_diagonal(world.a) == near(a)
    assert off_diagonal(world.b) == near(b)
    good_evidence = {
        "JP>CN": 0.271250, "KR>CN": 0.267750, "CN>KR": 0.252000,
        "JP>KR": 0.251875, "CN>JP": 0.180000, "KR>JP": 0.191250,
    }  # fmt: skip
    taken_in = dict(
        zip(
            ORDERED_PAIRS,
            [x / 0.97 - 12 * T0 for x, T0 in zip(off_diagonal(world.a), off_diagonal(game.scenario.T0), strict=True)],
            strict=True,
        )
    )
    assert taken_in == pytest.approx(good_evidence, abs=TOLERANCE)
    trusts = [0.252381, 0.303977, 0.266578, 0.493366, 0.315278, 0.490931]
    assert [one["T"][pair] for pair in ORDERED_PAIRS] == near(trusts)
    assert column(one, "A") == near([44.694238, 19.525391, 24.110385])
    assert column(one, "D") == near([29.796159, 31.590390, 24.110385])
    assert column(one, "N") == near([56.4, 45.0, 47.3])
    assert [one["X"][pair] for pair in ("CN-JP", "CN-KR", "JP-KR")] == near([0.988569, 1.011578, 1.002529])
    assert one["tau"]["E"] == pytest.approx(56.817228, abs=TOLERANCE)
    assert column(one, "E") == near([99.875176, 99.557968, 99.763701])
    assert one["V"] == pytest.approx(0.42)
    assert list(world.threat) == near([36.484384, 34.480584, 24.077123])
    assert column(one, "S") == near([58.834089, 57.449963, 63.313541])
    assert [w - w0 for w, w0 in zip(world.W, world.W0, strict=True)] == near([-1.754275, 2.476041, 1.449016])
    assert one["C"] == pytest.approx(38.261668, abs=TOLERANCE)
    assert one["rung"] == 1
    assert column(one, "H") == [0, 0, 0]


def test_round_two_with_a_cheat_found() -> None:
    game = play_script(read_script(json.dumps(SCRIPT).encode()))
    world, report = game.worlds[2], game.reports[1]
    one = result(game, operator=True)["rounds"][1]
    assert u01(42, 2, "det", "CN") == pytest.approx(0.061546, abs=TOLERANCE)
    assert report.chance[0] == pytest.approx(0.22 + 0.20 * 0.75)
    assert [(found.seat, found.posture, found.caught) for found in report.found] == [("CN", 2, True)]
    assert report.found[0].stock == pytest.approx(7.249674, abs=TOLERANCE)
    assert report.posture[0] == 0, "what was shown"
    assert "1.1.2" in report.kept, "Japan pays"
    assert one["detected"] == [["CN", "1.2.1"]]
    assert sorted(one["lapsed"]) == ["1.1.2", "1.2.1"]
    trusts = [0.240109, 0.308097, 0.193783, 0.488744, 0.226660, 0.451037]
    assert [one["T"][pair] for pair in ORDERED_PAIRS] == near(trusts)
    assert column(one, "A") == near([53.503047, 20.252788, 24.572111])
    assert column(one, "D") == near([30.171029, 35.472156, 25.987593])
    assert column(one, "v") == near([0.55, 0.65, 0.75])
    assert column(one, "N") == near([56.76, 45.0, 42.17])
    assert [one["X"][pair] for pair in ("CN-JP", "CN-KR", "JP-KR")] == near([0.974586, 1.030620, 1.003722])
    assert one["tau"]["E"] == pytest.approx(56.798145, abs=TOLERANCE)
    assert one["V"] == pytest.approx(0.54)
    assert one["C"] == pytest.approx(38.524665, abs=TOLERANCE)
    assert one["rung"] == 2
    assert column(one, "E") == near([97.453334, 98.833112, 99.477279])
    assert list(world.threat) == near([36.850675, 47.209183, 33.631803])
    assert column(one, "S") == near([60.702350, 51.889412, 54.972502])
    assert [w - w0 for w, w0 in zip(world.W, world.W0, strict=True)] == near([-2.245571, -0.424878, -2.461983])
    assert column(one, "H") == [0, 0, 0]
    assert column(one, "S_true") == column(one, "S")


def test_scores_with_a_cheat_found() -> None:
    found = played(42)
    assert scores(found, "G") == near([-1.999923, 1.025581, -0.506484])
    assert scores(found, "R") == near([-2.414835, 2.804644, 0.865586])
    assert scores(found, "U") == near([-3.207341, 2.427903, -0.073691])
    assert scores(found, "TR") == near([-6.477848, -2.942707, -0.157977])
    assert scores(found, "Total") == near([-3.855125, 2.133632, -0.089488])


def test_the_same_cheat_not_found() -> None:
    found = played(41)
    one = found["rounds"][1]
    assert u01(41, 2, "det", "CN") >= 0.37
    assert one["seats"]["CN"]["A"] == pytest.approx(46.253373, abs=TOLERANCE)
    assert column(one, "S") == near([60.485405, 58.272293, 61.388593])
    assert one["T"]["JP>CN"] == pytest.approx(0.282919, abs=TOLERANCE)
    assert one["C"] == pytest.approx(40.531848, abs=TOLERANCE)
    assert one["lapsed"] == []
    assert one["expired"] == ["1.1.2"]
    assert one["seats"]["CN"]["H"] == pytest.approx(7.249674, abs=TOLERANCE)
    assert column(one, "S_true") == near([62.046683, 55.624755, 58.992689])
    assert scores(found, "G") == near([-1.008935, 1.867259, 0.400276])
    assert scores(found, "Total") == near([-1.835602, 2.906884, 0.790650])


def test_unfound_the_cheat_gains_what_others_lose_unseen() -> None:
    one = played(41)["rounds"][1]
    moved = [true - shown for true, shown in zip(column(one, "W_true"), column(one, "W"), strict=True)]
    assert moved == pytest.approx([0.70, -1.19, -1.08], abs=0.005)


def test_the_command_line_plays_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "starter_two_rounds.json"
    file.write_text(json.dumps(SCRIPT))
    assert main(["run", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert scores(found, "Total") == near([-3.855125, 2.133632, -0.089488])
    assert "H" not in found["rounds"][0]["seats"]["CN"], "only an operator sees what is hidden"
    assert "un" not in found["rounds"][0]
