"""gifts, copies, devices: what a director may want to ask about. Evidence, never a verdict: each has harmless explanations.

Read from the logs of confirmed rounds, and from which browser opened which player's page.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from game import events as e
from game.bargains import bargain_map
from negotiation.conferences.models import Table
from negotiation.rooms import chain, plays
from negotiation.rooms.models import Entry
from negotiation.tournaments.models import Player, Round, Tournament

GIFT = 0.3
"""Points that somebody must have given away by an own yes before it is shown."""
COPIED_AFTER = 60.0
"""Seconds after which the same text at another table may have been copied."""
LEAST_PROMISES = 2
DEVICE = "device"
DEVICE_SECONDS = 90 * 86_400
MOST_DEVICES = 20


class Gift(NamedTuple):
    """Somebody said yes to a text by which the own state lost, in points as bots reckon; and who gained most by it."""

    round: int
    table: int
    text: str
    giver: Player
    lost: float
    taker: Player
    gained: float
    same_team: bool
    times: int
    """How often the two stand like this in all rounds."""


class Copy(NamedTuple):
    """The same text tabled at two tables, one a while after the other."""

    round: int
    first: int
    first_by: Player
    second: int
    second_by: Player
    seconds: float
    promises: int


def gifts(tournament: Tournament) -> list[Gift]:
    """Returns the gifts, the greatest first; between bots and people there are none."""
    found: list[Gift] = []
    for round_, table, at_table in _tables(tournament):
        for one in bargain_map(plays.fold(table.room)).bargains:
            if one.status != "adopted":
                continue
            given = {seat: worth for seat, worth in one.worth.items() if seat in at_table}
            taker = max(given, key=lambda seat: given[seat], default=None)
            for seat, worth in given.items():
                said_yes = seat == one.package.sponsor or one.votes.get(seat) == "yes"
                if taker and taker != seat and said_yes and worth <= -GIFT and given[taker] > 0:
                    giver, receiver = at_table[seat], at_table[taker]
                    same = bool(giver.team) and giver.team.casefold() == receiver.team.casefold()
                    found.append(
                        Gift(round_.number, table.number, one.text, giver, -worth, receiver, given[taker], same, 0)
                    )
    times: dict[tuple[int, int], int] = defaultdict(int)
    for gift in found:
        times[gift.giver.pk, gift.taker.pk] += 1
    found = [gift._replace(times=times[gift.giver.pk, gift.taker.pk]) for gift in found]
    return sorted(found, key=lambda gift: (-gift.times, not gift.same_team, -gift.lost))


def copies(tournament: Tournament) -> list[Copy]:
    """Returns texts of two promises or more that were tabled word for word at another table a minute later or more."""
    tabled: dict[tuple[int, str], list[tuple[float, int, Player, int]]] = defaultdict(list)
    for round_, table, at_table in _tables(tournament):
        entries = Entry.objects.filter(room=table.room, n__lte=table.room.n, kind="proposed").order_by("n")
        start = Entry.objects.filter(room=table.room, kind="phase").order_by("n").values_list("at", flat=True).first()
        for entry in entries:
            event = chain.event_of(entry)
            if isinstance(event, e.Proposed) and len(event.package.duties) >= LEAST_PROMISES:
                author = at_table.get(event.package.sponsor)
                if author is not None:
                    written = e.encoder.encode(event.package.duties).decode()
                    when = entry.at - (start or 0.0)
                    tabled[round_.number, written].append((when, table.number, author, len(event.package.duties)))
    found = []
    for (number, _), rows in tabled.items():
        first, *later = sorted(rows, key=lambda row: (row[0], row[1]))
        found += [
            Copy(number, first[1], first[2], row[1], row[2], row[0] - first[0], row[3])
            for row in later
            if row[1] != first[1] and row[0] - first[0] >= COPIED_AFTER
        ]
    return sorted(found, key=lambda one: (one.round, -one.promises, one.seconds))


def devices(tournament: Tournament) -> list[list[Player]]:
    """Returns the players whose own pages were opened in one browser."""
    seen: dict[str, list[Player]] = defaultdict(list)
    for player in tournament.players.order_by("number"):
        for device in player.devices:
            seen[device].append(player)
    groups = [group for group in seen.values() if len(group) > 1]
    return list({tuple(one.pk for one in group): group for group in groups}.values())


def recognise(request: HttpRequest, response: HttpResponse, player: Player) -> None:
    """Notes by a cookie of the tournament's own path that this browser opened the player's page; the cookie says nothing else."""
    token = request.COOKIES.get(DEVICE, "")
    if not (len(token) == 32 and token.isalnum() and token.isascii()):
        token = secrets.token_hex(16)
    value = f"{player.tournament_id}/{token}"
    digest = salted_hmac("negotiation.tournaments.device", value, secret=settings.SECRET_KEY).hexdigest()[:16]
    if digest not in player.devices and len(player.devices) < MOST_DEVICES:
        player.devices = [*player.devices, digest]
        player.save(update_fields=["devices"])
    response.set_cookie(
        DEVICE,
        token,
        max_age=DEVICE_SECONDS,
        path=f"/t/{player.tournament.code}/",
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def _tables(tournament: Tournament) -> Iterator[tuple[Round, Table, dict[str, Player]]]:
    """Yields each table of the confirmed rounds with its round, and the players by seat."""
    for round_ in tournament.played.filter(state=Round.State.CONFIRMED).select_related("conference"):
        if round_.conference is None:
            continue
        at: dict[int, dict[str, Player]] = defaultdict(dict)
        for place in round_.places.exclude(player=None).filter(table__gt=0).select_related("player"):
            assert place.player is not None
            at[place.table][place.seat] = place.player
        for table in round_.conference.tables.select_related("room").order_by("number"):
            yield round_, table, at[table.number]
