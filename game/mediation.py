"""RULES: what third parties and those who answer them may decide: agenda, single text, reservations, bulletins.

A chair mediates: it has no vote and tables nothing. What it offers becomes a text on the table only when a seat tables it.
Each function returns the events of one decision or raises `Refused`; `rules.decide` calls them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from game import decisions as d
from game import rulesets
from game.events import AgendaSet, AnyEvent, Counselled, Offered, Published, Reserved
from game.facilitation import during
from game.play import Play
from game.prose import has_ink
from game.records import CHAIR, PRESS, TRACK_TWO, Package
from game.refusals import Refusal, Refused

Events = tuple[AnyEvent, ...]

MOST_RESERVATIONS = 60


def _only(actor: d.ThirdParty, *parties: str) -> None:
    if actor.party not in parties:
        raise Refused(Refusal.NOT_YOURS, who=parties[0])


def _check_words(play: Play, text: str) -> None:
    """Raise `Refused` where words of one's own may not be said in this phase: they are talk wherever they stand."""
    if text and play.talk == "none":
        raise Refused(Refusal.NO_TALK)
    if text and play.talk == "sentences":
        raise Refused(Refusal.SENTENCES_ONLY)


def _publish(play: Play, actor: d.ThirdParty, decision: d.Publish, now: float, expect: int | None) -> Events:
    _only(actor, PRESS, TRACK_TWO)
    if not has_ink(decision.text):
        raise Refused(Refusal.EMPTY_TEXT)
    _check_words(play, decision.text)
    return (Published(actor.party, decision.text, actor.delegate),)


def _agenda(play: Play, actor: d.ThirdParty, decision: d.SetAgenda, now: float, expect: int | None) -> Events:
    _only(actor, CHAIR)
    text = decision.text.strip()
    _check_words(play, text)
    return (AgendaSet(text),)


def _offer(play: Play, actor: d.ThirdParty, decision: d.Offer, now: float, expect: int | None) -> Events:
    _only(actor, CHAIR)
    during(play, "briefing", "talk", "vote", "orders", "reveal")
    if expect is not None and expect != play.offers:
        raise Refused(Refusal.STALE, version=play.offers)
    if decision.package is None:
        return (Offered(play.offers + 1),)
    package = as_tabled(play, decision.package)
    rulesets.of(play.scenario).check_package(play.scenario, play.world, package)
    for part in decision.brackets:
        _check_part(package, part)
    brackets = tuple(sorted(set(decision.brackets)))
    return (Offered(play.offers + 1, package, brackets),)


def as_tabled(play: Play, package: Package) -> Package:
    """Return a chair's text in the form of a package; who stands first stands for whoever will table it."""
    if package.side:
        raise Refused(Refusal.SIDE_DEAL_FORM)
    return replace(package, sponsor=play.scenario.seats[0])


def _reserve(play: Play, actor: d.SeatActor, decision: d.Reserve, now: float, expect: int | None) -> Events:
    if play.single is None:
        raise Refused(Refusal.NO_SINGLE_TEXT)
    if expect is not None and expect != play.single.version:
        raise Refused(Refusal.STALE, version=play.single.version)
    _check_part(play.single.package, decision.part)
    text = decision.text.strip()
    known = any((one.seat, one.part) == (actor.seat, decision.part) for one in play.single.reservations)
    if not text and not known:
        return ()
    _check_words(play, text)
    if text and not has_ink(text):
        raise Refused(Refusal.EMPTY_TEXT)
    if not known and len(play.single.reservations) >= MOST_RESERVATIONS:
        raise Refused(Refusal.TOO_MANY_TEXTS, most=MOST_RESERVATIONS)
    return (Reserved(actor.seat, decision.part, text, actor.delegate),)


def _check_part(package: Package, part: int) -> None:
    parts = [*([0] if package.institution else []), *range(1, len(package.duties) + 1)]
    if part not in parts:
        raise Refused(Refusal.UNKNOWN_PART, found=part, parts=parts)


def _counsel(play: Play, actor: d.SeatActor, decision: d.Counsel, now: float, expect: int | None) -> Events:
    during(play, "talk", "vote")
    text = play.text(decision.text)
    if text is None:
        raise Refused(Refusal.UNKNOWN_TEXT, id=decision.text)
    if text.status != "open":
        raise Refused(Refusal.TEXT_CLOSED, id=text.id, status=text.status)
    if not play.may_vote(actor.seat, text):
        raise Refused(Refusal.NO_VOTE, id=text.id)
    return (Counselled(actor.seat, text.id, decision.choice, actor.delegate),)


RULES: dict[type[d.Decision], Callable[[Play, Any, Any, float, int | None], Events]] = {
    d.Publish: _publish,
    d.SetAgenda: _agenda,
    d.Offer: _offer,
    d.Reserve: _reserve,
    d.Counsel: _counsel,
}
