"""The PettingZoo environment: as PettingZoo wants it, true to the rules, and blind to what a seat may not know."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from pettingzoo.test import api_test, seed_test

from game import bots
from game.choices import BOUND, Choices
from game.environment import Talks
from game.scenario import load
from game.scoring import aftermath, true_standing

MASKED = (
    "ignore:(Observation space for each agent|We recommend agents to be named|Observation is not a NumPy):UserWarning"
)
"""PettingZoo says the same of its own games with a mask; seats keep the names that everybody knows them by."""


@pytest.mark.filterwarnings(MASKED)
@pytest.mark.parametrize("scenario", ["cjk", "camps2023"])
def test_pettingzoos_own_tests_pass(scenario: str) -> None:
    api_test(Talks(scenario, rounds=2), num_cycles=200)
    seed_test(lambda: Talks(scenario, rounds=2), num_cycles=60)


def play_on(env: Talks, luck: random.Random, **forced: int) -> dict[str, float]:
    """Plays random moves that are allowed, but for orders that are `forced`; returns the sum of each seat's rewards."""
    sums = dict.fromkeys(env.possible_agents, 0.0)
    while env.agents:
        agent = env.agent_selection
        seen, reward, ended, _, _ = env.last()
        sums[agent] += reward
        move = luck.choice(np.flatnonzero(seen["action_mask"]).tolist())
        env.step(None if ended else forced.get(agent, move) if env._step == "order" else move)
    return sums


def test_rewards_sum_to_what_the_rules_reckon_at_the_end() -> None:
    env = Talks("cjk")
    env.reset(seed=3)
    sums = play_on(env, random.Random(3))
    last, _ = aftermath(env.scenario, env._world, env._seed)
    assert sums == pytest.approx({one.seat: one.total for one in true_standing(env.scenario, last)})


def test_every_move_that_the_mask_allows_is_one_that_the_rules_allow() -> None:
    """The arena's own checks are in the way of every text, and a report names orders that were refused."""
    for seed in range(4):
        env = Talks("cjk")
        env.reset(seed=seed)
        luck = random.Random(seed)
        while env.agents:
            seen, _, ended, _, _ = env.last()
            env.step(None if ended else luck.choice(np.flatnonzero(seen["action_mask"]).tolist()))
            assert env._report is None or not env._report.invalid


def test_moves_have_names_and_numbers_that_stay_and_fit_their_spaces() -> None:
    choices = Choices(load("cjk"))
    assert len(set(choices.names)) == len(choices.names)
    assert choices.names[0] == "table nothing"
    assert choices.names[choices.no : choices.yes + 1] == ("vote no", "vote yes")
    env = Talks("cjk")
    env.reset(seed=1)
    names = env.choices.feature_names(env._view("CN"))
    assert len(set(names)) == len(names)
    for agent in env.agents:
        seen = env.observe(agent)
        assert env.observation_space(agent).contains(seen)
        assert np.abs(seen["observation"]).max() <= BOUND


UNSEEN = 0
"""A seed under which nobody finds what China hides in round 1."""


def test_what_others_order_or_hide_is_not_seen() -> None:
    """Two games that differ in what China builds in secret under a cap of 0 look the same to the others."""
    names = Choices(load("cjk")).names
    cap, secret = names.index("table buy with other 1"), {0: "order posture 0, nothing", 2: "order posture 2, nothing"}
    quiet = names.index("order posture 0, nothing")
    shown: dict[int, list[Any]] = {0: [], 2: []}
    rewards = []
    for posture, order in secret.items():
        env = Talks("cjk", crises=False)
        env.reset(seed=UNSEEN)
        while env._round == 1:
            agent, step = env.agent_selection, env._step
            buys = step == "table" and agent == "JP" and not env._ballots
            if agent != "CN":
                shown[posture].append(env.observe(agent))
            silent = names.index("vote yes") if step == "vote" else 0
            own = names.index(order) if agent == "CN" else quiet
            env.step(cap if buys else own if step == "order" else silent)
        assert env._world.duties, "the cap was bought"
        assert env._report is not None
        assert not env._report.found
        assert (env._world.H[0] > 0) == (posture == 2)
        shown[posture] += [env.observe(agent) for agent in ("JP", "KR")]
        rewards.append({agent: env.rewards[agent] for agent in ("JP", "KR")})
    assert rewards[0] == rewards[1]
    for one, other in zip(shown[0], shown[2], strict=True):
        np.testing.assert_array_equal(one["observation"], other["observation"])
        np.testing.assert_array_equal(one["action_mask"], other["action_mask"])


def test_a_forbidden_move_is_silence_and_a_bots_text_is_a_move() -> None:
    env = Talks("cjk")
    env.reset(seed=0)
    env.step(env.choices.yes)  # no vote is asked for
    assert env._pending is None
    agent = env.agent_selection
    view = env._view(agent)
    move = env.choices.names.index("table as the bargainer")
    assert env.choices.package(view, move) == bots.get("bargainer").offer(view)
