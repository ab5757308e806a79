"""Bots act after a commit, through the service that people use."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from game import bots
from game.bots import Bot
from game.decisions import Pause, Ready, Start, Vote
from game.play import Settings
from negotiation.rooms import creation, drivers, people, plays, services
from negotiation.rooms.creation import Wish
from negotiation.rooms.database import db
from negotiation.rooms.models import Act, Entry, Room
from negotiation.rooms.services import Who
from tests.rooms.cast import new_id


async def settle(room_id: int, condition: Callable[[Room], bool], seconds: float = 20) -> Room:
    """Waits until the bots have brought the room there."""
    await drivers.sweep()
    async with asyncio.timeout(seconds):
        while True:
            room = await db(Room.objects.get, pk=room_id)
            if await db(condition, room):
                return room
            await asyncio.sleep(0.02)


def human(joined: people.Joined) -> Who:
    return services.who(joined.delegate)


async def ready(joined: people.Joined) -> services.Answer:
    room_id = joined.delegate.room_id
    return await db(
        services.act, room_id=room_id, by=human(joined), decision=Ready(), act_id=new_id(), epoch=0
    )  # fmt: skip


async def test_a_person_plays_a_whole_game_against_two_bots(fresh: None) -> None:
    joined = await db(creation.play_now, origin="here")
    room_id = joined.delegate.room_id
    await drivers.sweep()
    async with asyncio.timeout(60):
        while (room := await db(Room.objects.get, pk=room_id)).phase != "over":
            phase_no = room.phase_no
            await settle(room_id, lambda room: _bots_are_done(room))
            if (await db(Room.objects.get, pk=room_id)).phase_no == phase_no:
                await ready(joined)
    kinds = set(await db(lambda: list(Entry.objects.filter(room_id=room_id).values_list("kind", flat=True))))
    assert {"said", "proposed", "ordered", "resolved", "ended"} <= kinds


def _bots_are_done(room: Room) -> bool:
    play = plays.fold(room) if room.n else None
    return play is None or play.is_over or all(
        done for done, holder in zip(play.ready, play.holders, strict=True) if holder.startswith("bot:")
    )  # fmt: skip


async def test_a_room_of_bots_alone_plays_to_the_end(fresh: None) -> None:
    wish = Wish(Settings(scenario="cjk"), bots={"CN": "tft", "JP": "bargainer", "KR": "random"})

    def begin() -> int:
        room = creation.create(wish=wish)
        joined = people.join(room_id=room.pk, name="Dora", seat=None, is_host=True)

        assert services.act(room_id=room.pk, by=human(joined), decision=Start(), act_id=new_id(), epoch=0).ok
        return room.pk

    room_id = await db(begin)
    room = await settle(room_id, lambda room: room.phase == "over", seconds=60)
    assert room.epoch == 1


class Broken(Bot):
    def vote(self, view, ballot, rng):  # type: ignore[no-untyped-def]
        return "yes"

    def decide(self, view, rng):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError("a bug of a bot")


class Lawless(Broken):
    def decide(self, view, rng):  # type: ignore[no-untyped-def]
        return (Vote("9z", "yes"), Vote("9z", "no"))


@pytest.mark.parametrize(("kind", "said"), [(Broken, "a bug of a bot"), (Lawless, "refused: unknown_text")])
async def test_a_bot_that_fails_or_is_refused_is_ready_and_the_log_of_the_server_says_why(
    fresh: None,
    kind: type[Bot],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(bots, "get", lambda name: kind())
    joined = await db(creation.play_now, origin="here")
    await settle(joined.delegate.room_id, _bots_are_done)
    assert said in caplog.text


async def test_a_bot_asked_again_after_a_restart_does_nothing_twice(fresh: None) -> None:
    joined = await db(creation.play_now, origin="here")
    room_id = joined.delegate.room_id
    room = await settle(room_id, _bots_are_done)
    if (task := drivers._tables[room_id].task) is not None:
        await task
    room = await db(Room.objects.get, pk=room_id)
    drivers.forget_all()
    plays.forget_all()
    await drivers.sweep()
    await asyncio.sleep(0.3)
    after = await db(Room.objects.get, pk=room_id)
    assert after.n == room.n


async def test_bots_keep_still_while_the_room_is_paused(fresh: None) -> None:
    joined = await db(creation.play_now, origin="here")
    room_id = joined.delegate.room_id
    await db(services.act, room_id=room_id, by=human(joined), decision=Pause(), act_id=new_id(), epoch=0)
    await drivers.sweep()
    table = drivers._tables.get(room_id)
    if table is not None and table.task is not None:
        await table.task  # who was thinking when the room was paused
    n = (await db(Room.objects.get, pk=room_id)).n
    await drivers.sweep()
    await asyncio.sleep(0.2)
    kinds = await db(lambda: list(Entry.objects.filter(room_id=room_id).values_list("kind", "body")))
    assert (await db(Room.objects.get, pk=room_id)).n == n, kinds


async def test_a_bots_acts_go_by_the_same_ids_as_anybodys(fresh: None) -> None:
    joined = await db(creation.play_now, origin="here")
    await settle(joined.delegate.room_id, _bots_are_done)
    actors = set(await db(lambda: list(Act.objects.values_list("actor", flat=True))))
    assert {"bot:CN", "bot:JP"} <= actors
