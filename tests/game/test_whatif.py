"""What if: with nobody exchanged the game ends as it did; with a bot in a seat only that seat acts anew; never before the end."""

from __future__ import annotations

import time

import pytest

from game.bots.names import QUICK
from game.decisions import End, GiveOrder, Propose, Rewind, Vote
from game.records import Duty, Order, OrderedMeasure, Package
from game.whatif import WhatIf, replayed, what_if
from tests.game.bot_room import bot_game
from tests.game.cast import BARGAIN, CN_HOLDS_BACK, TALKS, Room, people_at
from tests.game.playthrough import starter

SIDE = Package(
    sponsor="JP", side=True, duties=(Duty(by="JP", kind="open", to="KR"), Duty(by="KR", kind="open", to="JP"))
)


def is_as_it_was(found: WhatIf) -> bool:
    return (
        found.now == found.then
        and found.region_now == found.region_then
        and all(one.adopted_now == one.adopted_then and not one.bent for one in found.rounds)
    )


@pytest.mark.parametrize(("scenario", "seed"), [("cjk", 3), ("cjk", 8), ("thaad2017", 5), ("camps2023", 2)])
def test_with_nobody_exchanged_a_game_of_bots_ends_as_it_did(scenario: str, seed: int) -> None:
    play = bot_game(scenario, seed).play
    for round_ in range(1, len(play.played) + 1):
        assert is_as_it_was(what_if(play, round_, {})), round_


def test_with_nobody_exchanged_a_game_of_people_ends_as_it_did() -> None:
    room = starter(2)
    for round_ in (1, 2):
        assert is_as_it_was(what_if(room.play, round_, {}))


def haggled() -> Room:
    """Return a game with a side deal, an amendment in the vote, a rewind and a round ended early."""
    room = people_at(rounds=4, side_deals=True)
    room.act("JP", Propose(SIDE))
    room.act("KR", Vote("1a", "yes"))
    room.act("JP", Propose(Package(sponsor="JP", duties=(CN_HOLDS_BACK,))))
    room.act("KR", Propose(TALKS))
    room.until("vote")
    for seat in ("JP", "KR"):
        room.act(seat, Vote("1b", "yes"))
    for seat, text in (("CN", "1b"), ("CN", "1c"), ("JP", "1c")):
        room.act(seat, Vote(text, "no"))
    room.act("JP", Propose(BARGAIN, amends="1b"))
    for seat in ("CN", "KR"):
        room.act(seat, Vote("1b", "yes"))
    room.order(CN=Order(posture=1), KR=Order(measures=(OrderedMeasure("exchange", "CN"),)))
    room.until("orders")
    room.order(JP=Order(posture=1))
    room.until("reveal")
    room.act(
        "facilitator", Rewind(next(k for k, m in enumerate(room.play.marks) if (m.phase, m.round) == ("orders", 2)))
    )
    room.order(CN=Order(stop=("1.2.1",)), JP=Order(quit=("1.1.1",)))
    room.until("talk")
    room.act("CN", Propose(Package(sponsor="CN", duties=(Duty(by="JP", kind="admit"),))))
    room.act("facilitator", End())
    return room


def test_side_deals_amendments_rewinds_and_an_early_end_are_repeated_too() -> None:
    room = haggled()
    assert len(room.play.played) == 2
    assert len(room.play.played[0].adopted) == 2
    for round_ in (1, 2):
        assert is_as_it_was(what_if(room.play, round_, {}))


def test_a_bot_in_a_seat_acts_anew_and_the_others_repeat_themselves() -> None:
    play = bot_game("cjk", 3).play
    found = what_if(play, 2, {"CN": "hawk"})
    *_, last = replayed(play, 2, {"CN": "hawk"})
    assert last.played[0] == play.played[0]
    for then, now in zip(play.played[1:], last.played[1:], strict=True):
        assert now.resolved.report.posture[0] == 2 or now.resolved.world.covert[0] > 0
        for i in (1, 2):
            if play.scenario.seats[i] not in found.rounds[then.resolved.report.round - 2].bent:
                assert now.orders[i].order == then.orders[i].order  # type: ignore[union-attr]
    assert found.now != found.then
    assert [one.round for one in found.rounds] == [2, 3]


def test_who_orders_to_break_a_promise_that_is_not_made_now_orders_the_rest() -> None:
    room = people_at(rounds=2)
    room.adopt(Package(sponsor="JP", duties=(CN_HOLDS_BACK,)))
    room.order()
    room.until("orders")
    room.act("CN", GiveOrder(Order(posture=1, stop=("1.1.1",))))
    while not room.play.is_over:
        room.all_ready()
    found = what_if(room.play, 1, {"JP": "passive"})
    assert found.rounds[0].adopted_now == ()
    assert found.rounds[1].bent == ("CN",)


@pytest.mark.parametrize("bot", QUICK)
def test_every_bot_can_sit_in_for_everybody_in_less_than_a_second(bot: str) -> None:
    play = bot_game("camps2023", 2).play
    began = time.process_time()
    found = what_if(play, 1, dict.fromkeys(play.scenario.seats, bot))
    assert time.process_time() - began < 1
    assert what_if(play, 1, dict.fromkeys(play.scenario.seats, bot)) == found


def test_before_the_end_nothing_can_be_replayed() -> None:
    room = people_at(rounds=2)
    room.order()
    room.until("talk")
    with pytest.raises(ValueError, match="not over"):
        what_if(room.play, 1, {"CN": "hawk"})


@pytest.mark.parametrize(
    ("round_", "bots", "found"),
    [(0, {}, "1 to 3"), (4, {}, "1 to 3"), (1, {"KP": "hawk"}, "CN, JP, KR"), (1, {"CN": "people"}, "bargainer")],
)
def test_what_does_not_exist_is_refused_with_what_does(round_: int, bots: dict[str, str], found: str) -> None:
    with pytest.raises(ValueError, match=found):
        what_if(bot_game("cjk", 3).play, round_, bots)
