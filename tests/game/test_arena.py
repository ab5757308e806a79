"""The arena: whole games by the reduced protocol, and the same result wherever they are played."""

from __future__ import annotations

import json
import random
from concurrent.futures import ProcessPoolExecutor

import pytest

from game import bots
from game.__main__ import main
from game.arena import PASSES, play
from game.bots.bot import Bot
from game.bots.names import LONG
from game.consent import voting_order
from game.decisions import Choice
from game.records import InstitutionClause, Order, Package, Seat
from game.scenario import load
from game.scoring import true_standing
from game.simulation import Plan, cast_of, dealt, simulate, summary
from game.view import Ballot, View
from game.world import ShownWorld

CJK = load("cjk")


def everybody(name: str, scenario: str = "cjk") -> dict[Seat, Bot]:
    return {seat: bots.get(name) for seat in load(scenario).seats}


class Stubborn(Bot):
    """Tables dialogue whenever it is asked and signs nothing."""

    def propose(self, view: View) -> Package | None:
        return Package(view.seat, institution=InstitutionClause("dialogue"))

    def vote(self, view: View, ballot: Ballot, rng: random.Random) -> Choice:
        return "no"


def test_every_seat_is_asked_twice_in_the_order_of_the_chair() -> None:
    game = play(CJK, {seat: Stubborn() for seat in CJK.seats}, 1, rounds=2)
    sponsors = [ballot.package.sponsor for ballot in game.ballots]
    assert sponsors == [*voting_order(CJK, 1), *voting_order(CJK, 1), *voting_order(CJK, 2), *voting_order(CJK, 2)]
    assert len(game.ballots) == 2 * PASSES * len(CJK.seats)
    assert not any(ballot.adopted or ballot.open for ballot in game.ballots)


def test_the_first_text_that_passes_is_the_only_one() -> None:
    game = play(CJK, everybody("inst"), 1)
    for number, report in enumerate(game.reports, 1):
        assert [ballot.adopted for ballot in game.ballots if ballot.text.startswith(f"{number}.")] == [True]
        assert len(report.adopted) == 1


def test_a_sponsor_votes_for_its_own_text() -> None:
    game = play(CJK, {seat: Stubborn() for seat in CJK.seats}, 1, rounds=1)
    for ballot in game.ballots:
        assert [seat for seat, vote in zip(CJK.seats, ballot.votes, strict=True) if vote == "yes"] == [
            ballot.package.sponsor
        ]


def test_who_votes_no_is_no_member() -> None:
    game = play(CJK, everybody("inst") | {"KR": bots.get("passive")}, 1, rounds=1)
    clause = game.reports[0].adopted[0].institution
    assert clause is not None
    assert clause.members == ("CN", "JP")


def test_the_same_game_twice_is_the_same_to_the_last_bit() -> None:
    for name in bots.NAMES:
        rounds = 1 if name in LONG else None
        assert play(CJK, everybody(name), 5, rounds=rounds) == play(CJK, everybody(name), 5, rounds=rounds)


def test_an_opening_takes_the_place_of_the_first_round_s_text() -> None:
    opening = Package("CN", institution=InstitutionClause("exchange", CJK.seats))
    game = play(CJK, everybody("inst"), 1, opening=opening)
    assert game.reports[0].adopted == (opening,)
    assert all(not ballot.text.startswith("1.") for ballot in game.ballots)


def test_an_experiment_may_change_orders() -> None:
    def meddle(world: ShownWorld, adopted: tuple[Package, ...], orders: dict[Seat, Order]) -> None:
        orders["CN"] = Order(posture=2)

    game = play(CJK, everybody("passive"), 1, meddle=meddle)
    assert [report.posture[0] for report in game.reports] == [2, 2, 2]


def test_a_game_has_its_rounds_and_its_aftermath() -> None:
    game = play(CJK, everybody("tft"), 1, rounds=4, shadow=2)
    assert (len(game.worlds), len(game.reports), len(game.after)) == (5, 4, 2)
    assert (game.end.round, game.last.round) == (4, 6)


def test_play_i_uses_seed_s_plus_i_however_the_work_is_shared_out() -> None:
    plan = Plan(CJK, cast_of(CJK, None, "mixed"), plays=12, seed=40, each=True)
    alone = simulate(plan, share=5)
    assert [one.seed for one in alone] == list(range(40, 52))
    with ProcessPoolExecutor(2) as pool:
        assert simulate(plan, pool.map, share=2) == alone
    (single,) = simulate(Plan(CJK, plan.cast, plays=1, seed=45, each=True))
    assert single == alone[5]


