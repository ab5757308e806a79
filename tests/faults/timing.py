"""Tells whether what one seat does in secret can be felt by others as time.

    python -m tests.faults.timing [--repeats 200]

Japan says a word in public every second, and Korea hears it. In every other repeat, drawn by lot, China sends a secret
draft in the same moment. Compared are how long Japan waited for its answer and Korea for the news, with and without, by a
permutation test of the medians. Exits 1 where they differ by more than 20 ms and not by chance (p < 0.01 over all).
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.test_kill import open_room
from tests.faults.wire import Wire
from tests.live_server import LiveServer

MOST = 0.020
"""Seconds."""
CHANCE = 0.01
SHUFFLES = 5_000
BETWEEN = 1.02
"""Seconds: within everybody's allowance of talk."""

Arms = dict[bool, list[float]]


async def measure(server: LiveServer, repeats: int, luck: random.Random) -> dict[str, Arms]:
    """Return the seconds that Japan and Korea waited, without and with a secret act of China's."""
    code, tokens = await asyncio.to_thread(open_room, server, preset="")
    china, japan, korea = [await Wire(server.url, code, tokens[seat]).open() for seat in ("CN", "JP", "KR")]
    assert (await china.act("start-0000000000001", {"type": "start"}))["ok"]
    found: dict[str, Arms] = {"own answer": {False: [], True: []}, "news of another": {False: [], True: []}}
    lots = [True, False] * repeats
    luck.shuffle(lots)
    for i, is_secret in enumerate(lots):
        await asyncio.sleep(BETWEEN)
        heard = asyncio.create_task(_news(korea, f"word {i}"))
        await asyncio.sleep(0)
        if is_secret:
            draft = {"sponsor": "CN", "duties": [{"by": "CN", "kind": "cap", "amount": i % 2}]}
            await china.send(
                {
                    "type": "act",
                    "id": f"secret-{i:012d}",
                    "epoch": china.epoch,
                    "decision": {"type": "draft", "package": draft},
                }
            )
        begun = time.perf_counter()
        answered = asyncio.create_task(_answer(japan, i))
        found["own answer"][is_secret].append(await answered - begun)
        found["news of another"][is_secret].append(await heard - begun)
        if is_secret:
            assert (answer := await china.hear("answer"))["ok"], answer
    for wire in (china, japan, korea):
        wire.cut()
    return found


async def _answer(wire: Wire, i: int) -> float:
    answer = await wire.act(f"public-{i:012d}", {"type": "say", "text": f"word {i}"})
    assert answer["ok"], answer
    return time.perf_counter()


async def _news(wire: Wire, text: str) -> float:
    while not any(entry["event"].get("text") == text for entry in (await wire.hear("update"))["entries"]):
        pass
    return time.perf_counter()


def compare(arms: Arms, luck: random.Random) -> tuple[float, float]:
    """Return by how many seconds the median is longer with the secret act, and how likely as much were by chance."""
    without, with_ = arms[False], arms[True]
    longer = statistics.median(with_) - statistics.median(without)
    both, more = without + with_, 0
    for _ in range(SHUFFLES):
        luck.shuffle(both)
        other = statistics.median(both[len(without) :]) - statistics.median(both[: len(without)])
        more += abs(other) >= abs(longer)
    return longer, more / SHUFFLES


def main() -> None:
    parser = argparse.ArgumentParser(description="Can a secret be felt as time?")
    parser.add_argument("--repeats", type=int, default=200)
    asked = parser.parse_args()
    luck = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder) / "data")
        server.start()
        try:
            found = asyncio.run(measure(server, asked.repeats, luck))
        finally:
            server.kill()
    is_felt = False
    for name, arms in found.items():
        longer, chance = compare(arms, luck)
        is_felt |= abs(longer) > MOST and chance < CHANCE / len(found)
        medians = " and ".join(f"{statistics.median(arms[arm]) * 1e3:.2f}" for arm in (False, True))
        print(f"{name}: median {medians} ms without and with a secret act; {longer * 1e3:+.2f} ms, p = {chance:.3f}")
    sys.exit(is_felt)


if __name__ == "__main__":
    main()
