"""SCORABLE: one deal over several issues, which each party scores in secret; without a deal each has its threshold.

The talks end with the first deal that is adopted. It passes with so many yes as the game says, the vetoes among them; who
says yes is free, so nobody is kept from agreeing to too little. Points count over the threshold, the worth of no
agreement, and a party that voted no gets what the deal brings all the same.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from game import analysis, consent, lenses
from game.bots.names import CASTS
from game.deals import Deal, Scorable
from game.decisions import Choice
from game.game_sections import DealEnding, DealSection, GameEnding, GameSection, ScoreSheet
from game.play import Play
from game.records import Package, Seat
from game.refusals import Refusal, Refused
from game.rulesets.ruleset import PlayedOut, Ruleset, concluded, tallied
from game.scenario import Scenario
from game.scoring import Outcome, Tally
from game.view import Ballot, View
from game.world import ShownWorld, World, shown, start

if TYPE_CHECKING:
    from game.bots.bot import Bot

PASSES = 2
"""How often every seat is asked for a deal in a round among bots."""


def game_of(scenario: Scenario) -> Scorable:
    """Return the deals and scores of the scenario."""
    assert scenario.scorable is not None
    return scenario.scorable


class ScorableGame(Ruleset):
    """Package deals with secret scores, thresholds and vetoes."""

    id = "scorable"
    has_texts = True

    def check_package(
        self, scenario: Scenario, world: ShownWorld, package: Package, adopted: Sequence[Package] = ()
    ) -> None:
        for thing, is_there in (
            ("promise", package.duties), ("institution", package.institution), ("side_deal", package.side),
        ):  # fmt: skip
            if is_there:
                raise Refused(Refusal.NOT_IN_THIS_GAME, thing=thing)
        check_deal(game_of(scenario), package.deal)

    def is_settled(self, play: Play) -> bool:
        return deal_of(play) is not None

    def standing(self, scenario: Scenario, world: ShownWorld) -> tuple[Tally, ...]:
        return tallied(scenario, (0.0,) * len(scenario.seats))  # what a deal is worth to whom is secret to the end

    def conclude(self, play: Play) -> tuple[World, Outcome]:
        return play.world, concluded(play.scenario, surplus(game_of(play.scenario), deal_of(play)))

    def known_to(self, scenario: Scenario, seat: Seat) -> Scenario:
        return replace(scenario, scorable=game_of(scenario).known_to(seat))

    def section(self, play: Play) -> GameSection:
        game = game_of(play.scenario)
        deal = DealSection(game.issues, game.least, game.vetoes, game.forbidden)
        return GameSection(self.id, play.scenario.parties, CASTS[self.id], deal=deal, texts=play.scenario.case_texts)

    def sheet(self, play: Play, seat: Seat) -> ScoreSheet:
        scores, threshold = game_of(play.scenario).sheet(play.index(seat))
        return ScoreSheet(scores, threshold)

    def ending(self, play: Play) -> GameEnding:
        game, deal = game_of(play.scenario), deal_of(play)
        found = analysis.analyse(game)
        gains = surplus(game, deal)
        laid_open = DealEnding(
            deal=deal or (),
            values=dict(zip(game.seats, game.worths(deal), strict=True)) if deal else {},
            sheets={seat: ScoreSheet(*game.sheet(i)) for i, seat in enumerate(game.seats)},
            analysis=found.told(),
            picture=analysis.picture(game, deal),
        )
        return GameEnding(lenses.winners({1: dict(zip(game.seats, gains, strict=True))}), deal=laid_open)

    def play_out(self, scenario: Scenario, bots: Mapping[Seat, Bot], seed: int | str, rounds: int) -> PlayedOut:
        game, world = game_of(scenario), shown(start(scenario))
        known = {seat: self.known_to(scenario, seat) for seat in scenario.seats}
        rngs = {seat: random.Random(f"{seed}|bot|{seat}") for seat in scenario.seats}
        past: tuple[Ballot, ...] = ()
        for round_ in range(1, rounds + 1):
            ballots: tuple[Ballot, ...] = ()
            for author in consent.voting_order(scenario, round_) * PASSES:
                view = View(known[author], author, "vote", round_, rounds, world, None, ballots, past)
                package = bots[author].offer(view)
                if package is None:
                    continue
                self.check_package(scenario, world, package)
                asked = Ballot(f"{round_}{len(ballots)}", 1, package, (None,) * len(rngs), adopted=False, open=True)
                votes: dict[Seat, Choice] = {}
                for seat in scenario.seats:
                    seen = View(known[seat], seat, "vote", round_, rounds, world, None, ballots, past)
                    votes[seat] = "yes" if seat == author else bots[seat].vote(seen, asked, rngs[seat])
                if isinstance(consent.binding(scenario, package, votes), Package):
                    return PlayedOut(surplus(game, package.deal), round_, package)
                ballots = (*ballots, replace(asked, votes=tuple(votes.values()), open=False))
            past = (*past, *ballots)
        return PlayedOut(surplus(game, None), rounds)


def check_deal(game: Scorable, deal: Deal) -> None:
    """Raise `Refused` unless the deal settles every issue once and breaks no rule of the game; the refusal names the rule."""
    known = {option.id for issue in game.issues for option in issue.options}
    for option in deal:
        if option not in known:
            raise Refused(Refusal.DEAL_FORM, rule="known_options", found=option)
    if [option[0] for option in deal] != [issue.id for issue in game.issues]:
        raise Refused(Refusal.DEAL_FORM, rule="one_option_an_issue", found=" ".join(deal) or "nothing")
    broken = game.broken_by(deal)
    if broken is not None:
        raise Refused(Refusal.DEAL_FORBIDDEN, rule=broken.rule, options=list(broken.options))


def deal_of(play: Play) -> Deal | None:
    """Return the deal that was adopted, if one was; the talks end with the first."""
    rounds = (*(done.adopted for done in play.played), play.adopted)
    return next((package.deal for adopted in rounds for package in adopted), None)


def surplus(game: Scorable, deal: Deal | None) -> tuple[float, ...]:
    """Return what each party has over its threshold, in seat order; nothing without a deal."""
    if deal is None:
        return (0.0,) * len(game.seats)
    return tuple(worth - least for worth, least in zip(game.worths(deal), game.thresholds(), strict=True))


SCORABLE = ScorableGame()
