"""Runs `manage.py` on a disk that a test may fill: `python -m tests.faults.cramped play ...`.

SIGUSR1 lets SQLite take no page more than it has, which is how it finds a full disk; SIGUSR2 makes room again.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import sys
from typing import Any

from django.core.management import execute_from_command_line
from django.db.backends.signals import connection_created

ENOUGH = 2**30
"""Pages."""

_connections: list[sqlite3.Connection] = []
_most = ENOUGH


def bound(most: int) -> None:
    """Bounds the database, for every connection there is and every new one."""
    global _most
    _most = most
    for connection in _connections:
        with contextlib.suppress(sqlite3.ProgrammingError):  # closed meanwhile
            # SQLite does not go below what the database has.
            connection.execute(f"PRAGMA max_page_count = {most}").fetchall()


def take_note(connection: Any, **_: object) -> None:
    _connections.append(connection.connection)
    bound(_most)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiation.settings")
    connection_created.connect(take_note)
    signal.signal(signal.SIGUSR1, lambda *_: bound(1))
    signal.signal(signal.SIGUSR2, lambda *_: bound(ENOUGH))
    execute_from_command_line(["manage.py", *sys.argv[1:]])
