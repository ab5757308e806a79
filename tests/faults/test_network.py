"""A bad network: 300 ms there and back, and blackouts of seconds in which nothing moves. Words arrive late, in order, once."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time

import pytest

from tests.faults.test_kill import open_room
from tests.faults.wire import Wire
from tests.live_server import LiveServer

pytestmark = [pytest.mark.faults, pytest.mark.slow]

ONE_WAY = 0.15
WORDS, EVERY = 40, 0.5
BLACKOUT = 3.0
MOST_P95 = 3.0 + BLACKOUT


class BadNetwork:
    """A relay in front of the server that delays every byte, and from time to time holds all of them back."""

    def __init__(self, server: LiveServer) -> None:
        self.server = server
        self.through = asyncio.Event()
        self.through.set()

    async def __aenter__(self) -> BadNetwork:
        self.listening = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.port = self.listening.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.listening.close()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.server.port)
        with contextlib.suppress(OSError):
            await asyncio.gather(self._carry(reader, back), self._carry(there, writer))

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                at, data = await waiting.get()
                await asyncio.sleep(max(0.0, at - loop.time()))
                await self.through.wait()
                sink.write(data)
                if not data:
                    sink.close()
                    return

        delivering = asyncio.create_task(deliver())
        while data := await source.read(65536):
            waiting.put_nowait((loop.time() + ONE_WAY, data))
        waiting.put_nowait((loop.time() + ONE_WAY, b""))
        await delivering

    async def black_out(self) -> None:
        self.through.clear()
        await asyncio.sleep(BLACKOUT)
        self.through.set()


async def test_words_come_through_a_bad_network_once_and_in_order(own_server: LiveServer) -> None:
    code, tokens = await asyncio.to_thread(open_room, own_server, preset="")
    async with BadNetwork(own_server) as network:
        china = await Wire(own_server.url, code, tokens["CN"]).open()
        korea = Wire(own_server.url, code, tokens["KR"])
        korea.relay = f"127.0.0.1:{network.port}"
        await korea.open()
        assert (await china.act("start-0000000000001", {"type": "start"}))["ok"]
        heard: dict[str, float] = {}
        listening = asyncio.create_task(listen(korea, heard))
        blackouts = asyncio.create_task(black_out_twice(network))
        said: dict[str, float] = {}
        for i in range(WORDS):
            said[f"word {i}"] = time.monotonic()
            answer = await china.act(f"say-{i:016d}", {"type": "say", "text": f"word {i}"})
            assert answer["ok"] or answer["refusal"]["code"] == "too_fast"
            if not answer["ok"]:
                del said[f"word {i}"]
            await asyncio.sleep(EVERY)
        await blackouts
        await asyncio.sleep(3)
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening
        assert list(heard) == list(said)
        waits = [heard[word] - at for word, at in said.items()]
        assert statistics.quantiles(waits, n=20)[-1] <= MOST_P95
        # Without a blackout a word takes its way and no more.
        assert statistics.median(waits) <= 1.0
        # What was said over there is acknowledged here, too.
        assert (await act_through(korea))["ok"]
        for wire in (china, korea):
            wire.cut()
        await asyncio.sleep(2 * ONE_WAY)


async def listen(person: Wire, heard: dict[str, float]) -> None:
    while True:
        await person.hear("update", seconds=60)
        for _, entry in sorted(person.entries.items()):
            if entry["event"]["type"] == "said":
                heard.setdefault(entry["event"]["text"], time.monotonic())


async def act_through(person: Wire) -> dict[str, object]:
    return await person.act("through-000000000001", {"type": "say", "text": "I am still here."})


async def black_out_twice(network: BadNetwork) -> None:
    for _ in range(2):
        await asyncio.sleep(4)
        await network.black_out()
