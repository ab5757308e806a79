"""Talks: the game as a PettingZoo environment, for those who let programs learn it. Needs the extra `research`.

python -m game.environment --check         PettingZoo's own test of its interface, and of its seeds
python -m game.environment --choices cjk   what each number does, and what is seen

Nothing else of this project imports this module, so nothing else needs PettingZoo. The protocol is that of `arena`: in each round
the seats table in the chair's order, twice; each text is voted on at once, and the first that passes is adopted; then all order,
unseen by each other, and the round is resolved. Moves and what is seen are those of `choices`.
"""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from typing import Any

import msgspec

from game import scenario as scenarios
from game.arena import PASSES
from game.choices import BOUND, Choices, Step
from game.consent import voting_order
from game.decisions import Choice
from game.ratification import decided
from game.records import Order, Package, Seat
from game.resolution import resolve
from game.scoring import AFTERMATH, aftermath, standing, true_standing
from game.view import Ballot, View
from game.world import Report, ShownWorld, World, shown, start

try:
    import numpy as np
    from gymnasium import spaces
    from gymnasium.utils import seeding
    from pettingzoo import AECEnv
except ImportError as missing:
    raise ImportError("This needs the extra `research`: pip install .[research]") from missing


class Talks(AECEnv):  # type: ignore[misc]  # PettingZoo is optional, and unknown to the checker
    """A game of the security dilemma; agents are seat codes, and each acts when it is its turn.

    An observation is ``{"observation": float32 of one row, "action_mask": int8}``, made of the agent's own view. Rewards come when
    a round is resolved, as the change of the shown Total (gain + k relative gain + trust), and with the last round also what
    aftermath and hidden arms make of it: over a game they sum to the Total that `simulate` tells.
    """

    metadata = {"name": "talks_v0", "render_modes": ["ansi"], "is_parallelizable": False}

    def __init__(
        self, scenario: str = "cjk", rounds: int | None = None, *, crises: bool = True, render_mode: str | None = None
    ) -> None:
        super().__init__()
        self.scenario = scenarios.load(scenario)
        if self.scenario.ruleset != "security_dilemma":
            raise ValueError(f"scenario: found one of the kind {self.scenario.ruleset!r}; allowed: security_dilemma")
        self.rounds = rounds or self.scenario.rounds
        self.crises = crises
        self.render_mode = render_mode
        self.choices = Choices(self.scenario)
        self.possible_agents: list[Seat] = list(self.scenario.seats)
        self.agents: list[Seat] = []
        self._np_random: Any = None
        beginning = View(
            self.scenario, self.scenario.seats[0], "vote", 1, self.rounds, shown(start(self.scenario)), None
        )
        width = len(self.choices.feature_names(beginning))
        self._seen_space = spaces.Dict(
            {
                "observation": spaces.Box(-BOUND, BOUND, (width,), np.float32),
                "action_mask": spaces.Box(0, 1, (len(self.choices.names),), np.int8),
            }
        )
        self._move_space = {agent: spaces.Discrete(len(self.choices.names)) for agent in self.possible_agents}
        self._seen_spaces = dict.fromkeys(self.possible_agents, self._seen_space)

    def observation_space(self, agent: Seat) -> Any:
        return self._seen_spaces[agent]

    def action_space(self, agent: Seat) -> Any:
        return self._move_space[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Begin a game; the same `seed` brings the same luck. Without one, the next of the generator's."""
        if seed is not None or self._np_random is None:
            self._np_random, _ = seeding.np_random(seed)
        self._seed = str(int(self._np_random.integers(2**31)))
        self.agents = list(self.possible_agents)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos: dict[Seat, dict[str, Any]] = {agent: {} for agent in self.agents}
        self._world: World = start(self.scenario)
        self._report: Report | None = None
        self._past: tuple[Ballot, ...] = ()
        self._told = dict.fromkeys(self.agents, 0.0)
        self._round = 0
        self._open_round()

    def _open_round(self) -> None:
        self._round += 1
        self._shown: ShownWorld = shown(self._world)
        self._turns = list(voting_order(self.scenario, self._round) * PASSES)
        self._ballots: list[Ballot] = []
        self._pending: Package | None = None
        self._votes: dict[Seat, Choice] = {}
        self._voters: list[Seat] = []
        self._adopted: tuple[Package, ...] = ()
        self._orders: dict[Seat, Order] = {}
        self._ordering: list[Seat] = []
        self.agent_selection = self._turns[0]

    @property
    def _step(self) -> Step:
        return "vote" if self._voters else "table" if self._turns else "order"

    def _view(self, agent: Seat) -> View:
        return View(
            self.scenario, agent, "vote", min(self._round, self.rounds), self.rounds, self._shown, self._report,
            ballots=tuple(self._ballots), past=self._past, adopted=self._adopted,
        )  # fmt: skip

    def observe(self, agent: Seat) -> dict[str, Any]:
        """Return what the agent sees; where it is not its turn, no move is allowed but the first."""
        view = self._view(agent)
        if agent == self.agent_selection and not self.terminations.get(agent, True):
            mask = self.choices.mask(view, self._step)
        else:
            mask = [True] + [False] * (len(self.choices.names) - 1)
        return {
            "observation": np.array(self.choices.features(view, self._step, self._pending), np.float32),
            "action_mask": np.array(mask, np.int8),
        }

    def step(self, action: int | None) -> None:
        """Do a move of the agent whose turn it is. A move that the mask forbids counts as silence, a no, or the empty order."""
        agent = self.agent_selection
        if self.terminations[agent] or self.truncations[agent]:
            self._was_dead_step(action)
            return
        self._cumulative_rewards[agent] = 0.0
        self._clear_rewards()
        view = self._view(agent)
        step = self._step
        assert action is not None
        move, is_allowed = int(action), self.choices.mask(view, step)[int(action)]
        if step == "table":
            self._table(agent, self.choices.package(view, move) if is_allowed else None)
        elif step == "vote":
            self._vote(agent, "yes" if move == self.choices.yes else "no")
        else:
            self._order(agent, self.choices.order(view, move) if is_allowed else Order())
        self._accumulate_rewards()

    def _table(self, agent: Seat, package: Package | None) -> None:
        self._turns.pop(0)
        if package is not None:
            self._pending, self._votes = package, {agent: "yes"}
            self._voters = [seat for seat in self.possible_agents if seat != agent]
        self._next()

    def _vote(self, agent: Seat, choice: Choice) -> None:
        self._voters.pop(0)
        self._votes[agent] = choice
        if not self._voters:
            self._count()
        self._next()

    def _count(self) -> None:
        package = self._pending
        assert package is not None
        bound, refused = decided(
            self.scenario, self._shown, package, self._votes,
            seed=self._seed, round_=self._round, rounds=self.rounds,
        )  # fmt: skip
        votes = tuple(self._votes[seat] for seat in self.possible_agents)
        text = f"{self._round}.{len(self._ballots) + 1}"
        self._ballots.append(Ballot(text, 1, package, votes, adopted=bound is not None, open=False, refused=refused))
        self._pending = None
        if bound is not None:
            self._adopted, self._turns = (bound,), []

    def _order(self, agent: Seat, order: Order) -> None:
        self._ordering.pop(0)
        self._orders[agent] = order
        if self._ordering:
            self.agent_selection = self._ordering[0]
        else:
            self._resolve()

    def _next(self) -> None:
        if self._voters:
            self.agent_selection = self._voters[0]
        elif self._turns:
            self.agent_selection = self._turns[0]
        else:
            self._past = (*self._past, *self._ballots)
            self._ballots = []
            self._ordering = list(self.possible_agents)
            self.agent_selection = self._ordering[0]

    def _resolve(self) -> None:
        self._world, self._report = resolve(
            self.scenario, self._world, self._adopted, self._orders, seed=self._seed, crises=self.crises
        )
        if self._round < self.rounds:
            self._reward({one.seat: one.total for one in standing(self.scenario, shown(self._world))})
            self._open_round()
            return
        last, _ = aftermath(self.scenario, self._world, self._seed, AFTERMATH, crises=self.crises)
        self._reward({one.seat: one.total for one in true_standing(self.scenario, last)})
        self._shown, self._adopted = shown(self._world), ()
        self.terminations = dict.fromkeys(self.agents, True)
        self.agent_selection = self.agents[0]

    def _reward(self, totals: dict[Seat, float]) -> None:
        self.rewards = {agent: totals[agent] - self._told[agent] for agent in self.agents}
        self._told = totals

    def render(self) -> str:
        """Return where the game stands, in a line."""
        figures = "  ".join(f"{one.seat} {one.total:+.2f}" for one in standing(self.scenario, self._shown))
        return f"round {min(self._round, self.rounds)} of {self.rounds}, {self._step}: {figures}"

    def close(self) -> None:
        """Nothing is held open."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m game.environment", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="run PettingZoo's own tests")
    parser.add_argument("--choices", metavar="SCENARIO", help="say what each number does, and what is seen")
    arguments = parser.parse_args()
    if arguments.choices:
        env = Talks(arguments.choices)
        env.reset(seed=0)
        moves, features = env.choices.names, env.choices.feature_names(env._view(env.agent_selection))
        sys.stdout.write(msgspec.json.format(msgspec.json.encode({"moves": moves, "seen": features})).decode() + "\n")
    elif arguments.check:
        from pettingzoo.test import api_test, seed_test

        for name in scenarios.names():
            if scenarios.load(name).ruleset == "security_dilemma":
                api_test(Talks(name), num_cycles=600)
                seed_test(lambda name=name: Talks(name), num_cycles=200)
        told = ", ".join(f"{one} {version(one)}" for one in ("pettingzoo", "gymnasium", "numpy"))
        sys.stdout.write(f"The environment is as PettingZoo wants it ({told}).\n")
    else:
        parser.print_help()


if __name__ == "__main__":
    main()
