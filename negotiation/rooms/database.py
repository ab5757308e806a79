"""db: a call that uses the database, made from a socket or the clock without stopping the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")


async def db(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Returns what the call returns.

    SQLite has one writer at a time, so one thread is as fast as many; PostgreSQL takes several at once.
    """
    sensitive = connection.vendor == "sqlite"
    result: T = await database_sync_to_async(call, thread_sensitive=sensitive)(*args, **kwargs)
    return result
