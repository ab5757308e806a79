"""join, leave, mute, set_door, chairs, delegate_with, place_of, facilitate: who is in a room and who sits where.

People and their names are rows of the database, no part of the game; the log holds their numbers alone. A change of who
holds a chair is a decision of the rules and goes into the log like any other.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import time
import unicodedata
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from game import rules
from game.decisions import Appoint, Facilitator
from game.play import Play
from game.records import Seat
from negotiation.rooms import feed
from negotiation.rooms.house import Filter
from negotiation.rooms.limits import OBSERVERS_PER_ROOM, PEOPLE_PER_SEAT
from negotiation.rooms.log import Writer, writing
from negotiation.rooms.models import Delegate, Room

NAME_LENGTH = 40


class CannotJoin(Exception):
    """The room takes nobody more, or not at this seat; `field` names what to choose anew."""

    def __init__(self, field: str | None, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


class Joined(NamedTuple):
    """A delegate and the token that proves it, which is kept nowhere."""

    delegate: Delegate
    token: str


def clean_name(name: str) -> str:
    """Returns the name as it is shown. Raises `ValidationError` with what is wrong with it."""
    name = unicodedata.normalize("NFC", name).strip()
    if not name:
        raise ValidationError(_("Write a name."), code="empty")
    if len(name) > NAME_LENGTH:
        raise ValidationError(_("At most %(most)d characters.") % {"most": NAME_LENGTH}, code="long")
    # Also marks that turn the writing round, and signs without width: with them a name can pass for another.
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for sign in name):
        raise ValidationError(_("The name holds a character that cannot be shown. Type it again."), code="control")
    return name


def join(
    *,
    room_id: int,
    name: str,
    seat: Seat | None,
    is_host: bool = False,
    relieves: bool = False,
    token: str = "",
    office: str = "",
    is_program: bool = False,
    let_in_by: Delegate | None = None,
) -> Joined:
    """Lets a person take a seat, or watch where `seat` is None. Raises `CannotJoin`.

    With `relieves` also the seat of a bot, which stands up. Without a `token` a random one is made. A program ends with
    the place, or the account, of who let it in.
    """
    with writing(room_id, time.time()) as writer:
        room = writer.room
        _check_place(writer, name, seat, relieves=relieves)
        if seat is None and (absent := _to_make_room(room)):
            _go(writer, absent)
        role = Delegate.Role.DELEGATE if seat else Delegate.Role.OBSERVER
        joined = _add(
            room,
            name=name,
            role=role,
            seat=seat or "",
            is_host=is_host,
            token=token,
            office=office,
            is_program=is_program,
            user=let_in_by.user if let_in_by else None,
            let_in_by=let_in_by.number if let_in_by else None,
        )
        is_state = seat in writer.play.scenario.seats
        if seat and is_state and not writer.play.is_over and writer.play.holder(seat) != "people":
            writer.record(rules.decide(writer.play, Facilitator(), Appoint(seat, "people"), writer.now))
        writer.people_changed()
    return joined


def place_of(room: Room, user: User) -> Joined:
    """Returns the place from which an account that may run the room does: the same in every browser, made at the first question."""
    places = Delegate.objects.filter(room=room, user=user, role=Delegate.Role.FACILITATOR)
    left = places.exclude(left_at=None).count()
    token = salted_hmac("negotiation.rooms.place", f"{room.seed}/{user.pk}/{left}", algorithm="sha256").hexdigest()
    if delegate_with(room.code, token) is None:
        # Who asked in the same moment may have made it.
        with contextlib.suppress(IntegrityError):
            facilitate(room_id=room.pk, user=user, token=token)
    delegate = delegate_with(room.code, token)
    assert delegate is not None
    return Joined(delegate, token)


def facilitate(*, room_id: int, user: User, token: str = "") -> Joined:
    """Lets somebody run a room who may, from a new place, which is not at the table."""
    with writing(room_id, time.time()) as writer:
        joined = _add(
            writer.room,
            name=user.get_username()[:NAME_LENGTH],
            role=Delegate.Role.FACILITATOR,
            seat="",
            user=user,
            token=token,
        )
        writer.people_changed()
    return joined


def leave(*, delegate: Delegate) -> None:
    """Lets a person go, or removes one, with the programs that this one let in.

    The last of a seat leaves it to the caretaker, or vacant in the lobby.
    """
    with writing(delegate.room_id, time.time()) as writer:
        here = Delegate.objects.filter(room_id=delegate.room_id, left_at=None)
        # What somebody with an account let in ends with the account: a browser that is closed there is no departure.
        programs = list(here.filter(is_program=True, let_in_by=delegate.number, user=None))
        if here.filter(pk=delegate.pk).exists():
            for one in (delegate, *programs):
                _go(writer, one)


def _go(writer: Writer, delegate: Delegate) -> None:
    here = Delegate.objects.filter(room_id=writer.room_id, left_at=None)
    here.filter(pk=delegate.pk).update(left_at=timezone.now(), version=F("version") + 1)
    writer.people_changed()
    seat, play = delegate.seat, writer.play
    if seat not in play.scenario.seats or play.is_over:
        return
    if play.holder(seat) == "people" and not here.filter(seat=seat).exists():
        holder = "vacant" if play.phase == "lobby" else "caretaker"
        writer.record(rules.decide(play, Facilitator(), Appoint(seat, holder), writer.now))


def mute(*, delegate: Delegate, muted: bool) -> None:
    """Takes the word from a person, or gives it back; votes and orders are not touched."""
    with writing(delegate.room_id, time.time()) as writer:
        Delegate.objects.filter(pk=delegate.pk).update(is_muted=muted)
        writer.people_changed()


def set_door(*, room_id: int, is_open: bool) -> None:
    """Lets newcomers in, or nobody new; who is inside stays."""
    with writing(room_id, time.time()) as writer:
        Room.objects.filter(pk=room_id).update(is_open=is_open)
        writer.people_changed()


def end_visits(user: User, *, programs: bool = True) -> None:
    """Ends every place from which the user runs rooms, and the programs that this one let in, unless told otherwise."""
    visits = Delegate.objects.filter(user_id=user.pk, left_at=None)
    for delegate in visits if programs else visits.filter(is_program=False):
        leave(delegate=delegate)


def delegate_with(code: str, token: str | None, *, is_program: bool = False) -> Delegate | None:
    """Returns the delegate of the room whose token this is, or None; a program's is no cookie of a person, nor the reverse."""
    if not token:
        return None
    people = Delegate.objects.select_related("room", "user").filter(
        left_at=None, room__code=code, is_program=is_program
    )
    delegate = people.filter(token_digest=digest_of(token)).first()
    if delegate is not None and delegate.user is not None and not delegate.user.is_active:
        return None
    return delegate


