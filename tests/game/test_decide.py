"""What a seat may do, when, and what follows."""

from __future__ import annotations

import msgspec
import pytest

from game import history
from game.decisions import (
    Advance,
    Appoint,
    End,
    Extend,
    GiveOrder,
    Inject,
    Pause,
    Propose,
    Ready,
    Resume,
    Rewind,
    Say,
    Sponsor,
    Start,
    Vote,
    Withdraw,
)
from game.events import AnyEvent, Failed, Met, Proposed, Rewound, Seated
from game.observation import observe
from game.records import Duty, InstitutionClause, Order, OrderedMeasure, Package
from game.refusals import Refusal
from game.rounds import begin_phase, due
from tests.game.cast import BARGAIN, CN_HOLDS_BACK, JP_PAYS, TALKS, Room, people_at


def types(events: list[AnyEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_empty_chairs_are_filled_by_bargainers_when_the_talks_open() -> None:
    room = Room()
    room.act("facilitator", Appoint("KR", "people"))
    room.act("facilitator", Start())
    assert room.play.holders == ("bot:bargainer", "bot:bargainer", "people")
    assert (room.play.phase, room.play.round) == ("talk", 1)


def test_a_package_is_tabled_voted_adopted_and_binds() -> None:
    room = people_at()
    room.act("JP", Propose(BARGAIN))
    room.until("vote")
    assert room.play.texts[0].votes == {"JP": "yes"}, "who tables a text stands by it"
    room.act("KR", Vote("1a", "abstain"))
    room.act("CN", Vote("1a", "yes"))
    assert room.play.phase == "orders", "with every vote in and a text that passes, the vote is over"
    bound = room.play.adopted[0]
    assert bound.institution is not None
    assert bound.institution.members == ("CN", "JP"), "who did not say yes is not a member"
    room.order()
    assert [duty.id for duty in room.play.world.duties] == ["1.1.1", "1.1.2"]


def test_no_seat_is_bound_without_its_yes() -> None:
    room = people_at()
    room.act("JP", Propose(BARGAIN))
    room.until("vote")
    room.act("CN", Vote("1a", "no"))
    room.act("KR", Vote("1a", "yes"))
    assert room.play.phase == "vote", "a text that failed may still be amended"
    room.all_ready()
    assert room.play.texts[0].reason == "no_consent"
    assert room.play.adopted == ()


def test_who_tables_again_is_not_done_with_the_phase() -> None:
    room = people_at()
    room.act("JP", Ready())
    room.act("CN", Ready())
    assert types(room.act("JP", Propose(BARGAIN)))[-1] == "Readied"
    room.act("KR", Ready())
    assert room.play.phase == "talk", "the others have time to answer"
    room.act("JP", Ready())
    assert room.play.phase == "vote"


def test_a_seat_has_one_main_text_and_may_amend_it() -> None:
    room = people_at()
    room.act("JP", Propose(BARGAIN))
    room.refuses(Refusal.ONE_MAIN_TEXT, "JP", Propose(TALKS))
    room.act("KR", Sponsor("1a"))
    better = msgspec.structs.replace(BARGAIN, duties=(CN_HOLDS_BACK, msgspec.structs.replace(JP_PAYS, amount=0.3)))
    room.act("JP", Propose(better, amends="1a"), expect=1)
    text = room.play.texts[0]
    assert (text.version, text.previous, text.sponsors) == (2, BARGAIN, ("JP",))
    room.refuses(Refusal.STALE, "KR", Sponsor("1a"), expect=1)


def test_amending_somebody_elses_text_makes_a_counter_text() -> None:
    room = people_at()
    room.act("JP", Propose(BARGAIN))
    room.act("CN", Propose(TALKS, amends="1a"))
    counter = room.play.texts[1]
    assert (counter.id, counter.author, counter.amends, counter.previous) == ("1b", "CN", "1a", BARGAIN)


def test_a_counter_text_takes_the_place_of_ones_own() -> None:
    room = people_at()
    room.act("JP", Propose(BARGAIN))
    room.act("CN", Propose(TALKS))
    assert types(room.act("CN", Propose(TALKS, amends="1a"))) == ["Withdrawn", "Proposed"]
    assert [(text.id, text.author, text.status, text.amends) for text in room.play.texts] == [
        ("1a", "JP", "open", None),
        ("1b", "CN", "withdrawn", None),
        ("1c", "CN", "open", "1a"),
    ]
    room.refuses(Refusal.ONE_MAIN_TEXT, "CN", Propose(TALKS))


def test_a_failed_text_is_amended_in_the_vote_and_passes_in_the_second_pass() -> None:
    room = people_at()
    room.act("JP", Propose(BARGAIN))
    room.until("vote")
    room.refuses(Refusal.STILL_ALIVE, "JP", Propose(BARGAIN, amends="1a"))
    room.act("CN", Vote("1a", "no"))
    room.act("JP", Propose(msgspec.structs.replace(BARGAIN, duties=()), amends="1a"))
    assert room.play.texts[0].second_pass
    room.act("CN", Vote("1a", "yes"))
    room.act("KR", Vote("1a", "yes"))
    assert len(room.play.adopted) == 1


def test_the_chair_rotates_and_the_first_text_that_passes_is_the_only_one() -> None:
    room = people_at()
    room.act("KR", Propose(TALKS))
    room.act("JP", Propose(BARGAIN))
    room.until("vote")
    for text in ("1a", "1b"):
        for seat in ("CN", "JP", "KR"):
            if room.play.phase == "vote":
                room.act(seat, Vote(text, "yes"))
    assert [text.status for text in room.play.texts] == ["failed", "adopted"], "in round 1 Japan comes before Korea"
    assert room.play.texts[0].reason == "another_adopted"


def test_a_withdrawn_text_is_closed() -> None:
    room = people_at()
    room.act("JP", Propose(BARGAIN))
    room.refuses(Refusal.NOT_YOURS, "CN", Withdraw("1a"))
    room.act("JP", Withdraw("1a"))
    room.refuses(Refusal.TEXT_CLOSED, "KR", Sponsor("1a"))
    room.refuses(Refusal.UNKNOWN_TEXT, "KR", Sponsor("9z"))
    room.all_ready()
    assert room.play.phase == "orders", "a vote without texts is left out"


def test_side_deals_are_decided_at_once_and_one_a_round() -> None:
    room = people_at("six2003")
    deal = Package(sponsor="KR", side=True, duties=(Duty(by="KR", kind="pay", to="KP", amount=0.1),))
    room.act("KR", Propose(deal))
    room.refuses(Refusal.NO_VOTE, "US", Vote("1a", "yes"))
    room.act("KP", Vote("1a", "yes"))
    assert room.play.texts[0].status == "adopted"
    assert room.play.phase == "talk"
    again = Package(sponsor="JP", side=True, duties=(Duty(by="JP", kind="open", to="KR"),))
    room.refuses(Refusal.TOO_MANY_SIDE_DEALS, "JP", Propose(again))


def test_the_starter_has_no_side_deals() -> None:
    deal = Package(sponsor="KR", side=True, duties=(Duty(by="KR", kind="open", to="CN"),))
    people_at().refuses(Refusal.NO_SIDE_DEALS, "KR", Propose(deal))


@pytest.mark.parametrize(
    ("package", "code"),
    [
        (Package(sponsor="JP"), Refusal.EMPTY_PACKAGE),
        (Package(sponsor="JP", duties=(CN_HOLDS_BACK, CN_HOLDS_BACK)), Refusal.REPEATED_DUTY),
        (
            Package(sponsor="JP", duties=(CN_HOLDS_BACK, JP_PAYS, Duty(by="KR", kind="admit"))),
            Refusal.TOO_MANY_DUTIES,
        ),
        (Package(sponsor="JP", duties=(Duty(by="KP", kind="admit"),)), Refusal.UNKNOWN_SEAT),
        (Package(sponsor="JP", duties=(Duty(by="JP", kind="open", to="JP"),)), Refusal.SELF_TARGET),
        (Package(sponsor="JP", duties=(Duty(by="JP", kind="open"),)), Refusal.DUTY_FORM),
        (Package(sponsor="JP", duties=(Duty(by="JP", kind="abstain"),)), Refusal.DUTY_FORM),
        (Package(sponsor="JP", duties=(Duty(by="JP", kind="abstain", what="strike"),)), None),
        (Package(sponsor="JP", duties=(Duty(by="JP", kind="abstain", what="magic"),)), Refusal.UNKNOWN_MEASURE),
        (Package(sponsor="JP", duties=(Duty(by="JP", kind="abstain", what="strait_drill"),)), Refusal.NOT_OPEN),
        (Package(sponsor="JP", duties=(Duty(by="CN", kind="do", what="exchange"),)), Refusal.TARGET_NEEDED),
        (Package(sponsor="JP", duties=(Duty(by="JP", kind="cap", amount=0.5),)), Refusal.BAD_AMOUNT),
        (Package(sponsor="JP", duties=(Duty(by="JP", kind="pay", to="CN", amount=0.05),)), Refusal.BAD_AMOUNT),
        (Package(sponsor="JP", duties=(JP_PAYS,)), Refusal.BAD_CONDITION),
        (
            Package(sponsor="JP", duties=(CN_HOLDS_BACK, msgspec.structs.replace(JP_PAYS, conditions=(2,)))),
            Refusal.BAD_CONDITION,
        ),
        (
            Package(
                sponsor="JP",
                duties=(
                    Duty(by="JP", kind="pay", to="CN", amount=0.2),
                    Duty(by="CN", kind="pay", to="JP", amount=0.2),
                ),
            ),
            Refusal.MONEY_PUMP,
        ),
        (Package(sponsor="JP", institution=InstitutionClause("alchemy")), Refusal.UNKNOWN_INSTITUTION),
        (Package(sponsor="JP", institution=InstitutionClause("guarantee")), Refusal.INSTITUTION_GATE),
        (Package(sponsor="JP", institution=InstitutionClause("dialogue", ("JP",))), Refusal.INSTITUTION_FORM),
        (Package(sponsor="JP", institution=InstitutionClause("dialogue", (), 1)), Refusal.INSTITUTION_FORM),
    ],
)
def test_a_package_that_the_rules_do_not_allow_is_refused_with_its_reason(
    package: Package, code: Refusal | None
) -> None:
    room = people_at()
    if code is None:
        room.act("JP", Propose(package))
    else:
        room.refuses(code, "JP", Propose(package))


def test_a_promise_in_force_cannot_be_sold_twice() -> None:
    room = people_at()
    room.adopt(BARGAIN)
    room.order()
    room.until("talk")
    room.refuses(Refusal.ALREADY_PROMISED, "JP", Propose(Package(sponsor="JP", duties=(CN_HOLDS_BACK,))))


def test_orders_are_sealed_replaceable_and_end_the_phase_when_all_are_in() -> None:
    room = people_at()
    room.until("orders")
    radar = Order(measures=(OrderedMeasure("radar"),))
    room.act("KR", GiveOrder(Order(posture=2)))
    room.act("KR", GiveOrder(radar), expect=1)
    room.refuses(Refusal.STALE, "KR", GiveOrder(Order()), expect=1)
    sealed = room.play.orders[2]
    assert sealed is not None
    assert (sealed.version, sealed.order) == (2, radar)
    room.act("CN", GiveOrder(Order()))
    room.act("JP", GiveOrder(Order()))
    assert room.play.phase == "reveal"
    assert set(room.play.played[0].resolved.digests) == {"CN", "JP", "KR"}


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Order(measures=(OrderedMeasure("radar"), OrderedMeasure("radar"))), Refusal.REPEATED_MEASURE),
        (Order(measures=(OrderedMeasure("exchange"),)), Refusal.TARGET_NEEDED),
        (Order(measures=(OrderedMeasure("radar", "CN"),)), Refusal.TARGET_SUPERFLUOUS),
        (Order(measures=(OrderedMeasure("exchange", "KR"),)), Refusal.SELF_TARGET),
        (Order(measures=(OrderedMeasure("test"),)), Refusal.NOT_OPEN),
        (Order(measures=(OrderedMeasure("magic"),)), Refusal.UNKNOWN_MEASURE),
        (Order(measures=(OrderedMeasure("missile_defence"), OrderedMeasure("tighten"))), Refusal.TOO_DEAR),
        (Order(stop=("1.1.1",)), Refusal.NOT_YOUR_DUTY),
        (Order(hide=True), Refusal.CANNOT_HIDE),
    ],
)
def test_an_order_that_breaks_its_form_is_refused_whole(order: Order, code: Refusal) -> None:
    room = people_at()
    room.until("orders")
    room.refuses(code, "KR", GiveOrder(order))


