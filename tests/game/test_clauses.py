"""Duties of several states, dated and staged ones, and statements: what they are in parts, and what they bring."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.bots.values import value_table
from game.catalogue import STATEMENTS
from game.clauses import Hollow, hollow, last_round, numbered, obligors, parts, term
from game.coming import bar_of, cap_of
from game.consent import needed
from game.decisions import GiveOrder, Propose
from game.observation import observe
from game.orders import check
from game.records import Duty, Order, Package
from game.refusals import Refusal
from game.scenario import load
from game.words import load as load_words
from game.world import is_wide
from tests.game.cast import people_at
from tests.game.region import Region, abstain, cap, does, package, pay

SIX = load("six2003")
ALL_PAY = Duty(by="CN", others=("KR", "RU", "US"), kind="pay", to="KP", amount=0.1)


def wire(duty: Duty) -> bytes:
    return msgspec.json.encode(duty)


# Several obligors


def test_an_old_duty_is_written_as_it_always_was() -> None:
    written = b'{"by":"JP","kind":"pay","to":"CN","amount":0.2,"rounds":2,"if":[1]}'
    assert wire(msgspec.json.decode(written, type=Duty)) == written


def test_several_obligors_go_over_the_wire_as_and() -> None:
    assert wire(ALL_PAY) == b'{"by":"CN","kind":"pay","to":"KP","amount":0.1,"and":["KR","RU","US"]}'
    assert msgspec.json.decode(wire(ALL_PAY), type=Duty) == ALL_PAY
    assert obligors(ALL_PAY) == ("CN", "KR", "RU", "US")


def test_a_duty_of_several_is_in_force_as_one_promise_of_each() -> None:
    found = list(numbered(package(ALL_PAY, cap("KP", 0, 1)), "2.1."))
    assert [id_ for id_, _, _ in found] == ["2.1.1:cn", "2.1.1:kr", "2.1.1:ru", "2.1.1:us", "2.1.2"]
    assert [duty.by for _, duty, _ in found] == ["CN", "KR", "RU", "US", "KP"]
    assert found[-1][2] == ("2.1.1:cn", "2.1.1:kr", "2.1.1:ru", "2.1.1:us"), "who waits for it waits for all of them"


def test_saying_it_together_is_worth_what_saying_it_apart_is() -> None:
    together, apart = Region(SIX), Region(SIX)
    joint = Duty(by="CN", others=("KP", "JP", "KR", "RU", "US"), kind="cap", amount=0)
    for _ in range(3):
        together.round(*((package(joint, ALL_PAY),) if not together.reports else ()))
        apart.round(*((package(*parts(joint), *parts(ALL_PAY)),) if not apart.reports else ()))
    for name in ("A", "D", "E", "a", "b", "S", "W", "gain", "C"):
        assert getattr(together.world, name) == getattr(apart.world, name), name
    table = value_table(SIX, 5)
    assert table.package(package(ALL_PAY)) == table.package(package(*parts(ALL_PAY)))


def test_one_may_break_it_and_the_others_still_keep_it() -> None:
    region = Region(SIX)
    region.round(package(ALL_PAY))
    region.round(RU=Order(stop=("1.1.1:ru",)))
    assert region.report.detected == (("RU", "1.1.1:ru"),)
    assert region.report.kept == ("1.1.1:cn", "1.1.1:kr", "1.1.1:us")
    assert [held.id for held in region.world.duties] == ["1.1.1:cn", "1.1.1:kr", "1.1.1:us"]


def test_it_needs_the_yes_of_every_obligor_binds_each_and_counts_as_wide() -> None:
    text = package(Duty(by="CN", others=("JP", "KR", "US"), kind="cap", amount=-1))
    assert needed(SIX, text) == ("CN", "JP", "KR", "US")
    assert is_wide(SIX, text)
    world = Region(SIX).world
    assert [cap_of(SIX, world, seat, (text,)) for seat in ("CN", "JP", "RU")] == [-1, -1, 9]
    quiet = package(Duty(by="JP", others=("KR",), kind="abstain", what="exercise"))
    assert bar_of(SIX, world, "KR", (quiet,)) == ("exercise",)
    check(SIX, world, "KR", Order(stop=("1.1.1:kr",)), (quiet,))


@pytest.mark.parametrize(
    ("duty", "code"),
    [
        (Duty(by="KR", others=("KR",), kind="admit"), Refusal.REPEATED_OBLIGOR),
        (Duty(by="KR", others=("JP", "JP"), kind="admit"), Refusal.REPEATED_OBLIGOR),
        (Duty(by="KR", others=("FR",), kind="admit"), Refusal.UNKNOWN_SEAT),
        (Duty(by="KR", others=("JP",), kind="open", to="JP"), Refusal.SELF_TARGET),
        (Duty(by="JP", others=("KR", "KP"), kind="pay", to="CN", amount=0.1), Refusal.NOT_OPEN),
        (Duty(by="CN", others=("JP",), kind="abstain", what="strait_drill"), Refusal.NOT_OPEN),
    ],
)
def test_what_one_of_them_cannot_promise_is_refused(duty: Duty, code: Refusal) -> None:
    room = people_at("six2003")
    room.refuses(code, "KR", Propose(Package(sponsor="KR", duties=(duty,))))


def test_a_promise_is_not_made_twice_within_a_joint_one() -> None:
    room = people_at("six2003")
    twice = (ALL_PAY, pay("KR", "KP", 0.2))
    room.refuses(Refusal.REPEATED_DUTY, "KR", Propose(Package(sponsor="KR", duties=twice)))
    pump = (ALL_PAY, pay("RU", "CN", 0.2), Duty(by="US", others=("CN",), kind="pay", to="RU", amount=0.1))
    room.refuses(Refusal.MONEY_PUMP, "KR", Propose(Package(sponsor="KR", duties=pump)))


def test_a_room_shows_each_part_and_lets_each_obligor_stop_its_own() -> None:
    room = people_at("six2003", side_deals=False)
    room.adopt(Package(sponsor="KR", duties=(ALL_PAY, Duty(by="KP", kind="admit", conditions=(1,)))))
    room.refuses(Refusal.NOT_YOUR_DUTY, "US", GiveOrder(Order(stop=("1.1.1:ru",))))
    room.order(US=does(stop=("1.1.1:us",)))
    room.until("talk")
    shown = {one.id: one for one in observe(room.play, "KP").promises.duties}
    assert shown["1.1.1:us"].marks == ((1, "broken"), (1, "lapsed"))
    assert shown["1.1.1:ru"].duty == Duty(by="RU", kind="pay", to="KP", amount=0.1)
    assert shown["1.1.2"].conditions == ("1.1.1:cn", "1.1.1:kr", "1.1.1:ru", "1.1.1:us")


def test_the_page_offers_who_may_join_in() -> None:
    may = observe(people_at("six2003").play, "KR").may
    assert may is not None
    offered = {(one.by, one.kind): one.others for one in may.duties}
    assert offered["JP", "cap"] == ("CN", "KP", "KR", "RU", "US")
    assert offered["JP", "pay"] == ("CN", "KR", "RU", "US")


# Dates and stages

STAGED = Duty(by="KR", kind="pay", to="KP", start=1, stages=(0.1, 0.4))


def economy(region: Region, seat: str) -> float:
    return region.world.E[SIX.index[seat]]


def test_stages_are_paid_by_their_date_and_then_are_over() -> None:
    with_aid, without = Region(SIX), Region(SIX)
    paid, states = [], []
    for k in range(4):
        with_aid.round(*((package(STAGED),) if k == 0 else ()))
        without.round()
        paid.append(round(economy(without, "KR") - economy(with_aid, "KR"), 2))
        states.append((with_aid.report.kept, with_aid.report.suspended, with_aid.report.expired))
    assert [round(b - a, 2) for a, b in zip([0, *paid], paid, strict=False)] == [0.0, 0.1, 0.4, 0.0]
    assert states == [((), ("1.1.1",), ()), (("1.1.1",), (), ()), (("1.1.1",), (), ("1.1.1",)), ((), (), ())]
    assert last_round(STAGED, 1) == 3


def test_a_date_holds_for_every_kind_and_waiting_does_not_move_it() -> None:
    region = Region(SIX)
    later = msgspec.structs.replace(cap("US", 0), start=2)
    region.round(package(later, Duty(by="KP", kind="admit", start=1, rounds=2, conditions=(1,))))
    assert cap_of(SIX, region.world, "US") == 9
    region.round()
    assert cap_of(SIX, region.world, "US") == 0, "the coming round is the round of its date"
    region.round()
    assert region.report.kept == ("1.1.1",)
    assert region.report.expired == ("1.1.2",), "it waited for its condition until its time was up"


def test_half_a_relief_lifts_half_and_is_half_a_sign() -> None:
    def after(*duties: Duty) -> Region:
        region = Region(load("thaad2017"))
        region.round(*([package(*duties)] if duties else []))
        return region

    none, half, whole = (
        after(),
        after(Duty("CN", "relieve", to="KP", stages=(0.5,))),
        after(Duty("CN", "relieve", to="KP")),
    )
    kp = none.scenario.index["KP"]
    assert half.world.E[kp] - none.world.E[kp] == pytest.approx((whole.world.E[kp] - none.world.E[kp]) / 2, abs=1e-4)
    assert none.trust("KP", "CN") < half.trust("KP", "CN") < whole.trust("KP", "CN")
    assert after(Duty("CN", "relieve", to="KP", stages=(1.0, 0.1))).world.E[kp] == whole.world.E[kp]


def test_a_dated_or_staged_duty_is_worth_its_share_of_the_plain_one() -> None:
    table = value_table(SIX, 5)
    plain = table.package(package(pay("KR", "KP", 1.0)))
    assert table.package(package(STAGED)) == pytest.approx([0.5 / 8 * points for points in plain])
    assert term(STAGED, 8) == 0.0625
    late = msgspec.structs.replace(cap("CN", 0), start=4)
    assert table.package(package(late)) == pytest.approx(
        [points / 2 for points in table.package(package(cap("CN", 0)))]
    )
    assert term(pay("KR", "KP", 0.1, rounds=2), 8) == 1.0, "as tables always had it"


@pytest.mark.parametrize(
    ("duty", "code", "problem"),
    [
        (Duty(by="KR", kind="open", to="CN", stages=(0.1,)), Refusal.DUTY_FORM, "stages_superfluous"),
        (Duty(by="KR", kind="cap", stages=(0.5,)), Refusal.DUTY_FORM, "stages_superfluous"),
        (Duty(by="KR", kind="pay", to="CN", amount=0.1, stages=(0.1,)), Refusal.DUTY_FORM, "amount_and_stages"),
        (Duty(by="KR", kind="pay", to="CN", rounds=2, stages=(0.1,)), Refusal.DUTY_FORM, "rounds_and_stages"),
        (Duty(by="KR", kind="pay", to="CN", stages=(0.1, 0.05)), Refusal.BAD_AMOUNT, None),
        (Duty(by="KR", kind="pay", to="CN"), Refusal.DUTY_FORM, "amount_missing"),
    ],
)
def test_stages_of_a_wrong_form_are_refused(duty: Duty, code: Refusal, problem: str | None) -> None:
    refused = people_at("six2003").refuses(code, "KR", Propose(Package(sponsor="KR", duties=(duty,))))
    assert refused.params.get("problem") == problem


def test_the_page_offers_stages_where_there_are_any() -> None:
    may = observe(people_at("six2003").play, "KR").may
    assert may is not None
    assert {one.kind for one in may.duties if one.stages} == {"pay", "relieve"}


# Statements

HELP = Duty(by="CN", others=("JP", "KR", "RU", "US"), kind="declare", what="energy_help", to="KP")


def test_a_statement_is_recorded_and_moves_nothing() -> None:
    said, silent = Region(SIX), Region(SIX)
    for k in range(3):
        said.round(*((package(HELP),) if k == 0 else ()))
        silent.round()
    for name in ("A", "D", "N", "E", "a", "b", "V", "tau", "S", "W", "C", "breaches", "capb"):
        assert getattr(said.world, name) == getattr(silent.world, name), name
    assert (said.report.kept, said.report.detected, said.report.suspended) == ((), (), ())
    assert len(said.world.duties) == 5
    assert not is_wide(SIX, package(HELP)), "it binds nobody"
    assert value_table(SIX, 5).package(package(HELP)) == (0.0,) * 6


def test_a_statement_can_be_taken_back_without_a_breach() -> None:
    region = Region(SIX)
    region.round(package(HELP))
    before = region.trust("KP", "JP")
    quiet = Region(SIX)
    quiet.round()
    quiet.round()
    region.round(JP=Order(stop=("1.1.1:jp",)), RU=Order(quit=("1.1.1:ru",)))
    assert region.report.detected == ()
    assert region.report.lapsed == ("1.1.1:jp", "1.1.1:ru")
    assert region.world.breaches == (0,) * 6
    assert region.trust("KP", "JP") == quiet.trust("KP", "JP") <= before


def test_a_room_records_a_statement_and_needs_the_yes_of_who_makes_it() -> None:
    room = people_at("six2003")
    room.adopt(Package(sponsor="KR", duties=(HELP,)))
    room.order()
    shown = observe(room.play, "KP").promises.duties
    assert [one.id for one in shown] == ["1.1.1:cn", "1.1.1:jp", "1.1.1:kr", "1.1.1:ru", "1.1.1:us"]
    assert {one.status for one in shown} == {"in_force"}
    assert {one.marks for one in shown} == {((1, "stated"),)}
    assert needed(SIX, package(HELP)) == ("CN", "JP", "KR", "RU", "US")


@pytest.mark.parametrize(
    ("duties", "code"),
    [
        ((Duty(by="KR", kind="declare"),), Refusal.DUTY_FORM),
        ((Duty(by="KR", kind="declare", what="friendship"),), Refusal.UNKNOWN_STATEMENT),
        ((Duty(by="KR", kind="declare", what="ministers", amount=0.1),), Refusal.DUTY_FORM),
        ((HELP, Duty(by="KP", kind="admit", conditions=(1,))), Refusal.EMPTY_CONDITION),
    ],
)
def test_a_statement_of_a_wrong_form_is_refused(duties: tuple[Duty, ...], code: Refusal) -> None:
    refused = people_at("six2003").refuses(code, "KR", Propose(Package(sponsor="KR", duties=duties)))
    assert "{" not in str(refused)


def test_every_statement_has_words() -> None:
    assert set(STATEMENTS) == set(load_words("en")["statement"])


# Promises that never begin


@given(st.data())
@settings(max_examples=150)
def test_a_hollow_promise_is_one_that_is_never_in_force_though_all_is_kept(data: st.DataObject) -> None:
    duties = []
    for number, seat in enumerate(data.draw(st.permutations(SIX.seats))[: data.draw(st.integers(1, 5))], 1):
        conditions = data.draw(st.sets(st.integers(1, number - 1), max_size=2)) if number > 1 else set()
        rounds, start = data.draw(st.sampled_from([None, 1, 2, 3])), data.draw(st.integers(0, 2))
        duty = Duty(by=seat, kind="cap", amount=0, rounds=rounds, start=start, conditions=tuple(sorted(conditions)))
        duties.append(duty)
    region = Region(SIX)
    region.round(package(*duties))
    for _ in range(10):
        region.round()
    begun = {id_ for report in region.reports for id_ in report.kept}
    never = {number for number in range(1, len(duties) + 1) if f"1.1.{number}" not in begun}
    assert {one.number for one in hollow(duties)} == never


def test_a_hollow_promise_is_mended_by_the_rounds_it_is_told() -> None:
    first, waits = cap("KP", 0), abstain("US", "exercise", 1, rounds=1)
    assert hollow((first, waits)) == (Hollow(2, 2),)
    assert hollow((first, msgspec.structs.replace(waits, rounds=2))) == ()
    assert hollow((first, msgspec.structs.replace(waits, start=1))) == (), "a later start waits at no cost"
    short = msgspec.structs.replace(first, rounds=1)
    assert hollow((short, abstain("US", "exercise", 1))) == (Hollow(2, None),)
