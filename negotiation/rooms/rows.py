"""Head, lock, standing, append, Known, keep_act: the statements of an act, written out.

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


class Known(NamedTuple):
    """An act that was answered before: what it asked for, as a digest, and the answer."""

    digest: str
    answer: str


def lock(room_id: int) -> Head:
    """Locks the row of the room until the transaction ends, and reads it. Raises `Room.DoesNotExist`."""
    # On SQLite the transaction has begun IMMEDIATE, which is the lock there.
    row = _row(_LOCK if connection.features.has_select_for_update else _HEAD, (room_id,))
    if row is None:
        raise Room.DoesNotExist
    n, digest, counts, people = row
    return Head(n, digest, tuple(msgspec.json.decode(counts)), people)


def standing(room_id: int, number: int | None, version: int, actor: str, act_id: str) -> tuple[bool, Known | None]:
    """Tells whether the person is in the room with the rights of that version, and what is kept of the act.

    The latter is None for an act not answered before. Under the lock of the room. A bot, who has no number, is always in.
    """
    found, digest, answer = _row(_STANDING, (room_id, number, version, room_id, actor, act_id))
    return number is None or found is not None, Known(digest, answer) if digest is not None else None


def keep_act(room_id: int, actor: str, act_id: str, known: Known) -> None:
    """Keeps an answered act."""
    _run(_KEEP, (room_id, actor, act_id, *known))


def append(room_id: int, links: Sequence[Link], head: Head, play: Play, now: float) -> None:
    """Writes the links of the chain, and the room's row as it stands after them."""
    active_at = datetime.datetime.fromtimestamp(now, datetime.UTC)
    if links:
        cells = [cell for link in links for cell in (room_id, *link)]
        _run(_APPEND + ",".join([_LINK] * len(links)), cells)
    _run(
        _MOVE,
        (
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
            connection.ops.adapt_datetimefield_value(active_at),
            room_id,
        ),
    )


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
_LOCK = f"{_HEAD} FOR UPDATE"
_STANDING = """
    SELECT person.id, known.digest, known.answer FROM (SELECT 1 AS one) AS here
    LEFT JOIN (
        SELECT rooms_delegate.id FROM rooms_delegate LEFT JOIN auth_user ON auth_user.id = rooms_delegate.user_id
        WHERE room_id = %s AND number = %s AND version = %s AND left_at IS NULL
        AND (user_id IS NULL OR auth_user.is_active)
    ) AS person ON here.one = 1
    LEFT JOIN (
        SELECT digest, answer FROM rooms_act WHERE room_id = %s AND actor = %s AND act_id = %s
    ) AS known ON here.one = 1
"""
_KEEP = "INSERT INTO rooms_act (room_id, actor, act_id, digest, answer) VALUES (%s, %s, %s, %s, %s)"
_APPEND = f"INSERT INTO rooms_entry (room_id, {', '.join(Link._fields)}) VALUES "  # noqa: S608 (our own names)
_LINK = f"({', '.join(['%s'] * (len(Link._fields) + 1))})"
_MOVE = """
    UPDATE rooms_room SET n = %s, digest = %s, counts = %s, people = %s, epoch = %s, phase = %s, phase_no = %s,
    deadline_at = %s, paused_at = %s, bots = %s, active_at = %s WHERE id = %s
"""
