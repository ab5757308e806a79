"""finals: another tournament for the best of one that is over."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from negotiation.tournaments import ranking
from negotiation.tournaments.desk import CannotDo, note, register
from negotiation.tournaments.models import MOST_ROUNDS, Tournament


@transaction.atomic
def finals(tournament: Tournament, *, count: int, played: int, carry: float, who: str) -> Tournament:
    """Makes a tournament of the best `count` of one that is over, who take a share `carry` of their points with them.

    Who is level with the last of them goes on, too. Raises `CannotDo`.
    """
    if tournament.state != Tournament.Ending.OVER:
        raise CannotDo(_("End this tournament first: its standings must not change any more."))
    if not (count >= 2 and 1 <= played <= MOST_ROUNDS and 0 <= carry <= 1):
        field = "count" if count < 2 else "carry" if 1 <= played <= MOST_ROUNDS else "rounds"
        raise CannotDo(_("Finals have 2 players or more, 1 to 12 rounds, and carry 0 to 100 per cent."), field)
    lines = [line for line in ranking.table(tournament).lines if not line.has_withdrawn]
    if count > len(lines):
        raise CannotDo(_("There are only %(n)d players.") % {"n": len(lines)}, "count")
    cut = lines[count - 1].rank
    copied = ("scenario", "settings", "system", "filling", "method", "weight", "best_of_team", "anonymous")
    made = Tournament.objects.create(
        title=_("%(title)s: finals") % {"title": tournament.title[:70]},
        owner=tournament.owner,
        rounds=played,
        registration=False,
        before=tournament,
        **{name: getattr(tournament, name) for name in copied},
    )
    names = {one.number: one for one in tournament.players.all()}
    for line in lines:
        if line.rank <= cut:
            player = names[line.player]
            register(made, player.name, team=player.team, who=who, carried=round(carry * line.score, 6))
    note(tournament, who, "finals", code=made.code, count=count, carry=carry)
    return made