def test_a_mix_deals_each_seat_by_itself() -> None:
    names = {(seed, seat): dealt("mixed", seed, seat) for seed in range(200) for seat in ("CN", "US")}
    shares = [list(names.values()).count(name) / len(names) for name in ("inst", "bargainer")]
    assert shares == pytest.approx([1 / 6, 2 / 6], abs=0.07)
    assert any(names[seed, "CN"] != names[seed, "US"] for seed in range(5))
    assert dealt("hawk", 1, "CN") == "hawk"


@pytest.mark.parametrize(
    ("given", "mix", "cast"),
    [
        (None, None, ["bargainer", "bargainer", "bargainer"]),
        ("tft", None, ["tft", "tft", "tft"]),
        ("CN=hawk,KR=grit", None, ["hawk", "bargainer", "grit"]),
        ("CN=hawk", "mixed", ["hawk", "mixed", "mixed"]),
        (None, "mixed", ["mixed", "mixed", "mixed"]),
    ],
)
def test_who_plays_whom(given: str | None, mix: str | None, cast: list[str]) -> None:
    assert list(cast_of(CJK, given, mix).values()) == cast


def test_a_summary_has_the_form_that_programs_rely_on() -> None:
    plan = Plan(CJK, cast_of(CJK, "tft", None), plays=4, seed=3, each=True)
    found = json.loads(json.dumps(summary(plan, simulate(plan))))
    assert set(found) == {"scenario", "plays", "seats", "culture", "arms", "C", "rung", "crises", "each"}
    assert set(found["seats"]["CN"]) == {"G", "R", "U", "TR", "Total"}
    assert set(found["seats"]["CN"]["G"]) == {"mean", "sd"}
    assert sum(found["culture"].values()) == pytest.approx(1)
    one = found["each"][1]
    assert one["seed"] == 4
    assert len(one["C"]) == len(one["G_after"]["CN"]) == len(one["R_after"]["CN"]) == CJK.rounds
    assert set(one["scores"]["CN"]) == {"G", "R", "U", "TR", "Total", "mandate", "drawn"}


def test_the_figures_of_each_game_are_those_of_its_play() -> None:
    plan = Plan(CJK, cast_of(CJK, "hedger", None), plays=1, seed=9, each=True)
    (one,) = simulate(plan)
    game = play(CJK, everybody("hedger"), 9)
    assert one.scores == true_standing(CJK, game.last)
    assert one.gains[-1] == tuple(tally.G for tally in true_standing(CJK, game.end))
    strength = sum(game.last.A) + sum(game.last.D) + sum(game.last.H)
    assert one.arms == pytest.approx(strength / sum(CJK.M0) - 1)
    assert tuple(world.C for world in game.worlds[1:]) == one.C


def test_simulate_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["simulate", "cjk", "--bots", "CN=hawk", "--mix", "mixed", "--plays", "3", "--seed", "7"]
    assert main([*arguments, "--json", "--no-windows", "--no-crises", "--rounds", "2", "--shadow", "0"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["scenario"], found["plays"], "each" in found) == ("cjk", 3, False)
    assert found["crises"] == {"mean": 0, "war": 0}
    assert main(arguments) == 0
    assert "CN=hawk JP=mixed KR=mixed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--bots", "dove"], "--bots: found 'dove'; allowed: passive,"),
        (["--bots", "US=tft"], "--bots: found seat 'US'; allowed: CN, JP, KR"),
        (["--mix", "soup"], "--mix: found 'soup'; allowed: mixed,"),
        (["--plays", "0"], "--plays: found 0; allowed: 1 to 1000000"),
        (["--rounds", "21"], "--rounds: found 21; allowed: 1 to 20"),
    ],
)
def test_a_wrong_simulation_is_one_message(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["simulate", "cjk", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_bench_counts_plays(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--seconds", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["plays_per_second"] > 20


def test_bench_shows_where_the_time_goes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--profile", "2", "--json"]) == 0
    calls = {one["name"]: one["calls"] for one in json.loads(capsys.readouterr().out)}
    assert calls["resolution.resolve"] == 8, "five rounds and the aftermath's three"
    assert main(["bench", "--profile", "1"]) == 0
    assert "calls a game" in capsys.readouterr().out
