"""The study of bias and calibration: measured by each seat's own mean, reproducible, shared out over processes, said in files."""

from __future__ import annotations

import json
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from statistics import fmean

import pytest

from game import calibration
from game.__main__ import main
from game.bias import SCHOOLS, WEIGHTS, WORLDS, Seated, findings, gain_by_strength, played, study, with_weight
from game.bots import NAMES
from game.scenario import NEWEST_RULES, load
from game.simulation import Plan, simulate

CJK = load("cjk", NEWEST_RULES)


def seated(school: str, total: float, gain: float = 0.0) -> Seated:
    return Seated(school, SCHOOLS[school][0], gain, 0.0, total)


def test_a_school_is_measured_by_what_its_seats_usually_get() -> None:
    """The first seat is worth 10 to anybody and the second 0: strength gets 1 more than usual in each, the others 1 less."""
    games = [
        (seated("strength", 11), seated("institutions", -1)),
        (seated("institutions", 9), seated("strength", 1)),
    ]
    found = {one.who: one for one in findings("any", "even", 0.5, games, SCHOOLS)}
    assert set(found) == {"strength", "institutions"}
    assert (found["strength"].lead_total, found["institutions"].lead_total) == (1, -1)
    assert (found["strength"].wins_total, found["institutions"].wins_total) == (2, 0), "twice its share of the seats"
    assert found["strength"].lead_U == 0


def test_gains_are_told_by_how_many_seek_strength() -> None:
    games = [
        (seated("strength", 0, gain=1), seated("strength", 0, gain=3)),
        (seated("institutions", 0, gain=4), seated("strength", 0, gain=0)),
        (seated("institutions", 0, gain=2), seated("strength", 0, gain=0)),
    ]
    assert gain_by_strength(games) == {1: 1.5, 2: 2}


def test_leads_of_all_schools_cancel_out_and_a_single_bot_is_one_of_its_school() -> None:
    world = next(study(CJK, plays=12, weights=(0.5,)))
    games = played(Plan(with_weight(CJK, 0.5), dict.fromkeys(CJK.seats, world.world), 12))
    assert {one.bot for game in games for one in game} <= set(NAMES)
    for group in (world.schools, world.bots):
        seats = [sum(one.who in (seat.school, seat.bot) for game in games for seat in game) for one in group]
        assert sum(n * one.lead_total for n, one in zip(seats, group, strict=True)) == pytest.approx(0, abs=1e-9)
    assert world.gain_by_strength == gain_by_strength(games)


def test_the_weight_moves_what_relative_gain_counts_and_nothing_else() -> None:
    assert {with_weight(CJK, k).rivalry(0) for k in WEIGHTS} == set(WEIGHTS)
    assert with_weight(CJK, CJK.parameters.k).parameters == CJK.parameters
    with pytest.raises(ValueError, match="0 or more"):
        with_weight(CJK, -0.1)


def test_bias_is_written_as_a_picture_and_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bias", "cjk", "--plays", "6", "--jobs", "1", "--to", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert told.err.count("world\n") == len(WEIGHTS) * len(WORLDS)
    table = (tmp_path / "cjk.md").read_text("utf-8")
    assert table in told.out + "\n"
    assert all(name in table for name in (*SCHOOLS, "bargainer", "0 of strength"))
    picture = ElementTree.parse(tmp_path / "cjk.svg").getroot()
    lines = [one for one in picture if one.tag.endswith("polyline")]
    assert len(lines) == len(SCHOOLS) * (1 + 2 * len(WORLDS)), "a key, and a line a school in each plot"
    assert len({one.get("stroke-dasharray") for one in lines}) == len(SCHOOLS), "colour does not speak alone"


def test_calibration_is_the_mean_and_the_spread_of_its_games(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cjk.toml"
    assert main(["calibrate", "cjk", "--plays", "30", "--jobs", "2", "--to", str(file)]) == 0
    assert "2 of 2 parts" in capsys.readouterr().err
    told = tomllib.loads(file.read_text("utf-8"))
    assert (told["rules"], told["pool"], told["plays"]) == (NEWEST_RULES, "mixed", 30)
    plan = calibration.plan_of(CJK, plays=30)
    totals = [game.scores[1].total for game in simulate(plan)]
    found = told["par"]["JP"]["total"]
    assert found["mean"] == pytest.approx(fmean(totals), abs=1e-4)
    assert found["error"] == pytest.approx(found["sd"] / 30**0.5, abs=1e-4)
    assert main(["calibrate", "cjk", "--plays", "30", "--jobs", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["par"] == told["par"], "however the games are shared out"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["calibrate", "cjk", "--plays", "0"], "--plays: found 0"),
        (["calibrate", "cjk", "--rounds", "21"], "--rounds: found 21"),
        (["calibrate", "prisoners"], "allowed: security_dilemma"),
        (["bias", "nowhere"], "nowhere"),
        (["bias", "cjk", "--jobs", "0"], "--jobs: found 0"),
        (["calibrate", "cjk", "--plays", "2", "--jobs", "1", "--to", "/dev/null/x"], "cannot be written"),
    ],
)
def test_what_is_asked_wrongly_is_said(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
