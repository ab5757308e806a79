"""What one committed act costs, as a multiple of a bare Channels echo that commits nothing.

    python -m bench.broadcast [--rooms 20] [--rate 60] [--seconds 10] [--rounds 3]

Both servers run under daphne in a process of their own, in turns, with the same sockets: six to a room. The load is one
public act at a time from somebody in a random room, at random instants. The figure is CPU of the server process per act,
so what else the machine does matters little; the latency from act to last delivery is told besides.
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
from pathlib import Path

from tests.faults.wire import Wire

ROOT = Path(__file__).resolve().parent.parent
SEATS = ("CN", "JP", "KR")
OBSERVERS = 3

PREPARE = """
import django; django.setup()
from game.decisions import Start
from game.play import Settings
from negotiation.rooms import creation, people, services
from negotiation.rooms.creation import Wish
for _ in range({rooms}):
    room = creation.create(wish=Wish(Settings(scenario="cjk")))
    joined = [people.join(room_id=room.pk, name=s, seat=s, is_host=s == "CN") for s in {seats}]
    joined += [people.join(room_id=room.pk, name=f"O{{i}}", seat=None) for i in range({observers})]
    host = services.who(joined[0].delegate)
    services.act(room_id=room.pk, by=host, decision=Start(), act_id="start", epoch=0)
    print(room.code, *[one.token for one in joined])
"""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Server:
    """A server process whose CPU is counted."""

    def __init__(self, command: list[str], environment: dict[str, str], listening: str) -> None:
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
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


class Seat(Wire):
    """A socket that only counts what it hears of each act."""

    async def listen(self, heard: dict[str, list[float]], key: str) -> None:
        while True:
            frame = await self._frame()
            if b'"' + key.encode() + b'"' in frame or b'"update"' in frame:
                heard.setdefault(self.path, []).append(time.perf_counter())
            if found := re.search(rb'"type":"update","epoch":\d+,"n":(\d+)', frame):
                await self.send({"type": "ack", "n": int(found[1])})


async def measure(
    server: Server, rooms: list[list[str]], rate: float, seconds: float, *, is_ours: bool
) -> tuple[float, float]:
    """Returns CPU per act in microseconds and the median latency in milliseconds."""
    tables = [[Seat(server.home, code, token) for token in tokens] for code, *tokens in rooms]
    for table in tables:
        for seat in table:
            await (seat.open() if is_ours else seat.shake_hands())
    heard: dict[str, list[float]] = {}
    key = "update" if is_ours else "act"
    listening = [asyncio.create_task(seat.listen(heard, key)) for table in tables for seat in table]
    await asyncio.sleep(1)
    heard.clear()
    rng, ready, sent = random.Random(1), [False] * len(tables), 0
    latencies: list[float] = []
    started, cpu = time.perf_counter(), server.cpu()
    while time.perf_counter() < started + seconds:
        await asyncio.sleep(rng.expovariate(rate))
        i = rng.randrange(len(tables))
        ready[i] = not ready[i]
        act = {
            "type": "act",
            "id": f"bench-{os.getpid()}-{sent:012d}",
            "epoch": 0,
            "decision": {"type": "ready", "ready": ready[i]},
        }
        path = tables[i][0].path
        at = time.perf_counter()
        before = len(heard.get(path, ()))
        await tables[i][0].send(act)
        sent += 1
        asyncio.get_running_loop().call_later(
            0.5,
            lambda path=path, at=at, before=before: latencies.extend(
                [heard[path][before + 5] - at] if len(heard.get(path, ())) >= before + 6 else []
            ),
        )
    await asyncio.sleep(1)
    used = server.cpu() - cpu
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    for table in tables:
        for seat in table:
            seat.cut()
    deliveries = sum(len(times) for times in heard.values())
    say(f"    {sent} acts, {deliveries} deliveries of {6 * sent}")
    return used / sent * 1e6, statistics.median(latencies) * 1e3 if latencies else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=20)
    parser.add_argument("--rate", type=float, default=60.0)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ratios = []
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as data:
            environment = {
                "NEGOTIATION_DATA": data,
                "PYTHONUNBUFFERED": "1",
                "DJANGO_SETTINGS_MODULE": "negotiation.settings",
            }
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=os.environ | environment, check=True
            )
            script = PREPARE.format(rooms=options.rooms, seats=SEATS, observers=OBSERVERS)
            made = subprocess.run(
                [sys.executable, "-c", script],
                cwd=ROOT,
                env=os.environ | environment,
                check=True,
                capture_output=True,
                text=True,
            )
            rooms = [line.split() for line in made.stdout.splitlines()]
            ours = Server(
                [sys.executable, "manage.py", "play", "--no-browser", "--port", "0"],
                environment,
                r"Home: http://127\.0\.0\.1:(\d+)",
            )
            act, act_ms = asyncio.run(measure(ours, rooms, options.rate, options.seconds, is_ours=True))
            ours.end()
        bare = Server(
            [sys.executable, "-m", "daphne", "-e", "tcp:port=0:interface=127.0.0.1", "bench.echo_site:application"],
            {"PYTHONUNBUFFERED": "1"},
            r"Listening on TCP address 127\.0\.0\.1:(\d+)",
        )
        echo, echo_ms = asyncio.run(measure(bare, rooms, options.rate, options.seconds, is_ours=False))
        bare.end()
        ratios.append(act / echo)
        say(
            f"committed act {act:.0f} us, {act_ms:.1f} ms; bare echo {echo:.0f} us, {echo_ms:.1f} ms; ratio {act / echo:.2f}"
        )
    say(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
