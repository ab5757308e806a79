"""db, soon, in_flight: calls that use the database, made from a socket or the clock without stopping the others.

The threads are our own: the stock bridge between loop and thread copies contexts, takes locks and wakes the loop twice for
every act, which costs as much as the rules. What a call has to tell the loop comes back with its result, in one wake.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any, ParamSpec, TypeVar

from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 4
"""Of a process on PostgreSQL: one slow statement must not stop every room."""

logger = logging.getLogger(__name__)

_calls: set[asyncio.Future[Any]] = set()


class _Telling(threading.local):
    """What the call of this thread has to tell its loop when it comes back."""

    loop: asyncio.AbstractEventLoop | None = None
    news: tuple[Callable[[], object], ...] = ()


_telling = _Telling()


@cache
def threads() -> ThreadPoolExecutor:
    """Returns the threads of this process. SQLite has one writer at a time, so one is as fast as many."""
    return ThreadPoolExecutor(1 if connection.vendor == "sqlite" else THREADS, thread_name_prefix="database")


async def db(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Returns what the call returns, or raises what it raises."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()
    _calls.add(result)
    threads().submit(_make, loop, result, partial(call, *args, **kwargs))
    return await result


def soon(loop: asyncio.AbstractEventLoop, news: Callable[[], object]) -> None:
    """Lets the loop call `news`: with the result of the call that this thread is making for it, or else at once.

    Raises `RuntimeError` when the loop has closed.
    """
    if _telling.loop is loop:
        _telling.news += (news,)
    else:
        # In a context of its own: tasks begun there must not take the committing thread's for theirs.
        loop.call_soon_threadsafe(news, context=contextvars.Context())


def in_flight() -> int:
    """Returns how many calls wait for the database; a server that ends lets them come back."""
    return len(_calls)


def _make(loop: asyncio.AbstractEventLoop, result: asyncio.Future[T], call: Callable[[], T]) -> None:
    _telling.loop, _telling.news = loop, ()
    value, error = None, None
    try:
        if connection.errors_occurred:
            # Ours is kept from call to call; Django would give it back to its pool and fetch one anew at each.
            connection.close_if_unusable_or_obsolete()
        value = call()
    except BaseException as raised:  # noqa: BLE001 (it belongs to the one who asked)
        error = raised
    news, _telling.loop, _telling.news = _telling.news, None, ()
    with contextlib.suppress(RuntimeError):  # the loop has closed, and whoever asked with it
        loop.call_soon_threadsafe(partial(_come_back, result, value, error, news), context=contextvars.Context())


def _come_back(
    result: asyncio.Future[Any], value: object, error: BaseException | None, news: tuple[Callable[[], object], ...]
) -> None:
    _calls.discard(result)
    for tell in news:
        try:
            tell()
        except Exception:
            logger.exception("What was committed could not be told here; those who look will find it.")
    if result.done():  # whoever asked was cancelled
        return
    if error is not None:
        result.set_exception(error)
    else:
        result.set_result(value)
