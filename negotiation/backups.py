"""Copies of the SQLite database, made before a migration changes it.

`migrate_safely`, `BACKUPS_KEPT`.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BACKUPS_KEPT = 5


def migrate_safely(folder: Path) -> Path | None:
    """Applies what is missing, after a backup where there is something to lose; returns the backup's path."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return None
    holds_tables = bool(connection.introspection.table_names())
    backup = copy_database(folder) if holds_tables and connection.vendor == "sqlite" else None
    call_command("migrate", interactive=False, verbosity=0)
    return backup


def copy_database(folder: Path) -> Path:
    """Copies the database whole, also while a server writes to it, and keeps the newest copies only."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"db-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}.sqlite3"
    unfinished = copy.with_suffix(".unfinished")
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(unfinished)) as target,
    ):
        source.backup(target)
    unfinished.rename(copy)
    for old in sorted(folder.glob("db-*.sqlite3"))[:-BACKUPS_KEPT]:
        old.unlink()
    return copy
