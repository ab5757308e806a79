"""What one committed act costs, as a multiple of a bare Channels echo that commits nothing.

    python -m bench.broadcast [--load mixed] [--setup sqlite] [--sync full] [--rooms 10 40 160] [--rate 120]
        [--seconds 10] [--rounds 3] [--than OLDER_TREE]

Every server runs under daphne in a process of its own, in turns, with the same messages over the same sockets: six to a
room, three who play and three who watch. The figure is CPU of the server's processes, PostgreSQL and Valkey among them,
for each act that was not refused, so what else the machine does matters little; the latency of words from the sending to
the last delivery is told besides, and how many words somebody never heard. With several numbers of rooms, each is measured in turn.
`--sync full` is how SQLite writes unless told otherwise: each commit waits for the disk. `--than` measures an older
checkout in the same turns.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import statistics
import time
from pathlib import Path
from typing import NamedTuple

from bench.load import LOADS, Seat
from bench.servers import ROOT, SEATS, SETUPS, Rooms, Server, echo, say, talks

OBSERVERS = 3
PUBLIC = ("say",)
"""Acts of which everybody at the table hears."""
TURN = 1.0
"""Seconds within which all have heard of an act, or it counts as not heard."""


class Cost(NamedTuple):
    """CPU per act in microseconds; milliseconds until all had heard of a word said; words that somebody never heard."""

    cpu: float
    latencies: list[float]
    unheard: int
    rate: float
    """Acts sent a second."""
    refused: int

    def __str__(self) -> str:
        if not self.latencies:
            return f"{self.cpu:.0f} us an act"
        late = sorted(self.latencies)
        p50, p95, p99 = (late[min(len(late) - 1, int(len(late) * q))] for q in (0.5, 0.95, 0.99))
        return f"{self.cpu:.0f} us an act, p50 {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f} ms, {self.unheard} unheard"


class Turn:
    """One run of the load: what was sent, and when the last of each table heard of it."""

    def __init__(self, tables: list[list[Seat]]) -> None:
        self.tables = tables
        self.sent = self.unheard = 0
        self.latencies: list[float] = []

    async def act(self, table: list[Seat], who: int, act: dict[str, object], *, is_public: bool) -> None:
        """Sends the act; if all may hear of it, looks a moment later whether all did."""
        at, heard = time.perf_counter(), [len(seat.heard) for seat in table]
        await table[who].send(act)
        self.sent += 1
        if is_public:
            asyncio.get_running_loop().call_later(TURN, self.note, table, heard, at)

    def note(self, table: list[Seat], heard: list[int], at: float) -> None:
        first = [seat.heard[before] for seat, before in zip(table, heard, strict=True) if len(seat.heard) > before]
        if len(first) == len(table):
            self.latencies.append((max(first) - at) * 1e3)
        else:
            self.unheard += 1


async def measure(
    server: Server, rooms: Rooms, options: argparse.Namespace, *, is_ours: bool, lazily: bool = True
) -> Cost:
    """Plays the load on the server."""
    tables = [[Seat(server.home, code, token, lazily=lazily) for token in tokens] for code, *tokens in rooms]
    everybody = [seat for table in tables for seat in table]
    for seat in everybody:
        await (seat.open() if is_ours else seat.shake_hands())
    listening = [asyncio.create_task(seat.listen()) for seat in everybody]
    await asyncio.sleep(1)
    rng, numbers, turn = random.Random(1), [0] * len(tables), Turn(tables)
    for seat in everybody:
        seat.heard.clear()
    cpu, end = server.cpu(), time.perf_counter() + options.seconds
    while time.perf_counter() < end:
        await asyncio.sleep(rng.expovariate(options.rate))
        i = rng.randrange(len(tables))
        numbers[i] += 1
        who = 0 if options.load == "ready" else rng.randrange(len(SEATS))
        decision = LOADS[options.load](tables[i][who], SEATS[who], numbers[i], rng)
        act = {"type": "act", "id": f"bench-{os.getpid()}-{turn.sent:012d}", "epoch": 0, "decision": decision}
        # What is secret or refused only its own seat hears of; the echo tells everybody everything.
        await turn.act(tables[i], who, act, is_public=not is_ours or decision["type"] in PUBLIC)
    await asyncio.sleep(TURN + 0.5)
    used, refused = server.cpu() - cpu, sum(seat.refused for seat in everybody)
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    for seat in everybody:
        seat.cut()
    return Cost(used / (turn.sent - refused) * 1e6, turn.latencies, turn.unheard, turn.sent / options.seconds, refused)


def compare(options: argparse.Namespace, rooms: int) -> dict[str, float]:
    """Measures each server in turns with so many rooms; returns the median ratio of each to the echo."""
    ratios: dict[str, list[float]] = {}
    costs: list[float] = []
    for _ in range(options.rounds):
        bare = None
        if not options.alone:
            with echo(rooms, OBSERVERS) as (server, made):
                bare = asyncio.run(measure(server, made, options, is_ours=False))
            say(f"{rooms} rooms, echo: {bare}")
        for name, tree in (("before", options.than), ("act", ROOT)):
            if tree is not None:
                with talks(rooms, OBSERVERS, tree=tree, setup=options.setup, sync=options.sync) as (server, made):
                    cost = asyncio.run(measure(server, made, options, is_ours=True))
                if bare is not None:
                    ratios.setdefault(name, []).append(cost.cpu / bare.cpu)
                say(f"{rooms} rooms, {name}: {cost}" + (f"; ratio {cost.cpu / bare.cpu:.2f}" if bare else ""))
                if name == "act":
                    costs.append(cost.cpu)
    medians = {name: statistics.median(found) for name, found in ratios.items()}
    for name, median in medians.items():
        say(f"{rooms} rooms: median ratio of {name} {median:.2f}")
    return medians | {"cpu": statistics.median(costs)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--load", choices=LOADS, default="mixed")
    parser.add_argument("--setup", choices=SETUPS, default="sqlite")
    parser.add_argument("--sync", choices=("full", "normal"), default="full", help="NEGOTIATION_SYNC of our server")
    parser.add_argument("--rooms", type=int, nargs="+", default=[40])
    parser.add_argument("--rate", type=float, default=120.0)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="without the echo: what an act costs with more rooms")
    parser.add_argument("--than", type=Path, help="an older checkout")
    options = parser.parse_args()
    # Two files a socket, one here and one in the server, which takes over our bounds.
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    found = [compare(options, rooms) for rooms in options.rooms]
    if len(found) > 1:
        first, last = options.rooms[0], options.rooms[-1]
        say(f"an act with {last} rooms costs {found[-1]['cpu'] / found[0]['cpu']:.2f} of one with {first}")


if __name__ == "__main__":
    main()
