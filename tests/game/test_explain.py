"""Why a seat's worth changed: every cause, the exact sum, and no secret."""

from __future__ import annotations

import random
import tomllib
from importlib import resources

import pytest

from game.catalogue import INSTITUTIONS, MEASURES
from game.explain import CAUSES, explain
from game.orders import check
from game.records import Duty, InstitutionClause, Order, OrderedMeasure, Package, Seat
from game.refusals import Refused
from game.scenario import RULES, Scenario, load, names
from game.scoring import aftermath
from game.world import ShownWorld, shown
from tests.game.region import SEEDS_FOUND, SEEDS_MISSED, Region, abstain, cap, does, package


def sums_up(region: Region) -> None:
    before, after = region.worlds[-2:]
    for i, seat in enumerate(region.scenario.seats):
        causes = explain(region.scenario, before, region.report.adopted, region.report, seat)
        assert sum(cause.W for cause in causes) == pytest.approx(after.W[i] - before.W[i], abs=1e-9, rel=0)
        for cause in causes:
            assert cause.code in CAUSES
            assert cause.W == cause.S + cause.E


def codes(region: Region, seat: Seat) -> set[str]:
    causes = explain(region.scenario, region.worlds[-2], region.report.adopted, region.report, seat)
    return {cause.code for cause in causes}


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("seed", range(40))
def test_the_causes_of_any_round_sum_to_the_change(seed: int, rules: int) -> None:
    rng = random.Random(seed)
    region = Region(load(rng.choice(names()), rules), seed=seed, windows=True, crises=True)
    for _ in range(5):
        packages = [_package(region.scenario, rng) for _ in range(rng.randint(0, 2))]
        orders = {seat: _order(region, rng, seat, packages) for seat in region.scenario.seats}
        region.round(*packages, **orders)
        sums_up(region)


def test_every_kind_of_cause_is_told() -> None:
    region = Region(load("camps2023"), seed=SEEDS_FOUND, crises=True, windows=True)
    told: set[str] = set()
    rounds: list[tuple[Package, dict[str, Order]]] = [
        (package(cap("CN", 0), found="common_security"), {"US": does("tighten", posture=2), "JP": does("visit")}),
        (package(Duty(by="KR", kind="pay", to="CN", amount=0.3), found="transparency"), {"KR": does("exchange>CN")}),
        (package(found="trade"), {"CN": Order(posture=2)}),
        (package(found="guarantee"), {"CN": Order(posture=2), "RU": does("strike", posture=-1)}),
        (package(abstain("US", "exercise")), {"CN": Order(posture=2), "KP": does("strike")}),
        (package(found="dialogue"), {"CN": Order(posture=2)}),
    ]
    for adopted, orders in rounds:
        region.round(adopted, **orders)
        for seat in region.scenario.seats:
            told |= codes(region, seat)
    fading = Region(load("six2003"))
    for _ in range(5):
        fading.round()
        told |= codes(fading, "CN")
    assert told == set(CAUSES)


def test_every_cause_has_its_sentence() -> None:
    words = tomllib.loads(resources.files("game").joinpath("words/en.toml").read_text("utf-8"))
    assert set(CAUSES) <= set(words["cause"])


def test_japan_reads_in_the_starter_what_moved_its_worth() -> None:
    region = Region(load("cjk"))
    region.round(package(abstain("CN", "patrol", to="JP")), CN=does("visit"), JP=Order(posture=1, emphasis=0.2))
    causes = explain(region.scenario, region.worlds[0], region.report.adopted, region.report, "JP")
    found = {(cause.code, *cause.params.values()): cause for cause in causes}
    assert found["own_posture",].S > 0 > found["own_posture",].E, "arms protect and cost"
    assert found["trust", "CN", "visit"].S > 0
    assert found["own_measure", "exercise"].S > 0
    assert found["others_arms", "CN"].S < 0


