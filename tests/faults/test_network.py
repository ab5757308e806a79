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
        korea.host = f"127.0.0.1:{network.port}"
        # The page's address is the server's own: a relay does not change what the browser says it visits.
        await open_through(korea, own_server)
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
        async with asyncio.timeout(15):
            while len(heard) < len(said):
                await asyncio.sleep(0.1)
        listening.cancel()
        assert list(heard) == list(said)
        waits = [heard[word] - at for word, at in said.items()]
        assert statistics.quantiles(waits, n=20)[-1] <= MOST_P95
        # Without a blackout a word takes its way and no more.
        assert statistics.median(waits) <= 1.0
        # What was said over there is acknowledged here, too.
        assert (await act_through(korea))["ok"]


async def open_through(person: Wire, server: LiveServer) -> None:
    """Connects by the relay under the server's own name."""
    relay, person.host = person.host, server.url.split("/")[2]
    real = asyncio.open_connection

    async def by_relay(_host: str, _port: int, **_: object) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = relay.split(":")
        return await real(host, int(port))

    asyncio.open_connection = by_relay  # type: ignore[assignment]
    try:
        await person.open()
    finally:
        asyncio.open_connection = real


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
