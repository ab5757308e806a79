"""A bot that thinks long does it beside the server: nothing waits for it, and where it dies or is late a simpler one answers."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import threading
import time
from pathlib import Path

import psutil
import pytest

from game.bots import get
from game.decisions import Decision, Start
from game.play import Settings
from game.scenario import load
from game.view import View
from game.world import shown, start
from negotiation.rooms import creation, drivers, people, services, thinking
from negotiation.rooms.creation import Wish
from negotiation.rooms.database import db
from negotiation.rooms.models import Room
from negotiation.rooms.thinking import Thinker
from tests.faults.wire import Wire
from tests.live_server import LiveServer
from tests.rooms.cast import new_id
from tests.rooms.test_drivers import settle

SIX = load("six2003")
SEEN = View(SIX, "CN", "talk", 1, SIX.rounds, shown(start(SIX)), None)


@pytest.fixture
def thinker():  # type: ignore[no-untyped-def]
    one = Thinker()
    yield one
    one.end()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_thought_is_thought_elsewhere_within_its_time_and_its_process_ends_with_it(thinker: Thinker) -> None:
    assert thinker.think("bargainer", SEEN, b"luck"), "the start of the process is not counted"
    pid = thinker.pid
    assert pid not in (None, os.getpid())
    begun = time.monotonic()
    decisions = thinker.think("searcher", SEEN, b"luck", 10.0)
    assert decisions
    assert all(isinstance(one, Decision) for one in decisions)
    assert time.monotonic() - begun < thinking.ENOUGH + 1.5
    thinker.end()
    assert pid is not None
    assert not is_running(pid)


def test_who_takes_too_long_is_ended_and_another_thinks_next(
    thinker: Thinker, caplog: pytest.LogCaptureFixture
) -> None:
    assert thinker.think("bargainer", SEEN, b"luck")
    late = thinker.pid
    assert thinker.think("searcher", SEEN, b"luck", 0.001) is None
    assert "thought for more than" in caplog.text
    assert late is not None
    assert not is_running(late)
    assert thinker.think("bargainer", SEEN, b"luck")
    assert thinker.pid != late


def test_who_dies_while_thinking_is_answered_for(thinker: Thinker, caplog: pytest.LogCaptureFixture) -> None:
    assert thinker.think("bargainer", SEEN, b"luck")
    pid = thinker.pid
    assert pid is not None
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    assert thinker.think("searcher", SEEN, b"luck") is None
    assert "died while it thought" in caplog.text


def test_a_bot_that_fails_says_so_and_its_process_lives(thinker: Thinker, caplog: pytest.LogCaptureFixture) -> None:
    assert thinker.think("nobody", SEEN, b"luck") is None
    pid = thinker.pid
    assert "KeyError" in caplog.text
    assert thinker.think("bargainer", SEEN, b"luck")
    assert thinker.pid == pid


async def test_the_loop_turns_while_a_bot_thinks() -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.01)
            turns += 1

    beside = asyncio.create_task(turn())
    assert await thinking.thought("searcher", SEEN, b"luck")
    beside.cancel()
    assert turns > 20
    thinking.end()


def room_of_searchers() -> int:
    wish = Wish(Settings(scenario="cjk", rounds=1), bots={"CN": "searcher", "JP": "tft", "KR": "bargainer"})
    room = creation.create(wish=wish)
    by = services.who(people.join(room_id=room.pk, name="Dora", seat=None, is_host=True).delegate)
    assert services.act(room_id=room.pk, by=by, decision=Start(), act_id=new_id(), epoch=0).ok
    return room.pk


@pytest.mark.parametrize("kills", [False, True])
async def test_a_room_with_a_searcher_plays_to_its_end_though_its_process_is_killed(
    fresh: None, kills: bool, caplog: pytest.LogCaptureFixture
) -> None:
    room_id = await db(room_of_searchers)

    async def kill() -> None:
        await drivers.sweep()
        while not (thinking._pools and thinking._pools[0].all[0].pid):  # noqa: ASYNC110 (a process that starts)
            await asyncio.sleep(0.01)
        os.kill(thinking._pools[0].all[0].pid, signal.SIGKILL)

    if kills:
        async with asyncio.timeout(20):
            await kill()
    room = await settle(room_id, lambda room: room.phase == "over", seconds=60)
    assert room.epoch == 1
    assert ("a simpler one answers" in caplog.text) == kills
    assert get("searcher").playouts < thinking.PLAYOUTS  # type: ignore[attr-defined]
    pids = [one.pid for one in thinking._pools[0].all]
    drivers.forget_all()
    assert not [pid for pid in pids if pid is not None and is_running(pid)]
    assert await db(Room.objects.filter(pk=room_id).exists)


def thinkers_of(server: LiveServer) -> list[psutil.Process]:
    assert server.process is not None
    children = psutil.Process(server.process.pid).children()
    return [one for one in children if "spawn_main" in " ".join(one.cmdline())]


PAGE = Path(__file__).resolve().parents[2] / "docs" / "protocol.md"
MAKES_A_ROOM = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[0]


@pytest.mark.faults
async def test_thinkers_end_with_their_server_even_where_it_is_killed(own_server: LiveServer) -> None:
    assert thinkers_of(own_server) == [], "none before the first thought"
    code = MAKES_A_ROOM.replace('name="Ann", seat="KR"', 'name="Host", seat="observer"').replace('"tft"', '"searcher"')
    got = {"HOME": own_server.url}
    await asyncio.to_thread(exec, code, got)
    host = await Wire(own_server.url, got["code"], got["token"]).open()
    assert (await host.act("the-host-starts-1", {"type": "start"}))["ok"]
    async with asyncio.timeout(40):
        while host.sections["room"]["phase"] != "over":
            await host.hear("update", "welcome")
    host.cut()
    thinkers = thinkers_of(own_server)
    assert len(thinkers) == thinking.THINKERS
    own_server.kill()
    assert not (await asyncio.to_thread(psutil.wait_procs, thinkers, 10))[1]