def test_a_hidden_build_up_is_no_cause_until_it_is_found() -> None:
    reasons = {}
    for seed, posture in ((SEEDS_MISSED, 2), (SEEDS_MISSED, 0), (SEEDS_FOUND, 2)):
        region = Region(load("cjk"), seed=seed)
        region.round(package(cap("CN", 0)))
        region.round(CN=Order(posture=posture, emphasis=0.8))  # type: ignore[arg-type]
        seats = region.scenario.seats
        reasons[seed, posture] = [explain(region.scenario, region.worlds[1], (), region.report, seat) for seat in seats]
        sums_up(region)
    assert reasons[SEEDS_MISSED, 2] == reasons[SEEDS_MISSED, 0]
    assert "found" in {cause.code for cause in reasons[SEEDS_FOUND, 2][1]}


def test_the_explanation_does_not_look_at_what_is_hidden() -> None:
    region = Region(load("cjk"), seed=SEEDS_MISSED)
    region.round(package(cap("CN", 0)))
    region.round(CN=Order(posture=2))
    region.round()
    before = region.worlds[-2]
    assert before.H[0] > 0
    bare: ShownWorld = shown(before)
    assert explain(region.scenario, before, (), region.report, "JP") == explain(
        region.scenario, bare, (), region.report, "JP"
    )


def test_the_aftermath_can_be_explained_too() -> None:
    region = Region(load("six2003"), crises=True)
    world, reports = aftermath(region.scenario, region.world, 0, 1)
    region.worlds.append(world)
    region.reports += reports
    sums_up(region)


def _package(s: Scenario, rng: random.Random) -> Package:
    duties = tuple(_duty(s, rng, number) for number in range(1, rng.randint(1, 5)))
    foundable = [rule.id for rule in INSTITUTIONS.values() if set(rule.requires) <= set(s.seats)]
    found = rng.choice([None, *foundable])
    clause = None if found is None else InstitutionClause(found, delta=1 if found == "un_resolution" else None)
    return Package(rng.choice(s.seats), duties=duties, institution=clause)


def _duty(s: Scenario, rng: random.Random, number: int) -> Duty:
    by = rng.choice(s.seats)
    other = rng.choice([seat for seat in s.seats if seat != by])
    measure = rng.choice([one for one in MEASURES.values() if one.is_open_to(s, by)])
    conditions = (rng.randint(1, number - 1),) if number > 1 and rng.random() < 0.4 else ()
    rounds = rng.choice([None, None, 1, 2])
    return rng.choice([
        Duty(by, "abstain", what=rng.choice([measure.id, "programme"]), conditions=conditions, rounds=rounds),
        Duty(by, "do", what=measure.id, to=other if measure.targeted else None, conditions=conditions),
        Duty(by, "cap", amount=rng.choice([-1, 0, 1]), conditions=conditions, rounds=rounds),
        Duty(by, "pay", to=other, amount=0.4, conditions=conditions, rounds=rounds),
        Duty(by, "open", to=other, conditions=conditions),
        Duty(by, "admit", conditions=conditions),
    ])  # fmt: skip


def _order(region: Region, rng: random.Random, seat: Seat, adopted: list[Package]) -> Order:
    s, world = region.scenario, region.world
    mine = [held.id for held in world.duties if held.duty.by == seat]
    joined = [body.id for body in world.institutions if seat in body.members]
    measures = []
    for measure in rng.sample([one for one in MEASURES.values() if one.is_open_to(s, seat)], 2):
        target = rng.choice([other for other in s.seats if other != seat]) if measure.targeted else None
        measures.append(OrderedMeasure(measure.id, target))
    order = Order(
        posture=rng.choice([None, -1, 0, 1, 2]),
        emphasis=rng.choice([None, 0.0, 1.0]),
        measures=tuple(measures),
        suspend=rng.random() < 0.2,
        stop=tuple(id_ for id_ in mine if rng.random() < 0.15),
        quit=tuple(id_ for id_ in mine + joined if rng.random() < 0.1),
    )
    try:
        check(s, world, seat, order, adopted)
    except Refused:
        return Order(posture=order.posture, stop=order.stop)
    return order
