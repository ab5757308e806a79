"""Names and talk of old rooms go for good; results and their proof stay."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from game.decisions import Inject, Say
from negotiation.rooms import clock, forgetting, people
from negotiation.rooms.models import Act, Delegate, Entry, Room
from negotiation.rooms.verification import check_room
from tests.rooms.cast import Table

CANARY = "the canary sings at midnight"


def talked(days: float = 0.0) -> Table:
    """A room in which things were said, and that was last used so many days ago."""
    table = Table(rounds=1)
    table.act("alice", Say(CANARY, to=("JP",)))
    table.facilitate(Inject(f"{CANARY}, they say"))
    table.play_all()
    Room.objects.filter(pk=table.pk).update(active_at=timezone.now() - datetime.timedelta(days=days))
    return table


def test_what_was_said_and_who_said_it_goes_and_the_result_stays() -> None:
    table = talked()
    before = table.play
    done = forgetting.forget(table.room)
    assert done.people == 4
    assert done.words >= 2
    assert not Entry.objects.filter(words__isnull=False).exists()
    assert not Entry.objects.exclude(salt="").exists()
    assert not Act.objects.exists()
    assert set(Delegate.objects.values_list("name", flat=True)) == {""}
    report = check_room(table.room)
    assert report.is_sound, report.wrong
    assert table.play.ended == before.ended


def test_who_was_in_it_is_out() -> None:
    table = talked()
    token = table.joined["alice"].token
    forgetting.forget(table.room)
    assert people.delegate_with(table.code, token) is None
    browser = Client(HTTP_HOST="localhost")
    browser.cookies["seat"] = token
    assert browser.get(f"/r/{table.code}/log.json").status_code == 302


def traces() -> bool:
    """Tells whether the canary is still kept: on SQLite anywhere in the file; PostgreSQL overwrites at its next vacuum."""
    if connection.vendor != "sqlite":
        return Entry.objects.filter(words__contains=CANARY).exists()
    path = Path(connection.settings_dict["NAME"])
    files = [path, path.with_name(f"{path.name}-wal")]
    return any(CANARY.encode() in file.read_bytes() for file in files if file.exists())


def test_nothing_of_it_is_left_in_the_database() -> None:
    table = talked()
    assert traces()
    forgetting.forget(table.room)
    assert not traces()


def test_only_rooms_that_nobody_uses_are_old_and_each_is_forgotten_once() -> None:
    old, new, waiting = talked(days=40), talked(days=20), talked(days=40)
    Room.objects.filter(pk=waiting.pk).update(deadline_at=timezone.now().timestamp() + 60)
    assert [room.pk for room in forgetting.idle(30)] == [old.pk]
    assert [done.code for done in forgetting.forget_idle(30)] == [old.code]
    assert forgetting.forget_idle(30) == []
    assert Entry.objects.filter(room_id=new.pk, words__isnull=False).exists()


@pytest.mark.parametrize(("days", "kept"), [(None, True), (30, False)])
async def test_the_clock_forgets_where_the_setting_says_so(
    settings: pytest.FixtureRequest, days: int | None, kept: bool
) -> None:
    from negotiation.rooms.database import db

    settings.ROOMS_KEEP_DAYS = days  # type: ignore[attr-defined]
    table = await db(talked, 40)
    await db(Room.objects.update, origin="")
    await clock._clean()
    assert await db(Entry.objects.filter(room_id=table.pk, words__isnull=False).exists) is kept


def test_the_command_names_what_it_erases(capsys: pytest.CaptureFixture[str]) -> None:
    table = talked(days=40)
    call_command("forget", "--idle", "30", "--dry-run")
    assert f"{table.code}: would be forgotten" in capsys.readouterr().out
    assert forgetting.idle(30).exists()
    for wrong in ([], ["--idle", "0"], [table.code, "NOSUCHRM"], [table.code, "--idle", "3"]):
        with pytest.raises(CommandError):
            call_command("forget", *wrong)
    assert forgetting.idle(30).exists()
    call_command("forget", table.code.lower())
    assert "4 names and" in capsys.readouterr().out
    assert not forgetting.idle(30).exists()
