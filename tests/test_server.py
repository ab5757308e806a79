"""What the server process itself does to a socket, asked over a real network."""

import asyncio

from tests.faults.test_kill import open_room
from tests.faults.wire import Wire
from tests.live_server import LiveServer


async def test_a_page_that_sleeps_is_not_pinged(own_server: LiveServer) -> None:
    code, tokens = await asyncio.to_thread(open_room, own_server)
    wire = Wire(own_server.url, code, next(iter(tokens.values())))
    await wire.shake_hands()
    heard = b""
    try:
        async with asyncio.timeout(5):  # daphne looks at its sockets every 2 s
            heard = await wire.reader.read(1)
    except TimeoutError:
        pass
    finally:
        wire.cut()
    assert heard == b"", "a socket that has not said hello hears nothing, no ping either"
