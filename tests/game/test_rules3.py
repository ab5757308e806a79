"""Version 3 of the rules: no trust for nothing, no free ride, no goodwill in vain, and something for everybody to sell."""

from __future__ import annotations

from itertools import combinations

import pytest

from game.arena import play
from game.bots import get
from game.bots.prices import priced
from game.catalogue import INSTITUTIONS, MEASURES
from game.claims import Study
from game.measure_worths import best_worths, trials
from game.records import Duty, Package, Seat
from game.scenario import load, names
from game.simulation import Plan, mandates_met
from game.targets import MANDATE_PLAYS
from game.world import is_wide
from tests.game.region import Region, abstain, cap, does, package, pay

SIX, OLD_SIX = load("six2003", 3), load("six2003", 2)


def believed(*duties: Duty, rules: int = 3, truster: Seat = "JP", trusted: Seat = "CN") -> float:
    """Return the good evidence that a round of these promises brings one seat about another."""
    region = Region(load("six2003", rules))
    before = region.world
    region.round(package(*duties))
    i, j = region.scenario.index[truster], region.scenario.index[trusted]
    return region.world.a[i][j] / region.scenario.parameters.forget - before.a[i][j]


# One conduct is one sign.


@pytest.mark.parametrize("kind", ["cap", "abstain"])
def test_the_same_conduct_promised_to_several_earns_no_more_than_promised_to_all(kind: str) -> None:
    what, amount = (None, 0.0) if kind == "cap" else ("strike", None)

    def promise(to: Seat | None) -> Duty:
        return Duty(by="CN", kind=kind, what=what, amount=amount, to=to)  # type: ignore[arg-type]

    each = [promise(to) for to in ("KP", "JP", "KR", "RU", "US")]
    for truster in ("KP", "JP", "KR", "RU", "US"):
        assert believed(*each, truster=truster) == pytest.approx(believed(promise(None), truster=truster))
        assert believed(promise(None), *each, truster=truster) == pytest.approx(
            believed(promise(None), truster=truster)
        )
    if kind == "abstain":  # of a cap the ceiling of the round lets no more in, unless a window is open
        assert believed(*each, rules=2) > believed(promise(None), rules=2) + 0.01


def test_a_promise_to_one_is_still_worth_most_to_that_one() -> None:
    toward = Duty(by="CN", kind="cap", amount=0, to="JP")
    assert believed(toward, truster="JP") > believed(toward, truster="KR") > 0


def test_a_lower_cap_beside_a_higher_one_earns_once() -> None:
    assert believed(cap("CN", 0), cap("CN", 1)) == pytest.approx(believed(cap("CN", 0)))


def test_different_conduct_is_believed_apart() -> None:
    tight = Duty(by="CN", kind="cap", amount=0)
    assert believed(abstain("CN", "strike"), abstain("CN", "exercise")) > believed(abstain("CN", "strike"))
    assert believed(tight, abstain("CN", "strike")) >= believed(tight)


# What goes round in a ring is no gift.


def test_a_ring_of_payments_earns_nobody_any_trust() -> None:
    ring = (pay("CN", "JP", 0.2), pay("JP", "KR", 0.2), pay("KR", "CN", 0.2))
    for truster, trusted in (("JP", "CN"), ("KR", "JP"), ("CN", "KR"), ("US", "CN")):
        nothing = believed(truster=truster, trusted=trusted)
        assert believed(*ring, truster=truster, trusted=trusted) == pytest.approx(nothing)
        assert believed(*ring, rules=2, truster=truster, trusted=trusted) > nothing + 0.01


def test_a_payment_counts_for_what_is_left_of_it_after_what_comes_back() -> None:
    plain = believed(pay("CN", "JP", 0.4))
    half = believed(pay("CN", "JP", 0.4), pay("US", "CN", 0.2))
    assert half == pytest.approx(plain / 2)
    assert believed(pay("CN", "JP", 0.4), pay("US", "CN", 0.8)) == pytest.approx(0)


