"""create, play_now, Wish: how a room comes to be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import msgspec
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from game import rules
from game.decisions import Appoint, Facilitator, Start
from game.play import Settings
from game.records import Seat
from negotiation.rooms import people
from negotiation.rooms.house import words_of
from negotiation.rooms.limits import may_make_room
from negotiation.rooms.log import writing
from negotiation.rooms.models import Room, new_seed
from negotiation.scenarios import library

STARTER, OWN_SEAT = "cjk", "KR"
OPPONENTS = {"CN": "tft", "JP": "bargainer"}


class TooManyRooms(Exception):
    """This address has made as many rooms without an account as it may within an hour."""


class Wish(NamedTuple):
    """What somebody wants of a new room: the game's settings, which seats bots hold, and who may come in.

    Settings without a version of the rules get the newest.
    """

    settings: Settings
    bots: Mapping[Seat, str] = {}
    teams: bool = False
    observers: bool = True
    forbidden: Collection[str] = ()


@transaction.atomic
def create(*, wish: Wish, owner: User | None = None, origin: str = "", seed: str = "") -> Room:
    """Makes a room in its lobby, by a random seed unless one is given.

    Raises `TooManyRooms` for an address without an account that has made many.
    """
    if owner is None and not may_make_room(origin):
        raise TooManyRooms
    now = timezone.now()
    settings = library.settled(wish.settings)
    room = Room.objects.create(
        scenario=settings.scenario,
        settings=msgspec.json.encode(settings).decode(),
        seed=seed or new_seed(),
        owner_id=owner.pk if owner else None,
        origin="" if owner else origin,
        teams=wish.teams,
        observers=wish.observers,
        forbidden=words_of(wish.forbidden),
        active_at=now,
    )
    with writing(room.pk, now.timestamp()) as writer:
        for seat, bot in wish.bots.items():
            writer.record(rules.decide(writer.play, Facilitator(), Appoint(seat, f"bot:{bot}"), writer.now))
    return room


@transaction.atomic
def play_now(*, origin: str, owner: User | None = None) -> people.Joined:
    """Makes a starter room against two bots, seats the visitor and opens the talks. Raises `TooManyRooms`."""
    wish = Wish(Settings(scenario=STARTER, first_untimed=True), bots=OPPONENTS)
    room = create(wish=wish, origin=origin) if owner is None else create(wish=wish, owner=owner)
    joined = people.join(room_id=room.pk, name=_("You"), seat=OWN_SEAT, is_host=True)
    with writing(room.pk, timezone.now().timestamp()) as writer:
        writer.record(rules.decide(writer.play, Facilitator(), Start(), writer.now))
    return joined
