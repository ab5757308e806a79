"""thought, end: bots that think long do it in processes of their own, so that no event loop and no thread of others waits.

A thinker is one process, started at the first thought and ended with the server; it knows no database, and of a game the view
that it is sent. One that dies, or thinks longer than it may, is ended, and the next thought starts another: whoever asked gets
nothing, and lets a simpler bot answer. This module is what a thinker loads, so it imports nothing of Django.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import random
import signal
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from game import bots
from game.bots.searcher import Searcher
from game.decisions import Decision
from game.view import View

logger = logging.getLogger(__name__)

THINKERS = 1
"""Processes; a core each while they think."""
LONGEST = 2.0
"""Seconds after which a thought is given up."""
ENOUGH = 1.4
"""Seconds after which a bot should come to its conclusion: under `LONGEST` by what a busy machine may take of it."""
PLAYOUTS = 32
"""Imagined games a candidate, where there is time for so many."""
MOST_WAITING = 4
"""Thoughts that may wait for a thinker: more would keep a room waiting for others."""
START = 20.0
"""Seconds that a process may take to be there."""

_spawn = multiprocessing.get_context("spawn")


class Thinker:
    """A process that thinks one thought at a time; to be used by one thread."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        return self._process.pid if self._process else None

    def think(self, name: str, view: View, luck: bytes, longest: float = LONGEST) -> Sequence[Decision] | None:
        """Returns what the bot of this name decides, or None when it did not come to it in `longest` seconds; logs why."""
        try:
            line = self._line or self._start()
            line.send((name, view, luck, min(ENOUGH, longest)))
            if not line.poll(longest):
                logger.warning("The bot %s thought for more than %s s; a simpler one answers.", name, longest)
                self.end()
                return None
            answer: Sequence[Decision] | str = line.recv()
        except (EOFError, OSError) as error:
            logger.warning("The bot %s died while it thought (%s); a simpler one answers.", name, type(error).__name__)
            self.end()
            return None
        if isinstance(answer, str):
            logger.error("The bot %s failed: %s; a simpler one answers.", name, answer)
            return None
        return answer

    def _start(self) -> Connection:
        line, theirs = _spawn.Pipe()
        self._line = line
        self._process = _spawn.Process(target=_serve, args=(theirs,), name="thinker", daemon=True)
        self._process.start()
        # Only the process shall hold its end: then each of the two hears when the other is gone.
        theirs.close()
        if not line.poll(START):
            raise EOFError
        line.recv()
        return line

    def end(self) -> None:
        """Ends the process, whatever it does; the next thought starts another."""
        process, line = self._process, self._line
        self._process = self._line = None
        if process is not None:
            process.kill()
            process.join()
        if line is not None:
            line.close()


def _serve(line: Connection) -> None:
    """Thinks for as long as somebody asks; the work of a thinker's process."""
    # Ctrl-C reaches the whole group; it is the server that ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line.send("here")
    while True:
        try:
            name, view, luck, seconds = line.recv()
        except EOFError:
            return
        try:
            line.send(conclusion(name, view, luck, seconds))
        except Exception as error:  # noqa: BLE001 (whatever it is, the server shall say it and live on)
            line.send(f"{type(error).__name__}: {error}")


def conclusion(name: str, view: View, luck: bytes, seconds: float) -> Sequence[Decision]:
    """Returns what the bot decides when it thinks for about so many seconds at most."""
    bot, end = bots.get(name), time.monotonic() + seconds
    if isinstance(bot, Searcher):
        bot.playouts, bot.is_late = PLAYOUTS, lambda: time.monotonic() > end
    return bot.decide(view, random.Random(luck))


class _Pool:
    """The thinkers, each lent to one thread at a time."""

    def __init__(self) -> None:
        self.idle = [Thinker() for _ in range(THINKERS)]
        self.all = tuple(self.idle)
        self.threads = ThreadPoolExecutor(THINKERS, thread_name_prefix="thinkers")
        self.waiting = 0

    def think(self, name: str, view: View, luck: bytes) -> Sequence[Decision] | None:
        thinker = self.idle.pop()
        try:
            return thinker.think(name, view, luck)
        finally:
            self.idle.append(thinker)


_pools: list[_Pool] = []


async def thought(name: str, view: View, luck: bytes) -> Sequence[Decision] | None:
    """Returns what a bot that thinks long decides, or None where a simpler one must answer."""
    if not _pools:
        _pools.append(_Pool())
    pool = _pools[0]
    if pool.waiting > MOST_WAITING:
        logger.warning("Too many bots think at once; for %s a simpler one answers.", name)
        return None
    pool.waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(pool.threads, pool.think, name, view, luck)
    finally:
        pool.waiting -= 1


def end() -> None:
    """Ends every thinker, at once; a thought that is asked for later starts anew."""
    while _pools:
        pool = _pools.pop()
        pool.threads.shutdown(wait=False, cancel_futures=True)
        for thinker in pool.all:
            thinker.end()
