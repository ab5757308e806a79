"""let_in, send_away, bearer_of: programs of strangers at a seat, each by a token that is shown once.

A program is a delegate like any other, under the same rules, limits and clock; all others are told that it is one. Of its token
a digest is kept. It opens the socket with `Authorization: Bearer …`, and no cookie counts beside that.
"""

from __future__ import annotations

from collections.abc import Iterable

from game.records import Seat
from negotiation.rooms import people
from negotiation.rooms.models import Delegate
from negotiation.rooms.people import Joined


def let_in(*, room_id: int, name: str, seat: Seat, by: Delegate | None = None) -> Joined:
    """Gives a free seat, or a bot's, to a program, and returns its token, which is kept nowhere. Raises `CannotJoin`.

    The name is as `people.clean_name` returns it. The token ends with the place of a host who let it in, or with the account
    of a facilitator.
    """
    return people.join(room_id=room_id, name=name, seat=seat, relieves=True, is_program=True, let_in_by=by)


def send_away(*, room_id: int, number: int) -> bool:
    """Ends the token of the program with this number, and its sockets; returns whether there was one."""
    found = Delegate.objects.filter(room_id=room_id, number=number, is_program=True, left_at=None).first()
    if found is not None:
        people.leave(delegate=found)
    return found is not None


def bearer_of(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Returns the bearer token of a handshake, or None where it bears none."""
    given = dict(headers).get(b"authorization", b"").decode("latin1")
    scheme, _, token = given.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None
