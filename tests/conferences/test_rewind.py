"""A facilitator goes back while a vote is under way, in front of twelve sockets: all end with one truth."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest

from game.decisions import Advance, Rewind, Start
from negotiation.rooms import plays
from negotiation.rooms.database import db
from negotiation.rooms.models import Entry
from tests.conferences.cast import Class
from tests.rooms.cast import new_id
from tests.rooms.client import Client
from tests.rooms.conftest import connect

__all__ = ["connect"]

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.django_db(transaction=True)]

DUTY = {"by": "CN", "kind": "abstain", "what": "patrol", "to": "JP"}


def act(client: Client, decision: dict[str, Any]) -> dict[str, Any]:
    return {"type": "act", "id": new_id(), "epoch": client.epoch, "decision": decision}


async def listen(client: Client, answers: list[dict[str, Any]]) -> None:
    """Hears everything for as long as it is let."""
    with contextlib.suppress(TimeoutError, asyncio.CancelledError):
        while True:
            answers.append(await client.hear("answer", seconds=3))


async def test_a_rewind_during_a_vote_ends_with_one_truth(connect: Any) -> None:
    monday = await db(Class, people=12, per_seat=4, clock=False)
    came = await db(monday.come, 12)
    room = (await db(monday.table, 1)).room
    await db(monday.press, Start())
    clients = [await connect(room.code, person.seat_token).open() for person in came]
    seats = [person.seat for person in came]
    assert sorted(seats) == sorted(("CN", "JP", "KR") * 4)
    sponsor = clients[seats.index("KR")]
    await sponsor.send(act(sponsor, {"type": "propose", "package": {"sponsor": "KR", "duties": [DUTY]}}))
    assert (await sponsor.hear("answer"))["ok"]
    await db(monday.press, Advance())
    for client in clients:
        while client.sections["room"]["phase"] != "vote":
            await client.hear("update")

    answers: list[dict[str, Any]] = []
    listening = [asyncio.create_task(listen(client, answers)) for client in clients]
    seen = await db(monday.seen)
    voters = [
        client for client, seat in zip(clients, seats, strict=True) if seat != "JP"
    ]  # so that the vote stays open
    for number, client in enumerate(voters):
        if number == 4:
            going_back = asyncio.create_task(db(monday.press, Rewind(1), seen))
        await client.send(act(client, {"type": "vote", "text": "1a", "choice": "yes"}))
        await asyncio.sleep(0.01)
    assert (await going_back).done == 1
    await asyncio.gather(*listening)

    play = await db(lambda: plays.fold(monday.table(1).room))
    assert (play.phase, play.epoch, play.texts) == ("talk", 1, ())
    assert len(answers) == len(voters)
    late = [answer for answer in answers if not answer["ok"]]
    assert {answer["refusal"]["code"] for answer in late} <= {"stale_epoch", "unknown_text", "not_now"}
    kept = await db(Entry.objects.filter(room=room, kind="voted", body__contains='"by"').count)
    assert kept == len(answers) - len(late)
    truths = {
        (
            client.epoch,
            client.sections["room"]["phase_no"],
            str(client.sections["texts"]),
            str(client.sections["world"]),
        )
        for client in clients
    }
    assert len(truths) == 1
    assert clients[0].epoch == 1
    assert clients[0].sections["room"]["phase"] == "talk"
