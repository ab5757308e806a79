"""Scenarios: what is shipped, where its figures come from, and what is said about a wrong file."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from game.__main__ import main
from game.catalogue import MEASURES
from game.figures import CONFIDENCES
from game.scenario import ScenarioError, load, names
from game.scenario_file import parse
from game.table import Table
from game.world import start

CJK = resources.files("game").joinpath("scenarios/cjk.toml").read_text("utf-8")

STARTS = {
    "six2003": ([55.7, 23.5, 57.5, 61.7, 63.0, 69.7], 43.1),
    "thaad2017": ([59.9, 25.5, 44.5, 51.2, 58.4, 57.8], 33.1),
    "camps2023": ([58.4, 28.6, 43.3, 49.5, 55.8, 54.7], 22.6),
    "cjk": ([62.6, 51.4, 59.8], 36.0),
}


def test_the_four_scenarios_are_shipped() -> None:
    assert set(names()) == set(STARTS)
    assert names()[0] == "cjk"


@pytest.mark.parametrize("name", STARTS)
def test_the_start_of_each_scenario(name: str) -> None:
    security, culture = STARTS[name]
    world = start(load(name))
    assert list(world.S) == pytest.approx(security, abs=0.051)
    assert pytest.approx(culture, abs=0.051) == world.C


@pytest.mark.parametrize("name", STARTS)
def test_every_figure_has_a_unit_a_source_and_a_confidence(name: str) -> None:
    s = load(name)
    paths = [figure.path for figure in s.figures()]
    assert len(paths) == len(set(paths))
    assert {f"states.{seat}.milex" for seat in s.seats} <= set(paths)
    for figure in s.figures():
        assert figure.unit
        assert figure.source
        assert figure.confidence in CONFIDENCES


@pytest.mark.parametrize("name", STARTS)
def test_every_seat_has_six_cards_open_to_it_and_a_briefing(name: str) -> None:
    s = load(name)
    for i, seat in enumerate(s.seats):
        assert len(s.cards[i]) == 6
        for id_ in s.cards[i]:
            assert MEASURES[id_].open_to == () or seat in MEASURES[id_].open_to
        words = len(s.briefings[seat].split())
        least, most = (60, 90) if name == "cjk" else (80, 150)  # the starter is read by who has never played
        assert least <= words <= most, f"{name} {seat}: {words} words"


@pytest.mark.parametrize("name", STARTS)
def test_templates_fit_the_scenario(name: str) -> None:
    s = load(name)
    for template in s.templates:
        package = template.package(s.seats[0])
        assert package.duties or package.institution
        assert len(package.duties) <= s.duties_per_package
        for duty in package.duties:
            assert {duty.by, duty.to} <= {*s.seats, None}


def wrong(old: str, new: str) -> str:
    """Return what is said about the starter with one place changed."""
    assert old in CJK
    with pytest.raises(ScenarioError) as error:
        parse(CJK.replace(old, new, 1), "cjk.toml")
    return str(error.value)


def test_an_unknown_key_is_named_with_the_known_ones() -> None:
    said = wrong("troops = 2.04", "trops = 2.04")
    assert said.startswith("cjk.toml: states.CN.trops: found unknown key 'trops'; allowed: gdp, milex,")


def test_a_missing_pair_is_named() -> None:
    said = wrong(CJK[CJK.index("[pairs.CN-KR]") : CJK.index("[pairs.JP-KR]")], "")
    assert said == "cjk.toml: pairs.CN-KR: found nothing; allowed: 'CN-KR' must be given"


def test_a_number_out_of_range_is_named_with_its_range() -> None:
    assert wrong("offence = 0.6", "offence = 1.6") == "cjk.toml: states.CN.offence: found 1.6; allowed: 0 to 1"
    assert "found nan" in wrong("offence = 0.6", "offence = nan")


def test_a_wrong_type_is_named() -> None:
    said = wrong("offence = 0.6", 'offence = "much"')
    assert said == "cjk.toml: states.CN.offence: found 'much'; allowed: a number from 0 to 1"
    assert "allowed: true or false" in wrong("mandates = true", 'mandates = "yes"')


def test_a_cell_needs_a_known_confidence() -> None:
    said = wrong('confidence = "confirmed"', 'confidence = "certain"')
    assert said.startswith("cjk.toml: states.CN.milex.confidence: found 'certain'; allowed: confirmed, ")


def test_other_mistakes_are_said_too() -> None:
    assert "allowed: China" not in wrong('seats = ["CN", "JP", "KR"]', 'seats = ["JP", "CN", "KR"]')
    assert "flashpoints.X" in wrong("[flashpoints.E]", "[flashpoints.X]")
    assert "states.CN.routine_target" in wrong('routine_target = "JP"', 'routine_target = "CN"')
    assert "templates[0]" in wrong('"east_sea",', '"east_see",')
    assert "not TOML" in wrong("[rounds]", "[rounds")
    assert "rounds.default" in wrong("default = 3", "default = 30")
    assert "windows.2" in wrong('2 = "exchange"', '2 = "rain"')
    assert "columns.gdp" in wrong("gdp = { unit", "gdq = { unit")


def test_a_parameter_may_be_overridden() -> None:
    own = parse(CJK + "\n[parameters]\ndet0 = 0.30\n", "cjk.toml")
    assert own.parameters.det0 == 0.30
    assert load("cjk").parameters.det0 == 0.22


def test_a_scenario_of_ones_own_is_read_from_its_path(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(CJK.replace('id = "cjk"', 'id = "mine"'), "utf-8")
    assert load(str(file)).id == "mine"


def test_the_command_line_says_what_is_wrong_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(CJK.replace("offence = 0.6", "offence = 1.6", 1), "utf-8")
    assert main(["show", str(file)]) == 2
    said = capsys.readouterr().err
    assert re.fullmatch(r"python -m game show: .*mine\.toml: states\.CN\.offence: found 1\.6; allowed: 0 to 1\n", said)
    assert main(["show", "atlantis"]) == 2
    assert ", ".join(sorted(names())) in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 50_000,
        "a = " + "9" * 5000,
        "a = 1\x00",
        "[[[",
        "a" + ".a" * 100_000 + " = 1",
        "[a" + ' . "\\""' * 100_000 + "]",
    ],
)
def test_what_no_reader_can_take_in_is_one_message_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "bomb.toml"
    file.write_text(text)
    assert main(["show", str(file)]) != 0
    said = capsys.readouterr().err
    assert "bomb.toml: not TOML" in said
    assert len(said.splitlines()) == 1


def test_list_and_show_print_for_people_and_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert "camps2023" in capsys.readouterr().out
    assert main(["show", "camps2023"]) == 0
    assert "SIPRI" in capsys.readouterr().out
    assert main(["show", "camps2023", "--json"]) == 0
    assert '"confidence": "confirmed"' in capsys.readouterr().out


MINUTES = {"starter15": 15, "class50": 50, "class75": 72.5, "seminar150": 150, "two_days": 670, "week": 7 * 1440}


@pytest.mark.parametrize("preset", MINUTES)
def test_a_preset_takes_the_minutes_it_is_named_for(preset: str) -> None:
    made_for = [s.presets[preset] for s in map(load, names()) if preset in s.presets]
    assert made_for
    assert {one.minutes() for one in made_for} == {MINUTES[preset]}


def test_fifty_minutes_are_offered_for_every_scenario() -> None:
    assert all("class50" in load(name).presets for name in names())


def test_a_hidden_length_never_goes_over_the_longest_game() -> None:
    lengths = {Table("cjk", seed=f"{n:032x}", rounds=20, hidden_length=True).play.rounds for n in range(8)}
    assert lengths == {20}
