"""A backup made while people play is whole; bringing it back keeps what was there, and touches nothing a server has open."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError

from negotiation import backups
from negotiation.management.commands import backup as command
from tests.faults.wire import Wire
from tests.live_server import LiveServer
from tests.test_probes import ROOM


def refused(server: LiveServer, *arguments: str) -> str:
    with pytest.raises(AssertionError) as failed:
        server.manage(*arguments)
    return str(failed.value)


def entries(path: Path) -> int:
    database = sqlite3.connect(path)
    (count,) = database.execute("SELECT count(*) FROM rooms_entry").fetchone()
    database.close()
    return int(count)


async def test_a_backup_while_people_play_comes_back(own_server: LiveServer, tmp_path: Path) -> None:
    code, token = json.loads(own_server.manage("shell", "-c", ROOM).splitlines()[-1])
    wire = await Wire(own_server.url, code, token).open()
    assert (await wire.act("before-the-backup-1", {"type": "say", "text": "before"}))["ok"]
    copy = tmp_path / "copy.sqlite3"
    assert "MB" in own_server.manage("backup", str(copy))
    assert copy.stat().st_mode & 0o077 == 0
    assert sorted(os.listdir(tmp_path)) == [copy.name, "data"], "one file and nothing beside it"
    assert (await wire.act("after-the-backup-01", {"type": "say", "text": "after"}))["ok"]
    assert entries(own_server.database) == entries(copy) + 1
    assert "is there already" in refused(own_server, "backup", str(copy))

    assert "Stop it first" in refused(own_server, "restore", str(copy))
    wire.cut()
    own_server.stop()
    assert "is kept in" in own_server.manage("restore", str(copy))
    assert entries(own_server.database) == entries(copy)
    (kept,) = (own_server.data / "backups").glob("db-*.sqlite3")
    assert entries(kept) == entries(copy) + 1
    assert "WRONG" not in own_server.manage("verify", "--all")

    own_server.start()
    wire = await Wire(own_server.url, code, token).open()
    assert [entry["event"]["text"] for entry in wire.entries.values() if entry["event"]["type"] == "said"] == ["before"]
    wire.cut()


def test_the_oldest_of_the_kept_copies_can_be_brought_back(own_server: LiveServer) -> None:
    made = 'from django.conf import settings; from negotiation import backups; print(backups.copy_database(settings.DATA / "backups"))'
    own_server.manage("shell", "-c", ROOM)
    own_server.stop()
    copies = [Path(own_server.manage("shell", "-v", "0", "-c", made).strip()) for _ in range(backups.BACKUPS_KEPT)]
    before = copies[0].read_bytes()
    kept = own_server.manage("restore", str(copies[0]))
    assert "is kept in" in kept
    assert copies[0].read_bytes() == before
    assert entries(own_server.database) == entries(copies[0]) > 0
    assert "is the database itself" in refused(own_server, "restore", str(own_server.database))


def test_only_a_sound_database_of_this_program_is_brought_back(tmp_path: Path) -> None:
    text, foreign = tmp_path / "text", tmp_path / "foreign"
    text.write_text("no database" * 100)
    database = sqlite3.connect(foreign)
    database.execute("CREATE TABLE t (x)")
    database.close()
    for path, says in ((tmp_path / "none", "There is no file"), (text, "no SQLite"), (foreign, "no database of this")):
        with pytest.raises(backups.CannotRestore, match=says):
            backups.check(path)


def test_postgresql_is_told_how_to_do_it_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    at = {"HOST": "db.example.org", "PORT": 5432, "USER": "talks", "PASSWORD": "hush", "NAME": "talks"}
    monkeypatch.setattr(command, "connection", SimpleNamespace(vendor="postgresql", settings_dict=at))
    with pytest.raises(CommandError) as told:
        command.Command().handle(file=Path("copy.dump"))
    assert "pg_dump --format=custom --file=copy.dump --host=db.example.org" in str(told.value)
    assert "hush" not in str(told.value)
    assert "pg_restore --clean" in command.postgresql("pg_restore", Path("copy.dump"))
