"""Every test of rooms begins with an empty database on disk and with nothing kept in the process."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio
from django.db import connections

from negotiation.rooms import database, drivers, feed, limits, plays
from tests.rooms.client import Client


@pytest.fixture(autouse=True)
def fresh(transactional_db: None, settings: pytest.FixtureRequest) -> Iterator[None]:
    settings.ROOMS_BOT_DELAY = (0.0, 0.0)  # type: ignore[attr-defined]
    vars(limits.guesses).update(vars(limits.Guesses()))  # pages hold the object itself
    yield
    feed.close_all()
    drivers.forget_all()
    plays.forget_all()
    # What a bot was writing shall be written before the tables are emptied: all threads are met, so all are done.
    threads = database.threads()
    met = threading.Barrier(threads._max_workers)

    def leave() -> None:
        met.wait(10)
        connections.close_all()

    for left in [threads.submit(leave) for _ in range(threads._max_workers)]:
        left.result(20)


Connect = Callable[[str, str | None], Client]


@pytest_asyncio.fixture(loop_scope="session")
async def connect() -> AsyncIterator[Connect]:
    """Makes sockets to a room's code with a token, and closes them at the end."""
    clients: list[Client] = []

    def make(code: str, token: str | None) -> Client:
        clients.append(Client(code, token))
        return clients[-1]

    yield make
    for client in clients:
        await client.close()
