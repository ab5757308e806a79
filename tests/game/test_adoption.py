"""How many must agree: the rules of adoption as a truth table, in a scenario's file and in a room."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from game.adoption import ADOPTION_RULES, objection, rule_of, yes_needed
from game.bots.values import value_table
from game.consent import Fall, binding, can_still_pass
from game.decisions import Choice, Propose, Vote
from game.figures import ScenarioError
from game.observation import observe
from game.records import Package, Seat
from game.scenario import AdoptionId, load
from game.scenario_file import parse
from game.words import say
from tests.game.cast import BARGAIN, TALKS, people_at
from tests.game.region import cap, package
from tests.game.test_scenario import CJK

SIX = load("six2003")
CODES: dict[str, Choice] = {"y": "yes", "n": "no", "a": "abstain"}


def votes(cast: str) -> dict[Seat, Choice]:
    """Return the votes written in seat order, CN KP JP KR RU US; a dash has not voted."""
    return {seat: CODES[code] for seat, code in zip(SIX.seats, cast, strict=True) if code != "-"}


@pytest.mark.parametrize(
    ("rule", "cast", "code"),
    [
        ("consensus", "y-----", None),
        ("consensus", "yyyyyn", "voted_down"),
        ("minus_one", "yaaaan", None),
        ("minus_one", "yyyynn", "voted_down"),
        ("minus_two", "yyyynn", None),
        ("minus_two", "yyynnn", "voted_down"),
        ("qualified", "yyyynn", None),
        ("qualified", "yyyaaa", "too_few_yes"),
        ("qualified", "nyyyyy", "vetoed"),
        ("qualified", "ayyyya", None),
    ],
)
def test_each_rule_counts_as_it_says(rule: AdoptionId, cast: str, code: str | None) -> None:
    found = objection(replace(SIX, adoption=rule, vetoes=("CN",)), votes(cast))
    assert (found.code if found else None) == code
    if found is not None:
        assert "{" not in say(f"fall.{found.code}", **found.params)


def test_without_a_rule_the_scenario_s_slack_counts() -> None:
    assert rule_of(SIX) is ADOPTION_RULES["minus_one"]
    assert rule_of(replace(SIX, slack=0)) is ADOPTION_RULES["consensus"]
    assert [yes_needed(replace(load(name), adoption="qualified")) for name in ("six2003", "cjk")] == [4, 2]
    assert set(ADOPTION_RULES) == {rule.id for rule in ADOPTION_RULES.values()}


def test_no_majority_binds_a_state_that_did_not_agree() -> None:
    scenario = replace(SIX, adoption="qualified")
    text = package(cap("KP", 0))
    assert binding(scenario, text, votes("ynyyyy")) == Fall("no_consent", {"seat": "KP"})


def test_a_text_is_lost_once_its_rule_cannot_be_met() -> None:
    scenario = replace(SIX, adoption="qualified", vetoes=("US",))
    talks = package(found="dialogue")
    assert can_still_pass(scenario, talks, votes("nn----"))
    assert not can_still_pass(scenario, talks, votes("nnn---"))
    assert not can_still_pass(scenario, talks, votes("-----n"))


def test_a_room_plays_by_the_rule_it_chose_and_says_so() -> None:
    room = people_at(adoption="qualified", vetoes=("KR", "US"))
    seen = observe(room.play, "CN").room
    assert (seen.adoption, seen.yes_needed, seen.vetoes, seen.slack) == ("qualified", 2, ("KR",), 3)
    room.act("JP", Propose(BARGAIN))
    room.until("vote")
    room.act("CN", Vote("1a", "yes"))
    room.act("KR", Vote("1a", "no"))
    room.all_ready()
    assert (room.play.texts[0].reason, room.play.texts[0].reason_params) == ("vetoed", {"seats": ["KR"]})


def test_a_room_of_consensus_falls_by_one_no() -> None:
    room = people_at(adoption="consensus")
    assert observe(room.play, "CN").room.slack == 0
    room.act("KR", Propose(TALKS))
    room.until("vote")
    room.act("CN", Vote("1a", "yes"))
    room.act("JP", Vote("1a", "no"))
    room.all_ready()
    assert room.play.texts[0].reason == "voted_down"


def test_a_scenario_s_file_may_name_the_rule() -> None:
    chosen = parse(CJK.replace("[switches]", '[switches]\nadoption = "qualified"\nvetoes = ["CN"]'), "x.toml")
    assert (chosen.adoption, chosen.vetoes) == ("qualified", ("CN",))
    with pytest.raises(ScenarioError, match=r"switches\.adoption: found 'most'; allowed: consensus, minus_one"):
        parse(CJK.replace("[switches]", '[switches]\nadoption = "most"'), "x.toml")


def test_the_rule_does_not_change_what_promises_are_worth() -> None:
    assert value_table(replace(SIX, adoption="qualified", vetoes=("US",)), 5) is value_table(SIX, 5)


def test_every_rule_has_words() -> None:
    assert all(say(f"adoption.{rule}") != rule for rule in ADOPTION_RULES)


def test_a_side_deal_needs_its_parties_alone_whatever_the_rule() -> None:
    scenario = replace(SIX, adoption="qualified", vetoes=("US",))
    deal = Package(sponsor="KR", side=True, duties=(cap("KR", 0),))
    assert binding(scenario, deal, {"KR": "yes", "US": "no"}) == deal
