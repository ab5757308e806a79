"""register, take_list, check_in, withdraw, substitute, adjust, appeal, rule: who plays, and what is decided about it.

Everything done to a tournament is written down as a `Change`, and nothing is ever taken out but words (`erase_words`).
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from negotiation.conferences import roster
from negotiation.rooms import chain, people
from negotiation.tournaments.models import MOST_PLAYERS, Adjustment, Appeal, Change, Player, Round, Tournament, linked


class CannotDo(Exception):
    """What was asked cannot be done; the sentence says why, and what to do; `field` names what is to be written anew, if that is it."""

    def __init__(self, sentence: str, field: str = "") -> None:
        self.field = field
        super().__init__(sentence)


@transaction.atomic
def note(tournament: Tournament, who: str, what: str, *, reason: str = "", **detail: Any) -> None:
    """Writes down what was done, linked to what was done before; of the reason the link covers a salted digest."""
    salt = ""
    if reason:
        salt = secrets.token_hex(16)
        detail["sealed"] = chain.hidden(salt, reason)
    Tournament.objects.select_for_update().get(pk=tournament.pk)
    last = tournament.changes.first()
    detail = json.loads(json.dumps(detail))
    digest = linked(last.digest if last else "", who, what, detail)
    Change.objects.create(
        tournament=tournament, who=who, what=what, detail=detail, words=reason, salt=salt, digest=digest
    )


def erase_words(tournament: Tournament, *players: Player) -> None:
    """Erases reasons, appeals and rulings that are about the players, also from guessing; the chain still holds."""
    tournament.changes.filter(detail__player__in=[one.number for one in players]).update(words="", salt="")
    Adjustment.objects.filter(player__in=players).update(reason="")
    Appeal.objects.filter(player__in=players).update(text="", reason="")


def next_round(tournament: Tournament) -> int:
    """Returns the number of the first round that is not drawn yet, or is being drawn."""
    last = tournament.played.exclude(state__in=(Round.State.DRAWING, Round.State.DRAFT)).aggregate(last=Max("number"))
    return (last["last"] or 0) + 1


@transaction.atomic
def register(tournament: Tournament, name: str, *, team: str = "", who: str = "", carried: float = 0.0) -> Player:
    """Adds a player, from the next round on. Raises `CannotDo`, and `ValidationError` for a name that cannot be shown."""
    tournament = _open(tournament)
    name = people.clean_name(name)
    if any(one.casefold() == name.casefold() for one in tournament.players.values_list("name", flat=True)):
        raise CannotDo(_("Somebody of this name is registered already. Add an initial."), "name")
    last = tournament.players.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_PLAYERS:
        raise CannotDo(_("The list is full: %(most)d players.") % {"most": MOST_PLAYERS})
    player = Player.objects.create(
        tournament=tournament,
        number=last + 1,
        name=name,
        team=team.strip()[:40],
        entered=next_round(tournament),
        carried=carried,
    )
    note(
        tournament,
        who or f"player {player.number}",
        "registered",
        player=player.number,
        entered=player.entered,
        carried=carried,
    )
    return player


def read_list(tournament: Tournament, text: str) -> roster.Sheet:
    """Returns a pasted list as understood: label and team count, and somebody who is there already is a problem of the row."""
    known = tournament.players.values_list("name", flat=True)
    return roster.read(text, seats=(), known=known)


@transaction.atomic
def take_list(tournament: Tournament, sheet: roster.Sheet, who: str) -> int:
    """Registers everybody of a sound list and returns how many. Raises `CannotDo`."""
    assert sheet.is_sound
    for row in sheet.rows:
        register(tournament, row.label, team=row.team, who=who)
    return len(sheet.rows)


def check_in(player: Player, *, here: bool = True) -> None:
    """Notes that a player is here, or not any more."""
    player.checked_in_at = timezone.now() if here else None
    player.save(update_fields=["checked_in_at"])


@transaction.atomic
def withdraw(player: Player, *, who: str, back: bool = False) -> None:
    """Takes a player out from the next round on, or back in; what was played stays."""
    tournament = _open(player.tournament)
    player.withdrew = None if back else next_round(tournament)
    player.save(update_fields=["withdrew"])
    note(tournament, who, "came_back" if back else "withdrew", player=player.number, round=next_round(tournament))


@transaction.atomic
def excuse(player: Player, number: int, *, who: str, excused: bool, reason: str = "") -> None:
    """Says whether a player is missing in a round with an excuse (or, not `excused`, is missing without one)."""
    tournament = _open(player.tournament)
    for rounds in (player.excused, player.absent):
        if number in rounds:
            rounds.remove(number)
    (player.excused if excused else player.absent).append(number)
    player.save(update_fields=["excused", "absent"])
    note(tournament, who, "excused" if excused else "absent", player=player.number, round=number, reason=reason)


@transaction.atomic
def expect(player: Player, number: int, *, who: str) -> None:
    """Takes back that a player is missing in a round."""
    player.excused = [one for one in player.excused if one != number]
    player.absent = [one for one in player.absent if one != number]
    player.save(update_fields=["excused", "absent"])
    note(player.tournament, who, "expected", player=player.number, round=number)


@transaction.atomic
def substitute(player: Player, name: str, *, who: str) -> None:
    """Lets somebody else play on under this number; the rounds before stay those of the one before. Raises `CannotDo`."""
    tournament = _open(player.tournament)
    name = people.clean_name(name)
    if any(one.casefold() == name.casefold() for one in tournament.players.values_list("name", flat=True)):
        raise CannotDo(_("Somebody of this name plays already."), "name")
    since = next_round(tournament)
    player.tenures = [*(player.tenures or [[player.entered, player.name]]), [since, name]]
    player.name = name
    player.save(update_fields=["name", "tenures"])
    note(tournament, who, "substituted", player=player.number, round=since)


@transaction.atomic
def adjust(player: Player, points: float, reason: str, *, who: str) -> Adjustment:
    """Gives a bonus or a penalty, with a reason that everybody may read. Raises `CannotDo`."""
    if not reason.strip() or not -1000 <= points <= 1000 or not points:
        field = "points" if not -1000 <= points <= 1000 or not points else "reason"
        raise CannotDo(_("Give points from -1000 to 1000, not 0, and a reason that everybody may read."), field)
    _open(player.tournament)
    made = Adjustment.objects.create(player=player, points=float(points), reason=reason.strip()[:200])
    note(player.tournament, who, "adjusted", player=player.number, points=float(points), reason=made.reason)
    return made


@transaction.atomic
def appeal(player: Player, number: int, text: str) -> Appeal:
    """Takes down what a player objects to. Raises `CannotDo`."""
    if not text.strip():
        raise CannotDo(_("Say what you object to."), "text")
    if player.appeals.filter(ruling=Appeal.Ruling.OPEN).count() >= 3:
        raise CannotDo(_("Three of your appeals are open. Wait until one of them is ruled on."))
    made = Appeal.objects.create(player=player, round=number, text=text.strip()[:1000])
    note(player.tournament, f"player {player.number}", "appealed", player=player.number, round=number)
    return made


@transaction.atomic
def rule(made: Appeal, *, upheld: bool, reason: str, who: str) -> None:
    """Rules on an appeal, with a reason that everybody may read. Raises `CannotDo`."""
    if not reason.strip():
        raise CannotDo(_("Give a reason that everybody may read."), "reason")
    made.ruling = Appeal.Ruling.UPHELD if upheld else Appeal.Ruling.REJECTED
    made.reason = reason.strip()[:1000]
    made.save(update_fields=["ruling", "reason"])
    note(made.player.tournament, who, "ruled", player=made.player.number, ruling=made.ruling, reason=made.reason)


def _open(tournament: Tournament) -> Tournament:
    """Returns the tournament with its row locked. Raises `CannotDo` once it is over."""
    locked = Tournament.objects.select_for_update().get(pk=tournament.pk)
    if locked.state == Tournament.Ending.OVER:
        raise CannotDo(_("The tournament is over. Open it again to change anything."))
    return locked
