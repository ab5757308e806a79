"""Par and the price of rivalry: shipped figures that are still what the rules make them, and told at the end alone."""

from __future__ import annotations

import msgspec
import pytest

from game import observation, par
from game.scenario import NEWEST_RULES, RULES, load, names
from tests.game.bot_room import bot_game
from tests.game.cast import people_at

ROWS = [(name, rules, row) for rules in RULES for name in names() for row in par.shipped(rules).get(name, ())]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("name", names())
def test_every_length_that_a_scenario_allows_has_its_par(name: str, rules: int) -> None:
    scenario = load(name, rules)
    for rounds in par.lengths(scenario):
        for windows in (True, False):
            for crises in (True, False):
                row = par.par_of(scenario, rounds, windows=windows, crises=crises)
                assert row is not None
                assert len(row.G) == len(scenario.seats)


@pytest.mark.parametrize(("name", "rules", "row"), ROWS)
def test_the_first_game_of_each_row_still_ends_as_it_did(name: str, rules: int, row: par.Par) -> None:
    again = par.reckon(load(name, rules), row.rounds, windows=row.windows, crises=row.crises, plays=1)
    assert again.first == row.first, (
        f"the rules have moved on: python -m game par > game/scenarios/{par.file_of(rules)}"
    )


def test_par_is_the_mean_of_two_hundred_games() -> None:
    assert par.reckon(load("cjk"), 3) == par.par_of(load("cjk"), 3)


def test_a_version_without_a_file_shows_no_par_rather_than_that_of_other_rules() -> None:
    assert par.shipped(99) == {}
    assert par.par_of(msgspec.structs.replace(load("cjk"), rules=99), 3) is None
    assert par.par_of(load("cjk", 3), 3) != par.par_of(load("cjk", 2), 3)


def test_no_par_is_known_of_an_unusual_game() -> None:
    cjk = load("cjk")
    assert par.par_of(cjk, 20) is None
    assert par.par_of(cjk, 3, aftermath=0) is None
    assert par.par_of(msgspec.structs.replace(cjk, id="own"), 3) is None
    assert par.par_of(msgspec.structs.replace(cjk, sources=cjk.sources[1:]), 3) is None


def test_the_price_of_rivalry_is_what_all_usually_gain_less_what_they_gained() -> None:
    room = bot_game("cjk", 11)
    outcome = room.observe("observer").outcome
    assert outcome is not None
    assert outcome.price == pytest.approx(sum(outcome.par.values()) - sum(score.G for score in outcome.scores))
    assert set(outcome.par) == {"CN", "JP", "KR"}


def test_before_the_end_nobody_is_told_a_price() -> None:
    room = people_at(rounds=2)
    room.order()
    room.until("talk")
    for viewer in ("CN", observation.OBSERVER, observation.FACILITATOR):
        assert b'"price"' not in msgspec.json.encode(room.observe(viewer))


def test_a_game_ended_early_is_held_against_games_of_its_own_length() -> None:
    room = bot_game("cjk", 11, rounds=2)
    outcome = room.observe("observer").outcome
    two = par.par_of(load("cjk", NEWEST_RULES), 2)
    assert outcome is not None
    assert two is not None
    assert tuple(outcome.par.values()) == two.G