def test_a_room_plays_to_its_end_and_then_only_talks() -> None:
    room = people_at()
    room.until("over")
    assert room.play.ended is not None
    assert len(room.play.played) == 3
    room.act("KR", Say("Thank you."))
    room.refuses(Refusal.OVER, "KR", Ready())
    room.refuses(Refusal.OVER, "facilitator", Rewind(1))


def test_acts_out_of_phase_say_what_to_wait_for() -> None:
    room = people_at()
    refused = room.refuses(Refusal.NOT_NOW, "KR", GiveOrder(Order()))
    assert refused.params == {"phase": "talk", "wanted": ["orders"]}
    room.refuses(Refusal.NOT_YOURS, "KR", Start())
    room.refuses(Refusal.NOT_YOURS, "facilitator", Ready())
    room.refuses(Refusal.UNKNOWN_SEAT, "US", Ready())


def test_private_talk_is_told_once_a_phase_and_group() -> None:
    room = people_at()
    assert types(room.act("CN", Say("a word", to=("KR",)))) == ["Met", "Said"]
    assert types(room.act("KR", Say("yes?", to=("CN",)))) == ["Said"]
    assert types(room.act("KR", Say("hello all"))) == ["Said"]
    room.refuses(Refusal.BAD_ADDRESSEE, "KR", Say("me", to=("KR",)))
    room.refuses(Refusal.EMPTY_TEXT, "KR", Say(" \u200b\n"))
    met = [event for event in room.log if isinstance(event, Met)]
    assert met == [Met(("CN", "KR"))]


