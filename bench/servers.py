"""Server, talks, echo: what the bench measures, each in a process of its own, and what it costs."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

from tests.servers import Postgres, RealServer, Valkey

ROOT = Path(__file__).resolve().parent.parent
SEATS = ("CN", "JP", "KR")
SETUPS = ("sqlite", "postgres")
"""One process with SQLite and the layer in memory; or with PostgreSQL and Valkey, whose work is counted too."""

PREPARE = """
import secrets
import django; django.setup()
from game.decisions import Start
from game.play import Settings
from negotiation.rooms import creation, people, services
from negotiation.rooms.creation import Wish
for _ in range({rooms}):
    room = creation.create(wish=Wish(Settings(scenario="cjk", rounds=20)), origin=secrets.token_hex(4))
    joined = [people.join(room_id=room.pk, name=s, seat=s, is_host=s == "CN") for s in {seats}]
    joined += [people.join(room_id=room.pk, name=f"O{{i}}", seat=None) for i in range({observers})]
    host = services.who(joined[0].delegate)
    services.act(room_id=room.pk, by=host, decision=Start(), act_id="start", epoch=0)
    print(room.code, *[one.token for one in joined])
"""

Rooms = list[list[str]]
"""Of each room its code and the tokens of its people: three who play, then those who watch."""


class Server:
    """A server process that can be killed and started again, and whose work is counted."""

    def __init__(
        self, tree: Path, command: list[str], environment: dict[str, str], listening: str, *others: RealServer
    ) -> None:
        self.tree, self.command, self.environment, self.listening = tree, command, environment, listening
        self.others = others
        self.home = ""
        self.start()

    def start(self) -> None:
        """Starts it and returns when it listens, on the port it had before if it had one."""
        command = [*self.command, "--port", self.home.rstrip("/").rpartition(":")[2]] if self.home else self.command
        self.process = subprocess.Popen(
            command, cwd=self.tree, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout
        for line in self.process.stdout:
            if found := re.search(self.listening, line):
                self.home = f"http://127.0.0.1:{found[1]}/"
                return
        raise SystemExit("the server did not start")

    def processes(self) -> list[psutil.Process]:
        """Returns the server's process and those of its databases."""
        roots = [self.process.pid, *(other.process.pid for other in self.others if other.process)]
        found = []
        for root in map(psutil.Process, roots):
            found += [root, *root.children(recursive=True)]
        return found

    def cpu(self) -> float:
        """Returns the seconds of CPU spent so far, by the system for it too."""
        total = 0.0
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
        return total

    def memory(self) -> float:
        """Returns the resident memory of the server's own process in MiB."""
        return float(psutil.Process(self.process.pid).memory_info().rss / 2**20)

    def end(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


@contextmanager
def talks(
    rooms: int, observers: int, *, tree: Path = ROOT, setup: str = "sqlite", sync: str = "full"
) -> Iterator[tuple[Server, Rooms]]:
    """Runs the negotiation server of a tree, with its rooms made and begun."""
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory())
        own = {"NEGOTIATION_DATA": data, "PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "negotiation.settings"}
        if sync != "full":  # older trees do not know the setting
            own["NEGOTIATION_SYNC"] = sync
        others: tuple[RealServer, ...] = ()
        if setup == "postgres":
            postgres, valkey = Postgres(), Valkey()
            others = (postgres, valkey)
            for other in others:
                other.start()
                stack.callback(other.remove)
            own |= {"DATABASE_URL": postgres.new_database("talks"), "REDIS_URL": valkey.url}
        environment = os.environ | own
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=tree, env=environment, check=True)
        script = PREPARE.format(rooms=rooms, seats=SEATS, observers=observers)
        made = subprocess.run(
            [sys.executable, "-c", script], cwd=tree, env=environment, check=True, capture_output=True, text=True
        )
        command = [sys.executable, "manage.py", "play", "--no-browser"]
        server = Server(tree, [*command, "--port", "0"], environment, r"Home: http://127\.0\.0\.1:(\d+)", *others)
        server.command = command
        stack.callback(server.end)
        yield server, [line.split() for line in made.stdout.splitlines()]


@contextmanager
def echo(rooms: int, observers: int) -> Iterator[tuple[Server, Rooms]]:
    """Runs the yardstick."""
    command = [sys.executable, "-m", "daphne", "-e", "tcp:port=0:interface=127.0.0.1", "bench.echo_site:application"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    server = Server(ROOT, command, environment, r"Listening on TCP address 127\.0\.0\.1:(\d+)")
    try:
        yield server, [[f"ROOM{i}", *["token"] * (len(SEATS) + observers)] for i in range(rooms)]
    finally:
        server.end()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
