"""What cannot be tabled or ordered is refused by the name of its rule, with what would be allowed instead."""

from __future__ import annotations

import msgspec
import pytest

from game.decisions import GiveOrder, Propose
from game.records import Duty, Order, OrderedMeasure, Package
from game.refusals import Refusal
from tests.game.cast import JP_PAYS, TALKS, people_at


def package(*duties: Duty) -> Propose:
    return Propose(Package(sponsor="KR", duties=duties))


@pytest.mark.parametrize(
    ("duty", "able"),
    [
        (Duty(by="CN", kind="do", what="taiwan"), ["JP"]),
        (Duty(by="JP", kind="abstain", what="strait_drill"), ["CN"]),
        (Duty(by="CN", kind="abstain", what="test"), ["nobody"]),
        (Duty(by="JP", others=("CN",), kind="abstain", what="relocate"), ["JP", "KR"]),
    ],
)
def test_a_seat_cannot_be_bound_to_what_it_cannot_do(duty: Duty, able: list[str]) -> None:
    refused = people_at().refuses(Refusal.NOT_OPEN, "KR", package(duty))
    assert refused.params["seats"] == able
    assert "only of" in str(refused)


def test_a_condition_on_promise_nought_cannot_even_be_read() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"`int` >= 1 - at `\$.if\[0\]`"):
        msgspec.convert({"by": "JP", "kind": "admit", "if": [0]}, Duty)


@pytest.mark.parametrize("condition", [2, 3], ids=["itself", "nothing"])
def test_a_condition_names_an_earlier_promise(condition: int) -> None:
    first = Duty(by="CN", kind="abstain", what="patrol")
    refused = people_at().refuses(
        Refusal.BAD_CONDITION, "KR", package(first, Duty(by="JP", kind="admit", conditions=(condition,)))
    )
    assert refused.params == {"number": 2, "found": condition, "allowed": [1]}
    assert str(refused).endswith("It may wait for an earlier promise of this package: 1.")


def test_the_first_promise_can_wait_for_none() -> None:
    refused = people_at().refuses(Refusal.BAD_CONDITION, "KR", package(JP_PAYS))
    assert refused.params["allowed"] == ["none"]


@pytest.mark.parametrize(
    ("duty", "allowed"),
    [
        (Duty(by="JP", kind="cap", amount=0.5), "-1, 0 or 1"),
        (Duty(by="JP", kind="pay", to="CN", amount=0.05), "0.1 to 1.0"),
        (Duty(by="JP", kind="pay", to="CN", stages=(0.2, 0.0)), "0.1 to 1.0"),
    ],
)
def test_an_amount_out_of_range_is_told_the_range(duty: Duty, allowed: str) -> None:
    refused = people_at().refuses(Refusal.BAD_AMOUNT, "KR", package(duty))
    assert refused.params["allowed"] == allowed


def test_nobody_withdraws_from_what_it_never_joined() -> None:
    room = people_at()
    room.until("orders")
    refused = room.refuses(Refusal.NOT_YOUR_DUTY, "KR", GiveOrder(Order(quit=("dialogue",))))
    assert refused.params["allowed"] == ["none"]


def test_a_withdrawal_is_told_what_can_be_left() -> None:
    room = people_at()
    room.adopt(TALKS)
    room.until("orders")
    refused = room.refuses(Refusal.NOT_YOUR_DUTY, "KR", GiveOrder(Order(quit=("1.1.1",))))
    assert refused.params["allowed"] == ["dialogue"]


def test_a_withdrawal_holds_only_from_the_end_of_the_round() -> None:
    # given: Japan leaves the dialogue and says so in its order, sealed like any other
    room = people_at()
    room.adopt(TALKS)
    room.order(JP=Order(quit=("dialogue",)))

    # then it was a member through that round, which was its notice, and is none after it
    report = room.play.played[-1].resolved.report
    assert "JP" in next(one.members for one in report.institutions if one.id == "dialogue")
    assert all("JP" not in one.members for one in room.play.world.institutions)


def test_an_order_beyond_the_seat_is_told_whose_it_is() -> None:
    room = people_at()
    room.until("orders")
    refused = room.refuses(Refusal.NOT_OPEN, "KR", GiveOrder(Order(measures=(OrderedMeasure("taiwan"),))))
    assert refused.params["seats"] == ["JP"]
