"""People who never read but talk on, beside people who do: the former are cut off, the latter do not notice."""

from __future__ import annotations

import asyncio
import re
import time

import psutil
import pytest

from tests.faults.test_kill import Visitor, open_room
from tests.faults.wire import Cut, Wire
from tests.live_server import LiveServer

pytestmark = [pytest.mark.faults, pytest.mark.slow]

ROOMS, DEAF_EACH = 3, 3
SECONDS = 20.0
"""After which nobody who draws nothing is left; the server's patience is 15 s."""


async def talk_on(wire: Wire, until: float) -> None:
    """Asks something every 2 s and reads nothing."""
    i = 0
    while time.monotonic() < until:
        i += 1
        question = {"type": "record", "before": 1000, "limit": 50}
        await wire.send({"type": "ask", "id": f"question-{i:011d}", "question": question})
        await asyncio.sleep(2)


async def is_cut_off(wire: Wire) -> bool:
    """Reads what came; who went on talking after the close may find a reset in its place."""
    try:
        async with asyncio.timeout(5):
            while True:
                await wire._frame()
    except Cut as cut:
        return cut.code in (4008, None)


async def test_who_reads_nothing_is_cut_off_and_holds_nobody_up(own_server: LiveServer) -> None:
    assert own_server.process is not None
    server, waits = psutil.Process(own_server.process.pid), []
    deaf: list[Wire] = []
    tables: list[tuple[Wire, Wire]] = []
    for _ in range(ROOMS):
        code, tokens = await asyncio.to_thread(open_room, own_server, preset="")
        china, korea = [await Wire(own_server.url, code, tokens[seat]).open() for seat in ("CN", "KR")]
        assert (await china.act("start-0000000000001", {"type": "start"}))["ok"]
        tables.append((china, korea))
        for _ in range(DEAF_EACH):
            wire = Wire(own_server.url, code, tokens["JP"])
            await wire.shake_hands()
            await wire.send({"type": "hello", "protocol": 1})
            deaf.append(wire)
    before, end = server.memory_info().rss, time.monotonic() + SECONDS
    talking = [asyncio.create_task(talk_on(wire, end)) for wire in deaf]
    i = 0
    while time.monotonic() < end:
        i += 1
        for china, korea in tables:
            begun = time.monotonic()
            answer = await china.act(f"words-{i:014d}", {"type": "say", "text": f"{i} " + "x" * 1900})
            if answer["ok"]:
                while not any(entry["event"].get("text", "").startswith(f"{i} ") for entry in korea.entries.values()):
                    await korea.hear("update")
                waits.append(time.monotonic() - begun)
        await asyncio.sleep(1)
    grown = (server.memory_info().rss - before) / 2**20
    for task in talking:
        await task
    assert all([await is_cut_off(wire) for wire in deaf])
    page = await asyncio.to_thread(Visitor(own_server.url).get, "/metrics")
    assert re.findall(r'talks_sockets_closed_total{.*code="4008".*} (\d+)', page) == [str(len(deaf))]
    assert max(waits) < 1, "somebody who reads waited for somebody who does not"
    assert grown < 30, f"{grown:.0f} MiB for {len(deaf)} sockets"
    for wires in (*tables, deaf):
        for wire in wires:
            wire.cut()
