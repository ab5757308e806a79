"""The fixed cast of tournaments: Dana directs, players have numbers; games are played by whoever sits there and ended."""

from __future__ import annotations

import random
from typing import Any

import msgspec
from django.contrib.auth.models import User
from django.test import Client

from game.decisions import Advance, GiveOrder
from game.play import Settings
from game.records import Order
from negotiation.conferences import acts, overview, seating
from negotiation.conferences.models import Participant
from negotiation.rooms import services
from negotiation.scenarios import library
from negotiation.tournaments import desk, rounds
from negotiation.tournaments.models import Player, Round, Tournament


class Cup:
    """A tournament, run through the services."""

    def __init__(self, players: int = 12, *, rounds: int = 2, scenario: str = "cjk", **more: Any) -> None:
        overview.forget_all()
        self.dana = User.objects.create_user("dana", password="wide-river-42")
        settings = library.settled(Settings(scenario=scenario, rounds=1, aftermath=0))
        self.pk = Tournament.objects.create(
            title="Spring cup",
            owner=self.dana,
            scenario=scenario,
            settings=msgspec.json.encode(settings).decode(),
            rounds=rounds,
            seed="5eed" * 8,
            **more,
        ).pk
        for number in range(1, players + 1):
            desk.check_in(desk.register(self.tournament, f"Player {number}", who="dana"))

    @property
    def tournament(self) -> Tournament:
        return Tournament.objects.get(pk=self.pk)

    def player(self, number: int) -> Player:
        return Player.objects.select_related("tournament").get(tournament=self.pk, number=number)

    def round(self, number: int) -> Round:
        return Round.objects.select_related("tournament", "conference").get(tournament=self.pk, number=number)

    def drawn(self) -> Round:
        return rounds.draft(self.tournament, who="dana", wait=True)

    def published(self) -> Round:
        return rounds.publish(self.drawn(), who="dana")

    def play(self, number: int, *, away: set[int] = frozenset(), running: set[int] = frozenset()) -> None:  # type: ignore[assignment]
        """Lets everybody sit down but those who are away, and ends all games after a round but those that go on running."""
        round_ = self.round(number)
        assert round_.conference is not None
        for place in round_.places.filter(table__gt=0).exclude(player=None).select_related("player"):
            if place.player.number not in away:
                person = Participant.objects.select_related("conference").get(
                    conference=round_.conference, number=place.participant
                )
                seating.come_back(person)
        rounds.open_tables(round_, who="dana")
        rng = random.Random(number)
        for _ in range(8):
            state = overview.overview(round_.conference)
            seen = tuple(
                acts.Seen(table["number"], table["epoch"], table["phase_no"])
                for table in state["tables"]
                if table["number"] not in running and table["phase"] != "over"
            )
            if not seen:
                break
            for table in state["tables"]:
                if table["phase"] == "orders" and table["number"] not in running:
                    self.order(round_, table["number"], table["epoch"], rng)
            acts.do(round_.conference, self.dana, acts.Press(f"press{rng.random():.12f}"[:24], Advance(), seen))
        else:
            raise AssertionError(overview.overview(round_.conference)["tables"])

    def order(self, round_: Round, number: int, epoch: int, rng: random.Random) -> None:
        """Lets everybody at a table give some order, so that tables come to different ends."""
        for person in Participant.objects.filter(conference=round_.conference, table__number=number).exclude(
            delegate=None
        ):
            assert person.delegate is not None
            decision = GiveOrder(Order(posture=rng.choice([0, 0, 1])))
            answer = services.act(
                room_id=person.delegate.room_id,
                by=services.who(person.delegate),
                decision=decision,
                act_id=f"order-{person.pk:08d}",
                epoch=epoch,
            )
            assert answer.ok, answer

    def whole_round(self, **more: Any) -> Round:
        round_ = self.published()
        self.play(round_.number, **more)
        return rounds.confirm(self.round(round_.number), who="dana", despite=bool(more.get("running")))

    def client(self, *, director: bool = True) -> Client:
        client = Client()
        if director:
            client.force_login(self.dana)
        return client
