"""Two workers behind one port are one server: on PostgreSQL and Valkey, over a real network."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgpack
import psutil
import pytest

from negotiation.management.commands.serve import refusal
from tests import on_postgres
from tests.faults.wire import Cut, Wire
from tests.live_server import ROOT
from tests.servers import Postgres, Valkey
from tests.workers.cluster import WORKERS, Cluster, Room

pytestmark = [pytest.mark.faults, pytest.mark.slow]

Message = dict[str, object]


async def two(cluster: Cluster) -> tuple[Room, Wire, Wire]:
    """Returns a room with China's socket at the first worker and Japan's at the second."""
    (room,) = await asyncio.to_thread(cluster.rooms)
    first, second = cluster.workers()
    return room, await cluster.open_at(first, room.wire("CN")), await cluster.open_at(second, room.wire("JP"))


async def hears(wire: Wire, text: str, seconds: float) -> float:
    """Waits until the words are there and returns after how many seconds."""
    begun = time.monotonic()
    async with asyncio.timeout(seconds):
        while text not in [entry["event"].get("text") for entry in wire.entries.values()]:
            await wire.hear("update", "welcome", seconds=seconds)
    return time.monotonic() - begun


async def until(is_so: Callable[[], bool | Awaitable[bool]], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while True:
            found = is_so()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.05)


def public(entry: dict[str, Any]) -> dict[str, object]:
    """Returns what happened, without the number of the person, which only the own seat is told."""
    return {name: value for name, value in entry["event"].items() if name != "by"}


def say(text: str) -> dict[str, object]:
    return {"type": "say", "text": text}


def here(wire: Wire) -> set[str]:
    return {person["seat"] for person in wire.sections["people"]["people"] if person["here"]}


async def test_an_act_at_one_worker_is_seen_at_the_other_within_a_second(cluster: Cluster) -> None:
    _room, china, japan = await two(cluster)
    for i in range(5):
        for speaker, listener in ((china, japan), (japan, china)):
            text = f"{speaker.token[:4]} {i}"
            answer, _ = await asyncio.gather(
                speaker.act(f"word-{speaker.token[:4]}-{i:011d}", say(text)), hears(listener, text, 1.0)
            )
            assert answer["ok"], answer
    for wire in (china, japan):
        await hears(wire, f"{japan.token[:4]} 4", 1.0)
    assert [public(entry) for entry in china.entries.values()] == [public(entry) for entry in japan.entries.values()]
    china.cut()
    japan.cut()


async def test_the_bell_carries_the_number_of_the_room_and_nothing_else(cluster: Cluster) -> None:
    room, china, japan = await two(cluster)
    reader, writer = await asyncio.open_connection("127.0.0.1", cluster.valkey.port)
    writer.write(b"PSUBSCRIBE *\r\n")
    for _ in range(6):
        await reader.readline()
    assert (await china.act("a-word-behind-a-hand", say("hush") | {"to": ["JP"]}))["ok"]
    await hears(japan, "hush", 1.0)
    async with asyncio.timeout(1):
        lines = [await reader.readline() for _ in range(8)]
        payload = await reader.readexactly(int(lines[7][1:]))
    assert msgpack.unpackb(payload) == {"type": "bell", "rooms": [room.pk]}
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.readexactly(3), 0.3)  # the end of the line, and no second message
    writer.close()
    china.cut()
    japan.cut()


async def test_a_resend_at_the_other_worker_counts_once(cluster: Cluster) -> None:
    room, china, japan = await two(cluster)
    answer = await china.act("said-once-and-for-all", say("once"))
    second = await cluster.open_at(cluster.worker_of(japan), room.wire("CN"))
    again = [await wire.act("said-once-and-for-all", say("once")) for wire in (second, second, china)]
    assert [one["n"] for one in again] == [answer["n"]] * 3
    reused = await second.act("said-once-and-for-all", say("twice"))
    assert reused["refusal"]["code"] == "id_reused"
    at_once = await asyncio.gather(*(wire.act("said-by-both-at-once", say("both")) for wire in (china, second)))
    assert at_once[0]["ok"]
    assert at_once[0]["n"] == at_once[1]["n"]
    assert await asyncio.to_thread(room.said) == ["once", "both"]
    for wire in (china, japan, second):
        wire.cut()


async def test_a_socket_resumes_at_the_other_worker_without_a_gap(cluster: Cluster) -> None:
    _room, china, japan = await two(cluster)
    await china.act("before-the-cut-00001", say("before"))
    await hears(china, "before", 1.0)
    china.cut()
    for i in range(3):
        await japan.act(f"while-away-{i:010d}", say(f"while away {i}"))
    had = china.n
    await china.shake_hands()
    while cluster.worker_of(china) != cluster.worker_of(japan):
        await china.shake_hands()
    await china.send({"type": "hello", "protocol": 1, "epoch": china.epoch, "last": china.n})
    answer = await china.hear("update", "welcome")
    assert answer["type"] == "update", "what it had stays"
    assert [entry["n"] for entry in answer["entries"]] == list(range(had + 1, had + 4))
    china.cut()
    japan.cut()


async def test_every_page_shows_who_is_at_the_other_worker(cluster: Cluster) -> None:
    room, china, japan = await two(cluster)

    async def sees(wire: Wire, seats: set[str]) -> None:
        while here(wire) != seats:
            await wire.hear("update", "welcome")

    async with asyncio.timeout(6):
        await asyncio.gather(sees(china, {"CN", "JP"}), sees(japan, {"CN", "JP"}))
    others = [await cluster.open_at(cluster.worker_of(china), room.wire("JP")) for _ in range(2)]
    japan_too = await cluster.open_at(cluster.worker_of(japan), room.wire("JP"))
    await asyncio.sleep(4.5)
    with pytest.raises(Cut) as cut:
        await room.wire("JP").open()  # the fifth of Japan, wherever it lands
    assert cut.value.code == 4009
    for wire in (*others, japan_too, japan):
        wire.cut()
    china.cut()


async def test_many_deadlines_are_fired_once_each_by_two_workers(cluster: Cluster) -> None:
    # The first phase lasts as long as it does; these rooms began so long ago that it ends in some seconds.
    (probe,) = await asyncio.to_thread(cluster.rooms, clock=True)
    ((deadline_at,),) = cluster.ask(f"SELECT deadline_at FROM rooms_room WHERE id = {probe.pk}")
    lasts = deadline_at - time.time()
    rooms = await asyncio.to_thread(cluster.rooms, 20, clock=True, begun_at=time.time() - lasts + 1.0)
    numbers = ", ".join(str(room.pk) for room in rooms)
    begun = f"SELECT room_id, at FROM rooms_entry WHERE kind = 'phase' AND room_id IN ({numbers})"
    late = f"SELECT count(*) FROM rooms_room WHERE id IN ({numbers}) AND deadline_at < extract(epoch FROM now()) - 3"

    async def all_fired() -> bool:
        return len(await asyncio.to_thread(cluster.ask, begun)) >= 2 * len(rooms)

    await until(all_fired, 8)
    await asyncio.sleep(1)
    found = await asyncio.to_thread(cluster.ask, begun)
    assert sorted(room_id for room_id, _ in found) == sorted([room.pk for room in rooms] * 2)
    assert cluster.ask(late) == [(0,)]


async def test_bots_of_a_room_are_thought_for_by_one_worker(cluster: Cluster) -> None:
    (room,) = await asyncio.to_thread(cluster.rooms, bots=True)
    wires = [await cluster.open_at(worker, room.wire("KR")) for worker in cluster.workers()]

    def phase() -> tuple[int, str]:
        return wires[0].sections["room"]["round"], wires[0].sections["room"]["phase"]

    async def play() -> None:
        for i in range(40):
            if phase()[0] > 1:
                return
            answer = await wires[i % 2].act(f"ready-{i:014d}", {"type": "ready"})
            if not answer["ok"]:
                await wires[i % 2].act(f"order-{i:014d}", {"type": "order", "order": {}})
            before = phase()
            with_patience = asyncio.get_running_loop().time() + 3
            while phase() == before and asyncio.get_running_loop().time() < with_patience:
                try:
                    await wires[0].hear("update", "welcome", seconds=0.5)
                except TimeoutError:
                    continue

    async with asyncio.timeout(30):
        await play()
    assert phase()[0] > 1, "the bots did their part"
    claims = cluster.ask(f"SELECT count(DISTINCT worker) FROM rooms_claim WHERE room_id = {room.pk}")
    assert claims == [(1,)]
    ready = f"""SELECT actor, split_part(act_id, '.', 2), count(*) FROM rooms_act
        WHERE room_id = {room.pk} AND actor LIKE 'bot:%' AND answer NOT LIKE '%"ok":true%' GROUP BY 1, 2"""
    assert cluster.ask(ready) == [], "no act of a bot came too late, as those of a second thinker would"
    for wire in wires:
        wire.cut()


async def test_a_worker_that_is_killed_takes_nothing_with_it(cluster: Cluster) -> None:
    room, china, japan = await two(cluster)
    killed, kept = cluster.worker_of(china), cluster.worker_of(japan)
    acknowledged = []

    async def talk() -> None:
        for i in range(8):
            try:
                await china.act(f"until-killed-{i:08d}", say(f"word {i}"))
            except Cut:
                return
            acknowledged.append(f"word {i}")
            if i == 4:
                os.kill(killed, signal.SIGKILL)

    await talk()
    assert 5 <= len(acknowledged) < 8
    await china.come_back(5)
    assert cluster.worker_of(china) != killed
    said = await asyncio.to_thread(room.said)
    assert said[: len(acknowledged)] == acknowledged
    assert len(said) <= len(acknowledged) + 1
    act_id = f"until-killed-{len(acknowledged):08d}"
    assert (await china.act(act_id, say(f"word {len(acknowledged)}")))["ok"]
    assert await asyncio.to_thread(room.said) == [f"word {i}" for i in range(len(acknowledged) + 1)]
    await hears(japan, f"word {len(acknowledged)}", 3)
    assert kept in cluster.workers()
    await until(lambda: len(cluster.workers()) == WORKERS, 5)
    china.cut()
    japan.cut()


async def test_without_valkey_all_goes_on_within_three_seconds(cluster: Cluster) -> None:
    _room, china, japan = await two(cluster)

    async def passes(text: str, seconds: float) -> None:
        answer, _ = await asyncio.gather(
            china.act(f"outage-{text.replace(chr(32), chr(45)):->16}", say(text)), hears(japan, text, seconds)
        )
        assert answer["ok"], answer

    valkey = cluster.valkey
    await passes("before", 1)
    valkey.stop(signal.SIGKILL)
    await passes("stopped", 3)
    await passes("still stopped", 3)
    valkey.start()
    await asyncio.sleep(2.5)  # the ears come back by themselves
    await passes("back", 1)
    assert valkey.ask("FLUSHALL") == "+OK"
    await passes("flushed", 1)
    valkey.pause()
    try:
        await passes("paused", 3)
    finally:
        valkey.go_on()
    await asyncio.sleep(0.5)
    await passes("after", 1)
    assert "bell of rooms" in cluster.output, "an operator is told"
    china.cut()
    japan.cut()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["fast", "immediate"])
async def test_when_postgresql_restarts_acts_are_busy_and_sockets_stay(cluster: Cluster, how: signal.Signals) -> None:
    room, china, japan = await two(cluster)
    assert (await china.act("before-the-restart-1", say("before")))["ok"]
    cluster.postgres.stop(how)
    answers = await asyncio.gather(*(wire.act("while-it-is-away-001", say("away")) for wire in (china, japan)))
    assert [answer["refusal"]["code"] for answer in answers] == ["busy", "busy"]
    await asyncio.to_thread(cluster.postgres.start)

    async def accepted() -> bool:
        return bool((await china.act("while-it-is-away-001", say("away")))["ok"])

    await until(accepted, 5)
    await hears(japan, "away", 5)
    assert await asyncio.to_thread(room.said) == ["before", "away"]
    page = await asyncio.to_thread(china_page, cluster, room)
    assert page.startswith("HTTP/1.1 200"), page
    china.cut()
    japan.cut()


def china_page(cluster: Cluster, room: Room) -> str:
    """Asks for the room's page and returns the first line of the answer."""
    with socket.create_connection(("127.0.0.1", cluster.port), 5) as line:
        head = f"GET /r/{room.code}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: seat={room.tokens['CN']}\r\n\r\n"
        line.sendall(head.encode())
        return line.makefile("r", encoding="utf-8").readline()