class Chair(NamedTuple):
    """A seat as somebody who comes in sees it."""

    seat: Seat
    holder: str
    names: tuple[str, ...]
    is_free: bool


def chairs(room: Room, play: Play, *, relieves: bool = False) -> tuple[Chair, ...]:
    """Returns the seats, third parties last, who sits there, and whether one more may; with `relieves` also for a bot."""
    third = play.settings.third
    names: dict[str, list[str]] = {seat: [] for seat in (*play.scenario.seats, *third)}
    for seat, name in Delegate.objects.filter(room=room, left_at=None).exclude(seat="").values_list("seat", "name"):
        names[seat].append(name)
    states = tuple(
        Chair(seat, holder, tuple(names[seat]), _is_free(room, play, holder, len(names[seat]), relieves=relieves))
        for seat, holder in zip(play.scenario.seats, play.holders, strict=True)
    )
    return states + tuple(
        Chair(seat, "people", tuple(names[seat]), not play.is_over and len(names[seat]) < PEOPLE_PER_SEAT)
        for seat in third
    )


def takes_anybody(room: Room, play: Play) -> bool:
    """Tells whether one more person can come in, to play or to watch."""
    if not room.is_open or play.is_over:
        return False
    return _takes_observers(room) or any(chair.is_free for chair in chairs(room, play))


def _is_free(room: Room, play: Play, holder: str, people: int, *, relieves: bool) -> bool:
    if play.is_over or (holder.startswith("bot:") and not relieves):
        return False
    return people == 0 or (room.teams and people < PEOPLE_PER_SEAT)


def _check_place(writer: Writer, name: str, seat: Seat | None, *, relieves: bool) -> None:
    room, play = writer.room, writer.play
    if not takes_anybody(room, play):
        raise CannotJoin(None, _("This room takes nobody more."))
    if word := Filter(room.forbidden).found_in(name):
        raise CannotJoin("name", _("“%(word)s” is not allowed here. Choose another name.") % {"word": word})
    if any(other.casefold() == name.casefold() for other in _here(room).values_list("name", flat=True)):
        raise CannotJoin("name", _("Somebody in this room has this name. Choose another."))
    if seat is None:
        if not room.observers:
            raise CannotJoin("seat", _("Nobody may watch this room. Choose a seat."))
        if not _takes_observers(room):
            raise CannotJoin(None, _("This room takes nobody more."))
        return
    free = {chair.seat for chair in chairs(room, play, relieves=relieves) if chair.is_free}
    if seat not in free:
        raise CannotJoin("seat", _("This seat has just been taken. Choose another."))


def _here(room: Room) -> QuerySet[Delegate]:
    return Delegate.objects.filter(room=room, left_at=None)


def _takes_observers(room: Room) -> bool:
    return room.observers and (_observers(room).count() < OBSERVERS_PER_ROOM or _to_make_room(room) is not None)


def _to_make_room(room: Room) -> Delegate | None:
    """Returns who gives way to one more observer of a room that is full of them: the first whose page is gone."""
    observers = _observers(room).order_by("number")
    if observers.count() < OBSERVERS_PER_ROOM:
        return None
    return observers.exclude(number__in=feed.people_in(room.pk)).first()


def _observers(room: Room) -> QuerySet[Delegate]:
    return _here(room).filter(role=Delegate.Role.OBSERVER)


def _add(
    room: Room,
    *,
    name: str,
    role: Delegate.Role,
    seat: str,
    is_host: bool = False,
    user: User | None = None,
    token: str = "",
    office: str = "",
    is_program: bool = False,
    let_in_by: int | None = None,
) -> Joined:
    token = token or secrets.token_urlsafe(32)
    last = Delegate.objects.filter(room=room).aggregate(last=Max("number"))["last"] or 0
    delegate = Delegate.objects.create(
        room=room,
        number=last + 1,
        name=name,
        role=role,
        seat=seat,
        is_host=is_host,
        office=office,
        is_program=is_program,
        let_in_by=let_in_by,
        token_digest=digest_of(token),
        user_id=user.pk if user else None,
    )
    return Joined(delegate, token)


def digest_of(token: str) -> str:
    """Returns the form in which a token is kept; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
