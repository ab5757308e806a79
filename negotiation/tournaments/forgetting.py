"""forget, delete, forget_idle: names of a tournament are erased and its results stay, or all of it goes."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from negotiation.conferences import forgetting
from negotiation.rooms import clock
from negotiation.rooms.database import db
from negotiation.tournaments import desk, rating
from negotiation.tournaments.models import Player, Tournament

CLEAN = 3600.0


def keep_to() -> None:
    """Has the clock forget what the operator does not want kept."""
    clock.also(CLEAN, _clean)


async def _clean() -> None:
    await db(clean)


def clean() -> None:
    """Forgets what the operator does not want kept."""
    if settings.ROOMS_KEEP_DAYS is not None:
        forget_idle(settings.ROOMS_KEEP_DAYS)


def forget(tournament: Tournament) -> int:
    """Erases who played: names, teams, browsers, all that was said of them, and the people of its rooms. Returns how many there were."""
    for round_ in tournament.played.exclude(conference=None).select_related("conference"):
        if round_.conference is not None:
            forgetting.forget(round_.conference)
    with transaction.atomic():
        players = list(tournament.players.all())
        for player in players:
            player.forget()
            player.devices = []
        # Teams are part of what draws and team scores follow from; a number for each says as much.
        teams = {team: f"Team {n}" for n, team in enumerate(sorted({p.team for p in players if p.team}), 1)}
        for player in players:
            player.team = teams.get(player.team, "")
        Player.objects.bulk_update(players, ["name", "team", "tenures", "devices"])
        for round_ in tournament.played.all():
            round_.entrants = [[number, teams.get(team, team), group] for number, team, group in round_.entrants]
            round_.save(update_fields=["entrants"])
        desk.erase_words(tournament, *players)
        Tournament.objects.filter(pk=tournament.pk).update(registration=False)
        rating.take_in(tournament.owner)
    return len(players)


def delete(tournament: Tournament) -> None:
    """Erases the tournament with the rooms of its rounds and their logs."""
    for round_ in tournament.played.exclude(conference=None).select_related("conference"):
        if round_.conference is not None:
            forgetting.delete(round_.conference)
    tournament.delete()
    rating.take_in(tournament.owner)


def forget_idle(days: int) -> int:
    """Forgets the players of tournaments to which nothing was done for so long; returns how many tournaments."""
    since = timezone.now() - datetime.timedelta(days=days)
    named = Tournament.objects.filter(created_at__lt=since).exclude(changes__at__gte=since)
    idle = [one for one in named if any(not who.is_forgotten for who in one.players.all())]
    for tournament in idle:
        forget(tournament)
    return len(idle)