def test_who_misses_two_rounds_is_kept_by_a_caretaker_and_may_come_back() -> None:
    room = people_at(preset="starter15")
    for _ in range(2):
        while room.play.phase != "reveal":
            if room.play.phase == "orders":
                for seat in ("CN", "JP"):
                    room.act(seat, GiveOrder(Order()))
            expire(room)
        expire(room)
    assert room.play.holder("KR") == "caretaker"
    events = room.act("KR", Ready())
    assert Seated("KR", "people") in events


def expire(room: Room) -> None:
    """Let the deadline of the phase pass."""
    assert room.play.deadline_at is not None
    room.now = room.play.deadline_at + 1.5
    room.play = history.replay(room.play, due(room.play, room.now))


def test_deadlines_have_a_second_of_grace_and_downtime_pauses() -> None:
    room = people_at(preset="starter15")
    deadline = room.play.deadline_at
    assert deadline is not None
    assert due(room.play, deadline + 0.9) == ()
    assert types(list(due(room.play, deadline + 1)))[0] == "PhaseBegan"
    assert types(list(due(room.play, deadline + 61))) == ["Paused"]


def test_pausing_moves_the_deadline_and_stops_all_but_talk() -> None:
    room = people_at(preset="starter15")
    deadline = room.play.deadline_at
    assert deadline is not None
    room.act("facilitator", Pause())
    room.refuses(Refusal.PAUSED, "KR", Ready())
    room.refuses(Refusal.PAUSED, "facilitator", Pause())
    room.act("KR", Say("why?"))
    room.now += 100
    assert due(room.play, room.now + 10_000) == ()
    room.act("facilitator", Resume())
    assert room.play.deadline_at == deadline + 100
    room.refuses(Refusal.NOT_PAUSED, "facilitator", Resume())


