"""Whether a server that runs for long grows: its memory, threads and open files over half an hour of talk and comings.

    python -m bench.soak [--setup sqlite] [--minutes 30] [--rooms 20] [--rate 20]

People talk, draft and get ready, and every second somebody's connection is cut and comes back. A line is printed every
minute. The games stand still, for a longer game is a larger one. Exits 1 when the last third of the time, but for the
warming up, took more than a tenth more than the first.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import statistics
import sys
import time
from typing import Any, NamedTuple

import psutil

from bench.load import WORDS, Seat
from bench.servers import SEATS, SETUPS, Rooms, Server, say, talks
from tests.faults.wire import Cut

OBSERVERS = 3
WARMING = 0.2
"""Share of the time in which caches fill."""
GROWTH = 1.1


class Sample(NamedTuple):
    """What the server's process holds: MiB, and numbers."""

    memory: float
    threads: float
    files: float


def sample(server: Server) -> Sample:
    process = psutil.Process(server.process.pid)
    return Sample(server.memory(), process.num_threads(), process.num_fds())


class Visitor(Seat):
    """A socket that is cut now and then, and comes back."""

    async def stay(self) -> None:
        while True:
            with contextlib.suppress(Cut):
                await self.listen()
            await self.come_back()


def idle_talk(number: int, rng: random.Random) -> dict[str, Any]:
    """Returns an act that leaves the game where it is."""
    draw = rng.random()
    if draw < 0.6:
        return {"type": "say", "text": WORDS + str(number)}
    if draw < 0.8:
        duty = {"by": "JP", "kind": "abstain", "what": "patrol", "to": "CN", "rounds": 1 + number % 3}
        return {"type": "draft", "package": {"sponsor": "CN", "duties": [duty]}}
    return {"type": "ready", "ready": number % 2 == 0}


async def play(server: Server, rooms: Rooms, options: argparse.Namespace) -> list[Sample]:
    """Keeps the rooms busy and returns a sample for each minute."""
    people = [Visitor(server.home, code, token, lazily=True) for code, *tokens in rooms for token in tokens]
    for person in people:
        await person.open()
    staying = [asyncio.create_task(person.stay()) for person in people]
    players = people[:: len(SEATS) + OBSERVERS]  # the first seat of each room; nobody else is ever ready
    rng, samples, sent, cuts = random.Random(1), [sample(server)], 0, 0
    started = time.monotonic()
    while (now := time.monotonic()) < started + 60 * options.minutes:
        await asyncio.sleep(rng.expovariate(options.rate))
        act = {"type": "act", "id": f"soak-{os.getpid()}-{sent:012d}", "epoch": 0, "decision": idle_talk(sent, rng)}
        with contextlib.suppress(AssertionError, ConnectionError):
            await rng.choice(players).send(act)
        sent += 1
        if now > started + cuts:
            cuts += 1
            rng.choice(people).cut()
        if now > started + 60 * len(samples):
            samples.append(sample(server))
            memory, threads, files = samples[-1]
            minutes = len(samples) - 1
            say(f"{minutes} min: {memory:.1f} MiB, {threads} threads, {files} files; {sent} acts, {cuts} cuts")
    for task in staying:
        task.cancel()
    await asyncio.gather(*staying, return_exceptions=True)
    return samples


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--setup", choices=SETUPS, default="sqlite")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rooms", type=int, default=20)
    parser.add_argument("--rate", type=float, default=20.0)
    options = parser.parse_args()
    with talks(options.rooms, OBSERVERS, setup=options.setup) as (server, rooms):
        samples = asyncio.run(play(server, rooms, options))
    samples = samples[int(len(samples) * WARMING) :]
    third = max(1, len(samples) // 3)
    grown = False
    for name, figures in zip(Sample._fields, zip(*samples, strict=True), strict=True):
        first, last = statistics.median(figures[:third]), statistics.median(figures[-third:])
        say(f"{name}: {first:.1f} at first, {last:.1f} at last, {last / first:.2f} times")
        grown |= last > GROWTH * first
    sys.exit(grown)


if __name__ == "__main__":
    main()
