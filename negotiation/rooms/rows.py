"""lock, lock_for, write: the statements of an act, written out. Head, Moved, Asker, Known, Standing: what they take and bring.

The ORM builds its SQL anew at every call, and an act would spend more on that than on all the rest. SQLite and PostgreSQL
take these alike. What is not done at every act stays with the ORM.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from django.db import connection

from game.play import Play
from negotiation.rooms.chain import Link
from negotiation.rooms.models import Room


class Head(NamedTuple):
    """Where the log of a room ends, how much of it each viewer may see, and how often its people have changed."""

    n: int
    digest: str
    counts: tuple[int, ...]
    people: int


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


def lock_for(room_id: int, asker: Asker) -> tuple[Head, Standing]:
    """Locks and reads as `lock`, and tells how matters stand for who asks."""
    cells = (room_id, asker.number, asker.version, asker.actor, asker.act_id, room_id)
    row = _row(_HEAD_FOR + _for_update(), cells)
    head = _head(row)
    *_, person, digest, answer, n, people = row
    if (n, people) != (head.n, head.people):
        # PostgreSQL had to wait: the room's row is as the other left it, but what stands beside it is as it was before.
        *_, person, digest, answer, _, _ = _row(_HEAD_FOR, cells)
    return head, Standing(asker.number is None or person is not None, Known(digest, answer) if digest else None)


def _head(row: Any) -> Head:
    if row is None:
        raise Room.DoesNotExist
    n, digest, counts, people, *_ = row
    return Head(n, digest, tuple(msgspec.json.decode(counts)), people)


def _for_update() -> str:
    # On SQLite the transaction has begun IMMEDIATE, which is the lock there.
    return " FOR UPDATE OF rooms_room" if connection.features.has_select_for_update else ""


def write(room_id: int, moved: Moved | None, answered: tuple[Asker, Known] | None) -> None:
    """Writes what a transaction changes: the links and the room's row as it stands after them, and the act it answers.

    Raises `IntegrityError` if the act was answered meanwhile.
    """
    parts: list[tuple[str, list[Any]]] = []
    if answered is not None:
        asker, known = answered
        parts.append((_KEEP, [room_id, asker.actor, asker.act_id, *known]))
    if moved is not None:
        if moved.links:
            cells = [cell for link in moved.links for cell in (room_id, *link)]
            parts.append((_APPEND + ",".join([_LINK] * len(moved.links)), cells))
        parts.append((_MOVE, [*moved.row(), room_id]))
    if connection.vendor == "sqlite":
        for statement, cells in parts:
            _run(statement, cells)
    elif parts:
        # In one go: each way to PostgreSQL and back costs more than what is done there.
        *before, (last, _) = parts
        named = ", ".join(f"part{i} AS ({statement})" for i, (statement, _) in enumerate(before))
        _run(f"WITH {named} {last}" if named else last, [cell for _, cells in parts for cell in cells])


def _row(statement: str, cells: Sequence[Any]) -> Any:
    return _run(statement, cells).fetchone()


def _run(statement: str, cells: Sequence[Any]) -> Any:
    """Runs the statement in the transaction of this thread and returns the cursor.

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


_HEAD = "SELECT n, digest, counts, people FROM rooms_room WHERE id = %s"
_HEAD_FOR = """
    SELECT rooms_room.n, rooms_room.digest, rooms_room.counts, rooms_room.people,
        person.id, known.digest, known.answer, before.n, before.people
    FROM rooms_room JOIN rooms_room AS before ON before.id = rooms_room.id
    LEFT JOIN (
        SELECT rooms_delegate.id, room_id FROM rooms_delegate LEFT JOIN auth_user ON auth_user.id = rooms_delegate.user_id
        WHERE room_id = %s AND number = %s AND version = %s AND left_at IS NULL
        AND (user_id IS NULL OR auth_user.is_active)
    ) AS person ON person.room_id = rooms_room.id
    LEFT JOIN rooms_act AS known ON known.room_id = rooms_room.id AND known.actor = %s AND known.act_id = %s
    WHERE rooms_room.id = %s
"""
_KEEP = "INSERT INTO rooms_act (room_id, actor, act_id, digest, answer) VALUES (%s, %s, %s, %s, %s)"
_APPEND = f"INSERT INTO rooms_entry (room_id, {', '.join(Link._fields)}) VALUES "  # noqa: S608 (our own names)
_LINK = f"({', '.join(['%s'] * (len(Link._fields) + 1))})"
_MOVE = """
    UPDATE rooms_room SET n = %s, digest = %s, counts = %s, people = %s, epoch = %s, phase = %s, phase_no = %s,
    deadline_at = %s, paused_at = %s, bots = %s, active_at = %s WHERE id = %s
"""
