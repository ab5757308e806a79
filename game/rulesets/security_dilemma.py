"""SECURITY_DILEMMA: states that promise, arm, build institutions and weigh what rivals gain (Peng 2017). The default.

Its rules are the modules of the kernel; here they are named hook by hook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from game import options, orders, scoring, tabling
from game.play import Play, orders_given
from game.records import Order, Package, Seat
from game.resolution import resolve
from game.rulesets.ruleset import PlayedOut, Ruleset
from game.scenario import Scenario
from game.scoring import Outcome, Tally
from game.sections import MaySection
from game.world import Report, ShownWorld, World

if TYPE_CHECKING:
    from game.bots.bot import Bot


class SecurityDilemma(Ruleset):
    """States of a region; figures that everybody sees and arms that nobody does."""

    id = "security_dilemma"
    has_region = True
    has_texts = True
    has_orders = True
    scoring_terms = ("G", "R", "TR")

    def check_package(
        self, scenario: Scenario, world: ShownWorld, package: Package, adopted: Sequence[Package] = ()
    ) -> None:
        tabling.check_package(scenario, world, package, adopted)

    def check_order(
        self, scenario: Scenario, world: ShownWorld, seat: Seat, order: Order, adopted: Sequence[Package] = ()
    ) -> None:
        orders.check(scenario, world, seat, order, adopted)

    def resolve(self, play: Play) -> tuple[World, Report]:
        return resolve(
            play.scenario,
            play.world,
            play.adopted,
            orders_given(play),
            seed=play.draw_seed,
            crises=play.settings.crises,
            windows=play.settings.windows,
            staged=play.staged,
        )

    def standing(self, scenario: Scenario, world: ShownWorld) -> tuple[Tally, ...]:
        return scoring.standing(scenario, world)

    def conclude(self, play: Play) -> tuple[World, Outcome]:
        return scoring.conclude(
            play.scenario,
            play.world,
            tuple(done.resolved.report for done in play.played),
            seed=play.draw_seed,
            mandate_seed=play.seed,
            aftermath=play.settings.aftermath,
            crises=play.settings.crises,
            windows=play.settings.windows,
        )

    def may(self, play: Play, seat: Seat) -> MaySection:
        return options.may_section(play, seat)

    def play_out(self, scenario: Scenario, bots: Mapping[Seat, Bot], seed: int | str, rounds: int) -> PlayedOut:
        from game.arena import play  # whoever plays in a room needs no arena

        game = play(scenario, bots, seed, rounds=rounds)
        return PlayedOut(tuple(tally.total for tally in scoring.true_standing(scenario, game.last)), rounds)


SECURITY_DILEMMA = SecurityDilemma()
