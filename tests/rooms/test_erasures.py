"""Words that were hidden or erased are gone from every process, not from the log alone, and come back by no way."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client as Browser

from game import rules
from game.decisions import (
    Actor,
    Advance,
    Decision,
    End,
    Facilitator,
    Offer,
    Reserve,
    Rewind,
    Say,
    SeatActor,
    SetAgenda,
    Start,
    ThirdParty,
)
from game.play import Play, Settings
from game.records import InstitutionClause, Package
from negotiation.rooms import creation, feed, forgetting, house, people, plays, verification
from negotiation.rooms.boot import first_view
from negotiation.rooms.creation import Wish
from negotiation.rooms.database import db
from negotiation.rooms.log import writing
from negotiation.rooms.models import Entry, Report, Room
from tests.rooms.cast import Table
from tests.rooms.conftest import Connect

UGLY, AGENDA = "UGLYWORD", "AGENDAWORD"
CHAIR, JAPAN, FACILITATOR = ThirdParty("CH", 4), SeatActor("JP", 2), Facilitator()
OFFER = Offer(Package(sponsor="CN", institution=InstitutionClause("dialogue")))


class Mediated:
    """A room with a chair, whose agenda and single text are there, and a reservation of Japan's."""

    def __init__(self) -> None:
        room = creation.create(wish=Wish(Settings(scenario="cjk", third=("CH",))))
        self.pk, self.code = room.pk, room.code
        seats = {"Ann": "KR", "Ben": "JP", "Cho": "CN", "Mia": "CH"}
        self.tokens = {seat: people.join(room_id=self.pk, name=n, seat=seat).token for n, seat in seats.items()}
        for actor, decision in (
            (FACILITATOR, Start()),
            (CHAIR, SetAgenda(AGENDA)),
            (CHAIR, OFFER),
            (JAPAN, Reserve(0, UGLY)),
        ):
            self.do(actor, decision)

    def do(self, actor: Actor, decision: Decision) -> None:
        with writing(self.pk, 1.0) as writer:
            writer.record(rules.decide(writer.play, actor, decision, writer.now))

    @property
    def room(self) -> Room:
        return Room.objects.get(pk=self.pk)

    @property
    def play(self) -> Play:
        return plays.fold(self.room)

    def page(self) -> str:
        """Returns what the page of somebody who watches brings along."""
        return json.dumps(first_view(self.room, self.play, "observer", 0))

    def hide(self, words: str) -> None:
        house.hide(room_id=self.pk, entry=Entry.objects.get(room=self.pk, words=words).n)


@pytest.fixture
def mediated(fresh: None) -> Mediated:
    return Mediated()


def test_what_was_hidden_stays_hidden_when_the_game_goes_back(mediated: Mediated) -> None:
    mediated.do(FACILITATOR, Advance())
    mark = mediated.play.phase_no
    mediated.hide(UGLY)
    assert UGLY not in mediated.page()
    mediated.do(FACILITATOR, Rewind(mark))
    assert UGLY not in mediated.page()
    live = mediated.play
    plays.forget_all()
    assert mediated.play == live
    assert verification.check_room(mediated.room).is_sound


def test_hiding_words_takes_no_later_words_of_the_same_place_away(mediated: Mediated) -> None:
    mediated.do(JAPAN, Reserve(0, "We need time."))
    mediated.hide(UGLY)
    assert mediated.play.single is not None
    assert [one.text for one in mediated.play.single.reservations] == ["We need time."]


def test_what_was_erased_is_gone_from_the_running_process(mediated: Mediated) -> None:
    mediated.do(FACILITATOR, Advance())
    mediated.do(FACILITATOR, End())
    assert AGENDA in mediated.page()
    before = plays.newest(mediated.pk)
    assert before is not None
    forgetting.forget(mediated.room)
    assert plays.newest(mediated.pk) is None
    # Another process has heard nothing of it, and has still what it kept.
    plays.keep(mediated.pk, *before)
    assert UGLY not in repr(mediated.play)
    assert AGENDA not in repr(mediated.play)
    assert AGENDA not in mediated.page()
    assert verification.check_room(mediated.room).is_sound


def test_an_act_after_an_erasure_keeps_no_older_play(mediated: Mediated) -> None:
    before = plays.newest(mediated.pk)
    assert before is not None
    forgetting.forget(mediated.room)
    plays.keep(mediated.pk, *before)
    mediated.do(FACILITATOR, Advance())
    assert UGLY not in repr(plays.newest(mediated.pk))
    plays.keep(mediated.pk, *before)
    assert UGLY not in repr(plays.newest(mediated.pk))


async def test_who_still_looks_on_sees_what_was_erased_go(connect: Connect, fresh: None) -> None:
    def made() -> tuple[Mediated, str, User]:
        mediated, owner = Mediated(), User.objects.create_user("own")
        Room.objects.filter(pk=mediated.pk).update(owner=owner)
        return mediated, people.facilitate(room_id=mediated.pk, user=owner).token, owner

    mediated, token, owner = await db(made)
    before = await connect(mediated.code, token).open()
    await db(mediated.do, JAPAN, Say(f"{UGLY} again"))
    await before.until_n(before.n + 1)
    assert UGLY in json.dumps([before.sections, before.entries])
    await db(lambda: forgetting.forget(mediated.room))
    assert await before.closed() == 4001
    token = await db(lambda: people.facilitate(room_id=mediated.pk, user=owner).token)
    # Who has all but the newest entry is given that one out of what is at hand.
    again = await connect(mediated.code, token).open(epoch=before.epoch, last=before.n - 1)
    assert [entry["event"]["text"] for entry in again.entries] == [""]
    late = await connect(mediated.code, token).open()
    assert len(late.entries) > 3
    assert UGLY not in json.dumps([late.sections, late.entries])
    assert AGENDA not in json.dumps(late.sections)


async def test_hiding_a_private_message_takes_nothing_from_what_is_at_hand_for_others(fresh: None) -> None:
    table = await db(Table)
    open_feed = await feed.enter(table.pk)
    assert open_feed is not None
    korea, japan = open_feed.sight("KR"), open_feed.sight("JP")
    await db(table.act, "alice", Say("All may hear this."))
    await db(table.act, "alice", Say(UGLY, to=("JP",)))
    await db(lambda: house.hide(room_id=table.pk, entry=Entry.objects.get(room=table.pk, words=UGLY).n))
    await db(table.act, "alice", Say("And this."))
    assert open_feed.n == await db(lambda: table.room.n), "the bell was not heard"
    # Else who lags behind would be sent another kind of message, and know by that.
    assert [json.loads(entry)["event"]["type"] for _, entry in korea.tail] == ["said", "met", "said"]
    assert UGLY not in repr(japan.tail)


def test_an_agenda_can_be_reported_and_hidden(mediated: Mediated) -> None:
    browser = Browser()
    browser.cookies["seat"] = mediated.tokens["KR"]
    entries = first_view(mediated.room, mediated.play, "KR", 1)["entries"]
    n = next(entry["n"] for entry in entries if entry["event"]["type"] == "agenda")
    assert browser.post(f"/r/{mediated.code}/report/", {"n": n}).status_code == 200
    house.hide(room_id=mediated.pk, entry=Report.objects.get().entry)
    assert mediated.play.agenda == ""
    hidden = first_view(mediated.room, mediated.play, "KR", 1)["entries"][-1]["event"]
    assert (hidden["type"], hidden["seat"]) == ("hidden", "CH")
    assert AGENDA not in mediated.page()
