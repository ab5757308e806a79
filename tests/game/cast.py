"""A fixed cast for kernel tests: a cjk room held by three people, and short names for its acts."""

from __future__ import annotations

from typing import Any

import pytest

from game.decisions import Decision, GiveOrder, Propose, Ready, Vote
from game.events import AnyEvent
from game.records import Duty, InstitutionClause, Order, Package
from game.refusals import Refusal, Refused
from game.table import Table

SEED = "0123456789abcdef0123456789abcdef"
NOW = 1_000_000.0

CN_HOLDS_BACK = Duty(by="CN", kind="abstain", what="patrol", to="JP")
JP_PAYS = Duty(by="JP", kind="pay", to="CN", amount=0.2, rounds=2, conditions=(1,))
BARGAIN = Package(sponsor="JP", duties=(CN_HOLDS_BACK, JP_PAYS), institution=InstitutionClause("dialogue"))
TALKS = Package(sponsor="KR", institution=InstitutionClause("dialogue"))


class Room(Table):
    """A table that tests can lead on."""

    def __init__(self, scenario: str = "cjk", *, seed: str = SEED, **settings: Any) -> None:
        super().__init__(scenario, seed=seed, now=NOW, **settings)

    def act(self, who: str, decision: Decision, *, expect: int | None = None, by: int | None = 1) -> list[AnyEvent]:
        return super().act(who, decision, expect=expect, by=None if who == "facilitator" else by)

    def refuses(self, code: Refusal, who: str, decision: Decision, *, expect: int | None = None) -> Refused:
        """Assert that the decision is refused for this reason and changes nothing."""
        before = self.play
        with pytest.raises(Refused) as refused:
            self.act(who, decision, expect=expect)
        assert refused.value.code is code, str(refused.value)
        assert self.play is before
        return refused.value

    def all_ready(self) -> None:
        phase_no = self.play.phase_no
        for seat in self.play.scenario.seats:
            if self.play.phase_no == phase_no and not self.play.ready[self.play.index(seat)]:
                self.act(seat, Ready())

    def until(self, phase: str) -> None:
        for _ in range(20):
            if self.play.phase == phase:
                return
            self.all_ready()
        raise AssertionError(f"the room never came to {phase}")

    def adopt(self, package: Package) -> None:
        """Table, vote unanimously, and come to the orders."""
        self.until("talk")
        self.act(package.sponsor, Propose(package))
        text = self.play.open_texts()[-1]
        self.until("vote")
        for seat in self.play.scenario.seats:
            if self.play.phase == "vote":
                self.act(seat, Vote(text.id, "yes"))

    def order(self, **orders: Order) -> None:
        """Give these orders, and the empty one for everybody else."""
        self.until("orders")
        for seat in self.play.scenario.seats:
            self.act(seat, GiveOrder(orders.get(seat, Order())))


def people_at(scenario: str = "cjk", *, seed: str = SEED, **settings: Any) -> Room:
    """Return a room in its first phase, every seat held by people."""
    room = Room.of_people(scenario, seed=seed, **settings)
    assert isinstance(room, Room)
    return room
