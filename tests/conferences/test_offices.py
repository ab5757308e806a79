"""Members of a delegation have offices; what is another's work is refused, but only while that one is here."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from game.decisions import Advance, Start
from negotiation.conferences.acts import Mute
from negotiation.rooms.database import db
from tests.conferences.cast import Class
from tests.rooms.conftest import connect

__all__ = ["connect"]

ORDER = {"type": "order", "order": {}}
PROPOSE = {"type": "propose", "package": {"sponsor": "CN", "duties": [{"by": "CN", "kind": "open", "to": "JP"}]}}


def test_offices_are_given_out_in_order_and_only_where_they_are_wanted() -> None:
    monday = Class(people=9, per_seat=3, offices=True)
    came = monday.come(9)
    offices: dict[str, list[str]] = {}
    for one in came:
        assert one.delegate is not None
        offices.setdefault(one.seat, []).append(one.delegate.office)
    assert all(found == ["head", "defence", "economy"] for found in offices.values())


def test_without_offices_everybody_may_do_everything() -> None:
    monday = Class(people=6, per_seat=2)
    assert {one.delegate.office for one in monday.come(6) if one.delegate} == {""}


@pytest.mark.asyncio(loop_scope="session")
async def test_what_is_anothers_work_is_refused_while_that_one_is_here(connect: Any) -> None:
    monday = await db(Class, people=9, per_seat=3, offices=True, clock=False)
    came = await db(monday.come, 9)
    room = (await db(monday.table, 1)).room
    await db(monday.press, Start())
    china = [one for one in came if one.seat == "CN"]
    head, defence, economy = [await connect(room.code, one.seat_token).open() for one in china]
    assert defence.sections["people"]["people"][0]["office"] in ("head", "defence", "economy")
    refused = await defence.act(PROPOSE)
    assert (refused["ok"], refused["refusal"]["code"]) == (False, "not_your_office")
    assert refused["refusal"]["params"]["offices"] == ["head", "economy"]
    assert (await defence.act({"type": "say", "text": "Everybody may talk."}))["ok"]
    assert (await economy.act(PROPOSE))["ok"]
    await db(monday.press, Advance())
    vote = {"type": "vote", "text": "1a", "choice": "yes"}
    assert not (await economy.act(vote))["ok"]
    # The head goes away: nobody shall wait for one who does not come.
    await head.close()
    assert (await economy.act(vote))["ok"]
    await db(monday.press, Advance())
    assert (await economy.act(ORDER))["refusal"]["params"]["offices"] == ["defence"]
    assert (await defence.act(ORDER))["ok"]


@pytest.mark.asyncio(loop_scope="session")
async def test_from_whom_the_word_is_taken_may_still_vote(connect: Any) -> None:
    monday = await db(Class, people=3, clock=False)
    came = await db(monday.come, 3)
    room = (await db(monday.table, 1)).room
    await db(monday.press, Start())
    ann = await connect(room.code, came[0].seat_token).open()
    assert (await db(monday.press, Mute(1, muted=True))).done == 1
    say = {"type": "say", "text": "But I must."}
    assert not await ok_after(ann, say, is_ok=False)
    assert (await ann.act({"type": "ready"}))["ok"]
    await db(monday.press, Mute(1, muted=False))
    assert await ok_after(ann, say, is_ok=True)


async def ok_after(client: Any, decision: dict[str, Any], *, is_ok: bool) -> bool:
    """Acts until the answer is as wished; who may speak is known within a moment, not at once."""
    for _ in range(8):
        answer = await client.act(decision)
        if answer["ok"] == is_ok:
            break
        await asyncio.sleep(0.2)
    assert answer["ok"] or answer["refusal"]["code"] == "muted"
    return bool(answer["ok"])
