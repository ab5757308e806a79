"""All tables of a round play one seed: the first to finish may not give it away to those that still play."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import User
from django.test import Client as Browser

from game.observation import FACILITATOR
from negotiation.rooms import exports, people, plays
from negotiation.rooms.boot import first_view
from negotiation.rooms.database import db
from negotiation.rooms.masks import viewers
from negotiation.rooms.models import Room
from negotiation.rooms.verification import CannotCheck, check_file
from tests.rooms.cast import Table
from tests.rooms.conftest import Connect

SEATS = ("CN", "JP", "KR")


def pair() -> tuple[Table, Table]:
    """Returns a table that has finished, and one that still plays the same seed."""
    first, second = Table(rounds=1), Table(rounds=1)
    # Nothing is drawn from it in the first phase.
    Room.objects.update(seed=second.room.seed)
    plays.forget_all()
    first.play_all()
    return first, second


def shown(table: Table, viewer: str) -> str:
    """Returns all that a viewer is given of a room: its page and its files."""
    room, play = table.room, table.play
    log = msgspec.json.encode(exports.game_log(room, play, viewer)).decode()
    return json.dumps(first_view(room, play, viewer, 0, 999)) + log + exports.scores(play, viewer)


def given_away(table: Table) -> list[str]:
    """Returns the seed and the nonces of a finished table."""
    return [table.room.seed, *(order.nonce for done in table.play.played for order in done.orders if order)]


@pytest.mark.parametrize("viewer", [one for one in viewers(SEATS) if one != FACILITATOR])
def test_a_seed_stays_secret_while_another_table_plays_it(viewer: str) -> None:
    first, second = pair()
    secrets = given_away(first)
    assert len(secrets) == 4
    assert not [one for one in secrets if one in shown(first, viewer)], (
        "not even the own nonce, which the other table has too"
    )
    with pytest.raises(CannotCheck):
        check_file(msgspec.json.encode(exports.game_log(first.room, first.play, viewer)))
    second.play_all()
    for table in (first, second):
        assert [one for one in given_away(table) if one not in shown(table, viewer)] == []
        assert check_file(msgspec.json.encode(exports.game_log(table.room, table.play, viewer))).is_sound


def test_a_facilitator_has_the_seed_of_a_finished_table_at_once() -> None:
    first, second = pair()
    assert [one for one in given_away(first) if one not in shown(first, FACILITATOR)] == []
    assert second.room.seed not in shown(second, FACILITATOR)


async def test_sockets_of_the_first_table_hear_the_seed_when_the_last_has_ended(connect: Connect, fresh: None) -> None:
    first, second = await db(pair)
    code, seed = await db(lambda: (first.code, first.room.seed))
    bob = await connect(code, first.joined["bob"].token).open()
    assert bob.sections["outcome"]["seed"] is None
    await db(second.play_all)
    carol = await connect(code, first.joined["carol"].token).open()
    outcome: Any = carol.sections["outcome"]
    while outcome["seed"] is None:
        await carol.hear("update")
        outcome = carol.sections["outcome"]
    assert outcome["seed"] == seed


async def test_a_table_that_ends_alone_tells_its_seed_at_once(connect: Connect, fresh: None) -> None:
    table = await db(lambda: Table(rounds=1))
    bob = await connect(await db(lambda: table.code), table.joined["bob"].token).open()
    await db(table.play_all)
    while not bob.sections["outcome"]:
        await bob.hear("update", "welcome")
    assert bob.sections["outcome"]["seed"] == await db(lambda: table.room.seed)


def test_a_projector_on_the_facilitators_screen_does_not_show_it() -> None:
    first, _ = pair()
    user = User.objects.create_user("tess")
    browser = Browser()
    browser.cookies["seat"] = people.facilitate(room_id=first.pk, user=user).token
    assert first.room.seed not in browser.get(f"/r/{first.code}/debrief/?view=projector").content.decode()
    assert first.room.seed in browser.get(f"/r/{first.code}/debrief/").content.decode()
