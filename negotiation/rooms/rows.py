"""lock, read_for, write, settle: the statements of an act, written out. Head, Moved, Asker, Known: what they take and bring.

The ORM builds its SQL anew at every call, and an act would spend more on that than on all the rest. SQLite and PostgreSQL
take these alike. What is not done at every act stays with the ORM.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from django.db import connection

from game.play import Play
from negotiation.rooms.chain import Link
from negotiation.rooms.models import Room


class Head(NamedTuple):
    """Where the log of a room ends, how much of it each viewer may see, and how often people changed and words were erased."""

    n: int
    digest: str
    counts: tuple[int, ...]
    people: int
    erasures: int


class Moved(NamedTuple):
    """What a transaction appends to the log of a room, and how the room stands after it at `now`, in UTC seconds."""

    links: Sequence[Link]
    head: Head
    play: Play
    now: float

    def row(self) -> tuple[Any, ...]:
        """Returns the cells of the room's row, in the order of `_MOVE`."""
        head, play = self.head, self.play
        return (
            head.n,
            head.digest,
            msgspec.json.encode(head.counts).decode(),
            head.people,
            play.epoch,
            play.phase,
            play.phase_no,
            None if play.paused_at is not None else play.deadline_at,
            play.paused_at,
            0 if play.is_over or play.phase == "lobby" else sum(h.startswith("bot:") for h in play.holders),
            connection.ops.adapt_datetimefield_value(datetime.datetime.fromtimestamp(self.now, datetime.UTC)),
        )


class Asker(NamedTuple):
    """Who asks for an act, with the rights of which version, and the act's id. A bot has no number."""

    number: int | None
    version: int
    actor: str
    act_id: str


class Known(NamedTuple):
    """An act that was answered: what it asked for, as a digest, and the answer."""

    digest: str
    answer: str


class Standing(NamedTuple):
    """Whether who asks is in the room with those rights, and what is kept of the act, if it was answered before."""

    is_in: bool
    known: Known | None


def lock(room_id: int) -> Head:
    """Locks the row of the room until the transaction ends, and reads it. Raises `Room.DoesNotExist`."""
    return _head(_row(_HEAD + _for_update(), (room_id,)))


def read_for(room_id: int, asker: Asker) -> tuple[Head, Standing]:
    """Reads where the room stands, without a lock, and how matters stand for who asks. Raises `Room.DoesNotExist`."""
    connection.ensure_connection()
    row = _row(_HEAD_FOR, (room_id, asker.number, asker.version, asker.actor, asker.act_id, room_id))
    head = _head(row)
    *_, person, digest, answer = row
    return head, Standing(asker.number is None or person is not None, Known(digest, answer) if digest else None)


def due(until: float) -> list[tuple[int, float]]:
    """Returns the rooms whose deadline was at `until` or before, and the deadline. Asked twice a second."""
    connection.ensure_connection()
    return _run(_DUE, (until,)).fetchall()  # type: ignore[no-any-return]