def test_money_itself_goes_where_it_is_promised_all_the_same() -> None:
    region = Region(SIX)
    plain = Region(SIX)
    region.round(package(pay("CN", "JP", 0.2), pay("JP", "KR", 0.3)))
    plain.round()
    change = {seat: region.world.E[i] - plain.world.E[i] for i, seat in enumerate(SIX.seats)}
    assert change == pytest.approx({"CN": -0.2, "KP": 0, "JP": -0.1, "KR": 0.3, "RU": 0, "US": 0}, abs=0.02)


# Who sits a forum through is less seen there, and sees less.


def test_an_idle_member_and_the_busy_ones_learn_less_of_each_other() -> None:
    busy = {seat: does("curb") for seat in SIX.seats if seat != "KR"}
    all_busy, one_idle, old = Region(SIX), Region(SIX), Region(OLD_SIX)
    all_busy.round(package(found="dialogue"), **busy, KR=does("propaganda>JP", "curb"))
    one_idle.round(package(found="dialogue"), **busy)
    old.round(package(found="dialogue"), **busy)
    i, j, k = SIX.index["KR"], SIX.index["CN"], SIX.index["RU"]
    assert one_idle.world.a[i][j] < old.world.a[i][j], "the idle one sees less of the others"
    assert one_idle.world.a[j][i] < old.world.a[j][i], "and they of him"
    assert one_idle.world.a[j][k] == pytest.approx(old.world.a[j][k]), "but not of each other"
    assert all_busy.world.a[i][j] > one_idle.world.a[i][j]


def test_where_nobody_does_anything_nobody_rides_on_anybody() -> None:
    idle, old = Region(load("cjk", 3)), Region(load("cjk", 2))
    idle.round(package(found="dialogue"))
    old.round(package(found="dialogue"))
    assert idle.world.a == old.world.a


# Goodwill above the ceiling of a round.


def test_good_above_the_ceiling_wears_old_grievances_down_up_to_a_second_ceiling() -> None:
    few = [cap("CN", 0)]
    more = [*few, abstain("CN", "programme")]
    heap = [*more, Duty(by="CN", kind="admit")]

    def grievances(duties: list[Duty], rules: int = 3) -> float:
        region = Region(load("six2003", rules))
        region.round(package(*duties))
        i, j = region.scenario.index["US"], region.scenario.index["CN"]
        return region.world.b[i][j]

    assert believed(*few, truster="US") == pytest.approx(believed(*more, truster="US")), "the ceiling binds"
    assert grievances(few, 2) == grievances(more, 2), "and under version 2 that was that"
    assert grievances(few) > grievances(more) > grievances(heap)
    assert grievances(heap) == pytest.approx(grievances([*heap, pay("CN", "US", 0.5)])), "so does the second"
    assert grievances(heap) > 0.95 * grievances(heap, 2), "it is little"


# Two alone, and everybody.


@pytest.mark.parametrize("name", names())
def test_two_seats_alone_never_move_the_ladder(name: str) -> None:
    """Exhaustive over pairs and institutions: whatever two found and keep, the region stays as if they had not."""
    scenario = load(name, 3)
    alone = Region(scenario)
    for _ in range(4):
        alone.round()
    for pair in combinations(scenario.seats, 2):
        if scenario.wide <= len(pair):
            continue  # in the starter two of three are a majority, and move it
        region = Region(scenario)
        for founded in _in_fours(scenario.seats, pair):
            region.round(*founded)
        for field in ("rung", "V", "capb", "stage_d", "stage_p"):
            assert getattr(region.world, field) == getattr(alone.world, field), (pair, field)


