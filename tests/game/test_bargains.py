"""The bargaining map: every version of every text with its fate, its worth, and those who stood in its way."""

from __future__ import annotations

import pytest

from game.bargains import Bargain, bargain_map
from game.bots.values import value_table
from game.decisions import End, Propose, Rewind, Vote, Withdraw
from game.records import Duty, Package
from tests.game.bot_room import bot_game
from tests.game.cast import BARGAIN, CN_HOLDS_BACK, TALKS, Room, people_at

HOLD = Package(sponsor="JP", duties=(CN_HOLDS_BACK,))


def voted(room: Room, text: str, **votes: str) -> None:
    room.until("vote")
    for seat, choice in votes.items():
        if room.play.phase == "vote":
            room.act(seat, Vote(text, choice))  # type: ignore[arg-type]


def the(room: Room, text: str, version: int = 1) -> Bargain:
    return next(one for one in bargain_map(room.play).bargains if (one.text, one.version) == (text, version))


def test_worth_is_what_a_bot_would_reckon_with_at_the_time() -> None:
    room = people_at(rounds=3)
    room.order()
    room.until("talk")
    room.act("JP", Propose(HOLD))
    table = value_table(room.play.scenario, 3)
    bargain = the(room, "2a")
    share = (3 - 1 + 3) / (3 + 3)
    assert list(bargain.worth.values()) == pytest.approx([share * points for points in table.package(HOLD)])
    assert bargain.worth["CN"] < 0 < bargain.worth["JP"]
    assert bargain.round == 2


def test_who_would_not_sign_its_own_promise_stood_in_the_way_alone() -> None:
    room = people_at(rounds=2)
    room.act("JP", Propose(HOLD))
    voted(room, "1a", CN="abstain", KR="yes")
    room.until("orders")
    bargain = the(room, "1a")
    assert (bargain.status, bargain.reason) == ("failed", "no_consent")
    assert bargain.blockers == bargain.pivots == ("CN",)


def test_a_text_two_votes_short_has_no_single_seat_that_could_carry_it() -> None:
    room = people_at(rounds=2)
    room.act("KR", Propose(BARGAIN))
    voted(room, "1a", CN="no", JP="abstain")
    room.until("orders")
    bargain = the(room, "1a")
    assert bargain.blockers == ("CN", "JP")
    assert bargain.pivots == ()


def test_a_version_voted_down_and_amended_in_the_vote_is_kept_beside_its_successor() -> None:
    room = people_at(rounds=2)
    room.act("JP", Propose(HOLD))
    voted(room, "1a", CN="no")
    room.act("JP", Propose(BARGAIN, amends="1a"))
    voted(room, "1a", CN="yes", KR="yes")
    room.until("orders")
    first, second = (the(room, "1a", version) for version in (1, 2))
    assert (first.status, first.blockers, first.votes["CN"]) == ("failed", ("CN",), "no")
    assert (second.status, second.blockers) == ("adopted", ())


def test_a_version_changed_before_the_vote_gave_way_and_nobody_blocked_it() -> None:
    room = people_at(rounds=2)
    room.act("JP", Propose(HOLD))
    room.act("JP", Propose(BARGAIN, amends="1a"))
    assert (the(room, "1a").status, the(room, "1a").blockers) == ("replaced", ())
    assert the(room, "1a", 2).status == "open"


def test_who_withdraws_stands_in_the_way_of_its_own_text() -> None:
    room = people_at(rounds=2)
    room.act("KR", Propose(TALKS))
    room.act("KR", Withdraw("1a"))
    assert (the(room, "1a").status, the(room, "1a").blockers) == ("withdrawn", ("KR",))


def test_what_a_rewind_undid_was_never_tabled() -> None:
    room = people_at(rounds=2)
    room.act("JP", Propose(HOLD))
    room.act("JP", Propose(BARGAIN, amends="1a"))
    room.act("facilitator", Rewind(room.play.phase_no))
    assert bargain_map(room.play).bargains == ()


def test_the_best_that_fell_is_what_was_left_on_the_table() -> None:
    room = people_at(rounds=2)
    room.act("KR", Propose(TALKS))
    voted(room, "1a", CN="no")
    room.until("orders")
    room.act("facilitator", End())
    found = bargain_map(room.play)
    assert found.left is not None
    assert (found.left.text, found.left.blockers) == ("1a", ("CN", "JP"))
    assert found.left.code == ("all" if min(found.bargains[0].worth.values()) >= 0 else "joint")


def test_what_was_adopted_later_was_not_left() -> None:
    room = people_at(rounds=2)
    room.act("KR", Propose(TALKS))
    voted(room, "1a", CN="no")
    room.order()
    room.adopt(TALKS)
    assert bargain_map(room.play).left is None


def test_the_best_promise_that_nobody_tabled_is_named_until_somebody_tables_it() -> None:
    room = people_at(rounds=2)
    first = bargain_map(room.play).untabled
    assert first is not None
    assert first.joint > 0
    room.act("KR", Propose(Package(sponsor="KR", duties=(first.duty, Duty(by="KR", kind="cap", amount=0)))))
    second = bargain_map(room.play).untabled
    assert second is None or (second.duty != first.duty and second.joint <= first.joint)


@pytest.mark.parametrize("scenario", ["cjk", "camps2023"])
def test_every_text_of_a_game_is_on_the_map(scenario: str) -> None:
    play = bot_game(scenario, 4).play
    found = bargain_map(play)
    assert [one.text for one in found.bargains] == [text.id for done in play.played for text in done.texts]
    assert all(set(one.worth) == set(play.scenario.seats) for one in found.bargains)
    assert all(one.blockers for one in found.bargains if one.reason in ("no_consent", "voted_down"))
