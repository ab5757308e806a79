"""take_in, forget: the ratings and the reliability of those who play for one director, from tournaments that are over.

Everybody of an owner's tournaments is rated anew from the first to the last, so that a correction in an old one, or a name that
is forgotten, leaves no trace in the figures of the others but what the games were.
"""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import User
from django.db import transaction

from negotiation.tournaments import ranking
from negotiation.tournaments.models import Player, Rated, Tournament
from negotiation.tournaments.ratings import Rating, rate
from negotiation.tournaments.scores import Result, Rules, points

FORGOTTEN = "forgotten"


@transaction.atomic
def take_in(owner: User) -> int:
    """Works the ratings of an owner's players out anew; returns how many are rated."""
    found: dict[str, Rated] = {}
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
    found.pop(FORGOTTEN, None)
    Rated.objects.bulk_create(found.values())
    return len(found)


def _rated(found: dict[str, Rated], owner: User, player: Player, number: int) -> Rated:
    name = next((who for first, who in reversed(player.tenures) if first <= number), player.name)
    return found.setdefault(name.casefold(), Rated(owner=owner, name=name))


@transaction.atomic
def forget(owner: User, name: str) -> bool:
    """Erases somebody's rating, and the name in all tournaments of the owner; returns whether there was anybody."""
    rated = Rated.objects.filter(owner=owner, name=name).first()
    if rated is None:
        return False
    for player in Player.objects.filter(tournament__owner=owner):
        if player.name == name or any(who == name for _first, who in player.tenures):
            player.tenures = [[first, FORGOTTEN if who == name else who] for first, who in player.tenures]
            player.name = f"Player {player.number}" if player.name == name else player.name
            player.tenures = player.tenures or [[player.entered, FORGOTTEN]]
            player.save(update_fields=["name", "tenures"])
    rated.delete()
    return True
