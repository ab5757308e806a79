"""The second level: what an audience at home makes of a signature, who is told of it before, and what follows."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from game import bots, history
from game.arena import play as play_arena
from game.decisions import Propose, Vote
from game.draws import u01
from game.events import Failed, decoder, encoder
from game.observation import FACILITATOR, OBSERVER, observe, view
from game.ratification import LEAST, MOST, chance, refusing
from game.records import Duty, Package
from game.scenario import load
from game.simulation import Plan, cast_of, simulate, summary
from game.world import shown, start
from tests.game.bot_room import bot_game
from tests.game.cast import Room, people_at
from tests.game.region import cap, package, pay

SIX = replace(load("six2003"), ratification=True)
WORLD = shown(start(SIX))
STEEP = package(pay("KR", "KP", 1.0))


def odds_of(seat: str, text: Package, *, nationalism: float | None = None, round_: int = 1) -> float:
    i = SIX.index[seat]
    heat = tuple(nationalism if nationalism is not None and k == i else x for k, x in enumerate(WORLD.N))
    return chance(SIX, replace(WORLD, N=heat), text, seat, round_=round_, rounds=5)


def test_the_chance_grows_with_worth_and_shrinks_with_nationalism() -> None:
    gift = package(pay("CN", "KR", 0.5), cap("KR", 0))
    assert (
        odds_of("KR", STEEP, nationalism=50)
        < odds_of("KR", package(cap("KR", 0)), nationalism=50)
        < odds_of("KR", gift, nationalism=50)
    )
    calm, hot = odds_of("KR", STEEP, nationalism=30), odds_of("KR", STEEP, nationalism=80)
    assert hot < calm
    # A payment of 1.0 costs KR 4.3 points: 1 / (1 + e^-(1.5 - .8 x 4.3)).
    assert odds_of("KR", STEEP, nationalism=50) == pytest.approx(0.126, abs=0.005)
    assert odds_of("KR", STEEP, nationalism=50, round_=5) > odds_of("KR", STEEP, nationalism=50), (
        "what is left of the game weighs less"
    )


def test_it_is_bounded_and_asks_obligors_alone() -> None:
    assert odds_of("KR", STEEP, nationalism=100) == LEAST
    assert odds_of("KP", package(cap("KP", 0), pay("US", "KP", 1.0)), nationalism=0) == MOST
    assert odds_of("KP", STEEP) == 1.0, "who only receives has nothing to ratify"
    assert odds_of("KR", package(Duty("KR", "declare", what="ministers"))) == 1.0
    assert odds_of("KR", package(found="dialogue")) == 1.0


def test_the_same_text_meets_the_same_mood_and_a_better_one_may_pass() -> None:
    seeds = range(200)

    def refused(text: Package, seed: int) -> tuple[str, ...]:
        return refusing(SIX, WORLD, text, seed=seed, round_=1, rounds=5)

    mild = package(pay("KR", "KP", 0.1))
    assert all(refused(STEEP, seed) for seed in seeds if refused(mild, seed))
    share = sum(not refused(mild, seed) for seed in seeds) / len(seeds)
    assert share == pytest.approx(odds_of("KR", mild), abs=0.08)
    assert not any(refused(replace(mild, side=True), seed) for seed in seeds), "side deals are not ratified"
    off = load("six2003")
    assert not any(refusing(off, WORLD, STEEP, seed=seed, round_=1, rounds=5) for seed in seeds)


def refused_room(**settings: object) -> Room:
    """Return a room whose first text was voted through by all and refused at home."""
    for seed in range(50):
        if u01(f"{seed:032x}", 1, "ratify", "KR") > 0.5:
            break
    room = people_at("six2003", seed=f"{seed:032x}", ratification=True, **settings)
    room.act("KR", Propose(replace(STEEP, sponsor="KR")))
    room.until("vote")
    return room


def test_a_refused_package_falls_for_a_reason_all_may_read() -> None:
    room = refused_room()
    for seat in ("CN", "KP", "JP", "RU", "US"):
        room.act(seat, Vote("1a", "yes"))
    assert room.play.phase == "orders"
    assert room.play.adopted == ()
    assert room.play.texts[0].status == "failed"
    fallen = [event for event in room.log if isinstance(event, Failed)]
    assert fallen == [Failed("1a", "not_ratified", {"seats": ["KR"]})]
    assert view(room.play, "CN").ballots[0].refused == ("KR",)
    assert not view(room.play, "CN").ballots[0].adopted


@pytest.mark.parametrize("hidden", [False, True])
def test_a_seat_is_told_its_own_chance_before_it_votes_and_no_other_s(hidden: bool) -> None:
    room = refused_room(hidden_length=hidden)
    own = {}
    for seat in room.play.scenario.seats:
        section = observe(room.play, seat).own
        assert section is not None
        own[seat] = section.ratification
    assert set(own["KR"]) == {"1a"}
    assert own["KR"]["1a"] < 0.3
    assert all(told == {} for seat, told in own.items() if seat != "KR")
    assert observe(room.play, OBSERVER).own is None
    assert observe(room.play, FACILITATOR).seats["KR"].ratification == own["KR"]
    assert observe(room.play, "CN").room.ratification


def test_the_chance_does_not_tell_how_long_a_hidden_game_is() -> None:
    short, long = (refused_room(hidden_length=True, rounds=5).play for _ in range(2))
    long = replace(long, rounds=6)
    assert observe(short, "KR") == observe(long, "KR")


def test_a_room_without_the_switch_tells_nothing_of_it() -> None:
    room = people_at()
    seen = observe(room.play, "KR")
    assert seen.own is not None
    assert (seen.room.ratification, seen.own.ratification) == (False, {})


def test_a_game_that_is_ratified_replays_from_its_log_without_a_draw() -> None:
    refusals = 0
    for seed in (0, 7, 9, 14):
        room = bot_game("thaad2017", seed, rounds=3, ratification=True)
        play = room.opening
        blind = replace(play, scenario=replace(play.scenario, ratification=False))
        for event in room.log:
            written = decoder.decode(encoder.encode(event))
            play, blind = history.apply(play, written), history.apply(blind, written)
        assert play == room.play
        assert (blind.world, blind.adopted) == (play.world, play.adopted), "the log says what was refused"
        refusals += sum(isinstance(event, Failed) and event.code == "not_ratified" for event in room.log)
    assert refusals >= 3


def test_the_arena_ratifies_too_and_counts_it() -> None:
    scenario = replace(load("thaad2017"), ratification=True)
    game = play_arena(scenario, {seat: bots.get("bargainer") for seat in scenario.seats}, 1000)
    refused = [ballot for ballot in game.ballots if ballot.refused]
    assert refused
    assert not any(ballot.adopted for ballot in refused)
    plan = Plan(scenario, cast_of(scenario, "bargainer", None), 10, 1000)
    found = summary(plan, simulate(plan))
    assert 0.3 < found["ratified"]["share"] < 0.95
    assert found["ratified"]["carried"] > 5
    assert msgspec.json.encode(found)
