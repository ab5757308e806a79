"""ACTIONS: everything that can be done from the desk, by a page or by a program, each from the fields of a form.

An action returns sentences for the director, or nothing to say. Raises `CannotDo`, and `ValidationError` for words that cannot be
shown.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import QueryDict
from django.utils.translation import gettext as _

from negotiation.numerals import whole
from negotiation.tournaments import cuts, desk, rating, rounds
from negotiation.tournaments.desk import CannotDo
from negotiation.tournaments.models import Appeal, Place, Player, Round, Tournament

Said = list[str] | None


def _player(tournament: Tournament, post: QueryDict) -> Player:
    number = whole(post.get("player"))
    found = tournament.players.filter(number=number).first() if number is not None else None
    if found is None:
        raise CannotDo(_("There is no such player."), "player")
    return found


def _running(tournament: Tournament) -> Round:
    found = tournament.played.exclude(state=Round.State.CONFIRMED).first()
    if found is None:
        raise CannotDo(_("No round is running. Draw the next one."))
    return found


def _integer(post: QueryDict, name: str) -> int:
    text = post.get(name, "").strip()
    try:
        return int(text[:8])
    except ValueError:
        raise CannotDo(_("%(found)s is no number.") % {"found": text[:20] or "—"}, name) from None


def _figure(post: QueryDict, name: str) -> float:
    text = post.get(name, "").strip().replace(",", ".").replace("−", "-")
    try:
        found = float(text[:16])
    except ValueError:
        found = float("nan")
    if not -10_000 < found < 10_000:
        raise CannotDo(_("%(found)s is no number.") % {"found": text[:20] or "—"}, name)
    return found


def _draft_it(tournament: Tournament, post: QueryDict, who: str) -> Said:
    rounds.draft(tournament, who=who)
    return None


def _swap(tournament: Tournament, post: QueryDict, who: str) -> Said:
    warnings = rounds.swap(_running(tournament), _integer(post, "one"), _integer(post, "other"), who=who)
    return [_("The two have changed places."), *warnings[:5]]


def _publish(tournament: Tournament, post: QueryDict, who: str) -> Said:
    rounds.publish(_running(tournament), who=who)
    return [_("The draw is published, and the rooms are made.")]


def _open(tournament: Tournament, post: QueryDict, who: str) -> Said:
    answer = rounds.open_tables(_running(tournament), who=who)
    refused = [f"{table}: {sentence}" for table, sentence in answer.refused.items()]
    return [_("Talks are open at %(count)d tables.") % {"count": answer.done}, *refused[:10]]


def _confirm(tournament: Tournament, post: QueryDict, who: str) -> Said:
    confirmed = rounds.confirm(_running(tournament), who=who, despite="despite" in post)
    return [_("The results of round %(number)d are confirmed.") % {"number": confirmed.number}]


def _add(tournament: Tournament, post: QueryDict, who: str) -> Said:
    player = desk.register(tournament, post.get("name", ""), team=post.get("team", ""), who=who)
    desk.check_in(player)
    return [_("%(name)s plays from round %(round)d on.") % {"name": player.name, "round": player.entered}]


def _check_in(tournament: Tournament, post: QueryDict, who: str) -> Said:
    desk.check_in(_player(tournament, post), here="gone" not in post)
    return None


def _check_in_all(tournament: Tournament, post: QueryDict, who: str) -> Said:
    for player in tournament.players.filter(checked_in_at=None, withdrew=None):
        desk.check_in(player)
    return None


def _withdraw(tournament: Tournament, post: QueryDict, who: str) -> Said:
    desk.withdraw(_player(tournament, post), who=who, back="back" in post)
    return None


def _miss(tournament: Tournament, post: QueryDict, who: str) -> Said:
    player, number = _player(tournament, post), desk.next_round(tournament)
    if post.get("how") == "expected":
        desk.expect(player, number, who=who)
    else:
        desk.excuse(player, number, who=who, excused=post.get("how") == "excused", reason=post.get("reason", "")[:200])
    return None


def _substitute(tournament: Tournament, post: QueryDict, who: str) -> Said:
    desk.substitute(_player(tournament, post), post.get("name", ""), who=who)
    return None


def _adjust(tournament: Tournament, post: QueryDict, who: str) -> Said:
    desk.adjust(_player(tournament, post), _figure(post, "points"), post.get("reason", ""), who=who)
    return None


def _rule(tournament: Tournament, post: QueryDict, who: str) -> Said:
    made = Appeal.objects.filter(player__tournament=tournament, pk=_integer(post, "appeal")).first()
    if made is None:
        raise CannotDo(_("There is no such appeal."))
    desk.rule(made, upheld="upheld" in post, reason=post.get("reason", ""), who=who)
    return None


def _correct(tournament: Tournament, post: QueryDict, who: str) -> Said:
    place = (
        Place.objects.filter(
            round__tournament=tournament, round__number=_integer(post, "round"), player=_player(tournament, post)
        )
        .select_related("round", "player")
        .first()
    )
    if place is None:
        raise CannotDo(_("This player had no place in that round."), "round")
    values = {name: _figure(post, name) for name in ("total", "R") if post.get(name, "").strip()}
    rounds.correct(place, who=who, reason=post.get("reason", ""), kind=post.get("kind", "played"), **values)
    return [_("The result is corrected, and all standings with it.")]


def _finish(tournament: Tournament, post: QueryDict, who: str) -> Said:
    rounds.finish(tournament, who=who, over="again" not in post)
    rating.take_in(tournament.owner)
    return None


def _finals(tournament: Tournament, post: QueryDict, who: str) -> Said:
    carry = _figure(post, "carry") / 100
    made = cuts.finals(tournament, count=_integer(post, "count"), played=_integer(post, "rounds"), carry=carry, who=who)
    return [_("The finals are made: %(code)s, under Tournaments.") % {"code": made.code}]


def _token(tournament: Tournament, post: QueryDict, who: str) -> Said:
    Tournament.objects.filter(pk=tournament.pk).update(tokens=tournament.tokens + 1)
    desk.note(tournament, who, "token")
    return [_("The token is another now; the old one opens nothing any more.")]


ACTIONS: dict[str, Callable[[Tournament, QueryDict, str], Said]] = {
    "draft": _draft_it,
    "swap": _swap,
    "publish": _publish,
    "open": _open,
    "confirm": _confirm,
    "add": _add,
    "check-in": _check_in,
    "check-in-all": _check_in_all,
    "withdraw": _withdraw,
    "miss": _miss,
    "substitute": _substitute,
    "adjust": _adjust,
    "rule": _rule,
    "correct": _correct,
    "finish": _finish,
    "finals": _finals,
    "token": _token,
}
