"""What a room may choose beside its scenario: a first round without a clock, one k for each regime, Zhang's gate."""

from __future__ import annotations

import pytest

from game.observation import observe
from game.perception import camp_index
from game.play import Settings, begin
from game.records import InstitutionClause, Order, Package
from game.refusals import Refusal, Refused
from game.review import review
from game.rounds import begin_phase
from game.scenario import load
from game.scoring import standing
from game.tabling import check_package, gate
from game.world import start
from tests.game.cast import people_at

NOW = 1000.0


@pytest.mark.parametrize(("phase", "round_", "seconds"), [
    ("talk", 1, None), ("vote", 1, 25), ("orders", 1, None), ("reveal", 1, 35), ("briefing", 0, 90),
    ("talk", 2, 120), ("orders", 2, 60),
])  # fmt: skip
def test_a_first_round_without_a_clock_has_one_for_the_vote_and_the_reveal(
    phase: str, round_: int, seconds: int | None
) -> None:
    play = begin(load("cjk"), Settings(scenario="cjk", preset="starter15", first_untimed=True), "seed")
    begun = begin_phase(play, phase, round_, NOW)  # type: ignore[arg-type]
    assert begun.deadline_at == (None if seconds is None else NOW + seconds)


def test_without_the_option_the_first_round_runs_as_ever() -> None:
    play = begin(load("cjk"), Settings(scenario="cjk", preset="starter15"), "seed")
    assert begin_phase(play, "talk", 1, NOW).deadline_at == NOW + 120


def test_the_page_is_told_of_an_untimed_first_round_only_where_a_clock_runs_later() -> None:
    timed = people_at(preset="starter15", first_untimed=True).play
    assert observe(timed, "KR").room.first_untimed
    assert not observe(people_at(first_untimed=True).play, "KR").room.first_untimed


def test_an_untimed_phase_ends_when_all_are_ready() -> None:
    room = people_at(preset="starter15", first_untimed=True)
    room.until("talk")
    assert room.play.deadline_at is None
    room.all_ready()
    assert room.play.phase == "orders"
    assert room.play.deadline_at is None


def test_relative_gain_weighs_the_same_for_all_unless_the_room_says_otherwise() -> None:
    scenario = load("cjk")
    alike = begin(scenario, Settings(scenario="cjk"), "seed")
    own = begin(scenario, Settings(scenario="cjk", regime_k=True), "seed")
    assert observe(alike, "KR").room.rivalry == (0.5, 0.5, 0.5)
    assert observe(own, "KR").room.rivalry == (0.7, 0.5, 0.5)


def test_with_a_k_for_each_regime_utility_is_gain_plus_its_own_k_times_relative_gain() -> None:
    room = people_at(rounds=1, regime_k=True)
    room.order(CN=Order(posture=1))
    scenario = room.play.scenario
    scores = standing(scenario, room.play.world)
    assert any(abs(score.R) > 0.01 for score in scores)
    for i, score in enumerate(scores):
        utility = score.G + scenario.k[i] * score.R
        assert utility == pytest.approx(score.U)


def test_a_review_names_the_k_of_each_state_where_they_differ() -> None:
    room = people_at(rounds=1, regime_k=True)
    room.until("reveal")
    room.all_ready()
    told = review(room.play)
    assert told is not None
    assert told.weights.own == {"CN": 0.7, "JP": 0.5, "KR": 0.5}


def test_zhangs_gate_can_be_left_out_of_a_room() -> None:
    guarded = begin(load("camps2023"), Settings(scenario="camps2023"), "seed")
    free = begin(load("camps2023"), Settings(scenario="camps2023", zhang_sequence=False), "seed")
    assert observe(guarded, "US").room.zhang
    assert not observe(free, "US").room.zhang
    assert not observe(begin(load("cjk"), Settings(scenario="cjk"), "seed"), "KR").room.zhang, "no strait, no gate"


def test_the_camp_index_is_trust_inside_alliances_less_trust_across() -> None:
    scenario = load("camps2023")
    world = start(scenario)
    index = camp_index(scenario, world)
    assert index is not None
    assert index == pytest.approx(0.513, abs=0.001)
    assert observe(begin(scenario, Settings(scenario="camps2023"), "seed"), "US").world.camps == index


def test_without_alliances_there_are_no_camps() -> None:
    scenario = load("cjk")
    assert camp_index(scenario, start(scenario)) is None


def test_a_card_says_who_will_read_it_and_how() -> None:
    may = observe(people_at().play, "KR").may
    assert may is not None
    cards = {one.id: one for one in may.measures}
    assert cards["missile_defence"].evidence < 0
    assert cards["missile_defence"].readers == ("CN", "JP")
    assert cards["exchange"].readers == ()
    assert cards["exchange"].evidence > 0
    assert sum(one.card for one in may.measures) == 6


def test_the_last_order_comes_back_to_its_own_seat() -> None:
    room = people_at(rounds=2)
    room.order(KR=Order(posture=1))
    own, other = (observe(room.play, seat).own for seat in ("KR", "JP"))
    assert own is not None
    assert other is not None
    assert own.last_order == Order(posture=1)
    assert other.last_order == Order()


def test_a_closed_gate_is_refused_with_its_name() -> None:
    scenario = load("camps2023")
    shut = Package(sponsor="US", institution=InstitutionClause("guarantee"))
    assert gate(scenario, start(scenario), "guarantee") is not None
    with pytest.raises(Refused) as refused:
        check_package(scenario, start(scenario), shut)
    assert refused.value.code == Refusal.INSTITUTION_GATE
