"""A forecast weighs a package from what everybody sees, and from nothing else."""

from __future__ import annotations

import msgspec
import pytest

from game.forecast import forecast
from game.records import Duty, InstitutionClause, Package
from game.scenario import load, names
from game.world import shown, start
from tests.game.cast import BARGAIN, people_at

NO_PATROLS = Package(sponsor="JP", duties=(Duty(by="CN", kind="abstain", what="patrol", to="JP"),))


def test_a_promise_costs_its_obligor_and_pays_its_beneficiary() -> None:
    scenario = load("cjk")
    world = start(scenario)
    assert forecast(scenario, world, NO_PATROLS, "JP").W > 0.5
    assert forecast(scenario, world, NO_PATROLS, "CN").W < 0


def test_a_payment_moves_just_the_economy_by_what_is_paid() -> None:
    scenario = load("cjk")
    gift = Package(sponsor="JP", duties=(Duty(by="JP", kind="pay", to="KR", amount=0.2),))
    weighed = forecast(scenario, start(scenario), gift, "KR")
    assert pytest.approx(0.6, abs=0.05) == weighed.E
    assert weighed.rounds == 3


def test_what_is_adopted_already_stands_on_both_sides_of_the_scale() -> None:
    scenario = load("cjk")
    world = start(scenario)
    assert forecast(scenario, world, BARGAIN, "KR", adopted=(BARGAIN,)) != forecast(scenario, world, BARGAIN, "KR")
    empty = Package(sponsor="KR")
    assert forecast(scenario, world, empty, "KR", adopted=(BARGAIN,)).W == 0


def test_a_hidden_stock_moves_no_forecast() -> None:
    play = people_at().play
    armed = msgspec.structs.replace(play.world, H=(9.0, 0.0, 0.0))
    for seat in play.scenario.seats:
        assert forecast(play.scenario, armed, BARGAIN, seat) == forecast(
            play.scenario, shown(play.world), BARGAIN, seat
        )


@pytest.mark.parametrize("name", names())
def test_every_template_can_be_weighed_by_every_seat(name: str) -> None:
    scenario = load(name)
    world = start(scenario)
    for template in scenario.templates:
        package = template.package(scenario.seats[0])
        assert any(abs(forecast(scenario, world, package, seat).W) > 0.01 for seat in scenario.seats), template.id


def test_dialogue_is_worth_having() -> None:
    scenario = load("camps2023")
    talks = Package(sponsor="CN", institution=InstitutionClause("dialogue"))
    assert all(forecast(scenario, start(scenario), talks, seat).W > 0 for seat in scenario.seats)
