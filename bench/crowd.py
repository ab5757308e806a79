"""A thousand people whose server is killed come back all at once: how soon each sees the room again.

    python -m bench.crowd [--setup sqlite] [--sockets 1000] [--rooms 25]

The server is killed (kill -9) and started again on the same data, and everybody knocks in the same moment, again every
half second until let in. Prints what sockets at rest take of memory, when 95 % and when all had their view, how
often they knocked, and the memory of the server. Exits 1 beyond 15 s, 30 s, three knocks or 500 MiB, or when a view is not the one it was.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import time
from typing import NamedTuple

from bench.servers import SEATS, SETUPS, Rooms, Server, say, talks
from tests.faults.wire import Cut, Wire

MOST = {"95 %": 15.0, "all": 30.0, "knocks": 3, "MiB": 500.0}
PAUSE = 0.5


class Return(NamedTuple):
    """When somebody saw the room again, in seconds after the server listened, and how often that one knocked."""

    seconds: float
    knocks: int


async def come_back(person: Wire, since: float) -> Return:
    for knock in range(1, 200):
        try:
            await person.open()
            return Return(time.perf_counter() - since, knock)
        except (OSError, Cut, asyncio.IncompleteReadError, TimeoutError):
            await asyncio.sleep(PAUSE)
    raise SystemExit("somebody was never let in")


def view(person: Wire) -> object:
    """Returns what the person sees, but for who is there, which changes as people come."""
    return {name: section for name, section in person.sections.items() if name != "people"}, person.entries


async def play(server: Server, rooms: Rooms) -> bool:
    """Fills the rooms, kills the server, and lets everybody come back; returns whether all went well."""
    tables = [[Wire(server.home, code, token) for token in tokens] for code, *tokens in rooms]
    first, people = [table[0] for table in tables], [person for table in tables for person in table]
    empty = server.memory()
    for person in first:
        await person.open()
    await asyncio.sleep(5)
    opened = server.memory()
    for person in people:
        if person.writer is None:
            await person.open()
    await asyncio.sleep(5)
    full = server.memory()
    each = (full - opened) / (len(people) - len(first)) * 1000
    say(
        f"empty {empty:.0f} MiB; with one person in each of {len(rooms)} rooms {opened:.0f} MiB; "
        f"{len(people)} are in: {full:.0f} MiB. For 1,000 sockets at rest: {each:.1f} MiB, "
        f"{(full - empty) / len(people) * 1000:.1f} with the opening of the rooms"
    )
    before = [view(person) for person in people]
    server.end()
    server.start()
    since = time.perf_counter()
    returns = await asyncio.gather(*(come_back(person, since) for person in people))
    seconds = sorted(one.seconds for one in returns)
    found = {
        "95 %": seconds[int(0.95 * (len(seconds) - 1))],
        "all": seconds[-1],
        "knocks": max(one.knocks for one in returns),
        "MiB": server.memory(),
    }
    say(", ".join(f"{name} {figure:.1f} (most {MOST[name]:g})" for name, figure in found.items()))
    differing = sum(view(person) != old for person, old in zip(people, before, strict=True))
    say(f"{differing} see another room than before")
    return not differing and all(figure <= MOST[name] for name, figure in found.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--setup", choices=SETUPS, default="sqlite")
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--rooms", type=int, default=25)
    options = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4 * options.sockets + 1000), hard))
    observers = options.sockets // options.rooms - len(SEATS)
    with talks(options.rooms, observers, setup=options.setup) as (server, rooms):
        sys.exit(not asyncio.run(play(server, rooms)))


if __name__ == "__main__":
    main()