def test_after_downtime_the_phase_begins_anew() -> None:
    room = people_at(preset="starter15")
    deadline = room.play.deadline_at
    assert deadline is not None
    length = deadline - room.now
    room.now = deadline + 3600
    room.play = history.replay(room.play, due(room.play, room.now))
    room.act("facilitator", Resume())
    assert room.play.deadline_at == room.now + length


def test_the_facilitator_extends_advances_and_brings_news() -> None:
    room = people_at(preset="starter15")
    deadline = room.play.deadline_at
    assert deadline is not None
    room.act("facilitator", Extend(60))
    assert room.play.deadline_at == deadline + 60
    room.refuses(Refusal.BAD_SECONDS, "facilitator", Extend(0))
    room.act("facilitator", Inject("Fog in the strait.", ("KR",)))
    room.act("facilitator", Advance())
    assert room.play.phase == "talk", "this timetable has a briefing first"
    room.refuses(Refusal.UNKNOWN_HOLDER, "facilitator", Appoint("KR", "bot:skynet"))


def test_a_rewind_opens_a_new_epoch_and_new_luck_and_deletes_nothing() -> None:
    room = people_at()
    room.adopt(BARGAIN)
    room.order()
    before = len(room.log)
    talk = next(k for k, mark in enumerate(room.play.marks) if mark.phase == "talk")
    events = room.act("facilitator", Rewind(talk))
    assert isinstance(events[0], Rewound)
    assert (room.play.phase, room.play.round, room.play.epoch) == ("talk", 1, 1)
    assert room.play.world.duties == ()
    assert room.play.draw_seed.endswith("#1")
    assert len(room.log) > before
    assert history.replay(room.opening, room.log) == room.play
    room.refuses(Refusal.NOTHING_TO_REWIND, "facilitator", Rewind(99))


