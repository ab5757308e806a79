"""A room keeps the rules it was made under: versions are chosen, written down, and replay for ever."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from game import par
from game.audit import audit
from game.events import decoder, encoder
from game.play import Settings, begin
from game.scenario import FIRST_RULES, NEWEST_RULES, RULES, Parameters, ScenarioError, load, names
from game.scenario_file import parse
from game.scenario_folder import written_over
from game.script import ScriptError, play_script, read_script
from game.table import Table
from tests.game.cast import SEED

LOGS = Path(__file__).parent / "logs"
OLD = [("cjk_people", "cjk", SEED), ("thaad2017_bots", "thaad2017", f"{5:032x}")]


@pytest.mark.parametrize(("name", "scenario", "seed"), OLD)
def test_a_log_of_version_2_is_read_and_replayed_to_the_same_bytes(name: str, scenario: str, seed: str) -> None:
    """The logs were written by the program of before versions could be chosen."""
    lines = (LOGS / f"{name}_rules2.jsonl").read_bytes().splitlines()
    settings = msgspec.json.decode(b'{"scenario":"%s","rounds":2}' % scenario.encode(), type=Settings)
    opening = begin(load(scenario, settings.version), settings, seed)
    events = [decoder.decode(line) for line in lines]
    found = audit(opening, events)
    assert found.problems == ()
    assert (found.rounds, found.is_scored) == (2, True)
    assert [encoder.encode(event) for event in events] == lines


def test_a_record_without_a_version_is_of_the_first_and_a_new_table_of_the_newest() -> None:
    assert msgspec.json.decode(b'{"scenario":"cjk"}', type=Settings).version == FIRST_RULES
    assert Table("cjk", seed=SEED).play.settings.version == NEWEST_RULES
    assert Table("cjk", seed=SEED).play.scenario.rules == NEWEST_RULES
    assert Table("cjk", seed=SEED, rules=2).play.scenario.sources == load("cjk", 2).sources


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(ScenarioError, match="rules: found version 9; allowed: 2, 3"):
        load("cjk", 9)
    with pytest.raises(ScenarioError, match="found version 9"):
        Table("cjk", seed=SEED, rules=9)
    script = read_script(b'{"scenario":"cjk","rounds":[],"rules":9}')
    with pytest.raises(ScriptError, match="found version 9"):
        play_script(script)


def test_a_room_is_never_opened_under_other_rules_than_its_own() -> None:
    with pytest.raises(ValueError, match="found version 3; allowed: 2"):
        begin(load("cjk", 3), Settings("cjk"), SEED)


def test_under_version_2_nothing_of_version_3_happens() -> None:
    later = Parameters.__struct_fields__[-len(Parameters.__struct_defaults__) :]
    for name in names():
        two, three = load(name, 2), load(name, 3)
        assert all(getattr(two.parameters, field) == 0 for field in later)
        assert all(getattr(three.parameters, field) > 0 for field in later)
        assert {figure.path for figure in three.sources} >= {f"parameters.{field}" for field in later}
        assert all(routine is None or routine.times == 1 for routine in two.routine)
        assert (two.M0, two.T0, two.windows) == (three.M0, three.T0, three.windows)


def test_a_scenario_of_one_s_own_gets_the_parameters_of_a_version_but_not_its_changes_of_others() -> None:
    text = Path("game/scenarios/cjk.toml").read_text("utf-8")
    own = parse(text, "mine.toml", 3)
    assert own.parameters.mend == load("cjk", 3).parameters.mend
    assert own.parameters.det0 == load("cjk", 2).parameters.det0
    assert own.mandate_texts == load("cjk", 2).mandate_texts


def test_a_script_names_its_version_or_is_of_the_first() -> None:
    plain = play_script(read_script(b'{"scenario":"six2003","rounds":[{}]}'))
    assert plain.scenario.rules == FIRST_RULES
    newest = play_script(read_script(b'{"scenario":"six2003","rounds":[{}],"rules":3}'))
    assert newest.scenario.rules == 3
    assert newest.worlds[1].W != plain.worlds[1].W


def test_what_is_written_over_a_file_changes_what_it_names_and_no_more() -> None:
    raw = {"a": {"b": 1, "c": 2}, "list": ["x", "y"], "d": 3}
    over = {"a": {"c": 5}, "list": {"2": "z"}, "e": 6}
    assert written_over(raw, over) == {"a": {"b": 1, "c": 5}, "list": ["x", "z"], "d": 3, "e": 6}
    assert raw == {"a": {"b": 1, "c": 2}, "list": ["x", "y"], "d": 3}


def test_every_version_ships_its_par() -> None:
    assert all(set(par.shipped(rules)) == set(names()) for rules in RULES)
