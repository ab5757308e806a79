"""What one committed act costs, as a multiple of a bare Channels echo that commits nothing.

    python -m bench.broadcast [--load mixed] [--rooms 40] [--rate 120] [--seconds 10] [--rounds 3] [--sync normal]
        [--than OLDER_TREE]

Every server runs under daphne in a process of its own, in turns, with the same messages over the same sockets: six to a
room, three who play and three who watch. The figure is CPU of the server process for each act that was not refused, so
what else the machine does matters little; the latency from act to sixth delivery is told besides. `--than` measures an
older checkout in the same turns. `--sync full` is how a server writes unless told otherwise: each commit waits for the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.load import LOADS, Seat

ROOT = Path(__file__).resolve().parent.parent
SEATS = ("CN", "JP", "KR")
OBSERVERS = 3
TURN = 0.5
"""Seconds within which all have heard of an act, or it does not count for the latency."""

PREPARE = """
import django; django.setup()
from game.decisions import Start
from game.play import Settings
from negotiation.rooms import creation, people, services
from negotiation.rooms.creation import Wish
for _ in range({rooms}):
    room = creation.create(wish=Wish(Settings(scenario="cjk", rounds=20)))
    joined = [people.join(room_id=room.pk, name=s, seat=s, is_host=s == "CN") for s in {seats}]
    joined += [people.join(room_id=room.pk, name=f"O{{i}}", seat=None) for i in range({observers})]
    host = services.who(joined[0].delegate)
    services.act(room_id=room.pk, by=host, decision=Start(), act_id="start", epoch=0)
    print(room.code, *[one.token for one in joined])
"""


class Cost(NamedTuple):
    """CPU per act in microseconds, and the median latency in milliseconds."""

    cpu: float
    latency: float


class Server:
    """A server process whose CPU is counted."""

    def __init__(self, tree: Path, command: list[str], environment: dict[str, str], listening: str) -> None:
        self.process = subprocess.Popen(
            command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout
        for line in self.process.stdout:
            if found := re.search(listening, line):
                self.home = f"http://127.0.0.1:{found[1]}/"
                return
        raise SystemExit("the server did not start")

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


@contextmanager
def talks(tree: Path, rooms: int, sync: str = "full") -> Iterator[tuple[Server, list[list[str]]]]:
    """Runs the negotiation server of a tree, with its rooms made and begun."""
    with tempfile.TemporaryDirectory() as data:
        own = {"NEGOTIATION_DATA": data, "PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "negotiation.settings"}
        environment = os.environ | own | ({"NEGOTIATION_SYNC": sync} if sync != "full" else {})
        script = PREPARE.format(rooms=rooms, seats=SEATS, observers=OBSERVERS)
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=tree, env=environment, check=True)
        made = subprocess.run(
            [sys.executable, "-c", script], cwd=tree, env=environment, check=True, capture_output=True, text=True
        )
        command = [sys.executable, "manage.py", "play", "--no-browser", "--port", "0"]
        server = Server(tree, command, environment, r"Home: http://127\.0\.0\.1:(\d+)")
        try:
            yield server, [line.split() for line in made.stdout.splitlines()]
        finally:
            server.end()


@contextmanager
def echo(rooms: int) -> Iterator[tuple[Server, list[list[str]]]]:
    """Runs the yardstick."""
    command = [sys.executable, "-m", "daphne", "-e", "tcp:port=0:interface=127.0.0.1", "bench.echo_site:application"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    server = Server(ROOT, command, environment, r"Listening on TCP address 127\.0\.0\.1:(\d+)")
    try:
        yield server, [[f"ROOM{i}", *["token"] * (len(SEATS) + OBSERVERS)] for i in range(rooms)]
    finally:
        server.end()


async def measure(
    server: Server, rooms: list[list[str]], options: argparse.Namespace, *, is_ours: bool, lazily: bool = True
) -> Cost:
    """Plays the load on the server."""
    tables = [[Seat(server.home, code, token, lazily=lazily) for token in tokens] for code, *tokens in rooms]
    everybody = [seat for table in tables for seat in table]
    for seat in everybody:
        await (seat.open() if is_ours else seat.shake_hands())
    listening = [asyncio.create_task(seat.listen()) for seat in everybody]
    await asyncio.sleep(1)
    rng, numbers, sent = random.Random(1), [0] * len(tables), 0
    latencies: list[float] = []
    for seat in everybody:
        seat.heard.clear()
    started, cpu = time.perf_counter(), server.cpu()
    while time.perf_counter() < started + options.seconds:
        await asyncio.sleep(rng.expovariate(options.rate))
        i = rng.randrange(len(tables))
        numbers[i] += 1
        who = 0 if options.load == "ready" else rng.randrange(len(SEATS))
        decision = LOADS[options.load](tables[i][who], SEATS[who], numbers[i], rng)
        at, heard = time.perf_counter(), [len(seat.heard) for seat in tables[i]]
        act = {"type": "act", "id": f"bench-{os.getpid()}-{sent:012d}", "epoch": 0, "decision": decision}
        await tables[i][who].send(act)
        sent += 1
        asyncio.get_running_loop().call_later(TURN, note, tables[i], heard, at, latencies)
    await asyncio.sleep(1)
    used = server.cpu() - cpu
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    refused, deliveries = sum(seat.refused for seat in everybody), sum(len(seat.heard) for seat in everybody)
    for seat in everybody:
        seat.cut()
    say(f"    {sent} acts, {refused} refused, {deliveries} deliveries")
    return Cost(used / (sent - refused) * 1e6, statistics.median(latencies) * 1e3 if latencies else float("nan"))


def note(table: list[Seat], heard: list[int], at: float, latencies: list[float]) -> None:
    """Notes when the last of the table heard, if all did."""
    if all(len(seat.heard) > before for seat, before in zip(table, heard, strict=True)):
        latencies.append(max(seat.heard[before] for seat, before in zip(table, heard, strict=True)) - at)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--load", choices=LOADS, default="mixed")
    parser.add_argument("--rooms", type=int, default=40)
    parser.add_argument("--rate", type=float, default=120.0)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sync", choices=("full", "normal"), default="full", help="NEGOTIATION_SYNC of our server")
    parser.add_argument("--than", type=Path, help="an older checkout, whose page answers every message with an ack")
    options = parser.parse_args()
    ratios: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        costs: dict[str, Cost] = {}
        for name, tree in (("before", options.than), ("act", ROOT)):
            if tree is not None:
                with talks(tree, options.rooms, options.sync) as (server, rooms):
                    lazily = name == "act"
                    costs[name] = asyncio.run(measure(server, rooms, options, is_ours=True, lazily=lazily))
        with echo(options.rooms) as (server, rooms):
            bare = asyncio.run(measure(server, rooms, options, is_ours=False))
        for name, cost in costs.items():
            ratios.setdefault(name, []).append(cost.cpu / bare.cpu)
            say(
                f"{name} {cost.cpu:.0f} us, {cost.latency:.1f} ms; bare echo {bare.cpu:.0f} us, {bare.latency:.1f} ms; "
                f"ratio {cost.cpu / bare.cpu:.2f}"
            )
    for name, found in ratios.items():
        say(f"median ratio of {name}: {statistics.median(found):.2f}")


if __name__ == "__main__":
    main()