def test_ending_early_scores_the_rounds_played() -> None:
    room = people_at()
    room.order()
    room.act("facilitator", End())
    assert room.play.is_over
    assert len(room.play.played) == 1


def test_a_text_that_falls_says_why() -> None:
    room = people_at()
    room.act("KR", Propose(TALKS))
    room.until("vote")
    room.act("CN", Vote("1a", "no"))
    room.act("JP", Vote("1a", "no"))
    room.all_ready()
    fallen = [event for event in room.log if isinstance(event, Failed)]
    assert fallen == [Failed("1a", "voted_down", {"seats": ["CN", "JP"]})]


def test_a_timetable_brings_its_own_number_of_rounds_unless_the_room_says_otherwise() -> None:
    assert people_at(preset="starter15").play.rounds == 3
    assert people_at(preset="class50").play.rounds == 4
    assert people_at(preset="class50", rounds=2).play.rounds == 2


PAY_JP = Package(sponsor="CN", side=True, duties=(Duty(by="CN", kind="pay", to="JP", amount=0.1),))
PAY_CN = Package(sponsor="JP", duties=(Duty(by="JP", kind="pay", to="CN", amount=0.1),))


def test_who_sponsors_a_side_deal_of_its_own_signs_it() -> None:
    room = people_at(side_deals=True)
    room.act("CN", Propose(PAY_JP))
    assert types(room.act("KR", Sponsor("1a"))) == ["Sponsored"], "a name of a stranger decides nothing"
    assert types(room.act("JP", Sponsor("1a"))) == ["Sponsored", "Voted", "Adopted"]


