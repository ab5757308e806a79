"""decide: what follows from a decision, or why it is refused.

One small function per decision of a seat; `facilitation` has those of the facilitator, `mediation` those of third
parties. Each returns the events of that decision alone; `decide` adds what follows at once (a phase that everybody
has finished ends). Nothing here changes a play.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from game import consent, facilitation, mediation, rulesets
from game import decisions as d
from game.addition import added
from game.events import (
    Adopted,
    AnyEvent,
    Drafted,
    Failed,
    Met,
    Ordered,
    Proposed,
    Readied,
    Said,
    Seated,
    Sponsored,
    Voted,
    Withdrawn,
)
from game.facilitation import as_seen, during
from game.history import replay
from game.play import Play, Text
from game.prose import has_ink, in_seat_order
from game.records import Identifier, Package, Seat
from game.refusals import Refusal, Refused
from game.rounds import settled
from game.seals import seal
from game.sentences import LINES, SENTENCES, spoken

Events = tuple[AnyEvent, ...]

TEXTS_PER_ROUND = 30
"""Texts that one seat may table in a round, withdrawn ones included: everybody is sent all of them."""
VERSIONS_PER_ROUND = 200
"""Versions of them that one seat may write in a round, the first ones included: all are kept for the debrief."""


def decide(play: Play, actor: d.Actor, decision: d.Decision, now: float, *, expect: int | None = None) -> Events:
    """Return what happens when `actor` decides this at `now` (UTC seconds).

    `expect` is the version of the thing acted on that the actor saw: a text's, the own order's, or for `Ready` and a facilitator the number of the phase.
    Raises `Refused` when the rules say no; then nothing happens.
    """
    _authorise(play, actor, decision)
    may_always = isinstance(decision, d.Say | d.Recite)
    if isinstance(actor, d.SeatActor | d.ThirdParty) and play.paused_at is not None and not may_always:
        raise Refused(Refusal.PAUSED)
    returned: Events = ()
    if isinstance(actor, d.SeatActor) and play.holder(actor.seat) == "caretaker" and not play.is_over:
        returned = (Seated(actor.seat, "people"),)  # whoever comes back sits down again
    events = _RULES[type(decision)](replay(play, returned), actor, decision, now, expect)
    return settled(play, (*returned, *events), now)


def _authorise(play: Play, actor: d.Actor, decision: d.Decision) -> None:
    if isinstance(actor, d.SeatActor):
        if actor.seat not in play.scenario.seats:
            raise Refused(Refusal.UNKNOWN_SEAT, seat=actor.seat, seats=list(play.scenario.seats))
        if not isinstance(decision, d.SeatDecision):
            who = "CH" if isinstance(decision, d.Offer | d.SetAgenda | d.Publish) else "facilitator"
            raise Refused(Refusal.NOT_YOURS, who=who)
    elif isinstance(actor, d.ThirdParty):
        if actor.party not in play.settings.third:
            raise Refused(Refusal.UNKNOWN_SEAT, seat=actor.party, seats=list(play.settings.third))
        if not isinstance(decision, d.ThirdDecision):
            raise Refused(Refusal.NOT_YOURS, who="any_seat")
    elif isinstance(actor, d.Clock):
        raise Refused(Refusal.NOT_YOURS, who="seat_or_facilitator")
    elif not isinstance(decision, d.FacilitatorDecision | d.Say):
        raise Refused(Refusal.NOT_YOURS, who="any_seat")
    if play.is_over and not isinstance(decision, d.Say):
        raise Refused(Refusal.OVER)


def _open_text(play: Play, id_: Identifier, expect: int | None) -> Text:
    text = play.text(id_)
    if text is None:
        raise Refused(Refusal.UNKNOWN_TEXT, id=id_)
    if text.status != "open":
        raise Refused(Refusal.TEXT_CLOSED, id=id_, status=text.status)
    if expect is not None and expect != text.version:
        raise Refused(Refusal.STALE, version=text.version)
    return text


def _say(play: Play, actor: d.Actor, decision: d.Say, now: float, expect: int | None) -> Events:
    if not has_ink(decision.text):
        raise Refused(Refusal.EMPTY_TEXT)
    seat = _speaker(actor)
    if seat is not None and play.talk == "sentences":
        raise Refused(Refusal.SENTENCES_ONLY)
    return _spoken(play, actor, Said(seat=seat, text=decision.text, to=decision.to, about=decision.about))


def _recite(play: Play, actor: d.Actor, decision: d.Recite, now: float, expect: int | None) -> Events:
    blank = SENTENCES.get(decision.sentence, LINES.get(decision.sentence))
    if blank is None:
        raise Refused(Refusal.UNKNOWN_SENTENCE, found=decision.sentence, allowed=list(SENTENCES))
    if (decision.about is not None) != (blank == "about") or (decision.whom is not None) != (blank == "whom"):
        raise Refused(Refusal.UNKNOWN_SENTENCE, found=decision.sentence, allowed=list(SENTENCES))
    if decision.whom is not None and (decision.whom not in play.scenario.seats or decision.whom == _speaker(actor)):
        raise Refused(Refusal.BAD_ADDRESSEE, found=decision.whom)
    said = Said(
        seat=_speaker(actor),
        text=spoken(decision.sentence, decision.about, decision.whom),
        to=decision.to,
        about=decision.about,
        sentence=decision.sentence,
        whom=decision.whom,
    )
    return _spoken(play, actor, said)


def _speaker(actor: d.Actor) -> Seat | None:
    if isinstance(actor, d.ThirdParty):
        return actor.party
    return actor.seat if isinstance(actor, d.SeatActor) else None


def _spoken(play: Play, actor: d.Actor, said: Said) -> Events:
    """Return what was said as it is heard, or raise `Refused`: whom it names, and whether one may talk now."""
    seat, parties = said.seat, (*play.scenario.seats, *play.settings.third)
    for other in said.to:
        if other not in parties or other == seat or said.to.count(other) > 1:
            raise Refused(Refusal.BAD_ADDRESSEE, found=other)
    if said.about is not None and play.text(said.about) is None:
        raise Refused(Refusal.UNKNOWN_TEXT, id=said.about)
    if seat is not None and play.talk == "none":
        raise Refused(Refusal.NO_TALK)
    if seat is not None and said.to and play.talk == "public":
        raise Refused(Refusal.PUBLIC_TALK_ONLY)
    by = None if isinstance(actor, d.Clock) else actor.delegate
    said = replace(said, to=in_seat_order(parties, said.to), by=by)
    if not said.to or seat is None:
        return (said,)
    group = in_seat_order(parties, (*said.to, seat))
    # That they met is told once a phase: how often they spoke stays their secret.
    return (said,) if group in play.met else (Met(group), said)


def _propose(play: Play, actor: d.SeatActor, decision: d.Propose, now: float, expect: int | None) -> Events:
    during(play, "talk", "vote")
    package = replace(decision.package, sponsor=actor.seat)
    old = None if decision.amends is None else _open_or_failed(play, decision.amends, expect)
    if old is None:
        during(play, "talk")
    elif play.phase == "vote" and consent.can_still_pass(play.scenario, old.package, old.votes):
        raise Refused(Refusal.STILL_ALIVE, id=old.id)
    own = old is not None and old.author == actor.seat
    if own and old is not None and old.package.side != package.side:
        raise Refused(Refusal.SIDE_DEAL_FORM)
    if not own and sum(text.author == actor.seat for text in play.texts) >= TEXTS_PER_ROUND:
        raise Refused(Refusal.TOO_MANY_TEXTS, most=TEXTS_PER_ROUND)
    if own and added(text.version for text in play.texts if text.author == actor.seat) >= VERSIONS_PER_ROUND:
        raise Refused(Refusal.TOO_MANY_VERSIONS, most=VERSIONS_PER_ROUND)
    replaced = None if own else _replaced_by(play, actor.seat, package, old)
    _check_room_for(play, actor.seat, package, old if own else replaced)
    rulesets.of(play.scenario).check_package(play.scenario, play.world, package, play.adopted)
    text_id, version = (old.id, old.version + 1) if own and old else (_next_id(play), 1)
    amends = None if old is None or own else old.id
    events: Events = (Proposed(text=text_id, version=version, package=package, amends=amends, by=actor.delegate),)
    if replaced is not None:
        events = (Withdrawn(replaced.id), *events)
    elif (play.phase == "vote" or package.side) and actor.seat in consent.voters(play.scenario, package):
        events = (*events, Voted(text_id, actor.seat, "yes", actor.delegate))
    if play.ready[play.index(actor.seat)]:
        # Whoever goes on tabling is not done: others shall have time to answer.
        events = (*events, Readied(actor.seat, ready=False))
    return events


def _replaced_by(play: Play, seat: Seat, package: Package, old: Text | None) -> Text | None:
    """Return the seat's own main text that its counter-text to another's takes the place of: who counters gives way."""
    if old is None or package.side or play.phase != "talk":
        return None
    return next((text for text in play.open_texts() if text.author == seat and not text.package.side), None)


def _open_or_failed(play: Play, id_: Identifier, expect: int | None) -> Text:
    text = play.text(id_)
    if text is None:
        raise Refused(Refusal.UNKNOWN_TEXT, id=id_)
    if text.status not in ("open", "failed"):
        raise Refused(Refusal.TEXT_CLOSED, id=id_, status=text.status)
    if expect is not None and expect != text.version:
        raise Refused(Refusal.STALE, version=text.version)
    return text


def _check_room_for(play: Play, seat: Seat, package: Package, old: Text | None) -> None:
    """Raise `Refused` where the seat has no room for one more text beside `old`, its own that this one replaces."""
    mine = [
        text for text in play.open_texts()
        if text is not old and text.author == seat and text.package.side == package.side
    ]  # fmt: skip
    if mine and not package.side:
        raise Refused(Refusal.ONE_MAIN_TEXT, id=mine[0].id)
    if mine:
        raise Refused(Refusal.TOO_MANY_SIDE_DEALS, seat=seat)
    if package.side:
        _check_side_deals(play, package)


def _check_side_deals(play: Play, package: Package) -> None:
    signed = {
        seat for text in play.texts if text.status == "adopted" and text.package.side
        for seat in consent.parties(play.scenario, text.package)
    }  # fmt: skip
    for seat in consent.parties(play.scenario, package):
        if seat in signed:
            raise Refused(Refusal.TOO_MANY_SIDE_DEALS, seat=seat)


def _next_id(play: Play) -> Identifier:
    number, letters = len(play.texts), ""
    while True:
        number, letter = divmod(number, 26)
        letters = chr(ord("a") + letter) + letters
        if number == 0:
            return f"{play.round}{letters}"
        number -= 1


def _sponsor(play: Play, actor: d.SeatActor, decision: d.Sponsor, now: float, expect: int | None) -> Events:
    during(play, "talk", "vote")
    text = _open_text(play, decision.text, expect)
    if actor.seat in text.sponsors:
        raise Refused(Refusal.ALREADY_SPONSOR, id=text.id)
    sponsored = Sponsored(text.id, actor.seat, actor.delegate)
    if not (text.package.side or play.phase == "vote") or not play.may_vote(actor.seat, text):
        return (sponsored,)
    # Names are taken for yes as the vote begins. A side deal is decided at once, and in the vote it is too late for that: there
    # a name under a text is the vote itself.
    voted = Voted(text.id, actor.seat, "yes", actor.delegate)
    return (sponsored, voted, *_side_deal_outcome(play, text, voted)) if text.package.side else (sponsored, voted)


def _withdraw(play: Play, actor: d.SeatActor, decision: d.Withdraw, now: float, expect: int | None) -> Events:
    during(play, "talk", "vote")
    text = _open_text(play, decision.text, expect)
    if text.author != actor.seat:
        raise Refused(Refusal.NOT_YOURS, who=text.author)
    return (Withdrawn(text.id),)


def _vote(play: Play, actor: d.SeatActor, decision: d.Vote, now: float, expect: int | None) -> Events:
    text = _open_text(play, decision.text, expect)
    during(play, *(("talk", "vote") if text.package.side else ("vote",)))
    if not play.may_vote(actor.seat, text):
        raise Refused(Refusal.NO_VOTE, id=text.id)
    voted = Voted(text.id, actor.seat, decision.choice, actor.delegate)
    return (voted, *_side_deal_outcome(play, text, voted)) if text.package.side else (voted,)


def _side_deal_outcome(play: Play, text: Text, voted: Voted) -> Events:
    """A side deal is decided at once: by the last yes, or by the first no."""
    votes = {**text.votes, voted.seat: voted.choice}
    if voted.choice == "no":
        return (Failed(text.id, "no_consent", {"seat": voted.seat}),)
    bound = consent.binding(play.scenario, text.package, votes)
    if not isinstance(bound, Package):
        return ()
    others = tuple(
        Failed(other.id, "one_side_deal")
        for other in play.open_texts()
        if other.package.side and other.id != text.id
        and consent.share_a_party(play.scenario, text.package, other.package)
    )  # fmt: skip
    return (Adopted(text.id, len(play.adopted) + 1, bound), *others)


def _draft(play: Play, actor: d.SeatActor, decision: d.Draft, now: float, expect: int | None) -> Events:
    return (Drafted(actor.seat, decision.package, actor.delegate),)


def _order(play: Play, actor: d.SeatActor, decision: d.GiveOrder, now: float, expect: int | None) -> Events:
    during(play, "orders")
    i = play.index(actor.seat)
    sealed = play.orders[i]
    version = sealed.version if sealed else 0
    if expect is not None and expect != version:
        raise Refused(Refusal.STALE, version=version)
    rulesets.of(play.scenario).check_order(play.scenario, play.world, actor.seat, decision.order, play.adopted)
    nonce, digest = seal(play.draw_seed, play.round, actor.seat, version + 1, decision.order)
    ordered = Ordered(actor.seat, decision.order, version + 1, nonce, digest, actor.delegate)
    return (ordered,) if play.ready[i] else (ordered, Readied(actor.seat, ready=True))


def _ready(play: Play, actor: d.SeatActor, decision: d.Ready, now: float, expect: int | None) -> Events:
    as_seen(play, expect)
    during(play, "briefing", "talk", "vote", "orders", "reveal")
    if play.ready[play.index(actor.seat)] == decision.ready:
        return ()
    return (Readied(actor.seat, decision.ready),)


Rule = Callable[[Play, Any, Any, float, int | None], Events]

_RULES: dict[type[d.Decision], Rule] = {
    d.Say: _say,
    d.Recite: _recite,
    d.Propose: _propose,
    d.Sponsor: _sponsor,
    d.Withdraw: _withdraw,
    d.Vote: _vote,
    d.Draft: _draft,
    d.GiveOrder: _order,
    d.Ready: _ready,
    **mediation.RULES,
    **facilitation.RULES,
}
