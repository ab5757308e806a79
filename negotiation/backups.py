"""Copies of the SQLite database: made before a migration changes it, or by an operator, and brought back.

`migrate_safely`, `BACKUPS_KEPT`; `save`, `restore`, `CannotRestore`.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BACKUPS_KEPT = 5


class CannotRestore(Exception):
    """The copy is not put back; the sentence says why."""


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
    copy = set_aside(folder)
    for old in sorted(folder.glob("db-*.sqlite3"))[:-BACKUPS_KEPT]:
        old.unlink()
    return copy


def set_aside(folder: Path) -> Path:
    """Copies the database whole into the folder, beside all copies that are there."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"db-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}.sqlite3"
    save(copy)
    return copy


def save(copy: Path) -> None:
    """Copies the database whole into one file of its owner's; the file appears when it is complete."""
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    with closing(sqlite3.connect(present())) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
        # A file of its own, not one with a log beside it.
        target.execute("PRAGMA journal_mode=DELETE")
    unfinished.rename(copy)


def present() -> Path:
    """Returns the database's file."""
    return Path(connection.settings_dict["NAME"])


def restore(copy: Path, folder: Path) -> Path | None:
    """Puts the copy into the place of the database and returns where the database that was there is kept now.

    No copy is thrown away by it, for this one may be the oldest. Raises `CannotRestore`; then nothing has changed.
    """
    check(copy)
    if present().exists() and copy.samefile(present()):
        raise CannotRestore(f"{copy} is the database itself.")
    connection.close()
    kept = None
    if present().exists() and present().stat().st_size:
        check_unused()
        kept = set_aside(folder)
    with closing(reading(copy)) as source, closing(sqlite3.connect(present())) as target:
        source.backup(target)
    return kept


def check(copy: Path) -> None:
    """Raises `CannotRestore` unless the file is a sound database of ours."""
    if not copy.is_file():
        raise CannotRestore(f"There is no file {copy}.")
    try:
        with closing(reading(copy)) as source:
            (sound,) = source.execute("PRAGMA integrity_check(1)").fetchone()
            tables = {name for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        raise CannotRestore(f"{copy} is no SQLite database: {error}.") from None
    if sound != "ok":
        raise CannotRestore(f"{copy} is damaged: {sound}.")
    if not {"django_migrations", "rooms_room", "rooms_entry"} <= tables:
        raise CannotRestore(f"{copy} is no database of this program.")


def reading(copy: Path) -> sqlite3.Connection:
    """Opens a copy so that nothing can change it, nor make an empty one where it is gone."""
    return sqlite3.connect(f"file:{quote(str(copy.resolve()))}?mode=ro", uri=True)


def check_unused() -> None:
    """Raises `CannotRestore` while anybody has the database open."""
    with closing(sqlite3.connect(present(), timeout=0.5)) as database:
        try:
            # Leaving the write-ahead log needs the file alone. The next connection turns it on again.
            database.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError:
            raise CannotRestore("A server has the database open. Stop it first.") from None
