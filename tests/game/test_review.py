"""What a debrief looks back on: promises as they were truly kept, the deeds that cost most, and questions; at the end alone."""

from __future__ import annotations

import string

import msgspec
import pytest

from game import words
from game.decisions import End, GiveOrder, Propose, Vote
from game.explain import CAUSES
from game.keeping import keeping
from game.observation import why
from game.questions import CODES, MOST, questions
from game.records import Duty, InstitutionClause, Order, OrderedMeasure, Package
from game.review import Review, review
from game.spiral import WEATHER, turns
from tests.game.bot_room import bot_game
from tests.game.cast import CN_HOLDS_BACK, TALKS, Room, people_at

EN = words.load("en")
CAP = Package(sponsor="KR", duties=(Duty(by="CN", kind="cap", amount=0), Duty(by="KR", kind="open", to="CN")))


def cheated(*, found: bool, rounds: int = 2, **settings: object) -> Room:
    """Return a room in which China, bound to hold its arms, builds two steps above in round 1, with such luck."""
    for number in range(40):
        room = people_at(rounds=rounds, seed=f"{number:032x}", crises=False, **settings)
        room.adopt(CAP)
        room.order(CN=Order(posture=2))
        if any(one.seat == "CN" for one in room.play.played[0].resolved.report.found) == found:
            return room
    raise AssertionError("no such luck")


def finished(room: Room) -> Room:
    while not room.play.is_over:
        room.all_ready()
    return room


def looked_back(room: Room) -> Review:
    found = review(room.play)
    assert found is not None
    return found


def test_before_the_end_there_is_no_review_whatever_was_hidden() -> None:
    room = cheated(found=False)
    assert review(room.play) is None
    room.act("facilitator", End())
    assert review(room.play) is not None


def test_arming_above_a_cap_unseen_is_a_breach_that_nobody_found_out() -> None:
    room = finished(cheated(found=False, aftermath=0))
    kept = keeping(room.play)
    assert [(one.round, one.seat, one.id, one.how, one.found) for one in kept.breaches] == [
        (1, "CN", "1.1.1", "never", None)
    ]
    china, _, korea = kept.tallies
    assert (china.made, china.kept, china.never) == (1, 1, 1)
    assert (korea.made, korea.kept) == (1, 2)


def test_arming_above_a_cap_and_caught_is_a_breach_found_out_at_once() -> None:
    kept = keeping(finished(cheated(found=True)).play)
    assert [(one.seat, one.how, one.found) for one in kept.breaches] == [("CN", "found", 1)]


def test_a_stock_found_later_tells_of_the_breach_that_made_it() -> None:
    for number in range(60):
        room = people_at(rounds=3, seed=f"{number:032x}", crises=False)
        room.adopt(CAP)
        for _ in range(3):
            room.order(CN=Order(posture=2))
            room.until("reveal")
            room.all_ready()
        found = {one.round: one.how for one in keeping(room.play).breaches if one.id == "1.1.1"}
        rounds = [done.resolved.report.round for done in room.play.played if done.resolved.report.found]
        if rounds and rounds[0] > 1:
            assert found[1] == "later"
            assert found[rounds[0]] == "found"
            return
    raise AssertionError("no such luck")


def test_what_is_stopped_or_left_openly_is_no_deceit() -> None:
    room = people_at(rounds=2)
    room.adopt(Package(sponsor="JP", duties=(CN_HOLDS_BACK, Duty(by="JP", kind="open", to="CN"))))
    room.order(CN=Order(stop=("1.1.1",)), JP=Order(quit=("1.1.2",)))
    room.until("reveal")
    assert {(one.seat, one.how) for one in keeping(room.play).breaches} == {("CN", "open"), ("JP", "quit")}


def test_the_deeds_told_of_a_round_are_the_costliest_causes_of_why() -> None:
    room = people_at(rounds=1)
    room.order(CN=Order(posture=2, emphasis=1.0, measures=(OrderedMeasure("patrol", "JP"),)))
    room.until("reveal")
    told = turns(room.play)
    assert told[0].code == "others_arms"
    assert told[0].params == {"seat": "CN"}
    for seat, loss in told[0].losses.items():
        causes = [one.W for one in why(room.play, seat, 1) if one.code == "others_arms" and one.params["seat"] == "CN"]
        assert loss == pytest.approx(sum(causes))
    assert [one.loss for one in told] == sorted(one.loss for one in told)


def test_the_first_breach_and_the_one_vote_are_asked_about() -> None:
    room = people_at(rounds=2)
    room.act("KR", Propose(TALKS))
    room.until("vote")
    room.act("JP", Vote("1a", "no"))
    room.act("CN", Vote("1a", "yes"))
    room.until("orders")
    room.order()
    room.adopt(Package(sponsor="JP", duties=(CN_HOLDS_BACK,)))
    room.act("CN", GiveOrder(Order(stop=("2.1.1",))))
    asked = {one.code: one.params for one in looked_back(finished(room)).questions}
    assert asked["first_breach"] == {"round": 2, "seat": "CN", "id": "2.1.1"}


def test_a_text_that_one_vote_would_have_carried_is_asked_about() -> None:
    room = people_at(rounds=1)
    room.act("KR", Propose(Package(sponsor="KR", duties=(CN_HOLDS_BACK,), institution=InstitutionClause("dialogue"))))
    room.until("vote")
    room.act("JP", Vote("1a", "yes"))
    asked = {one.code: one.params for one in looked_back(finished(room)).questions}
    assert asked["one_vote"] == {"text": "1a", "seats": ["CN"], "round": 1}


@pytest.mark.parametrize("seed", range(4))
def test_after_any_game_there_is_something_to_ask_and_words_for_it(seed: int) -> None:
    found = looked_back(bot_game(("cjk", "thaad2017")[seed % 2], seed))
    assert 3 <= len(found.questions) <= MOST
    for question in found.questions:
        blanks = {name for _, name, _, _ in string.Formatter().parse(EN["question"][question.code]) if name}
        assert blanks <= question.params.keys(), question
    assert msgspec.json.encode(found)


def test_every_code_has_its_words() -> None:
    assert set(CODES) <= set(EN["question"])
    assert set(CAUSES) - set(WEATHER) <= set(EN["turn"])
    assert {f"how_{how}" for how in ("open", "found", "later", "never", "quit")} <= set(EN["debrief"])


def test_questions_of_a_game_without_a_round_are_the_ones_that_fit_any() -> None:
    room = people_at(rounds=1)
    room.act("facilitator", End())
    found = looked_back(room)
    assert {"shield", "earlier"} <= {one.code for one in found.questions}
    assert found.questions == questions(room.play, found.map, found.keeping, found.turns)