def _in_fours(seats: tuple[Seat, ...], pair: tuple[Seat, Seat]) -> list[list[Package]]:
    ids = [rule.id for rule in INSTITUTIONS.values() if set(rule.requires) <= set(seats) and rule.id != "un_resolution"]
    made = [package(cap(pair[0], 0), found=id_, members=pair) for id_ in ids]
    assert not any(is_wide(SIX, one) for one in made)
    return [made[k::4] for k in range(4)]


def test_the_ladder_of_the_starter_needs_two_of_three_and_of_the_others_four_of_six() -> None:
    assert {load(name, 3).wide for name in names()} == {2, 4}
    assert all(load(name, 3).wide * 2 > len(load(name, 3).seats) for name in names())


@pytest.mark.parametrize("name", names())
def test_six_promises_have_a_price_and_everybody_has_something_to_sell_and_to_buy(name: str) -> None:
    scenario = load(name, 3)
    found = priced(scenario, scenario.rounds)
    assert len(found.dear) >= 6
    assert all(price.duty.kind != "pay" for price in found.dear)
    for seat in scenario.seats:
        assert found.sells[seat].worth >= 1
        assert found.sells[seat].duty.by == seat != found.sells[seat].wanted_by
        assert found.buys[seat].worth >= 1
        assert found.buys[seat].wanted_by == seat != found.buys[seat].duty.by


@pytest.mark.slow
def test_nearly_every_measure_is_of_some_use_in_one_scenario_alone() -> None:
    """All are in all four: ``prove --rules 3 --only measures``."""
    best = best_worths(trials("six2003", 3, others=("tft", "hawk")))
    assert set(best) == set(MEASURES)
    assert {measure for measure, worth in best.items() if worth < 0} <= {"balance", "assure"}


def test_the_measures_that_hardly_pay_are_of_use_to_somebody() -> None:
    best = best_worths(trials("cjk", 3))
    assert all(
        best[measure] >= 0
        for measure in ("radar", "missile_defence", "exchange", "curb", "balance", "assure", "relocate")
    )


@pytest.mark.parametrize("name", names())
def test_every_mandate_is_met_in_some_games_and_missed_in_others(name: str) -> None:
    scenario = load(name, 3)
    shares = mandates_met(Plan(scenario, dict.fromkeys(scenario.seats, "motley"), MANDATE_PLAYS))
    assert all(0.15 <= share <= 0.80 for row in shares.values() for share in row), shares


# Bots.


def test_the_holdout_signs_only_what_brings_it_a_point() -> None:
    assert get("holdout").least == 1.0 > get("bargainer").least  # type: ignore[attr-defined]


def test_the_tester_arms_until_somebody_answers_and_then_holds_still() -> None:
    game = play(load("cjk", 3), {"CN": get("tester"), "JP": get("inst"), "KR": get("inst")}, 1, crises=False)
    assert [report.posture[0] for report in game.reports] == [2, 2, 2], "founders never answer"
    game = play(load("cjk", 3), {"CN": get("tester"), "JP": get("tft"), "KR": get("tft")}, 1, crises=False)
    postures = [report.posture[0] for report in game.reports]
    assert postures[0] == 2
    assert min(postures) < 2, "tit for tat answers in round 2, and the tester stops in round 3"


def test_no_bot_leads_the_bargainer_everywhere() -> None:
    study = Study(6, rules=3)
    lead = {
        (own, world, other): study.against(world, own, other)[0] - study.against(world, "bargainer", other)[0]
        for own, world, other in (
            ("holdout", "six2003", "bargainer"),
            ("holdout", "cjk", "tft"),
            ("tester", "cjk", "inst"),
            ("tester", "cjk", "tft"),
        )
    }
    assert [points > 0 for points in lead.values()] == [True, False, True, False]


def test_signing_everything_is_three_points_behind_the_best() -> None:
    study = Study(6, rules=3)
    for world in ("cjk", "six2003"):
        best = max(study.against(world, own, "tft")[0] for own in ("bargainer", "holdout"))
        assert best - study.against(world, "yes_only", "tft")[0] >= 3