def heads(room_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Returns, by room, where its log ends and how often its people have changed."""
    if not room_ids:
        return {}
    connection.ensure_connection()
    found = _run(_HEADS + f"({', '.join(['%s'] * len(room_ids))})", room_ids)
    return {pk: (n, people) for pk, n, people in found.fetchall()}


def _head(row: Any) -> Head:
    if row is None:
        raise Room.DoesNotExist
    n, digest, counts, people, erasures, *_ = row
    return Head(n, digest, tuple(msgspec.json.decode(counts)), people, erasures)


def _for_update() -> str:
    # On SQLite the transaction has begun IMMEDIATE, which is the lock there.
    return " FOR UPDATE OF rooms_room" if connection.features.has_select_for_update else ""


def write(room_id: int, moved: Moved) -> None:
    """Writes what a transaction that has locked the room appends, and the room's row as it stands after it."""
    if moved.links:
        cells = [cell for link in moved.links for cell in (room_id, *link)]
        _run(f"{_APPEND} VALUES " + ", ".join([_LINK] * len(moved.links)), cells)
    _run(_MOVE, [*moved.row(), room_id])


def settle(room_id: int, before: Head, moved: Moved | None, asker: Asker, known: Known) -> bool:
    """Writes what an act changes and how it was answered, if room and asker still are as they were; returns whether.

    A transaction of its own. Raises `IntegrityError` if the act was answered before.
    """
    assert not connection.in_atomic_block
    connection.ensure_connection()
    answered = (asker.actor, asker.act_id, *known)
    if moved is None:
        _run(_KEEP, (room_id, *answered))
        return True
    is_person = asker.number is not None
    still = (*moved.row(), room_id, before.digest, before.people)
    if is_person:
        still += (room_id, asker.number, asker.version)
    if connection.vendor == "postgresql":
        links = [cell for link in moved.links for cell in link]
        return bool(_row(_in_one(len(moved.links), is_person=is_person), (*still, *answered, *links))[0])
    with connection.wrap_database_errors:
        return _settled(connection.connection, room_id, moved, _MOVE + _if_still(is_person=is_person), still, answered)


def _settled(
    raw: sqlite3.Connection, room_id: int, moved: Moved, move: str, still: tuple[Any, ...], answered: tuple[str, ...]
) -> bool:
    raw.execute("BEGIN IMMEDIATE")
    try:
        is_still = raw.execute(_with_question_marks(move), still).rowcount > 0
        if is_still:
            raw.execute(_with_question_marks(_KEEP), (room_id, *answered))
            raw.executemany(_with_question_marks(f"{_APPEND} VALUES {_LINK}"), [(room_id, *x) for x in moved.links])
        raw.commit()
    except BaseException:
        raw.rollback()
        raise
    return is_still


def _row(statement: str, cells: Sequence[Any]) -> Any:
    return _run(statement, cells).fetchone()


def _run(statement: str, cells: Sequence[Any]) -> Any:
    """Runs the statement, in the transaction of this thread if there is one, and returns the cursor.

    By the drivers' own cursors, for which a statement is read and planned once; by Django's it is at every act.
    """
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            return connection.connection.execute(_with_question_marks(statement), cells)
        from psycopg import Cursor

        return Cursor(connection.connection).execute(statement, cells, prepare=True)


@lru_cache
def _with_question_marks(statement: str) -> str:
    """Returns the statement in the dialect of SQLite's driver."""
    return statement.replace("%s", "?")


_HEAD = "SELECT n, digest, counts, people, erasures FROM rooms_room WHERE id = %s"
_DUE = "SELECT id, deadline_at FROM rooms_room WHERE deadline_at <= %s"
_HEADS = "SELECT id, n, people FROM rooms_room WHERE id IN "
_PERSON = """
    SELECT rooms_delegate.id, room_id FROM rooms_delegate LEFT JOIN auth_user ON auth_user.id = rooms_delegate.user_id
    WHERE room_id = %s AND number = %s AND version = %s AND left_at IS NULL AND (user_id IS NULL OR auth_user.is_active)
"""
_HEAD_FOR = f"""
    SELECT rooms_room.n, rooms_room.digest, rooms_room.counts, rooms_room.people, rooms_room.erasures,
    person.id, known.digest, known.answer
    FROM rooms_room
    LEFT JOIN ({_PERSON}) AS person ON person.room_id = rooms_room.id
    LEFT JOIN rooms_act AS known ON known.room_id = rooms_room.id AND known.actor = %s AND known.act_id = %s
    WHERE rooms_room.id = %s
"""
_KEEP = "INSERT INTO rooms_act (room_id, actor, act_id, digest, answer) VALUES (%s, %s, %s, %s, %s)"
_APPEND = f"INSERT INTO rooms_entry (room_id, {', '.join(Link._fields)})"
_LINK = f"({', '.join(['%s'] * (len(Link._fields) + 1))})"
_MOVE = """
    UPDATE rooms_room SET n = %s, digest = %s, counts = %s, people = %s, epoch = %s, phase = %s, phase_no = %s,
    deadline_at = %s, paused_at = %s, bots = %s, active_at = %s WHERE id = %s
"""


def _if_still(*, is_person: bool) -> str:
    return " AND digest = %s AND people = %s" + (f" AND EXISTS ({_PERSON})" if is_person else "")


# Of values that stand by themselves PostgreSQL must be told the types.
_TYPES = {"n": "int", "epoch": "int", "mask": "int", "at": "float8"}
_TYPED_LINK = f"({', '.join('%s::' + _TYPES.get(name, 'text') for name in Link._fields)})"


@lru_cache
def _in_one(links: int, *, is_person: bool) -> str:
    """Returns the one statement that settles an act with so many links: one way to PostgreSQL and back."""
    moved = f"{_MOVE}{_if_still(is_person=is_person)} RETURNING id"
    kept = "INSERT INTO rooms_act (room_id, actor, act_id, digest, answer) SELECT id, {} FROM moved".format(
        ", ".join(["%s::text"] * 4)
    )
    appended = f"{_APPEND} SELECT moved.id, link.* FROM moved, (VALUES {', '.join([_TYPED_LINK] * links)}) AS link"
    parts = {"moved": moved, "kept": kept} | ({"appended": appended} if links else {})
    named = ", ".join(f"{name} AS ({statement})" for name, statement in parts.items())
    return f"WITH {named} SELECT count(*) FROM moved"