async def test_a_paused_postgresql_holds_nobody_for_ever(cluster: Cluster) -> None:
    room, china, japan = await two(cluster)
    with cluster.postgres.held(cluster.database_name, f"SELECT 1 FROM rooms_room WHERE id = {room.pk} FOR UPDATE"):
        (other,) = await asyncio.to_thread(cluster.rooms)
        elsewhere = await other.wire("CN").open()
        waiting = asyncio.create_task(china.act("behind-a-locked-row-1", say("late")))
        begun = time.monotonic()
        assert (await elsewhere.act("not-behind-that-row-1", say("at once")))["ok"]
        assert time.monotonic() - begun < 1, "one locked row stops one room"
        assert (await waiting)["refusal"]["code"] == "busy"
    assert (await china.act("behind-a-locked-row-1", say("late")))["ok"]
    for wire in (china, japan, elsewhere):
        wire.cut()


async def test_connections_and_threads_stay_few(cluster: Cluster) -> None:
    rooms = await asyncio.to_thread(cluster.rooms, 4)
    wires = [await room.wire(seat).open() for room in rooms for seat in room.tokens for _ in range(4)]
    await asyncio.gather(*(wire.act(f"all-at-once-{i:09d}", say("now")) for i, wire in enumerate(wires) if i % 4 == 0))
    ((connections,),) = cluster.ask(
        f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{cluster.database_name}' AND application_name = 'talks'"
    )
    assert connections <= WORKERS * 10
    for wire in wires:
        wire.cut()


