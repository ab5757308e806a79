"""The fixed cast of rooms: Alice sits for China, Bob for Japan, Carol for Korea, Dora watches, and Mallory tries things."""

from __future__ import annotations

import itertools
import time
from typing import Any

from game.decisions import AnyDecision, GiveOrder, Propose, Ready, Say, Start, Vote
from game.play import Play, Settings
from game.records import Duty, InstitutionClause, Order, Package
from negotiation.rooms import creation, people, plays, services
from negotiation.rooms.creation import Wish
from negotiation.rooms.models import Delegate, Room
from negotiation.rooms.services import Answer, Who

TALKS = Package(sponsor="KR", institution=InstitutionClause("dialogue"))
HOLD_BACK = Package(sponsor="JP", duties=(Duty(by="CN", kind="abstain", what="patrol", to="JP"),))
SEATS = {"alice": "CN", "bob": "JP", "carol": "KR"}

_ids = itertools.count(1)


def new_id() -> str:
    """Returns an act id in the form that the wire asks for."""
    return f"act-{next(_ids):016d}"


class Table:
    """A room of the cast, acted on through the services."""

    def __init__(self, *, started: bool = True, clock: bool = False, **settings: Any) -> None:
        wish = Wish(Settings(scenario="cjk", preset="starter15" if clock else None, crises=False, **settings))
        self.pk = creation.create(wish=wish).pk
        self.joined = {
            name: people.join(room_id=self.pk, name=name.title(), seat=seat, is_host=name == "alice")
            for name, seat in SEATS.items()
        }
        self.joined["dora"] = people.join(room_id=self.pk, name="Dora", seat=None)
        if started:
            self.act("alice", Start())

    @property
    def room(self) -> Room:
        return Room.objects.get(pk=self.pk)

    @property
    def code(self) -> str:
        return self.room.code

    @property
    def play(self) -> Play:
        return plays.fold(self.room)

    def who(self, name: str) -> Who:
        return services.who(Delegate.objects.get(pk=self.joined[name].delegate.pk))

    def act(self, name: str, decision: AnyDecision, *, now: float | None = None, **options: Any) -> Answer:
        """Acts and returns the answer; `act_id`, `epoch` and `expect` as wished."""
        options = {"act_id": new_id(), "epoch": self.play.epoch} | options
        return services.act(
            room_id=self.pk, by=self.who(name), decision=decision, received_at=now or time.time(), **options
        )

    def facilitate(self, decision: AnyDecision, *, now: float | None = None) -> Answer:
        """Acts as the facilitator of the room."""
        by = Who(role="facilitator", number=None)
        return services.act(
            room_id=self.pk, by=by, decision=decision, act_id=new_id(), epoch=self.play.epoch, received_at=now
        )

    def all_ready(self, now: float | None = None) -> None:
        for name in SEATS:
            if not self.play.is_over:
                self.act(name, Ready(), now=now)

    def until(self, phase: str, now: float | None = None) -> None:
        for _ in range(40):
            if self.play.phase == phase:
                return
            self.all_ready(now)
        raise AssertionError(f"the room never came to {phase}")

    def play_round(self) -> None:
        """Talks in public and in private, adopts a package and gives orders."""
        self.until("talk")
        self.act("alice", Say("Good morning."))
        self.act("alice", Say("Between us: we shall hold back.", to=("JP",)))
        package = {1: TALKS, 2: HOLD_BACK}.get(self.play.round)
        if package is not None:
            assert self.act("carol", Propose(package)).ok
            self.until("vote")
        for name in SEATS:
            for text in self.play.open_texts():
                self.act(name, Vote(text.id, "yes"))
        self.until("orders")
        self.act("alice", GiveOrder(Order(posture=1)))
        for name in SEATS:
            if self.play.phase == "orders":
                self.act(name, GiveOrder(Order()))
        self.until("reveal")

    def play_all(self) -> None:
        while not self.play.is_over:
            self.play_round()
            self.all_ready()
