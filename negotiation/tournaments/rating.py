"""take_in, forget: the ratings and the reliability of those who play for one director, from tournaments that are over.

Everybody of an owner's tournaments is rated anew from the first to the last, so that a correction in an old one, or a name that
is forgotten, leaves no trace in the figures of the others but what the games were.
"""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import User
from django.db import transaction

from negotiation.conferences import forgetting
from negotiation.tournaments import desk, ranking
from negotiation.tournaments.models import Player, Rated, Tournament, is_same
from negotiation.tournaments.ratings import Rating, rate
from negotiation.tournaments.scores import Result, Rules, points


@transaction.atomic
def take_in(owner: User) -> int:
    """Works the ratings of an owner's players out anew; returns how many are rated."""
    found: dict[str | int, Rated] = {}
    for tournament in Tournament.objects.filter(owner=owner, state=Tournament.Ending.OVER).order_by("pk"):
        players = {one.number: one for one in tournament.players.all()}
        results = ranking.results_of(tournament)
        worth = {(one.round, one.player): one.value for one in points(results, Rules(), ranking.pars_of(tournament))}
        boards: dict[tuple[int, str], list[Result]] = defaultdict(list)
        for one in results:
            if one.player and one.kind != "bot":
                rated = _rated(found, owner, players[one.player], one.round)
                rated.missed += one.kind in ("absent", "left")
                rated.excused += one.kind == "excused"
            if one.kind == "played":
                boards[one.round, one.seat].append(one)
        for (number, _seat), board in sorted(boards.items()):
            people = [_rated(found, owner, players[one.player], number) for one in board]
            after = rate([Rating(one.mu, one.sigma) for one in people], [worth[number, one.player] for one in board])
            for rated, new in zip(people, after, strict=True):
                rated.mu, rated.sigma = new.mu, new.sigma
                rated.games += 1
                rated.history = [*rated.history, [tournament.code, number, round(new.mu, 3), round(new.sigma, 3)]]
    Rated.objects.filter(owner=owner).delete()
    known = [one for one in found.values() if one.name]
    Rated.objects.bulk_create(known)
    return len(known)


def _rated(found: dict[str | int, Rated], owner: User, player: Player, number: int) -> Rated:
    """Returns who is rated for a player's round: by name, and somebody of this tournament alone who is forgotten."""
    name = player.name_in(number)
    return found.setdefault(name.casefold() or player.pk, Rated(owner=owner, name=name))


@transaction.atomic
def forget(owner: User, name: str) -> bool:
    """Erases somebody's rating, the name in all tournaments of the owner, and reasons; returns whether there was anybody."""
    players = [
        player
        for player in Player.objects.filter(tournament__owner=owner).select_related("tournament")
        if any(who and is_same(who, name) for who in (player.name, *(who for _first, who in player.tenures)))
    ]
    for player in players:
        for place in player.places.select_related("round__conference"):
            conference, number = place.round.conference, place.participant
            if conference is not None and number is not None and is_same(player.name_in(place.round.number), name):
                forgetting.forget_name(conference, number)
        player.forget(name)
        player.save(update_fields=["name", "tenures"])
        desk.erase_words(player.tournament, player)
    take_in(owner)
    return bool(players)
