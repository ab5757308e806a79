"""Kinds of game: what a scorable and a matrix game allow, how they end, what they keep secret, and what stays the same."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from game import audit, rulesets
from game.bots import get
from game.bots.names import CASTS
from game.case_file import KEYS
from game.decisions import Appoint, GiveOrder, Propose, Ready, Start, Vote
from game.events import decoder, encoder
from game.figures import ScenarioError
from game.history import replay
from game.lenses import Place, winners
from game.observation import OBSERVER, observe, view
from game.records import Duty, Order, Package
from game.refusals import Refusal, Refused
from game.scenario import NEWEST_RULES, RULESETS, cases, load
from game.scenario_file import parse
from tests.game.cast import Room, people_at

GOOD = ("A3", "B2", "C3", "D2", "E4")
"""A deal of `fisheries` that leaves nobody below its threshold: 71, 72, 84, 74 of 64, 66, 66, 60."""


def deal(sponsor: str, *options: str) -> Package:
    return Package(sponsor=sponsor, deal=options)


def end_by_vote(room: Room, package: Package, **votes: str) -> None:
    """Table a deal, vote on it (yes unless said otherwise), and come to the end of the vote."""
    room.until("talk")
    room.act(package.sponsor, Propose(package))
    room.until("vote")
    for seat in room.play.scenario.seats:
        if room.play.phase == "vote":
            room.act(seat, Vote(room.play.texts[-1].id, votes.get(seat, "yes")))  # type: ignore[arg-type]
    if room.play.phase == "vote":
        room.all_ready()


def test_every_kind_has_its_hooks_its_bots_and_its_form() -> None:
    assert set(rulesets.RULESETS) == set(RULESETS) == set(CASTS) == {*KEYS, "security_dilemma"}
    assert {load(name).ruleset for name in cases()} == set(KEYS)


def test_a_deal_is_tabled_amended_voted_on_and_ends_the_talks() -> None:
    room = people_at("fisheries")
    room.until("talk")
    room.act("CN", Propose(deal("CN", "A1", "B1", "C2", "D1", "E4")))
    room.act("JP", Propose(deal("JP", *GOOD), amends="1a"))
    assert [text.package.deal for text in room.play.texts if text.id == "1b"] == [GOOD]
    room.until("vote")
    for seat in ("CN", "JP", "KR", "RU"):
        room.act(seat, Vote("1a", "no"))
        if room.play.phase == "vote":
            room.act(seat, Vote("1b", "yes"))
    assert room.play.phase == "reveal"  # a deal needs no orders
    room.all_ready()
    assert room.play.phase == "over", "nothing is left to play for, though more rounds were"
    assert room.play.ended is not None
    assert {one.seat: one.G for one in room.play.ended.outcome.scores} == {"CN": 7, "JP": 6, "KR": 18, "RU": 14}


def test_without_a_deal_all_have_their_thresholds_and_no_more() -> None:
    room = people_at("fisheries", rounds=1)
    room.until("over")
    assert set(room.scores().values()) == {0.0}
    ending = observe(room.play, OBSERVER).game.ending  # type: ignore[union-attr]
    assert ending.deal.deal == ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("noes", "passes"),
    [((), True), (("RU",), True), (("KR",), True), (("KR", "RU"), False), (("CN",), False), (("JP",), False)],
)
def test_a_deal_passes_with_all_but_one_and_both_vetoes(noes: tuple[str, ...], passes: bool) -> None:
    room = people_at("fisheries")
    end_by_vote(room, deal("JP" if "CN" in noes else "CN", *GOOD), **dict.fromkeys(noes, "no"))
    assert (room.play.texts[0].status == "adopted") is passes
    if not passes:
        room.until("talk")
        assert room.play.round == 2, "a deal that falls is talked about again"


@pytest.mark.parametrize(
    ("package", "code", "said"),
    [
        (deal("CN"), Refusal.DEAL_FORM, "one option an issue"),
        (deal("CN", "A1", "B1", "C1", "D1"), Refusal.DEAL_FORM, "one option an issue"),
        (deal("CN", "B1", "A1", "C1", "D1", "E1"), Refusal.DEAL_FORM, "in the order of the issues"),
        (deal("CN", "A5", "B1", "C1", "D1", "E1"), Refusal.DEAL_FORM, "found A5"),
        (deal("CN", "A1", "B3", "C1", "D1", "E1"), Refusal.DEAL_FORBIDDEN, "no joint ship without a hotline"),
        (deal("CN", "A4", "B1", "C2", "D1", "E1"), Refusal.DEAL_FORBIDDEN, "a closed season needs a fund"),
        (Package(sponsor="CN", side=True, deal=GOOD), Refusal.NOT_IN_THIS_GAME, "A side deal"),
        (Package(sponsor="CN", duties=(Duty(by="CN", kind="admit"),)), Refusal.NOT_IN_THIS_GAME, "A promise"),
    ],
)
def test_a_deal_that_the_rules_forbid_is_refused_with_the_rules_name(
    package: Package, code: Refusal, said: str
) -> None:
    room = people_at("fisheries")
    room.until("talk")
    assert said in str(room.refuses(code, "CN", Propose(package)))


def test_a_region_knows_neither_deals_nor_moves() -> None:
    room = people_at()
    room.until("talk")
    room.refuses(Refusal.NOT_IN_THIS_GAME, "CN", Propose(deal("CN", "A1")))
    room.until("orders")
    room.refuses(Refusal.NOT_IN_THIS_GAME, "CN", GiveOrder(Order(move="x")))
    assert observe(room.play, "CN").game is None


def test_moves_are_sealed_opened_together_and_add_up() -> None:
    room = people_at("winasmuch", rounds=3)
    for moves in ("xyyy", "xxyy", "xxxx"):
        room.until("orders")
        for seat, move in zip(room.play.scenario.seats, moves, strict=True):
            seen = observe(room.play, "US").game
            room.act(seat, GiveOrder(Order(move=move)))
            if room.play.phase == "orders":
                assert observe(room.play, "US").game == seen, "a sealed move shows nothing"
    room.until("over")
    assert room.scores() == {"CN": 4.0, "JP": 0.0, "KR": -4.0, "US": -4.0}
    game = observe(room.play, OBSERVER).game
    assert game is not None
    assert game.matrix is not None
    assert [one.points["CN"] for one in game.matrix.rounds] == [3.0, 2.0, -1.0]
    assert game.matrix.rounds[0].moves == {"CN": "x", "JP": "y", "KR": "y", "US": "y"}


def test_who_seals_nothing_plays_the_idle_move() -> None:
    room = people_at("prisoners", rounds=1)
    room.until("orders")
    room.act("CN", GiveOrder(Order(move="press")))
    room.act("JP", Ready())
    room.until("over")
    assert room.scores() == {"CN": 5.0, "JP": 0.0}


def test_a_matrix_game_has_one_move_and_no_text() -> None:
    room = people_at("prisoners")
    room.until("talk")
    room.refuses(Refusal.NOT_IN_THIS_GAME, "CN", Propose(deal("CN", "A1")))
    room.until("orders")
    assert "hold, press" in str(room.refuses(Refusal.UNKNOWN_MOVE, "CN", GiveOrder(Order(move="strike"))))
    room.refuses(Refusal.UNKNOWN_MOVE, "CN", GiveOrder(Order()))
    room.refuses(Refusal.NOT_IN_THIS_GAME, "CN", GiveOrder(Order(move="hold", posture=1)))


@pytest.mark.parametrize(
    ("k", "payoffs"), [(0, (1, 1, 1, 1)), (1, (3, -1, -1, -1)), (2, (2, 2, -2, -2)), (3, (1, 1, 1, -3)), (4, (-1,) * 4)]
)
def test_the_published_payoffs_of_win_as_much_as_you_can(k: int, payoffs: tuple[int, ...]) -> None:
    game = load("winasmuch").matrix
    assert game is not None
    assert game.pay((1,) * k + (0,) * (4 - k)) == payoffs
    assert game.joint() == (-4, 4)
    assert game.is_symmetric()


def test_the_lenses_see_different_winners() -> None:
    """A lone X, a table of Y, and one that is even and poor: each sense of winning has a winner of its own."""
    tables = {
        1: {"CN": 30.0, "JP": -10.0, "KR": -10.0, "US": -10.0},
        2: {"CN": 10.0, "JP": 10.0, "KR": 10.0, "US": 10.0},
        3: {"CN": 12.0, "JP": 10.0, "KR": 10.0, "US": 9.0},
    }
    found = {lens.id: (lens.value, lens.best) for lens in winners(tables)}
    assert found["absolute"] == (30.0, (Place(1, "CN"),))
    assert found["relative"] == (40.0, (Place(1, "CN"),))
    assert found["spread"] == (0.0, (Place(2),))
    assert found["joint"] == (41.0, (Place(3),))


def scores_in(observation: object) -> set[float]:
    """Return every threshold that an observation tells, as it would be sent."""
    return {t for t in (64.0, 66.0, 60.0) if f'"threshold":{t}' in msgspec.json.encode(observation).decode()}


def test_secret_scores_stay_with_their_party_until_the_end() -> None:
    room = people_at("fisheries", rounds=1)
    for phase in ("talk", "reveal"):
        room.until(phase)
        assert scores_in(observe(room.play, "CN")) == {64.0}
        assert scores_in(observe(room.play, "RU")) == {60.0}
        assert scores_in(observe(room.play, OBSERVER)) == set()
        assert "scores" not in msgspec.json.encode(observe(room.play, OBSERVER).game).decode()
    room.until("over")
    assert scores_in(observe(room.play, OBSERVER)) == {64.0, 66.0, 60.0}


def test_two_games_that_differ_in_a_secret_score_look_the_same_to_all_others() -> None:
    one, other = people_at("fisheries"), people_at("fisheries")
    game = other.play.scenario.scorable
    assert game is not None
    sheet = game.sheet(0)._replace(threshold=1.0)
    changed = msgspec.structs.replace(other.play.scenario, scorable=game._replace(sheets=(sheet, *game.sheets[1:])))
    other.play = msgspec.structs.replace(other.play, scenario=changed)
    for room in (one, other):
        end_by_vote(room, deal("JP", *GOOD), KR="no", RU="no")
    for viewer in ("JP", "KR", "RU", OBSERVER):
        assert msgspec.json.encode(observe(one.play, viewer)) == msgspec.json.encode(observe(other.play, viewer))
    assert observe(one.play, "CN") != observe(other.play, "CN")


def test_a_bot_knows_no_scores_but_its_own() -> None:
    room = people_at("grid")
    for i, seat in enumerate(room.play.scenario.seats):
        game = view(room.play, seat).scenario.scorable
        assert game is not None
        assert [sheet is not None for sheet in game.sheets] == [j == i for j in range(6)]
        with pytest.raises(LookupError, match="secret"):
            game.sheet((i + 1) % 6)


@pytest.mark.parametrize("name", cases())
def test_bots_play_every_case_to_its_end_through_the_rules(name: str) -> None:
    scenario = load(name, NEWEST_RULES)
    cast = CASTS[scenario.ruleset]
    room = Room(name, rounds=3)
    for k, seat in enumerate(scenario.seats):
        room.act("facilitator", Appoint(seat, f"bot:{cast[k % len(cast)]}"))
    room.act("facilitator", Start())
    rng = random.Random(1)
    for _ in range(100):
        for seat in scenario.seats:
            phase = room.play.phase_no
            for decision in get(room.play.holder(seat).removeprefix("bot:")).decide(view(room.play, seat), rng):
                if room.play.phase_no == phase:
                    room.act(seat, decision, by=None)
    assert room.play.is_over
    assert audit.audit(room.opening, room.log).problems == ()
    assert replay(room.opening, map(decoder.decode, map(encoder.encode, room.log))) == room.play


def test_a_bot_of_another_kind_is_not_let_in() -> None:
    room = Room("prisoners")
    room.refuses(Refusal.UNKNOWN_HOLDER, "facilitator", Appoint("CN", "bot:hawk"))
    room.act("facilitator", Start())
    assert room.play.holders == ("bot:tit_for_tat", "bot:tit_for_tat")


def written(name: str) -> str:
    folder = Path(rulesets.__file__).parent / "cases"
    return (folder / f"{name}.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("fisheries", "D = [20, 12, 0]", "D = [20, 12]", "scores.CN.D: found [20, 12]; allowed: 3 numbers"),
        ("fisheries", "threshold = 64", 'threshold = "64"', "scores.CN.threshold"),
        ("fisheries", "[scores.RU]", "[scores.US]", "scores.US: found unknown key 'US'"),
        ("fisheries", "least = 3, vetoes", "least = 5, vetoes", "passing.least: found 5"),
        ("fisheries", 'options = ["B3", "C1"]', 'options = ["B3", "C9"]', "forbidden[0].options[1]: found 'C9'"),
        ("prisoners", '"hold press" = [0, 5]', '"hold press" = [0]', "payoffs.table.hold press"),
        ("winasmuch", "x = [3, 2, 1, -1]", "x = [3, 2, 1]", "payoffs.own.x: found [3, 2, 1]; allowed: 4 numbers"),
        ("winasmuch", 'ruleset = "matrix"', 'ruleset = "chess"', "ruleset: found 'chess'"),
        ("prisoners", 'id = "hold"', 'id = "Hold"', "moves[0].id"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_said_with_its_place(name: str, old: str, new: str, said: str) -> None:
    text = written(name)
    assert old in text
    with pytest.raises(ScenarioError) as error:
        parse(text.replace(old, new, 1), f"{name}.toml")
    assert said in str(error.value)


def test_a_hook_that_a_kind_leaves_out_refuses() -> None:
    play = people_at("prisoners").play
    with pytest.raises(Refused):
        rulesets.of(play.scenario).check_package(play.scenario, play.world, deal("CN", "A1"))
    scorable = people_at("fisheries").play
    with pytest.raises(Refused):
        rulesets.of(scorable.scenario).check_order(scorable.scenario, scorable.world, "CN", Order())
