"""answer: what a person asks without changing anything, from the play as it stands.

Every answer goes to one viewer and says nothing that the viewer's own observation does not hold.
"""

from __future__ import annotations

import time
from typing import Any

import msgspec

from game import mediation, observation, rules, rulesets
from game.clauses import hollow
from game.decisions import Propose, SeatActor
from game.forecast import forecast
from game.play import Play
from game.records import CHAIR
from game.refusals import Refusal, Refused
from game.world import shown
from negotiation.rooms import log
from negotiation.rooms.database import db
from negotiation.rooms.feed import Feed
from negotiation.rooms.messages import Allowed, CheckAnswer, RefusalView
from negotiation.rooms.models import Delegate
from negotiation.rooms.protocol import Check, Cost, Question, RecordPage, Weigh, Why
from negotiation.rooms.refusals import Declined, Reason, of_rules
from negotiation.rooms.services import Who
from negotiation.rooms.sight import encoded

PASSING = {
    Refusal.NOT_NOW,
    Refusal.PAUSED,
    Refusal.UNKNOWN_TEXT,
    Refusal.TEXT_CLOSED,
    Refusal.ONE_MAIN_TEXT,
    Refusal.TOO_MANY_TEXTS,
    Refusal.TOO_MANY_VERSIONS,
    Refusal.TOO_MANY_SIDE_DEALS,
}
"""What stands in the way of a package today without being a fault of it."""


async def answer(feed: Feed, by: Who, question: Question) -> Any:
    """Returns what was asked for. Raises `Declined` or the rules' `Refused`, which may be the answer itself."""
    match question:
        case Why():
            return _why(feed.play, by, question)
        case Check():
            if by.seat == CHAIR and CHAIR in feed.play.settings.third:
                return _check_offer(feed.play, question)
            return _check(feed.play, _seat(by, feed.play), question)
        case Weigh():
            return _weigh(feed.play, _seat(by, feed.play), question)
        case Cost():
            return _cost(feed.play, _seat(by, feed.play), question)
        case RecordPage():
            return await _page(feed, by, question)


def _seat(by: Who, play: Play) -> str:
    if by.seat not in play.scenario.seats:
        raise Declined(Reason.WATCHING)
    if by.viewer(play) != by.seat:
        raise Declined(Reason.BOT_SITS, seat=by.seat)
    return by.seat


def _why(play: Play, by: Who, question: Why) -> Any:
    seat = question.seat or _seat(by, play)
    if seat not in play.scenario.seats:
        raise Refused(Refusal.UNKNOWN_SEAT, seat=seat, seats=list(play.scenario.seats))
    if seat != by.viewer(play) and by.role != Delegate.Role.FACILITATOR and not play.is_over:
        raise Refused(Refusal.NOT_YOURS, who=seat)
    try:
        causes = observation.why(play, seat, question.round)
    except LookupError:
        raise Declined(Reason.NO_SUCH_ROUND, round=question.round) from None
    history = observation.observe(play, by.viewer(play)).history
    regions = (history.start, *(done.after for done in history.rounds))
    before, after = (regions[i].seats[play.index(seat)].W for i in (question.round - 1, question.round))
    return {
        "seat": seat,
        "round": question.round,
        "before": before,
        "after": after,
        "causes": [{"code": one.code, "params": one.params, "change": one.W, "S": one.S, "E": one.E} for one in causes],
    }


def _check(play: Play, seat: str, question: Check) -> Any:
    package = msgspec.structs.replace(question.package, sponsor=seat)
    # The form comes first: while the builder is open, a wrong duty is more worth knowing than a wrong phase.
    kind = rulesets.of(play.scenario)
    kind.check_package(play.scenario, play.world, package)
    hindrance = None
    try:
        rules.decide(play, SeatActor(seat), Propose(package, question.amends), time.time())
    except Refused as refused:
        if refused.code not in PASSING:
            raise
        # What it would be worth is worth knowing before its hour, and while another text of mine is on the table.
        hindrance = RefusalView(**msgspec.structs.asdict(of_rules(refused)))
    weighed = None
    if kind.has_region:
        weighed = forecast(play.scenario, shown(play.world), package, seat, adopted=play.adopted)
    return CheckAnswer(hindrance is None, hindrance, weighed, hollow(package.duties))


def _check_offer(play: Play, question: Check) -> Any:
    package = mediation.as_tabled(play, question.package)
    rulesets.of(play.scenario).check_package(play.scenario, play.world, package)
    return CheckAnswer(allowed=True, hindrance=None, forecast=None, hollow=hollow(package.duties))


def _weigh(play: Play, seat: str, question: Weigh) -> Any:
    if not rulesets.of(play.scenario).has_region:
        raise Refused(Refusal.NOT_IN_THIS_GAME, thing="forecast")
    text = play.text(question.text)
    if text is None:
        raise Refused(Refusal.UNKNOWN_TEXT, id=question.text)
    # What was signed meanwhile is in `adopted`; the text itself is weighed against the world without it.
    adopted = tuple(package for package in play.adopted if package != text.package)
    return forecast(play.scenario, shown(play.world), text.package, seat, adopted=adopted)


def _cost(play: Play, seat: str, question: Cost) -> Any:
    rulesets.of(play.scenario).check_order(play.scenario, play.world, seat, question.order, play.adopted)
    return Allowed(allowed=True)


async def _page(feed: Feed, by: Who, question: RecordPage) -> Any:
    viewer = by.viewer(feed.play)
    sight, upto = feed.sight(viewer), feed.n
    last = min(question.before - 1, sight.n)
    limit = max(0, min(question.limit, last))
    lines = await db(log.newest, feed.room_id, sight.bit, upto=upto, skip=sight.n - last, limit=limit) if limit else ()
    first = last - len(lines)
    entries = [msgspec.Raw(encoded(line, first + i, viewer)) for i, line in enumerate(lines, 1)]
    return {"entries": entries, "more": first > 0}
