"""How many committed acts a second one server takes before somebody waits too long.

    python -m bench.ramp [--setup sqlite] [--sync normal] [--rooms 360] [--rates 300 600 900 1200 1500] [--seconds 8]

Six sockets to a room, every act heard by all six. A rate is sustained while 99 of 100 acts are heard by the last of the six
within 250 ms, and all by all. Prints for each rate what was sent, what an act cost in CPU (PostgreSQL and Valkey among it) and
the latencies; and at the end the greatest rate sustained, and what a whole core would take at the cheapest step.
"""

from __future__ import annotations

import argparse
import asyncio
import resource

from bench.broadcast import OBSERVERS, measure
from bench.servers import SETUPS, say, talks

PATIENCE = 250.0
"""Milliseconds."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--setup", choices=SETUPS, default="sqlite")
    parser.add_argument("--sync", choices=("full", "normal"), default="full", help="NEGOTIATION_SYNC of our server")
    parser.add_argument("--rooms", type=int, default=360)
    parser.add_argument("--rates", type=float, nargs="+", default=[300.0, 600.0, 900.0, 1200.0, 1500.0])
    parser.add_argument("--seconds", type=float, default=8.0)
    options = parser.parse_args()
    options.load = "ready"
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    best, cheapest = 0.0, float("inf")
    for rate in options.rates:
        options.rate = rate
        # A server of its own for each rate: what one left behind must not slow the next.
        with talks(options.rooms, OBSERVERS, setup=options.setup, sync=options.sync) as (server, rooms):
            cost = asyncio.run(measure(server, rooms, options, is_ours=True))
        late = sorted(cost.latencies)
        p99 = late[int(len(late) * 0.99)] if late else float("inf")
        is_sustained = p99 <= PATIENCE and cost.unheard == 0 and cost.refused <= 0.01 * cost.rate * options.seconds
        say(
            f"asked {rate:.0f}/s: sent {cost.rate:.0f}/s, {cost}, {cost.refused} refused{'' if is_sustained else ': too much'}"
        )
        cheapest = min(cheapest, cost.cpu)
        if is_sustained:
            best = max(best, cost.rate)
    say(f"sustained {best:.0f} acts/s; a whole core takes {1e6 / cheapest:.0f}/s at {cheapest:.0f} us an act")


if __name__ == "__main__":
    main()
