"""LiveServer: the real server in a process of its own, with a data folder of its own, for tests that talk to it from outside.

The server keeps its port and its data over `kill` and `start`, as a machine does that loses power.
"""

import contextlib
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
"""Seconds: a start takes 2, on a loaded machine more."""


class LiveServer:
    """One `manage.py play`; `url` ends in a slash."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        self.options = options
        self.port = 0
        self.lines: list[str] = []
        self.facilitators: dict[str, str] = {}
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def database(self) -> Path:
        """The SQLite file; a test may read it while the server runs."""
        return self.data / "db.sqlite3"

    @property
    def first_link(self) -> str:
        """The newest one-time link that the server printed, or nothing."""
        links = re.findall(r"http://\S+/accounts/first/\S+/", self.output)
        return links[-1] if links else ""

    @property
    def output(self) -> str:
        """All that every start has printed so far."""
        return "".join(self.lines)

    @property
    def complaints(self) -> list[str]:
        """Lines that a healthy server does not print."""
        return [line for line in self.lines if " ERROR " in line or " CRITICAL " in line or "Traceback" in line]

    def start(self, port: int | None = None) -> None:
        """Starts the server, on the port that it had before, and returns when it answers."""
        assert self.process is None, "it runs already"
        printed = len(self.lines)
        wanted = self.port if port is None else port
        self.process = subprocess.Popen(
            [*self.program(), *self.command(wanted), *self.options],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        # A pipe that nobody reads fills up, and then the server stands still.
        threading.Thread(target=self.drain, args=[self.process], daemon=True).start()
        end = time.monotonic() + PATIENCE
        while not self.serves(self.lines[printed:]):
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise AssertionError(f"The server did not start:\n{self.output}")
            time.sleep(0.02)
        self.port = int(re.findall(r"^Home: http://127\.0\.0\.1:(\d+)/", self.output, re.MULTILINE)[-1])

    def program(self) -> list[str]:
        return [sys.executable, "manage.py"]

    def command(self, port: int) -> list[str]:
        return ["play", "--no-browser", "--port", str(port)]

    def serves(self, lines: list[str]) -> bool:
        """Tells from what a start has printed so far whether it is over."""
        return any("Ctrl-C" in line for line in lines)

    def drain(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout
        with process.stdout as lines:
            for line in lines:
                self.lines.append(line)

    def stop(self) -> int:
        """Ends the server as Ctrl-C does and returns its exit code."""
        assert self.process is not None, "it does not run"
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(20)
        finally:
            self.kill()

    def kill(self) -> None:
        """Ends the server as a power cut does (kill -9)."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def manage(self, *arguments: str, **environment: str) -> str:
        """Runs `manage.py` on the server's data and returns what it prints."""
        run = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment() | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Returns what a statement brings from the database."""
        with contextlib.closing(sqlite3.connect(self.database)) as rows:
            return rows.execute(statement).fetchall()

    def make_facilitator(self, name: str = "alice", password: str = "wide-river-42") -> tuple[str, str]:
        """Makes an account that may log in and open the admin pages; returns name and password.

        The first with a password is made as an operator makes it; the next ones are that row under another name.
        """
        like = self.facilitators.setdefault(password, name)
        if like == name:
            self.manage(
                "createsuperuser", "--noinput", "--username", name, "--email", "", DJANGO_SUPERUSER_PASSWORD=password
            )
            return name, password
        with contextlib.closing(sqlite3.connect(self.database, timeout=20)) as rows, rows:
            columns = [column for _, column, *_ in rows.execute("PRAGMA table_info(auth_user)") if column != "id"]
            own = ["?" if column == "username" else column for column in columns]
            made = f"INSERT INTO auth_user ({', '.join(columns)}) SELECT {', '.join(own)} FROM auth_user WHERE username = ?"
            assert rows.execute(made, (name, like)).rowcount == 1
        return name, password

    def environment(self) -> dict[str, str]:
        own = {"NEGOTIATION_DATA": str(self.data), "NEGOTIATION_BOTS": "fast"}
        return os.environ | own | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
