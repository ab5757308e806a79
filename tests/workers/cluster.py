"""Cluster: `manage.py serve` with its workers, and sockets at a worker of one's choice."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
from pathlib import Path
from typing import Any

import psutil

from tests.faults.wire import Wire
from tests.live_server import LiveServer
from tests.servers import Postgres, Valkey

WORKERS = 2


class Cluster(LiveServer):
    """Several workers on one port, with PostgreSQL and Valkey."""

    def __init__(self, data: Path, postgres: Postgres, valkey: Valkey, *, workers: int = WORKERS) -> None:
        super().__init__(data)
        self.count = workers
        self.postgres, self.valkey = postgres, valkey
        self.database_name = f"talks_{os.getpid()}_{time.monotonic_ns()}"
        self.address = postgres.new_database(self.database_name)

    def command(self, port: int) -> list[str]:
        return ["serve", "--workers", str(self.count), "--port", str(port)]

    def serves(self, lines: list[str]) -> bool:
        return sum(line.endswith(" serves.\n") for line in lines) == self.count

    def environment(self) -> dict[str, str]:
        return super().environment() | {"DATABASE_URL": self.address, "REDIS_URL": self.valkey.url}

    def kill(self) -> None:
        """Ends everything as a power cut does."""
        workers = self.workers()
        super().kill()
        for pid in workers:
            with contextlib.suppress(psutil.NoSuchProcess):
                psutil.Process(pid).kill()

    def workers(self) -> list[int]:
        """Returns the numbers of the processes that serve."""
        if self.process is None or not psutil.pid_exists(self.process.pid):
            return []
        return sorted(child.pid for child in psutil.Process(self.process.pid).children())

    def worker_of(self, wire: Wire) -> int:
        """Returns which process holds the other end."""
        assert wire.writer is not None
        port = wire.writer.get_extra_info("sockname")[1]
        for pid in self.workers():
            for connection in psutil.Process(pid).net_connections("tcp"):
                if connection.raddr and connection.raddr.port == port:
                    return pid
        raise AssertionError("nobody holds the other end")

    async def open_at(self, worker: int, wire: Wire) -> Wire:
        """Opens the socket, as often as it takes until it is at that worker."""
        for _ in range(200):
            await wire.shake_hands()
            if self.worker_of(wire) == worker:
                await wire.send({"type": "hello", "protocol": 1, "epoch": wire.epoch, "last": wire.n})
                await wire.hear("welcome", "update")
                return wire
            await asyncio.sleep(0.01)
        raise AssertionError(f"the port never led to worker {worker}")

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        return self.postgres.ask(self.database_name, statement)

    def rooms(self, count: int = 1, **settings: Any) -> list[Room]:
        """Makes rooms of three people that have begun; at `begun_at` (now if none), `bots` at the seats but Korea's."""
        text = self.manage(
            "shell", "-c", MAKE % {"count": count, "begun_at": None, "bots": False, "clock": False, **settings}
        )
        return [Room(self, *json.loads(line)) for line in text.splitlines() if line.startswith("[")]


class Room:
    """A room of the cluster and the tokens of its people, by seat."""

    def __init__(self, cluster: Cluster, pk: int, code: str, tokens: dict[str, str]) -> None:
        self.cluster, self.pk, self.code, self.tokens = cluster, pk, code, tokens

    def wire(self, seat: str) -> Wire:
        return Wire(self.cluster.url, self.code, self.tokens[seat])

    def said(self) -> list[str]:
        query = f"SELECT words FROM rooms_entry WHERE room_id = {self.pk} AND kind = 'said' ORDER BY n"
        return [words for (words,) in self.cluster.ask(query)]


MAKE = """
import json, secrets, time
from game.decisions import Start
from game.play import Settings
from negotiation.rooms import creation, people, services
from negotiation.rooms.creation import Wish
for i in range(%(count)s):
    settings = Settings(scenario="cjk", preset="starter15" if %(clock)s else None, crises=False)
    bots = {"CN": "tft", "JP": "bargainer"} if %(bots)s else {}
    room = creation.create(wish=Wish(settings, bots=bots), origin=secrets.token_hex(4))
    seats = [seat for seat in ("KR", "CN", "JP") if seat not in bots]
    joined = {seat: people.join(room_id=room.pk, name=seat, seat=seat, is_host=seat == "KR") for seat in seats}
    by = services.who(joined["KR"].delegate)
    begun = %(begun_at)s or time.time()
    assert services.act(room_id=room.pk, by=by, decision=Start(), act_id="start-of-the-room", epoch=0, received_at=begun).ok
    print(json.dumps([room.pk, room.code, {seat: one.token for seat, one in joined.items()}]))
"""
