"""Workers: several server processes on one listening socket, kept alive by a small one that serves nobody itself.

The socket is the parent's and outlives every worker, so nobody who connects while one dies is turned away. A worker
watches its standard input: when the parent is gone, however it went, the worker ends in order.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence

from negotiation import addresses

logger = logging.getLogger(__name__)

LOOK = 0.1
PATIENCE = 10.0
"""Seconds that a worker has to end; then it is killed."""
BREATH = 1.0
"""Seconds of life under which a worker's successor waits as long: a fault at the start must not spin."""


def listener(host: str, port: int) -> socket.socket:
    """Returns the socket that all workers accept from. Raises `OSError`."""
    return socket.create_server((host, port), backlog=addresses.BACKLOG)


class Workers:
    """`count` processes, each started with `command` and the number of the listening socket."""

    def __init__(self, command: Sequence[str], shared: socket.socket, count: int) -> None:
        self.command = [*command, str(shared.fileno())]
        self.shared = shared
        self.running: list[subprocess.Popen[bytes] | None] = [None] * count
        self.begun = [0.0] * count
        self.is_ending = False

    def run(self) -> int:
        """Serves until an end signal; returns 0 when every worker ended in order, else 1."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self.end)
        while not self.is_ending:
            for place in range(len(self.running)):
                self.keep(place)
            time.sleep(LOOK)
        return self.wind_up()

    def end(self, *_: object) -> None:
        self.is_ending = True

    def keep(self, place: int) -> None:
        """Starts the worker of the place where none lives."""
        worker = self.running[place]
        if worker is not None and worker.poll() is None:
            return
        if worker is not None:
            logger.warning("Worker %s ended with code %s and is started again.", place + 1, worker.returncode)
            close(worker)
            self.running[place] = None
        if time.monotonic() - self.begun[place] < BREATH:
            return
        self.begun[place] = time.monotonic()
        self.running[place] = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, pass_fds=[self.shared.fileno()], close_fds=True
        )

    def wind_up(self) -> int:
        """Ends every worker in order, and with force those that take too long."""
        living = [worker for worker in self.running if worker is not None]
        for worker in living:
            worker.terminate()
        end = time.monotonic() + PATIENCE
        for worker in living:
            try:
                worker.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.error("Process %s did not end within %s s and was killed.", worker.pid, PATIENCE)
                worker.kill()
                worker.wait()
            close(worker)
        self.shared.close()
        return int(any(worker.returncode for worker in living))


def close(worker: subprocess.Popen[bytes]) -> None:
    assert worker.stdin is not None
    worker.stdin.close()


def when_orphaned(end: Callable[[], None]) -> None:
    """Calls `end`, from a thread, when standard input closes, as it does with the end of the parent."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 64):
            pass
        end()

    threading.Thread(target=watch, name="orphan watch", daemon=True).start()