async def end_of(wire: Wire) -> int | None:
    """Waits until the socket is closed and returns the code."""
    try:
        while True:
            await wire.hear("nothing")
    except Cut as cut:
        return cut.code


async def test_the_end_is_in_order_and_pages_come_back(cluster: Cluster) -> None:
    _room, china, japan = await two(cluster)
    assert (await china.act("said-before-the-end-1", say("before")))["ok"]
    ends = [asyncio.create_task(end_of(wire)) for wire in (china, japan)]
    begun = time.monotonic()
    assert await asyncio.to_thread(cluster.stop) == 0
    assert time.monotonic() - begun < 8
    assert await asyncio.gather(*ends) == [1012, 1012]
    await asyncio.to_thread(cluster.start)
    await china.come_back(10)
    await hears(china, "before", 1)
    china.cut()


async def test_workers_whose_parent_is_killed_end_too(cluster: Cluster) -> None:
    workers = cluster.workers()
    assert cluster.process is not None
    cluster.process.kill()
    cluster.process.wait()
    cluster.process = None
    await until(lambda: not any(psutil.pid_exists(pid) for pid in workers), 8)
    await asyncio.to_thread(cluster.start)


def test_what_cannot_serve_together_is_refused_in_one_sentence(tmp_path: Path) -> None:
    assert refusal(1, crosses=False, is_file=True) == ""
    assert refusal(2, crosses=True, is_file=True) == refusal(8, crosses=True, is_file=False) == ""
    assert "on SQLite without REDIS_URL" in refusal(2, crosses=False, is_file=True)
    assert refusal(2, crosses=False, is_file=False).startswith("2 workers without REDIS_URL")
    assert "use 1 or more" in refusal(0, crosses=True, is_file=False)
    unset = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    for more, said in (({}, "REDIS_URL"), ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "REDIS_URL")):
        run = subprocess.run(
            [sys.executable, "manage.py", "serve", "--workers", "2", "--port", "0"],
            cwd=ROOT,
            env=unset | more | {"NEGOTIATION_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert run.returncode == 1
        assert said in run.stderr
        assert len(run.stderr.splitlines()) == 1, run.stderr


def test_the_rooms_behave_alike_on_postgresql_and_valkey(tmp_path: Path, postgres: Postgres, valkey: Valkey) -> None:
    run = subprocess.run(
        # What locks, counts and is overtaken. The rest takes minutes and asks nothing of a database that these do not:
        # the README has the command for it.
        on_postgres.command(
            *("tests/rooms/test_services.py", "tests/rooms/test_sockets.py", "tests/rooms/test_house.py"),
            *("tests/rooms/test_people.py", "tests/rooms/test_drivers.py", "tests/conferences/test_running.py"),
            *("tests/conferences/test_seating.py", "tests/tournaments/test_rounds.py"),
        ),
        cwd=ROOT,
        env=on_postgres.environment(postgres, valkey, str(tmp_path)),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
