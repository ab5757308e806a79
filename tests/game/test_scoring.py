"""Scores, mandates, and the draws behind them."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest

from game.draws import u01
from game.mandate_codes import MANDATE_CODES
from game.mandates import Course, mandate_code, mandate_number, met
from game.records import Duty, Package
from game.scenario import RULES, load, names
from game.scoring import aftermath, conclude, passive_gains, standing, true_standing
from tests.game.region import Region, abstain, does, package, pay

six = load("six2003")
starter = load("cjk")


def ended(region: Region) -> Course:
    return Course(region.worlds[0], region.world, tuple(region.reports))


def fulfilled(region: Region, code: str) -> bool:
    """Tell whether the mandate with this code was met in the region so far."""
    for seat in region.scenario.seats:
        for number in (1, 2, 3):
            if mandate_code(region.scenario, seat, number) == code:
                return met(region.scenario, seat, number, ended(region))
    raise AssertionError(f"no mandate {code} in {region.scenario.id}")


def test_a_draw_can_be_recomputed_by_anybody() -> None:
    digest = hashlib.sha256(b"42|2|det|CN").hexdigest()[:16]
    assert u01(42, 2, "det", "CN") == int(digest, 16) / 2**64


def test_every_scenario_gives_three_mandates_a_seat() -> None:
    every = [load(name, rules) for rules in RULES for name in names()]
    used = [mandate for scenario in every for mandates in scenario.mandate_texts.values() for mandate in mandates]
    assert {mandate.test for mandate in used} == set(MANDATE_CODES)
    # What a player reads is looked up by the code alone, so no two mandates may share one.
    assert len({mandate.code for mandate in used}) == len({(m.code, m.title, m.text, m.test, m.least) for m in used})


def test_each_mandate_is_drawn_about_as_often_as_any_other() -> None:
    drawn = Counter(mandate_number(seed, "CN") for seed in range(3_000))
    assert set(drawn) == {1, 2, 3}
    assert all(900 < count < 1100 for count in drawn.values())


def test_the_score_is_gain_half_of_relative_and_a_tenth_of_trust() -> None:
    region = Region(six, crises=True)
    for _ in range(3):
        region.round(package(abstain("KP", "test"), found="dialogue"), US=does("visit"))
    tallies = standing(six, region.world)
    gains = [tally.G for tally in tallies]
    for i, tally in enumerate(tallies):
        changes = [world.W[i] - region.worlds[0].W[i] for world in region.worlds[1:]]
        gain, relative, utility = tally.G, tally.R, tally.U
        assert gain == pytest.approx(sum(changes) / 3)
        rivals = sum(weight * gain for weight, gain in zip(six.omega[i], gains, strict=True))
        assert relative == pytest.approx(gain - rivals)
        assert tally.total == pytest.approx(utility + tally.TR / 10)
        assert utility == pytest.approx(gain + relative / 2)
    assert sum(six.omega[0]) == pytest.approx(1)
    assert true_standing(six, region.world) == tallies, "nobody hid anything"


def test_the_end_plays_the_aftermath_and_counts() -> None:
    region = Region(starter, seed=7)
    for _ in range(3):
        region.round(JP=does("missile_defence", posture=1))
    world, outcome = conclude(starter, region.world, region.reports, seed=7, crises=False, windows=False)
    assert world.round == 6
    assert (world, outcome.aftermath) == aftermath(starter, region.world, 7, 3, crises=False, windows=False)
    assert outcome.passive == passive_gains(starter, 7, 6, crises=False, windows=False)
    for score, tally, result in zip(outcome.scores, true_standing(starter, world), outcome.mandates, strict=True):
        assert (score.G, score.R, score.U, score.TR) == (tally.G, tally.R, tally.U, tally.TR)
        assert score.mandate == (2.0 if result.met else 0.0)
        assert score.total == pytest.approx(tally.total + score.mandate)
        assert score.without_trust == score.U + score.mandate
        assert result.number == mandate_number(7, score.seat)
    assert outcome.region["sum_G"] == pytest.approx(sum(score.G for score in outcome.scores))
    assert outcome.region["C"] == region.world.C
    assert {"nash", "rung", "arms", "tau", "tau_E"} <= set(outcome.region)


def test_the_passive_game_has_no_joint_gain_over_itself() -> None:
    region = Region(starter)
    region.round()
    _, outcome = conclude(starter, region.world, region.reports, seed=0, crises=False, windows=False)
    assert outcome.region["nash"] == 0
    _, outcome = conclude(starter, region.world, region.reports, seed=0, compare=False)
    assert "nash" not in outcome.region


def test_mandates_about_measures() -> None:
    region = Region(six)
    region.round()
    assert fulfilled(region, "no_new_shield")
    assert not fulfilled(region, "shield")
    assert fulfilled(region, "normal_country")
    assert fulfilled(region, "keep_ready")
    region.round(package(abstain("US", "exercise"), abstain("CN", "patrol", to="JP")), KR=does("missile_defence"))
    assert not fulfilled(region, "no_new_shield")
    assert fulfilled(region, "shield")
    assert not fulfilled(region, "keep_ready")
    assert fulfilled(region, "less_encirclement")
    assert fulfilled(region, "quiet_sea")
    assert not fulfilled(region, "tested_deterrent")
    region.round()
    assert fulfilled(region, "tested_deterrent"), "three routine tests"


def test_mandates_about_bargains() -> None:
    region = Region(six)
    region.round(package(abstain("KP", "test"), abstain("US", "exercise", 1)))
    assert fulfilled(region, "face_to_face")
    assert fulfilled(region, "denuclearise_first")
    assert not fulfilled(region, "inter_korean_deal")
    assert not fulfilled(region, "bread")
    region.round(package(pay("KR", "KP", 0.1), Duty(by="KP", kind="admit")))
    assert fulfilled(region, "inter_korean_deal")
    assert fulfilled(region, "bread")
    region.round(package(abstain("RU", "exercise"), pay("JP", "RU", 0.1)))
    assert fulfilled(region, "eastern_partner")
    assert not fulfilled(region, "normal_country"), "Japan pays"


def test_mandates_of_the_starter() -> None:
    region = Region(starter)
    region.round(package(found="trade"))
    assert fulfilled(region, "trade_pact")
    assert fulfilled(region, "own_programme")
    assert fulfilled(region, "no_shield_no_ties")
    assert not fulfilled(region, "honest_host")
    region.round(package(abstain("JP", "programme"), found="dialogue"), JP=does("tighten"))
    region.round(package(abstain("CN", "patrol"), found="crisis"))
    assert not fulfilled(region, "own_programme")
    assert not fulfilled(region, "no_shield_no_ties")
    assert fulfilled(region, "no_patrols")
    assert fulfilled(region, "honest_host")
    assert fulfilled(region, "chinese_market")


@pytest.mark.parametrize("name", names())
def test_every_mandate_can_be_asked_at_any_time(name: str) -> None:
    region = Region(load(name))
    for _ in range(2):
        region.round(Package("CN"))
        for seat in region.scenario.seats:
            for number in (1, 2, 3):
                met(region.scenario, seat, number, ended(region))
