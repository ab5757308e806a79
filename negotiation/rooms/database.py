"""db, in_flight: a call that uses the database, made from a socket or the clock without stopping the others."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 4
"""Of a process on PostgreSQL: one slow statement must not stop every room."""

_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="database")
_calls: set[object] = set()


async def db(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Returns what the call returns.

    SQLite has one writer at a time, so one thread is as fast as many; PostgreSQL takes several at once.
    """
    if connection.vendor == "sqlite":
        threaded = database_sync_to_async(call, thread_sensitive=True)
    else:
        threaded = database_sync_to_async(call, thread_sensitive=False, executor=_threads)
    call_made = object()
    _calls.add(call_made)
    try:
        result: T = await threaded(*args, **kwargs)
    finally:
        _calls.discard(call_made)
    return result


def in_flight() -> int:
    """Returns how many calls wait for the database; a server that ends lets them come back."""
    return len(_calls)
