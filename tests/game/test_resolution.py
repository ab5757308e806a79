"""What a round does: the laws of the dynamics, and the rules of promises and institutions."""

from __future__ import annotations

from typing import Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from game.draft import Draft
from game.perception import threats
from game.records import Duty, Order
from game.resolution import resolve
from game.scenario import NEWEST_RULES, Scenario, load
from game.scenario_file import parse
from game.scoring import standing, true_standing
from game.trust import spread_good
from game.world import Report, World, shown, start
from tests.game.region import SEEDS_FOUND, Region, abstain, cap, does, package, pay
from tests.game.test_scenario import CJK

starter = load("cjk")
camps = load("camps2023")
Posture = Literal[-1, 0, 1, 2]


def without_luck(name: str = "cjk", seed: int = 0) -> Region:
    return Region(load(name), seed=seed)


# the laws


@pytest.mark.parametrize("name", ["cjk", "camps2023"])
def test_a_round_is_the_same_however_often_it_is_resolved_and_through_json(name: str) -> None:
    s = load(name)
    world, orders = start(s), {"CN": does("visit", "patrol>JP", posture=1), "JP": does("missile_defence")}
    for _ in range(4):
        bargain = package(cap("CN", 0), abstain("JP", "exercise", 1), found="dialogue")
        after, report = resolve(s, world, [bargain], orders, seed="a" * 32)
        stored = msgspec.json.decode(msgspec.json.encode(world), type=World)
        assert stored == world
        assert resolve(s, stored, [bargain], orders, seed="a" * 32) == (after, report)
        assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report
        world = after


