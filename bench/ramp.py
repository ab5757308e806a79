"""How many committed acts a second one server takes before somebody waits too long.

    python -m bench.ramp [--setup sqlite] [--sync normal] [--rooms 500] [--rates 300 600 900 1200 1500] [--seconds 6]

Six sockets to a room, three who play and three who watch; every act is words that all six hear. A rate is sustained while
99 of 100 are heard by the last of the six within 250 ms, all by all, and none is refused. Prints for each rate what was sent, what
an act cost in CPU (PostgreSQL and Valkey among it) and the latencies; and at the end the greatest rate sustained, and what a
whole core would take at the cheapest step.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import time

from bench.broadcast import OBSERVERS
from bench.lean import ACK_SECONDS, Lean, opened
from bench.servers import SEATS, SETUPS, Rooms, Server, say, talks

PATIENCE = 0.25
DRAIN = 3.0
TOGETHER = 20
"""Sockets that are opened at the same time."""


class Step:
    """The acts of one rate: who has not heard of each yet, and how long the last of the six took."""

    def __init__(self) -> None:
        self.waiting: dict[int, list[float]] = {}
        self.seconds: list[float] = []

    def hear(self, number: int) -> None:
        if (act := self.waiting.get(number)) is not None:
            act[1] -= 1
            if act[1] <= 0:
                self.seconds.append(time.perf_counter() - act[0])
                del self.waiting[number]


async def offer(server: Server, rooms: Rooms, rate: float, seconds: float) -> tuple[Step, float, int, float]:
    """Offers the rate; returns what was heard, the acts sent a second, those refused, and the CPU of one in microseconds."""
    step = Step()
    wanted = [(code, token) for code, *tokens in rooms for token in tokens]
    sockets: list[Lean] = []
    for some in (wanted[i : i + TOGETHER] for i in range(0, len(wanted), TOGETHER)):
        sockets += await asyncio.gather(*(opened(server.home, *one, step.hear) for one in some))
    acknowledging = asyncio.create_task(acknowledge(sockets))
    size = len(SEATS) + OBSERVERS
    players = [socket for i, socket in enumerate(sockets) if i % size < len(SEATS)]
    random.Random(1).shuffle(players)
    await asyncio.sleep(1)
    luck, number, cpu = random.Random(2), 0, server.cpu()
    began = due = time.perf_counter()
    while (now := time.perf_counter()) < began + seconds:
        while due <= now:
            step.waiting[number] = [time.perf_counter(), size]
            players[number % len(players)].say(number)
            number += 1
            due += luck.expovariate(rate)
        await asyncio.sleep(max(0.0, min(due - time.perf_counter(), 0.02)))
    sent_for = time.perf_counter() - began
    end = time.perf_counter() + DRAIN
    while step.waiting and time.perf_counter() < end:  # noqa: ASYNC110 (an event a word would cost what is measured)
        await asyncio.sleep(0.02)
    used = server.cpu() - cpu
    acknowledging.cancel()
    for socket in sockets:
        socket.transport.abort()
    return step, number / sent_for, sum(socket.refused for socket in sockets), used / max(1, number) * 1e6


async def acknowledge(sockets: list[Lean]) -> None:
    while True:
        await asyncio.sleep(ACK_SECONDS)
        for socket in sockets:
            socket.acknowledge()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--setup", choices=SETUPS, default="sqlite")
    parser.add_argument("--sync", choices=("full", "normal"), default="full", help="NEGOTIATION_SYNC of our server")
    parser.add_argument("--rooms", type=int, default=500)
    parser.add_argument("--rates", type=float, nargs="+", default=[300.0, 600.0, 900.0, 1200.0, 1500.0])
    parser.add_argument("--seconds", type=float, default=6.0)
    options = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    best, cheapest = 0.0, float("inf")
    for rate in options.rates:
        # A server of its own for each rate: what one left behind must not slow the next.
        with talks(options.rooms, OBSERVERS, setup=options.setup, sync=options.sync) as (server, rooms):
            step, sent, refused, cpu = asyncio.run(offer(server, rooms, rate, options.seconds))
        late = sorted(step.seconds) or [float("inf")]
        p50, p99 = late[len(late) // 2], late[int(len(late) * 0.99)]
        is_sustained = p99 <= PATIENCE and not step.waiting and not refused
        say(
            f"{sent:.0f}/s: {cpu:.0f} us an act, p50 {p50 * 1e3:.1f}, p99 {p99 * 1e3:.1f} ms, {len(step.waiting)} unheard, "
            f"{refused} refused{'' if is_sustained else ': too much'}"
        )
        cheapest = min(cheapest, cpu)
        best = max(best, sent) if is_sustained else best
    say(f"sustained {best:.0f} acts/s; a whole core takes {1e6 / cheapest:.0f}/s at {cheapest:.0f} us an act")


if __name__ == "__main__":
    main()