def test_a_side_deal_that_fell_does_not_come_back_beside_another() -> None:
    room = people_at(side_deals=True)
    room.act("CN", Propose(PAY_JP))
    open_up = Package(sponsor="JP", side=True, duties=(Duty(by="JP", kind="open", to="CN"),))
    room.act("JP", Propose(open_up))
    room.act("CN", Vote("1b", "yes"))
    assert [text.status for text in room.play.texts] == ["failed", "adopted"]
    room.refuses(Refusal.TOO_MANY_SIDE_DEALS, "CN", Propose(PAY_JP, amends="1a"))


def test_nobody_has_two_side_deals_open_by_taking_up_one_that_fell() -> None:
    room = people_at(side_deals=True)
    room.act("CN", Propose(PAY_JP))
    room.act("JP", Vote("1a", "no"))
    room.act("CN", Propose(msgspec.structs.replace(PAY_JP, duties=(Duty(by="CN", kind="pay", to="KR", amount=0.1),))))
    room.refuses(Refusal.TOO_MANY_SIDE_DEALS, "CN", Propose(PAY_JP, amends="1a"))
    assert types(room.act("CN", Propose(PAY_JP, amends="1b")))[0] == "Proposed", "the open one may be replaced"


def test_what_a_side_deal_of_the_round_says_cannot_be_tabled_again_nor_paid_back() -> None:
    room = people_at(side_deals=True)
    room.act("CN", Propose(PAY_JP))
    room.act("JP", Vote("1a", "yes"))
    room.refuses(Refusal.MONEY_PUMP, "JP", Propose(PAY_CN))
    room = people_at(side_deals=True)
    room.act("CN", Propose(Package(sponsor="CN", side=True, duties=(CN_HOLDS_BACK,))))
    room.act("JP", Vote("1a", "yes"))
    refused = room.refuses(Refusal.ALREADY_PROMISED, "KR", Propose(Package(sponsor="KR", duties=(CN_HOLDS_BACK,))))
    assert refused.params["id"] == "1.1.1"


def test_a_text_falls_where_a_side_deal_signed_after_it_pays_the_other_way() -> None:
    room = people_at(side_deals=True)
    room.act("JP", Propose(PAY_CN))
    room.act("CN", Propose(PAY_JP))
    room.act("JP", Vote("1b", "yes"))
    room.until("vote")
    for seat in ("CN", "KR"):
        room.act(seat, Vote("1a", "yes"))
    assert [(text.id, text.status, text.reason) for text in room.play.texts] == [
        ("1a", "failed", "already_agreed"),
        ("1b", "adopted", None),
    ]


def test_a_room_that_all_have_left_waits_for_them() -> None:
    room = people_at()
    for seat in room.play.scenario.seats:
        room.act("facilitator", Appoint(seat, "caretaker"))
    assert (room.play.phase, room.play.round) == ("talk", 1)
    room.act("facilitator", Advance())
    assert room.play.phase == "orders", "the facilitator leads on, phase by phase"
    room.act("facilitator", Rewind(1))
    assert room.play.phase == "talk"
    assert Seated("JP", "people") in room.act("JP", Say("Here I am again."))


def test_a_clock_runs_on_at_its_pace_when_all_have_left() -> None:
    room = people_at(preset="starter15")
    while "people" in room.play.holders:
        expire(room)
    assert (room.play.phase, room.play.round) == ("reveal", 2)
    assert room.play.deadline_at is not None


def test_a_seat_cannot_cover_the_table_with_texts_it_withdraws() -> None:
    room = people_at()
    for _ in range(30):
        room.act("KR", Propose(TALKS))
        room.act("KR", Withdraw(room.play.texts[-1].id))
    room.refuses(Refusal.TOO_MANY_TEXTS, "KR", Propose(TALKS))
    room.act("JP", Propose(TALKS))
    assert room.play.texts[-1].id == "1ae", "the thirty-first text of the round"