@given(
    st.integers(0, 10**6),
    st.lists(st.sampled_from([0, 1, 2]), min_size=4, max_size=4),
    st.lists(st.sampled_from([0, 1, 2]), min_size=4, max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_a_covert_excess_not_found_changes_nothing_that_is_shown(
    seed: int, one: list[Posture], other: list[Posture]
) -> None:
    regions = []
    for postures in (one, other):
        region = Region(camps, seed=seed, crises=True, windows=True)
        region.round(package(cap("CN", 0), cap("KP", 0), Duty(by="US", kind="admit"), found="transparency"))
        for posture in postures:
            region.round(CN=does("radar", posture=posture, emphasis=0.8), JP=does("exchange>CN"))
        if any(report.found for report in region.reports):
            return
        regions.append(region)
    first, second = regions
    assert [shown(world) for world in first.worlds] == [shown(world) for world in second.worlds]
    assert first.reports == second.reports
    assert standing(camps, first.world) == standing(camps, second.world)
    assert (sum(one) == sum(other)) or first.world.H != second.world.H


def test_covert_arms_are_found_as_often_as_the_formula_says() -> None:
    world, _ = resolve(starter, start(starter), [package(cap("CN", 0))], {}, seed=0, crises=False)
    cheating = {"CN": Order(posture=1)}
    found = 0
    for seed in range(10_000):
        _, report = resolve(starter, world, [], cheating, seed=seed, crises=False)
        found += bool(report.found)
        chance = report.chance[0]
    assert chance == pytest.approx(0.22 + 0.20 * 0.60)
    assert found / 10_000 == pytest.approx(chance, abs=0.015)


def test_transparency_lowers_the_threat_one_is_seen_as() -> None:
    world = start(starter)
    open_ = replace(world, transparent=(True, False, False))
    for i in (1, 2):
        assert threats(starter, open_)[i][0] < threats(starter, world)[i][0]


def test_defence_alone_harms_nobody_who_does_not_misread_it() -> None:
    clear = replace(starter, parameters=replace(starter.parameters, phi0=0.0))
    world = start(clear)
    stronger = replace(world, D=(world.D[0] + 50, *world.D[1:]))
    assert threats(clear, stronger) == threats(clear, world)
    assert threats(starter, stronger)[1][0] > threats(starter, world)[1][0], "misread, it does"


def test_swapping_two_seats_with_all_their_data_swaps_their_scores() -> None:
    swapped = _swapped()
    one, other = Region(starter), Region(swapped)
    for _ in range(5):
        one.round(package(abstain("JP", "programme"), cap("CN", 0)), JP=does("visit", posture=1), KR=does("curb"))
        other.round(package(abstain("KR", "programme"), cap("CN", 0)), KR=does("visit", posture=1), JP=does("curb"))
    ours = {tally.seat: tally.total for tally in true_standing(starter, one.world)}
    theirs = {tally.seat: tally.total for tally in true_standing(swapped, other.world)}
    assert theirs == pytest.approx({"CN": ours["CN"], "JP": ours["KR"], "KR": ours["JP"]}, abs=0.02)


def _swapped() -> Scenario:
    jp, kr = CJK.index("[states.JP]"), CJK.index("[states.KR]")
    pairs, cn_kr, jp_kr = CJK.index("[pairs.CN-JP]"), CJK.index("[pairs.CN-KR]"), CJK.index("[pairs.JP-KR]")
    text = (
        CJK[:jp].replace('routine_target = "JP"', 'routine_target = "KR"')
        + CJK[kr:pairs].replace("[states.KR]", "[states.JP]")
        + CJK[jp:kr].replace("[states.JP]", "[states.KR]")
        + CJK[pairs:cn_kr].replace("CN-JP", "CN-KR")
        + CJK[cn_kr:jp_kr].replace("CN-KR", "CN-JP")
        + CJK[jp_kr:]
    )
    return parse(text, "swapped.toml")


def test_two_friends_who_sign_everything_move_nothing_in_the_region() -> None:
    alone, friends = Region(camps, windows=True), Region(camps, windows=True)
    for round_ in range(7):
        signed = ("dialogue", "crisis", "aid", "guarantee", "armscontrol", "denuke", "peace")[round_]
        alone.round()
        friends.round(package(found=signed, members=("CN", "KP")))
    for name in ("rung", "V", "capb", "stage_d", "stage_p"):
        assert getattr(friends.world, name) == getattr(alone.world, name)


def test_a_promised_act_is_the_act_itself_and_one_promise_kept_more() -> None:
    ordered, promised = without_luck(), without_luck()
    ordered.round(KR=does("exchange>CN"))
    promised.round(package(Duty(by="KR", kind="do", what="exchange", to="CN")))
    assert [deed.source for deed in promised.report.deeds if deed.measure == "exchange"] == ["duty"]
    for name in ("A", "D", "N", "tA", "res"):
        assert getattr(ordered.world, name) == getattr(promised.world, name), name
    more = [x - y for x, y in zip(promised.world.a[0], ordered.world.a[0], strict=True)]
    nationalism = 60 + 2 - 4  # patrols, then the exchange
    f = 0.5 * (1 - nationalism / 200)
    assert more[2] == pytest.approx(min(0.2 * f, 0.70 * f - 0.6 * f) * 0.97), "up to the ceiling of the round"


# promises


def test_a_suspended_duty_neither_pays_nor_harms() -> None:
    plain, waiting = without_luck(), without_luck()
    plain.round(package(abstain("CN", "patrol")))
    waiting.round(package(abstain("CN", "patrol"), pay("JP", "CN", 1.0, 1)))
    assert waiting.report.suspended == ("1.1.2",)
    for name in ("E", "a", "b"):
        assert getattr(plain.world, name) == getattr(waiting.world, name)
    waiting.round()
    assert "1.1.2" in waiting.report.kept, "the unconditional side goes first"


def test_a_condition_broken_suspends_and_its_end_ends_the_promise() -> None:
    region = without_luck()
    region.round(package(abstain("CN", "patrol", to="JP"), pay("JP", "CN", 0.3, 1)))
    region.round(CN=does("patrol>JP"))
    assert region.report.detected == (("CN", "1.1.1"),)
    assert region.report.lapsed == ("1.1.1", "1.1.2")


def test_a_duty_runs_out_after_its_rounds_suspended_ones_included() -> None:
    region = without_luck()
    region.round(package(abstain("CN", "patrol", rounds=2), pay("JP", "CN", 0.2, 1, rounds=1)))
    assert region.report.expired == ("1.1.2",)
    region.round()
    assert region.report.expired == ("1.1.1",)
    assert region.world.duties == ()


def test_once_its_condition_has_run_out_a_duty_stays_suspended() -> None:
    region = without_luck()
    region.round(package(abstain("CN", "patrol", rounds=1), pay("JP", "CN", 0.2, 1)))
    for _ in range(2):
        region.round()
        assert region.report.suspended == ("1.1.2",)


def test_an_abstention_toward_one_seat_leaves_the_others() -> None:
    region = without_luck()
    region.round(package(abstain("CN", "sanction", to="JP")), CN=does("sanction>KR"))
    assert region.report.detected == ()
    region.round(CN=does("sanction>JP"))
    assert region.report.detected == (("CN", "1.1.1"),)


def test_a_cheap_promise_builds_less_trust_than_a_costly_one() -> None:
    cheap, costly = without_luck(), without_luck()
    cheap.round(package(abstain("KR", "missile_defence")))
    costly.round(package(abstain("KR", "exercise")))
    assert cheap.world.duties[0].weight == 0.15
    assert costly.world.duties[0].weight == 0.6
    once = without_luck()
    once.round(KR=does("missile_defence"))
    once.round(package(abstain("KR", "missile_defence")))
    assert once.world.duties[0].weight == 0.6, "what one has done once is worth promising not to do again"


def test_a_stopped_cap_still_holds_posture_down_and_costs_single() -> None:
    region = without_luck(seed=SEEDS_FOUND)
    region.round(package(cap("CN", 0)))
    before = region.world.b[1][0]
    region.round(CN=Order(posture=2, stop=("1.1.1",)))
    assert region.report.posture[0] == 0
    assert region.report.found, "the excess is found all the same"
    assert region.report.lapsed == ("1.1.1",)
    patrols = 0.6 * 0.35 * 2 * 0.97
    assert region.world.b[1][0] - before * 0.97 == pytest.approx(0.7 * 2 * 0.97 + patrols)


def test_a_stopped_abstention_still_rests_the_routine_that_round() -> None:
    region = without_luck()
    region.round(package(abstain("JP", "exercise"), abstain("JP", "programme")))
    held = region.world
    region.round(JP=Order(stop=("1.1.1", "1.1.2")))
    assert not [deed for deed in region.report.deeds if deed.seat == "JP"]
    assert region.report.lapsed == ("1.1.1", "1.1.2")
    growth = region.world.A[1] - held.A[1]
    region.round()
    assert region.world.A[1] - region.worlds[-2].A[1] > growth, "the programme goes on afterwards"


def test_leaving_a_promise_openly_costs_less_than_breaking_it() -> None:
    left, broken = without_luck(), without_luck()
    for region, order in ((left, Order(quit=("1.1.1",))), (broken, Order(stop=("1.1.1",)))):
        region.round(package(abstain("KR", "exercise")))
        region.round(KR=order)
        assert region.world.duties == ()
    assert left.trust("CN", "KR") > broken.trust("CN", "KR")
    assert left.report.detected == ()
    assert broken.report.detected == (("KR", "1.1.1"),)


def test_what_is_owed_to_a_cheat_lapses() -> None:
    region = without_luck(seed=SEEDS_FOUND)
    region.round(package(cap("CN", 0), pay("JP", "CN", 0.2)), package(Duty(by="KR", kind="open", to="CN")))
    region.round(CN=Order(posture=2))
    assert region.report.lapsed == ("1.1.1", "1.1.2", "1.2.1")


def test_money_reaches_north_korea_half_as_much_again() -> None:
    poor, plain = Region(camps), Region(camps)
    poor.round(package(pay("KR", "KP", 0.4)))
    plain.round()
    gain = [x - y for x, y in zip(poor.world.E, plain.world.E, strict=True)]
    assert gain == pytest.approx([0, 0.6, 0, -0.4, 0, 0], abs=1e-3)


# institutions


def test_the_ladder_climbs_by_wide_institutions_kept_and_falls_without_them() -> None:
    region = without_luck()
    region.round(package(found="dialogue"))
    assert region.world.rung == 1
    region.round(package(found="crisis"))
    assert region.world.rung == 2
    region.round(CN=Order(quit=("dialogue",)), JP=Order(quit=("dialogue",)))
    assert [body.id for body in region.world.institutions] == ["crisis"]
    assert region.world.rung == 2, "the present step stands"
    region.round(CN=Order(quit=("crisis",)), JP=Order(quit=("crisis",)))
    assert region.world.rung == 0


def test_an_institution_broken_by_two_at_once_lapses() -> None:
    region = Region(camps)
    region.round(package(found="guarantee"))
    region.round(RU=does("exercise"))
    assert region.report.lapsed == ()
    assert region.world.institutions[0].ok == 1, "not kept by all"
    region.round(RU=does("exercise"), US=does("exercise"))
    assert set(region.report.detected) == {("RU", "guarantee"), ("US", "guarantee")}
    assert region.report.lapsed == ("guarantee",)


def test_founding_again_keeps_the_place_and_begins_anew() -> None:
    region = without_luck()
    region.round(package(found="dialogue"), package(found="crisis"))
    region.round(package(found="dialogue", members=("CN", "JP")))
    assert [(body.id, body.members, body.ok) for body in region.world.institutions] == [
        ("dialogue", ("CN", "JP"), 1),
        ("crisis", ("CN", "JP", "KR"), 2),
    ]


def test_a_forum_lives_by_wide_meetings() -> None:
    region = without_luck()
    vitality = region.round().V
    assert vitality == pytest.approx(0.30 * 0.80)
    region.round(package(found="secretariat", members=("CN",)))
    assert region.report.lapsed == ("secretariat",), "one member is no institution"
    vitality = region.round(package(abstain("CN", "patrol"), abstain("JP", "exercise"))).V
    assert vitality == pytest.approx(0.30 * 0.80**2 + 0.12), "two obligors of three are wide"


def test_a_seized_window_raises_the_ceiling_of_trust_for_good() -> None:
    region = Region(starter, windows=True)
    region.round(package(found="dialogue"))
    assert region.world.capb == 0, "no window was open"
    region.round(package(cap("CN", 0), cap("JP", 0)))
    assert region.report.window == "exchange"
    assert region.world.capb == pytest.approx(0.15)


def test_trade_among_members_cannot_drift_down() -> None:
    free, pact = without_luck(), without_luck()
    free.round()
    pact.round(package(found="trade"))
    assert free.world.X[0][1] < 1
    assert pact.world.X[0][1] == pytest.approx(1.02)


def test_low_trade_lowers_its_own_ceiling() -> None:
    region = without_luck()
    for _ in range(3):
        region.round(JP=does("relocate>CN", "sanction>CN"))
    assert region.world.low[0][1] >= 2
    assert region.world.Xc[0][1] == pytest.approx(1.5 - 3 * 0.05 - 2 * 0.05), "by three moves and two bad rounds"
    assert region.world.half[1][0] == 0.5
    assert region.world.half[0][1] == 1


def test_the_recession_spares_the_members_of_a_trade_pact() -> None:
    inside, outside = Region(camps), Region(camps)
    for round_ in range(1, 5):
        inside.round(*([package(found="trade")] if round_ == 1 else []))
        outside.round()
    drop_in = inside.worlds[4].E[5] - inside.worlds[3].E[5]
    drop_member = inside.worlds[4].E[0] - inside.worlds[3].E[0]
    assert drop_in < -0.5
    assert drop_member > drop_in


def test_a_wide_and_kept_denuclearisation_goes_stage_by_stage_with_the_peace_track() -> None:
    region = Region(camps)
    region.round(package(found="denuke"))
    assert region.world.stage_d == 1
    nuc = camps.nuc[1]
    other = Region(camps)
    other.round(package(abstain("KP", "test"), cap("KP", 0)))
    assert region.world.A[1] == pytest.approx(other.world.A[1] - 0.2 * nuc)
    region.round()
    assert region.world.stage_d == 1, "not ahead of the peace track"
    region.round(package(found="peace"))
    assert (region.world.stage_d, region.world.stage_p) == (1, 1)
    region.round()
    assert (region.world.stage_d, region.world.stage_p) == (2, 2)
    assert region.world.un == camps.UN - 1


def test_hidden_warheads_are_not_cut_and_come_to_light_with_their_owner() -> None:
    outcomes = set()
    for seed in range(12):
        hidden, honest = Region(camps, seed=seed), Region(camps, seed=seed)
        for region, hide in ((hidden, True), (honest, False)):
            region.round(package(found="denuke"), KP=Order(hide=hide))
        found = bool(hidden.report.found)
        outcomes.add(found)
        if found:
            assert hidden.report.detected == (("KP", "denuke"),)
            assert hidden.world.stage_d == 0
        else:
            assert shown(hidden.world) == shown(honest.world)
            assert hidden.world.H[1] == pytest.approx(0.2 * camps.nuc[1])
    assert outcomes == {True, False}


def test_an_old_stock_is_found_by_inspectors_even_when_nothing_new_is_hidden() -> None:
    for seed in range(40):
        region = Region(starter, seed=seed)
        region.round(package(cap("CN", 0)))
        region.round(CN=Order(posture=2))
        if region.report.found:
            continue
        region.round(package(Duty(by="CN", kind="admit")))
        if region.report.found:
            assert region.report.detected == (("CN", "stock"),)
            assert not region.report.found[0].caught
            assert region.world.H[0] == 0
            return
    raise AssertionError("no seed in which an old stock is found")


def test_a_broken_promise_not_to_test_raises_the_sanctions() -> None:
    region = Region(camps)
    region.round(package(abstain("KP", "test")))
    assert region.world.un == 1
    region.round(KP=does("test"))
    assert region.world.un == 2
    region.round(package(found="un_resolution", delta=-1))
    assert region.world.un == 1
    assert region.world.institutions == ()


def test_retaliation_counts_less_than_a_first_blow() -> None:
    first, answer = without_luck(), without_luck()
    first.round()
    answer.round(KR=does("sanction>CN"))
    for region in (first, answer):
        before = region.world.b[2][0]
        region.round(CN=does("sanction>KR", suspend=True))
        region.reports.append(region.report)
        gained = region.world.b[2][0] / 0.97 - before
        assert gained == pytest.approx(1.6 * (0.4 if region is answer else 1.0), abs=1e-6)


def test_an_order_that_breaks_the_form_plays_as_the_empty_order() -> None:
    region, empty = without_luck(), without_luck()
    region.round(CN=does("strike", "radar_long", posture=2))
    empty.round()
    assert region.report.invalid == ("CN",)
    assert region.world == empty.world


def test_good_that_is_less_than_nothing_is_not_seen() -> None:
    """A scenario of somebody's own may let idle members lose more than all: they are seen to do nothing, and no harm."""
    cjk = load("cjk", NEWEST_RULES)
    d = Draft(cjk, start(cjk), (), None)
    before = [list(row) for row in d.a]
    spread_good(d, 0, [1], 0.5, idle=[2], less=-0.5)
    assert d.a[2] == before[2]
    assert d.a[1][0] > before[1][0]


def test_who_can_take_in_no_more_good_takes_in_more_once_it_is_calmer() -> None:
    cjk = load("cjk")
    d = Draft(cjk, start(cjk), (), None)
    for _ in range(3):
        spread_good(d, 0, cjk.others[0], 5.0)
    full = [row[0] for row in d.a]
    d.N[1] -= 20
    spread_good(d, 0, cjk.others[0], 5.0)
    more = cjk.parameters.cap * d.win * d.cev * 20 / 200
    assert [row[0] - before for row, before in zip(d.a, full, strict=True)] == pytest.approx([0, more, 0])
    spread_good(d, 0, cjk.others[0], 5.0)
    assert d.a[1][0] == pytest.approx(full[1] + more)
