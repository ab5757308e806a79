"""Lets many workers race for the deadlines of many rooms, fifty of which, as the tables of a tournament, end at one moment.

    python -m tests.faults.race [--workers 8] [--rooms 500] [--at-once 50]

Every phase has to end once, whoever comes first, and within 2 s. Prints how late they were; exits 1 if one ended twice or
not at all, or later.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.faults.storm import server_on
from tests.workers.cluster import Cluster

LATE = 2.0
"""Seconds after the end of the grace, which is 1 s."""
BETWEEN = 2.0
"""Seconds from one moment to the next."""
PER_ROOM = 0.1
"""Seconds that it takes to make one, at most."""


def race(cluster: Cluster, count: int, at_once: int) -> list[str]:
    """Return what went wrong."""
    (probe,) = cluster.rooms(clock=True)
    ((deadline_at,),) = cluster.ask(f"SELECT deadline_at FROM rooms_room WHERE id = {probe.pk}")
    lasts, first = deadline_at - time.time(), time.time() + 20 + count * PER_ROOM
    ends: dict[int, float] = {}
    for start in range(0, count, at_once):
        end = first + start / at_once * BETWEEN
        rooms = cluster.rooms(min(at_once, count - start), clock=True, begun_at=end - lasts)
        ends |= {room.pk: end for room in rooms}
    print(f"{count} rooms wait; the first end in {first - time.time():.0f} s.", flush=True)
    time.sleep(max(0.0, max(ends.values()) - time.time()) + 1 + LATE + 5)
    numbers = ", ".join(map(str, ends))
    found = cluster.ask(
        f"SELECT room_id, at FROM rooms_entry WHERE kind = 'phase' AND n > 4 AND room_id IN ({numbers})"
    )
    times = Counter(room for room, _ in found)
    late = sorted(at - ends[room] - 1 for room, at in found)
    print(
        f"{len(found)} ends of {count}; after the grace: median {late[len(late) // 2]:.2f} s, latest {late[-1]:.2f} s"
    )
    wrong = [f"room {room}: ended {times[room]} times" for room in ends if times[room] != 1]
    return wrong + [f"{at:.1f} s late" for at in late if at > LATE]


def main() -> None:
    parser = argparse.ArgumentParser(description="Let workers race for deadlines.")
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--rooms", type=int, default=500)
    parser.add_argument("--at-once", type=int, default=50)
    asked = parser.parse_args()
    with server_on("postgres", asked.workers) as server:
        assert isinstance(server, Cluster)
        wrong = race(server, asked.rooms, asked.at_once)
    print("\n".join(wrong[:20]) or "Each ended once, in time.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