def test_a_seat_cannot_write_versions_of_its_text_without_end_and_logs_with_more_of_them_still_replay() -> None:
    room = people_at()
    room.act("KR", Propose(TALKS))
    for _ in range(199):
        room.act("KR", Propose(TALKS, "1a"))
    room.refuses(Refusal.TOO_MANY_VERSIONS, "KR", Propose(TALKS, "1a"))
    assert len(room.play.superseded) == 199
    again = history.replay(
        room.play, [Proposed(text="1a", version=201, package=msgspec.structs.replace(TALKS, sponsor="KR"))]
    )
    assert again.texts[0].version == 201
    # Others, and the next round, are not concerned.
    room.act("JP", Propose(TALKS, "1a"))
    room.until("orders")
    room.order()
    room.until("talk")
    room.act("KR", Propose(BARGAIN))
    room.act("KR", Propose(BARGAIN, "2a"))


def test_who_is_done_with_a_phase_that_is_over_is_not_done_with_the_next() -> None:
    room = people_at()
    room.until("talk")
    talk = room.play.phase_no
    room.all_ready()
    assert room.play.phase == "orders"
    room.refuses(Refusal.MOVED_ON, "CN", Ready(), expect=talk)
    room.act("CN", Ready(), expect=room.play.phase_no)


@pytest.mark.parametrize(("texts", "seconds"), [(3, 45), (4, 45), (5, 50), (6, 55)])
def test_a_vote_on_many_texts_takes_longer(texts: int, seconds: int) -> None:
    room = people_at("camps2023", preset="class50", rounds=4)
    room.until("talk")
    for seat in room.play.scenario.seats[:texts]:
        duty = Duty(by=seat, kind="abstain", what="sanction")
        room.act(seat, Propose(Package(sponsor=seat, duties=(duty,))))
    room.until("vote")
    assert room.play.deadline_at is not None
    assert room.play.deadline_at - room.play.began_at == seconds


@pytest.mark.parametrize(("texts", "seconds"), [(15, 100), (16, 105), (17, 105), (90, 105)])
def test_a_vote_takes_at_most_a_minute_longer_however_many_texts_there_are(texts: int, seconds: int) -> None:
    room = people_at("camps2023", preset="class50", rounds=4)
    room.until("talk")
    room.act("KR", Propose(TALKS))
    play = msgspec.structs.replace(room.play, texts=room.play.texts * texts)
    assert begin_phase(play, "vote", 1, 100.0).deadline_at == 100.0 + seconds


def test_an_institution_falls_where_fewer_than_two_of_those_it_is_open_to_say_yes_and_says_who_they_are() -> None:
    room = people_at("camps2023", rounds=1)
    room.until("talk")
    duty = Duty(by="RU", kind="abstain", what="patrol")
    room.act("RU", Propose(Package(sponsor="RU", duties=(duty,), institution=InstitutionClause("trade"))))
    seen = observe(room.play, "KP").texts
    assert seen is not None
    assert (seen.texts[0].invited, seen.texts[0].needed) == (("CN", "JP", "KR"), ("RU",))
    room.until("vote")
    for seat in ("CN", "KP"):
        room.act(seat, Vote("1a", "yes"))
    room.until("orders")
    fell = room.play.texts[0]
    assert (fell.reason, fell.reason_params) == ("too_few_join", {"id": "trade", "seats": ["CN", "JP", "KR"]})


@pytest.mark.parametrize(("rounds", "is_short"), [(4, True), (None, False)])
def test_a_room_shorter_than_its_scenario_is_said_to_be(rounds: int | None, is_short: bool) -> None:
    assert observe(people_at("camps2023", rounds=rounds).play, "KP").room.is_short is is_short


def test_a_name_under_a_text_in_the_vote_is_a_vote() -> None:
    room = people_at(rounds=1)
    room.until("talk")
    room.act("JP", Propose(BARGAIN))
    room.until("vote")
    assert not room.play.texts[0].votes.get("CN")
    room.act("CN", Sponsor("1a"))
    assert room.play.texts[0].votes["CN"] == "yes"
    room.act("KR", Vote("1a", "yes"))
    assert room.play.texts[0].status == "adopted"
