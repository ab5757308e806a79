"""Bots: what each answers in each situation, as truth tables, and that they play by the rules."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
import pytest

from game import bots
from game.arena import Game, play
from game.bots.bargainer import Bargainer
from game.bots.bot import Bot
from game.bots.names import LONG
from game.bots.searcher import Searcher
from game.bots.situation import situation
from game.decisions import GiveOrder, Propose, Ready, Recite, Sponsor, Vote
from game.observation import view as view_in_room
from game.orders import check
from game.records import Duty, InstitutionClause, Order, OrderedMeasure, Package, Seat
from game.resolution import resolve
from game.scenario import load, names
from game.view import Ballot, View
from game.world import Report, World, shown, start
from tests.game.cast import Room

LUCK = random.Random(1)
NOBODY = (None,) * 6

SIX = load("six2003")
CJK = load("cjk")


def see(
    seat: Seat,
    *,
    round_: int = 1,
    world: World | None = None,
    report: Report | None = None,
    adopted: tuple[Package, ...] = (),
    scenario: str = "six2003",
) -> View:
    chosen = SIX if scenario == "six2003" else load(scenario)
    return View(
        chosen, seat, "vote", round_, chosen.rounds, shown(world or start(chosen)), report, adopted=adopted
    )  # fmt: skip


def after(adopted: Sequence[Package] = (), **orders: Order) -> tuple[World, Report]:
    """Return six2003 after one round with these packages and orders, without luck."""
    return resolve(SIX, start(SIX), adopted, orders, seed=0, crises=False, windows=False)


def text(package: Package) -> Ballot:
    return Ballot("1a", 1, package, NOBODY[: len(SIX.seats)], adopted=False, open=True)


def measures(order: Order) -> list[tuple[str, Seat | None]]:
    return [(one.measure, one.target) for one in order.measures]


def bears(seat: Seat, least: float, most: float) -> Package:
    """Return a package that is worth between `least` and `most` to the seat in round 1."""
    candidates = [
        *(Package(seat, duties=(Duty(seat, "pay", to="KP" if seat != "KP" else "US", amount=a / 10),)) for a in range(1, 8)),
        Package(seat, duties=(Duty(seat, "relieve", to="KP"),)),
        Package(seat, institution=InstitutionClause("dialogue")),
        Package(seat, institution=InstitutionClause("secretariat")),
    ]  # fmt: skip
    bot = bots.get("inst")
    for package in candidates:
        if least <= bot.value(see(seat), package) < most:
            return package
    raise AssertionError(f"nothing is worth {least} to {most} to {seat}")


OFFERS = {  # what the package is worth to the US, by name
    "-1.9": (-2.2, -1.01),
    "-0.8": (-1.0, -0.51),
    "-0.2": (-0.49, -0.05),
    "+0.16": (0.151, 0.17),
    "+0.4": (0.3, 0.6),
}


@pytest.mark.parametrize(
    ("name", "votes"),
    [  #            -1.9  -0.8  -0.2  +0.16 +0.4
        ("passive", ("no", "no", "no", "no", "no")),
        ("yes_only", ("yes", "yes", "yes", "yes", "yes")),
        ("hawk", ("no", "no", "no", "no", "no")),
        ("inst", ("no", "yes", "yes", "yes", "yes")),
        ("tft", ("no", "no", "yes", "yes", "yes")),
        ("grit", ("yes", "yes", "yes", "yes", "yes")),
        ("hedger", ("no", "no", "no", "yes", "yes")),
        ("bargainer", ("no", "no", "no", "yes", "yes")),
        ("cheat", ("no", "no", "no", "yes", "yes")),
    ],
)
def test_a_bot_votes_yes_from_its_own_threshold_on(name: str, votes: tuple[str, ...]) -> None:
    answers = tuple(bots.get(name).vote(see("US"), text(bears("US", *worth)), LUCK) for worth in OFFERS.values())
    assert answers == votes


@pytest.mark.parametrize(
    ("name", "votes"),
    [("tft", "no"), ("grit", "no"), ("hedger", "no"), ("bargainer", "no"), ("cheat", "no"),
     ("inst", "yes"), ("yes_only", "yes"), ("passive", "no")],
)  # fmt: skip
def test_who_is_provoked_signs_nothing_but_the_founder_and_the_nodder_do(name: str, votes: str) -> None:
    world, report = after(US=Order(posture=2), JP=Order(posture=2))
    view = see("CN", round_=3, world=world, report=report)
    assert situation(view).provoked[SIX.index["CN"]]
    assert bots.get(name).vote(view, text(Package("CN", institution=InstitutionClause("dialogue"))), LUCK) == votes


@pytest.mark.parametrize(
    ("seat", "odd", "even"),
    [
        ("CN", [("patrol", "US"), ("propaganda", "US")], [("strike", None), ("propaganda", "US")]),
        ("KP", [("strike", None), ("propaganda", "US")], [("strike", None), ("propaganda", "US")]),
        ("JP", [("missile_defence", None), ("propaganda", "CN")], [("strike", None), ("propaganda", "CN")]),
        ("US", [("exercise", None), ("propaganda", "CN")], [("strike", None), ("propaganda", "CN")]),
    ],
)
def test_the_hawk_hurts_its_rival_and_strikes_in_turn(
    seat: Seat, odd: list[tuple[str, Seat | None]], even: list[tuple[str, Seat | None]]
) -> None:
    for round_, expected in ((1, odd), (2, even)):
        order = bots.get("hawk").order(see(seat, round_=round_), LUCK)
        assert (order.posture, order.emphasis, measures(order)) == (2, 0.8, expected)


@pytest.mark.parametrize(
    ("name", "round_", "order"),
    [
        ("passive", 1, Order()),
        ("yes_only", 2, Order()),
        ("inst", 1, Order(posture=0, measures=(OrderedMeasure("exchange", "US"),))),
        ("inst", 2, Order(posture=0, measures=(OrderedMeasure("visit"),))),
        ("tft", 1, Order(posture=0, measures=(OrderedMeasure("exchange", "US"),))),
        ("grit", 1, Order(posture=0, suspend=True, measures=(OrderedMeasure("visit"), OrderedMeasure("exchange", "US")))),
        ("grit", 3, Order(posture=0, measures=(OrderedMeasure("exchange", "US"),))),
        ("hedger", 1, Order(posture=1, emphasis=0.2, measures=(OrderedMeasure("radar"),))),
        ("hedger", 2, Order(posture=1, emphasis=0.2, measures=(OrderedMeasure("exchange", "US"),))),
        ("bargainer", 1, Order(posture=1, emphasis=0.0, measures=(OrderedMeasure("radar"), OrderedMeasure("exchange", "US")))),
        ("cheat", 1, Order(posture=1, emphasis=0.0, measures=(OrderedMeasure("radar"), OrderedMeasure("exchange", "US")))),
    ],
)  # fmt: skip
def test_what_china_orders_while_nobody_gives_offence(name: str, round_: int, order: Order) -> None:
    assert bots.get(name).order(see("CN", round_=round_), LUCK) == order


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("inst", Order(posture=0, measures=(OrderedMeasure("exchange", "US"),))),
        ("tft", Order(posture=1, measures=(OrderedMeasure("patrol", "US"),))),
        ("grit", Order(posture=1, measures=(OrderedMeasure("patrol", "US"),))),
        ("hedger", Order(posture=1, emphasis=0.2, measures=(OrderedMeasure("radar"),))),
        ("bargainer", Order(posture=1, measures=(OrderedMeasure("patrol", "US"),))),
    ],
)
def test_what_china_orders_after_the_united_states_and_japan_armed(name: str, order: Order) -> None:
    world, report = after(US=Order(posture=2, measures=(OrderedMeasure("strike"),)), JP=Order(posture=2))
    assert bots.get(name).order(see("CN", round_=3, world=world, report=report), LUCK) == order


def test_the_hedger_builds_a_shield_in_an_even_round_after_offence() -> None:
    world, report = after(US=Order(posture=2), JP=Order(posture=2))
    order = bots.get("hedger").order(see("CN", round_=2, world=world, report=report), LUCK)
    assert measures(order) == [("missile_defence", None)]


def test_an_answer_in_kind_keeps_to_what_is_promised() -> None:
    barred = Package("CN", duties=(Duty("CN", "abstain", what="patrol"), Duty("CN", "cap", amount=0)))
    world, report = after([barred], US=Order(posture=2), JP=Order(posture=2))
    order = bots.get("tft").order(see("CN", round_=3, world=world, report=report), LUCK)
    assert order == Order(posture=0)


def test_one_offender_of_little_weight_provokes_nobody() -> None:
    _, report = after(RU=Order(posture=2))
    world, _ = after(RU=Order(posture=2))
    assert situation(see("CN", round_=2, world=world, report=report)).provoked[SIX.index["CN"]] is False


def test_nobody_is_provoked_in_round_1() -> None:
    assert situation(see("CN")).provoked == (False,) * 6


def test_the_cheat_arms_two_steps_above_its_cap_and_only_under_a_cap() -> None:
    for amount, posture in ((-1, 1), (0, 2), (1, 2)):
        capped = Package("US", duties=(Duty("CN", "cap", amount=amount),))
        assert bots.get("cheat").order(see("CN", adopted=(capped,)), LUCK).posture == posture
        assert bots.get("bargainer").order(see("CN", adopted=(capped,)), LUCK).posture == min(1, amount)
    assert bots.get("cheat").order(see("CN"), LUCK).posture == 1


def test_russia_builds_pipelines_unless_it_has_promised_something_else() -> None:
    free = bots.get("bargainer").order(see("RU"), LUCK)
    assert measures(free) == [("energy_project", "CN"), ("radar", None)]
    bound = Package("RU", duties=(Duty("RU", "do", what="energy_project", to="KR"),))
    assert measures(bots.get("bargainer").order(see("RU", adopted=(bound,)), LUCK)) == [("radar", None)]


def test_the_founder_tables_the_next_step_and_swaps_routines() -> None:
    swap = (Duty("CN", "abstain", what="patrol"), Duty("US", "abstain", what="exercise"))
    first = bots.get("inst").propose(see("CN"))
    assert first == Package("CN", duties=swap, institution=InstitutionClause("dialogue"))
    world, report = after([Package("CN", duties=swap[1:], institution=InstitutionClause("dialogue"))])
    second = bots.get("inst").propose(see("CN", round_=2, world=world, report=report))
    assert second == Package("CN", institution=InstitutionClause("crisis")), "no swap once the rival's is promised"


def test_the_hedger_tables_modest_institutions_alone() -> None:
    assert bots.get("hedger").propose(see("CN")) == Package("CN", institution=InstitutionClause("dialogue"))


def test_north_korea_sells_its_tests_in_2023() -> None:
    scenario = load("camps2023")
    game = play(scenario, {seat: bots.get("bargainer") for seat in scenario.seats}, 1000)
    assert game.reports[0].adopted[0].duties == (
        Duty("US", "pay", to="KP", amount=0.2),
        Duty("KP", "abstain", what="test"),
        Duty("US", "abstain", what="exercise"),
        Duty("KP", "abstain", what="programme"),
        Duty("KP", "cap", amount=0),
    )


def test_the_bargainer_learns_a_lower_limit_from_a_yes_and_a_higher_from_a_no() -> None:
    bot, view = Bargainer(), see("CN")
    package = bears("US", -1.0, -0.51)
    worth = bots.get("inst").value(see("US"), package)
    votes = {"US": "yes", "JP": "no", "KP": "abstain"}
    counted = msgspec.structs.replace(text(package), votes=tuple(votes.get(seat) for seat in SIX.seats), open=False)
    bot.learn(view, counted)
    assert bot.beliefs["US"] == pytest.approx(worth - 0.25)
    assert bot.beliefs["JP"] == pytest.approx(max(-0.3, bots.get("inst").value(see("JP"), package)) + 0.25)
    assert "KP" not in bot.beliefs
    assert "RU" not in bot.beliefs


def test_what_a_bargainer_reads_out_of_the_record_is_what_it_learnt_at_the_table() -> None:
    for name in ("camps2023", "cjk"):
        scenario = load(name)
        players = {seat: Bargainer() for seat in scenario.seats}
        game = play(scenario, players, 7)
        assert any(player.beliefs for player in players.values())
        for seat, player in players.items():
            again = Bargainer()
            again.recall(_at_the_end(scenario.seats, seat, game, name))
            assert again.beliefs == player.beliefs


def _at_the_end(seats: tuple[Seat, ...], seat: Seat, game: Game, name: str) -> View:
    scenario = load(name)
    return View(
        scenario, seat, "reveal", scenario.rounds, scenario.rounds, shown(game.end), game.reports[-1], past=game.ballots
    )  # fmt: skip


def test_the_dice_use_only_the_luck_they_are_given() -> None:
    bot, view = bots.get("random"), see("CN")
    package = text(Package("CN", institution=InstitutionClause("dialogue")))

    def answers(seed: int) -> list[object]:
        luck = random.Random(seed)
        return [(bot.vote(view, package, luck), bot.order(view, luck)) for _ in range(40)]

    assert answers(5) == answers(5)
    assert answers(5) != answers(6)


@pytest.mark.parametrize("name", [name for name in bots.NAMES if not bots.get(name).stochastic])
def test_a_bot_that_draws_nothing_answers_the_same_twice(name: str) -> None:
    bot = bots.get(name)
    view = see("JP", round_=2)
    luck = random.Random(3)
    before = luck.getstate()
    assert bot.order(view, luck) == bot.order(view, luck)
    assert bot.propose(view) == bot.propose(view)
    assert luck.getstate() == before


def quick(name: str) -> Bot:
    """Return the bot; one that thinks long thinks as little as it can."""
    return Searcher(1) if name in LONG else bots.get(name)


@pytest.mark.parametrize("name", bots.NAMES)
def test_a_bot_plays_200_games_without_a_refusal(name: str) -> None:
    """The arena raises at a package that may not be tabled, and a report names orders that were refused."""
    plays = 1 if name in LONG else 50
    for k, scenario in enumerate(load(one) for one in names()):
        for seed in range(plays):
            others = ("bargainer", "tft", "random", "grit", "hedger", name)
            cast = {
                seat: quick(name if (seed + i) % 2 else others[(seed + i + k) % len(others)])
                for i, seat in enumerate(scenario.seats)
            }
            rounds = 1 if name in LONG else scenario.rounds_most if seed % 5 == 0 else None
            game = play(scenario, cast, seed, rounds=rounds)
            assert not any(report.invalid for report in (*game.reports, *game.after))


# In rooms.


def sit(room: Room, seat: Seat, bot: Bot, luck: random.Random) -> int:
    """Let the bot do what it decides, as the server does; return how many acts that were."""
    phase_no, acts = room.play.phase_no, 0
    for decision in bot.decide(view_in_room(room.play, seat), luck):
        if room.play.phase_no != phase_no:
            break
        room.act(seat, decision, by=None)
        acts += 1
    return acts


def play_out(room: Room, cast: dict[Seat, Bot], luck: random.Random) -> None:
    for _ in range(2000):
        if room.play.is_over:
            return
        acts = sum(sit(room, seat, bot, luck) for seat, bot in cast.items())
        assert acts, f"nobody does anything in {room.play.phase} of round {room.play.round}"
    raise AssertionError("the game never ends")


@pytest.mark.parametrize("name", bots.NAMES)
@pytest.mark.parametrize("scenario", ["cjk", "camps2023"])
def test_bots_alone_play_a_room_to_its_end_without_a_refusal(name: str, scenario: str) -> None:
    room = Room.of_people(scenario, seed="2f", rounds=2 if name in LONG else None)
    others = ("bargainer", "tft", "random")
    seats = room.play.scenario.seats
    cast = {seat: quick(name if i % 2 == 0 else others[i % 3]) for i, seat in enumerate(seats)}
    play_out(room, cast, random.Random(4))
    assert room.play.round == room.play.rounds


def test_a_bot_asked_twice_does_nothing_twice() -> None:
    room = Room.of_people("cjk", seed="2f")
    luck = random.Random(1)
    for _ in range(12):
        for seat in room.play.scenario.seats:
            phase_no = room.play.phase_no
            decisions = bots.get("bargainer").decide(view_in_room(room.play, seat), luck)
            for decision in decisions:
                if room.play.phase_no == phase_no:
                    room.act(seat, decision, by=None)
            if room.play.phase_no == phase_no and not any(isinstance(one, Vote) for one in decisions):
                assert bots.get("bargainer").decide(view_in_room(room.play, seat), luck) == ()


def test_a_bot_tables_once_greets_and_is_ready() -> None:
    room = Room.of_people("cjk", seed="2f")
    acts = bots.get("tft").decide(view_in_room(room.play, "JP"), LUCK)
    assert [type(act) for act in acts] == [Recite, Propose, Ready]


def test_a_bot_puts_its_name_under_a_text_it_likes_even_when_ready() -> None:
    room = Room.of_people("cjk", seed="2f")
    sit(room, "JP", bots.get("tft"), LUCK)
    room.act("KR", Propose(Package("KR", institution=InstitutionClause("dialogue"))))
    acts = bots.get("tft").decide(view_in_room(room.play, "JP"), LUCK)
    assert [type(act) for act in acts] == [Recite, Sponsor]
    sit(room, "JP", bots.get("tft"), LUCK)
    assert bots.get("tft").decide(view_in_room(room.play, "JP"), LUCK) == ()


def test_a_bot_votes_on_every_text_then_is_ready_then_orders() -> None:
    room = Room.of_people("cjk", seed="2f")
    room.act("KR", Propose(Package("KR", institution=InstitutionClause("dialogue"))))
    room.act("CN", Propose(Package("CN", duties=(Duty("JP", "pay", to="CN", amount=1.0),))))
    room.until("vote")
    acts = bots.get("bargainer").decide(view_in_room(room.play, "JP"), LUCK)
    assert [type(act) for act in acts] == [Recite, Vote, Vote]
    assert [act.choice for act in acts if isinstance(act, Vote)] == ["yes", "no"]
    sit(room, "JP", bots.get("bargainer"), LUCK)
    assert bots.get("bargainer").decide(view_in_room(room.play, "JP"), LUCK) == (Ready(),)
    room.until("orders")
    (order,) = bots.get("bargainer").decide(view_in_room(room.play, "JP"), LUCK)
    assert isinstance(order, GiveOrder)
    check(CJK, room.play.world, "JP", order.order, room.play.adopted)


def test_a_bot_may_sign_a_side_deal_while_others_talk() -> None:
    room = Room.of_people("cjk", seed="2f", side_deals=True)
    deal = Package("CN", side=True, duties=(Duty("CN", "pay", to="JP", amount=0.5),))
    room.act("CN", Propose(deal))
    sit(room, "JP", bots.get("bargainer"), LUCK)
    assert room.play.text("1a") is not None
    assert room.play.texts[0].status == "adopted"
