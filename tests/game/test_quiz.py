"""What the five questions call right is what the rules do."""

from __future__ import annotations

from game import quiz, words
from game.decisions import GiveOrder, Propose, Vote
from game.intelligence import found_chance
from game.records import Duty, Order, OrderedMeasure, Package
from tests.game.cast import BARGAIN, people_at

RIGHT = {question.code: question.right for question in quiz.QUESTIONS}


def test_every_question_has_its_words() -> None:
    said = words.load()["quiz"]
    for code in RIGHT:
        assert {code, f"{code}_why", *(f"{code}_{letter}" for letter in quiz.LETTERS)} <= said.keys()


def test_what_is_missing_is_wrong() -> None:
    assert quiz.wrong({}) == tuple(RIGHT)
    assert quiz.wrong(RIGHT) == ()
    assert quiz.wrong(RIGHT | {"secret": "b"}) == ("secret",)


def test_consent_nobody_is_bound_without_saying_yes() -> None:
    room = people_at()
    room.until("talk")
    room.act("CN", Propose(Package(sponsor="CN", duties=(Duty(by="JP", kind="pay", to="CN", amount=0.2),))))
    room.until("vote")
    room.act("CN", Vote("1a", "yes"))
    room.act("KR", Vote("1a", "yes"))
    room.act("JP", Vote("1a", "abstain"))
    room.until("orders")
    text = room.play.text("1a")
    assert text is not None
    assert text.status == "failed"


def test_condition_who_waits_for_another_begins_in_the_round_after() -> None:
    room = people_at()
    room.adopt(BARGAIN)
    room.order()
    assert [view.status for view in room.observe("KR").promises.duties] == ["in_force", "suspended"]
    room.until("orders")
    room.order()
    # It was for two rounds, so it ends with the second; only what is in force then can be seen kept.
    assert "1.1.2" in room.observe("KR").history.rounds[1].kept


def test_secret_arms_stay_unknown_unless_found_and_good_sensors_find_more() -> None:
    rooms = {}
    for racing in (0, 2):
        room = people_at(seed="1" * 32)
        room.adopt(Package(sponsor="CN", duties=(Duty(by="CN", kind="cap", amount=0),)))
        room.order(CN=Order(posture=racing))
        assert not room.play.played[-1].resolved.report.detected
        rooms[racing] = room.observe("KR").world
    assert rooms[0] == rooms[2]
    room = people_at()
    before = found_chance(room.play.scenario, room.play.world, "CN", ())
    room.order(JP=Order(measures=(OrderedMeasure("radar"),)))
    assert found_chance(room.play.scenario, room.play.world, "CN", ()) > before


def test_arming_protects_oneself_and_troubles_others() -> None:
    calm, armed = people_at(), people_at()
    calm.order()
    armed.until("orders")
    armed.act("JP", GiveOrder(Order(posture=1, measures=(OrderedMeasure("exercise"),))))
    armed.order(JP=Order(posture=1, measures=(OrderedMeasure("exercise"),)))
    security = [{one.seat: one.S for one in room.observe("KR").world.seats} for room in (calm, armed)]
    assert security[1]["JP"] > security[0]["JP"]
    assert security[1]["CN"] < security[0]["CN"]


def test_winning_is_read_in_several_ways() -> None:
    room = people_at(rounds=1)
    room.adopt(BARGAIN)
    room.order(KR=Order(posture=2))
    room.all_ready()
    assert room.play.ended is not None
    scores = room.play.ended.outcome.scores
    best = {lens: max(scores, key=lambda one: getattr(one, lens)).seat for lens in ("G", "R", "TR")}
    assert len(set(best.values())) > 1
