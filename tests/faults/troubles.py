"""Trouble: what may befall a server while people play, and its end; `of_one` for a server on SQLite, `of_many` for workers."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import psutil

from tests.live_server import LiveServer
from tests.servers import RealServer
from tests.workers.cluster import Cluster

AWAY = 3.0
"""Seconds that what is stopped or paused stays so."""


class Trouble(NamedTuple):
    """A name, and what happens; when it returns, the trouble is over."""

    name: str
    befall: Callable[[], Awaitable[None]]


def of_one(server: LiveServer) -> list[Trouble]:
    """Returns the one trouble of a server by itself: it is killed and starts anew."""
    return [Trouble("power cut", lambda: _cut_power(server))]


def of_many(cluster: Cluster, luck: random.Random) -> list[Trouble]:
    """Returns what may befall workers, PostgreSQL and Valkey."""
    postgres, valkey = cluster.postgres, cluster.valkey
    return [
        Trouble("power cut", lambda: _cut_power(cluster)),
        Trouble("worker killed", lambda: _kill_worker(cluster, luck)),
        Trouble("Valkey away", lambda: _away(valkey, signal.SIGKILL)),
        Trouble("Valkey paused", lambda: _paused(valkey)),
        Trouble("Valkey flushed", lambda: _flushed(cluster)),
        Trouble("PostgreSQL away, fast", lambda: _away(postgres, signal.SIGINT)),
        Trouble("PostgreSQL away, immediately", lambda: _away(postgres, signal.SIGQUIT)),
        Trouble("PostgreSQL paused", lambda: _paused(postgres)),
        Trouble("a row locked", lambda: _locked(cluster, luck)),
    ]


async def _cut_power(server: LiveServer) -> None:
    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)


async def _kill_worker(cluster: Cluster, luck: random.Random) -> None:
    with contextlib.suppress(psutil.NoSuchProcess, IndexError):
        psutil.Process(luck.choice(cluster.workers())).kill()


async def _away(server: RealServer, how: signal.Signals) -> None:
    await asyncio.to_thread(server.stop, how)
    await asyncio.sleep(AWAY)
    await asyncio.to_thread(server.start)


async def _paused(server: RealServer) -> None:
    server.pause()
    try:
        await asyncio.sleep(AWAY)
    finally:
        server.go_on()


async def _flushed(cluster: Cluster) -> None:
    cluster.valkey.ask("FLUSHALL")


async def _locked(cluster: Cluster, luck: random.Random) -> None:
    room = luck.choice(await asyncio.to_thread(cluster.ask, "SELECT id FROM rooms_room"))[0]
    with cluster.postgres.held(cluster.database_name, f"SELECT 1 FROM rooms_room WHERE id = {room} FOR UPDATE"):
        await asyncio.sleep(AWAY)
