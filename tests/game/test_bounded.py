"""No decision takes long: a server that plays many rooms in one process waits for none of them."""

from __future__ import annotations

import random
import time

import pytest

from game import bots
from game.decisions import Appoint, Facilitator, Propose, SeatActor, Start
from game.history import replay
from game.observation import observe, view
from game.play import Settings, begin
from game.records import Duty, InstitutionClause, Package
from game.rules import decide
from game.scenario import NEWEST_RULES, load

MOST_CPU = 0.1
"""Seconds of CPU: the step limit of the faults' list."""


@pytest.mark.parametrize("name", ["cjk", "six2003", "thaad2017", "camps2023"])
def test_no_decision_of_a_whole_game_takes_a_tenth_of_a_second(name: str) -> None:
    scenario = load(name, NEWEST_RULES)
    play = begin(scenario, Settings(scenario=name, rules=NEWEST_RULES, rounds=scenario.rounds_most), "bounded")
    now, dearest = 0.0, 0.0

    def act(actor: object, decision: object) -> None:
        nonlocal play, now, dearest
        now += 1
        began = time.process_time()
        play = replay(play, decide(play, actor, decision, now))  # type: ignore[arg-type]
        dearest = max(dearest, time.process_time() - began)

    cast = dict(zip(scenario.seats, ("bargainer", "hedger", "inst", "tft", "cheat", "bargainer"), strict=False))
    for seat in scenario.seats:
        act(Facilitator(), Appoint(seat, f"bot:{cast[seat]}"))
    act(Facilitator(), Start())
    players = {seat: bots.get(bot) for seat, bot in cast.items()}
    for _ in range(2000):
        if play.is_over:
            break
        phase = (play.phase_no, play.epoch)
        for seat in scenario.seats:
            for decision in players[seat].decide(view(play, seat), random.Random(1)):
                if (play.phase_no, play.epoch) == phase:
                    act(SeatActor(seat), decision)
    assert play.is_over
    assert dearest <= MOST_CPU, f"{dearest:.3f} s"
    began = time.process_time()
    for viewer in (*scenario.seats, "observer", "facilitator"):
        observe(play, viewer)
    assert time.process_time() - began <= 5 * MOST_CPU


def test_the_largest_package_is_checked_at_once() -> None:
    scenario = load("camps2023", NEWEST_RULES)
    play = begin(scenario, Settings(scenario="camps2023", rules=NEWEST_RULES), "bounded")
    play = replay(play, decide(play, Facilitator(), Start(), 1.0))
    whats = ("missile_defence", "radar", "strike", "exercise", "patrol")
    duties = tuple(
        Duty(by=seat, kind="abstain", what=what, conditions=tuple(range(1, n)) if n > 1 else ())
        for n, (seat, what) in enumerate(zip(scenario.seats, whats, strict=False), 1)
    )[: scenario.duties_per_package]
    package = Package(sponsor="CN", duties=duties, institution=InstitutionClause("dialogue"))
    began = time.process_time()
    decide(play, SeatActor("CN"), Propose(package), 2.0)
    assert time.process_time() - began <= MOST_CPU
