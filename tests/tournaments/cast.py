"""The fixed cast of tournaments: Dana directs, players have numbers; games are played by whoever sits there and ended."""

from __future__ import annotations

import random
from typing import Any

import msgspec
from django.contrib.auth.models import User
from django.test import Client

from game.decisions import Advance, GiveOrder, Propose, Vote
from game.play import Settings
from game.records import Duty, Order, Package
from negotiation.conferences import acts, overview, seating
from negotiation.conferences.models import Participant
from negotiation.rooms import services
from negotiation.rooms.models import Entry
from negotiation.scenarios import library
from negotiation.tournaments import desk, rounds
from negotiation.tournaments.models import Player, Round, Tournament


class Cup:
    """A tournament, run through the services."""

    def __init__(self, players: int = 12, *, rounds: int = 2, scenario: str = "cjk", **more: Any) -> None:
        overview.forget_all()
        known = User.objects.filter(username="dana").first()
        self.dana = known or User.objects.create_user("dana", password="wide-river-42")
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

    def play(
        self,
        number: int,
        *,
        away: set[int] = frozenset(),
        running: set[int] = frozenset(),
        gift: bool = False,
        copied_after: float | None = None,
    ) -> None:  # type: ignore[assignment]
        """Lets everybody sit down but those who are away, and plays all games but those that go on running.

        With `gift` Korea gives Japan money for nothing at table 1; table 2 tables the same text `copied_after` so many seconds.
        """
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
                if gift and table["phase"] == "talk" and table["number"] in ((1, 2) if copied_after else (1,)):
                    self.give(round_, table["number"], table["epoch"], copied_after if table["number"] == 2 else None)
                if gift and table["phase"] == "vote" and table["number"] == 1:
                    self.say_yes(round_, table["epoch"])
                if table["phase"] == "orders" and table["number"] not in running:
                    self.order(round_, table["number"], table["epoch"], rng)
            acts.do(round_.conference, self.dana, acts.Press(f"press{rng.random():.12f}"[:24], Advance(), seen))
        else:
            raise AssertionError(overview.overview(round_.conference)["tables"])

    def give(self, round_: Round, number: int, epoch: int, later: float | None) -> None:
        """Lets Korea table two payments to Japan."""
        korea = Participant.objects.get(conference=round_.conference, table__number=number, seat="KR")
        assert korea.delegate is not None
        duties = tuple(Duty(by="KR", kind="pay", to=to, amount=0.5) for to in ("JP", "CN"))
        package = Package(sponsor="KR", duties=duties)
        answer = services.act(
            room_id=korea.delegate.room_id,
            by=services.who(korea.delegate),
            decision=Propose(package),
            act_id="a-gift-01",
            epoch=epoch,
        )
        assert answer.ok, answer
        if later:
            last = Entry.objects.filter(room=korea.delegate.room, kind="proposed").get()
            Entry.objects.filter(pk=last.pk).update(at=last.at + later)

    def say_yes(self, round_: Round, epoch: int) -> None:
        """Lets everybody at table 1 adopt what lies there."""
        for person in Participant.objects.filter(conference=round_.conference, table__number=1).exclude(seat="KR"):
            assert person.delegate is not None
            answer = services.act(
                room_id=person.delegate.room_id,
                by=services.who(person.delegate),
                decision=Vote("1a", "yes"),
                act_id=f"yes-{person.pk:08d}",
                epoch=epoch,
            )
            assert answer.ok, answer

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
