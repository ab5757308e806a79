"""observe, visible, view, why: the only code that decides who may know what (rules.md 5.2).

Everything that leaves the kernel for a person, a bot or a page goes through here. A section is built
from shown values and, for a seat, from its own secrets; nothing else is in reach of a viewer until
the game is over.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from msgspec.structs import replace

from game import adoption, ratification, rulesets
from game import events as e
from game.coming import bar_of, cap_of, promised_cost
from game.consent import voting_order
from game.explain import Cause, explain
from game.game_sections import GameSection
from game.intelligence import found_chance
from game.mandates import Course, mandate_code, mandate_number, progress
from game.memory import Memory
from game.par import par_of, price_of
from game.perception import protections, security_of, worth_of
from game.play import Play, RoundPlayed, Text
from game.record import history_section, promises_section, texts_section, world_section
from game.records import CHAIR, Order, Seat
from game.rulesets.matrix import moves_played
from game.sections import (
    Chair,
    HiddenRound,
    MandateView,
    Observation,
    OutcomeSection,
    OwnSection,
    RoomSection,
    Viewer,
)
from game.view import Ballot, View
from game.world import shown, trust

T = TypeVar("T")

FACILITATOR: Viewer = "facilitator"
OBSERVER: Viewer = "observer"


class RoundShown(e.Event, frozen=True, tag="resolved"):
    """A round was resolved, as anybody may read it; what happened is in the history section."""

    round: int


class EndShown(e.Event, frozen=True, tag="ended"):
    """The game is over; the outcome section says how."""

    epoch: int
    at: float


def may_know(event: e.Event, viewer: Viewer) -> bool:
    """Tell whether the viewer may know that the event happened at all."""
    audience = event.audience
    return audience is e.PUBLIC or viewer == FACILITATOR or viewer in audience


def visible(event: e.Event, viewer: Viewer) -> e.Event | None:
    """Return what the viewer may read of an event, or None if it may not know of it.

    Which member of a team acted is that team's business, so `by` is blank for everybody else. The nonce of an order is blank
    until the end: the same seat at another table of the same seed has the same.
    """
    if not may_know(event, viewer):
        return None
    match event:
        case e.Resolved():
            return RoundShown(event.report.round)
        case e.Ended():
            return EndShown(event.epoch, event.at)
        case e.Ordered() if viewer != FACILITATOR:
            return replace(event, nonce="")
        case e.Proposed() if viewer not in (event.package.sponsor, FACILITATOR):
            return replace(event, by=None)
        case e.Said() | e.Sponsored() | e.Voted() | e.Published() | e.Reserved() if viewer not in (
            event.seat,
            FACILITATOR,
        ):
            return replace(event, by=None)
    return event


def observe(play: Play, viewer: Viewer, memory: Memory | None = None, *, seed_is_secret: bool = False) -> Observation:
    """Return all that the viewer may know of the play now; while others still play its seed, that is for facilitators alone.

    With the `memory` of this game, a section that nothing has changed is the very object shown before. What is not secret
    is made once for all viewers; what is a seat's own is kept under its name.
    """
    seats = play.scenario.seats
    own = viewer if viewer in seats else None
    may = own or viewer == CHAIR
    is_told = viewer == FACILITATOR or not seed_is_secret

    def made(key: Hashable, make: Callable[[Play], T]) -> T:
        return memory.section(key, make, play) if memory else make(play)

    return Observation(
        viewer=viewer,
        room=made("room", _room),
        world=made("world", lambda play: world_section(play.scenario, shown(play.world))),
        texts=made("texts", texts_section),
        promises=made("promises", promises_section),
        history=made("history", history_section),
        own=made(("own", own), lambda play: _own(play, own)) if own else None,
        may=made(("may", viewer), lambda play: rulesets.of(play.scenario).may(play, viewer))
        if may and not play.is_over
        else None,
        outcome=made(("outcome", is_told), lambda play: _outcome(play, is_told=is_told)) if play.is_over else None,
        seats=made("seats", lambda play: {seat: _own(play, seat) for seat in seats}) if viewer == FACILITATOR else {},
        game=made("game", _game),
    )


def view(play: Play, seat: Seat) -> View:
    """Return the compact form of the seat's observation that bots get."""
    sealed = play.orders[play.index(seat)]
    return View(
        scenario=rulesets.of(play.scenario).known_to(play.scenario, seat),
        seat=seat,
        phase=play.phase,
        round=play.round,
        rounds=_length_told(play),
        world=shown(play.world),
        report=play.played[-1].resolved.report if play.played else None,
        ballots=tuple(_ballot(play, text) for text in play.texts),
        past=tuple(_ballot(play, text) for done in play.played for text in done.texts),
        adopted=play.adopted,
        order=sealed.order if sealed else None,
        ready=play.ready[play.index(seat)],
        may_talk=play.talk in ("full", "public"),
        moves=moves_played(play),
    )


def why(play: Play, seat: Seat, round_: int) -> tuple[Cause, ...]:
    """Return the causes of the change of the seat's shown worth in a resolved round.

    They sum to the change within 1e-9. Raises `LookupError` for a round not yet resolved.
    """
    if not rulesets.of(play.scenario).has_region:
        raise LookupError(f"nothing moves in a game of the kind {play.scenario.ruleset}")
    if not 1 <= round_ <= len(play.played):
        raise LookupError(f"round {round_} is not resolved; choose 1 to {len(play.played)}")
    done = play.played[round_ - 1]
    before = play.played[round_ - 2].resolved.world if round_ > 1 else play.marks[0].world
    # A facilitator may have opened another window after the round before.
    before = replace(before, window=done.resolved.report.window)
    return explain(play.scenario, before, done.adopted, done.resolved.report, seat)


def _game(play: Play) -> GameSection | None:
    rules = rulesets.of(play.scenario)
    section = rules.section(play)
    return replace(section, ending=rules.ending(play)) if section and play.is_over else section


def _room(play: Play) -> RoomSection:
    scenario = play.scenario
    chairs = zip(scenario.seats, play.holders, play.ready, strict=True)
    rule = adoption.rule_of(scenario)
    return RoomSection(
        scenario=scenario.id,
        title=scenario.title,
        titles=scenario.titles,
        phase=play.phase,
        phase_no=play.phase_no,
        round=play.round,
        rounds=_length_told(play),
        began_at=play.began_at,
        deadline_at=play.deadline_at,
        paused_at=play.paused_at,
        epoch=play.epoch,
        seats=tuple(Chair(seat, holder, ready) for seat, holder, ready in chairs),
        voting_order=voting_order(scenario, max(play.round, 1)),
        side_deals=scenario.side_deals,
        duties_per_package=scenario.duties_per_package,
        talk=play.talk,
        third=play.settings.third,
        internal_vote=play.settings.internal_vote,
        slack=len(scenario.seats) if rule.noes is None else rule.noes,
        wide=scenario.wide,
        adoption=rule.id,
        yes_needed=adoption.yes_needed(scenario),
        vetoes=scenario.must_agree or (scenario.vetoes if rule.vetoes else ()),
        ratification=scenario.ratification,
        first_untimed=play.settings.first_untimed and play.settings.preset is not None,
        zhang=scenario.has_gate,
        is_short=not scenario.hidden_length and play.rounds < scenario.rounds,
        rivalry=tuple(scenario.rivalry(i) for i in range(len(scenario.seats))),
        names=play.settings.names,
    )


def _length_told(play: Play) -> int | None:
    return None if play.scenario.hidden_length and not play.is_over else play.rounds


def _ballot(play: Play, text: Text) -> Ballot:
    return Ballot(
        text=text.id,
        version=text.version,
        package=text.package,
        votes=tuple(text.votes.get(seat) for seat in play.scenario.seats),
        adopted=text.status == "adopted",
        open=text.status == "open",
        sponsors=text.sponsors,
        refused=tuple(text.reason_params["seats"]) if text.reason == "not_ratified" else (),
    )


def _own(play: Play, seat: Seat) -> OwnSection:
    scenario, world, i = play.scenario, play.world, play.index(seat)
    sealed = play.orders[i]
    # Once resolved, what was adopted this round is part of the world.
    pending = play.adopted if len(play.played) < play.round else ()
    # Own stocks protect; what rivals may hide stays unknown until the end, so their shown arms threaten.
    S_own = security_of(protections(scenario, world, world.H)[i], world.threat[i])
    trusts = trust(world)
    return OwnSection(
        seat=seat,
        briefing=scenario.briefings[seat],
        briefings={name: texts[seat] for name, texts in scenario.translations.items() if seat in texts},
        sources=scenario.sources_of(seat),
        mandate=_mandate(play, seat),
        order=sealed.order if sealed else None,
        order_version=sealed.version if sealed else 0,
        order_digest=sealed.digest if sealed else None,
        last_order=_last_order(play, i),
        draft=play.drafts[i],
        hidden=world.H[i],
        S_true=S_own,
        W_true=worth_of(scenario, i, S_own, world.E[i]),
        cap=cap_of(scenario, world, seat, pending),
        bar=bar_of(scenario, world, seat, pending),
        promised_cost=promised_cost(scenario, world, seat, pending),
        found_chance=found_chance(scenario, world, seat, pending),
        trust_in_me={other: trusts[j][i] for j, other in enumerate(scenario.seats) if j != i},
        counsel={
            text: {str(number): choice for number, choice in said.items()}
            for (of, text), said in play.counsel.items()
            if of == seat
        },
        ratification=_audience(play, seat),
        sheet=rulesets.of(scenario).sheet(play, seat),
    )


def _last_order(play: Play, i: int) -> Order | None:
    # A game that went back has played its earlier rounds only.
    sealed = play.played[-1].orders[i] if play.played else None
    return sealed.order if sealed else None


def _audience(play: Play, seat: Seat) -> dict[str, float]:
    if not play.scenario.ratification:
        return {}
    length = _length_told(play)
    chances = {
        text.id: ratification.chance(play.scenario, play.world, text.package, seat, round_=play.round, rounds=length)
        for text in play.open_texts()
        if not text.package.side
    }
    return {id_: share for id_, share in chances.items() if share < 1}


def _mandate(play: Play, seat: Seat) -> MandateView | None:
    if not play.scenario.mandates:
        return None
    number = mandate_number(play.seed, seat)
    met = None
    if play.ended is not None:
        met = next(result.met for result in play.ended.outcome.mandates if result.seat == seat)
    reports = tuple(done.resolved.report for done in play.played)
    begun = shown(play.marks[0].world)
    stands = progress(play.scenario, seat, number, Course(begun, shown(play.world) if reports else begun, reports))
    return MandateView(number, mandate_code(play.scenario, seat, number), met, *stands)


def _outcome(play: Play, *, is_told: bool) -> OutcomeSection | None:
    if play.ended is None:
        return None
    outcome, settings = play.ended.outcome, play.settings
    # Reckoned here and not logged: par is data that comes with the rules, and an old log has its price too.
    par = par_of(
        play.scenario, len(play.played),
        windows=settings.windows, crises=settings.crises, aftermath=settings.aftermath,
    )  # fmt: skip
    return OutcomeSection(
        scores=outcome.scores,
        region=outcome.region,
        mandates={seat: view for seat in play.scenario.seats if (view := _mandate(play, seat)) is not None},
        hidden=tuple(_hidden(play, done, is_told=is_told) for done in play.played),
        seed=play.seed if is_told else None,
        par=dict(zip(play.scenario.seats, par.G, strict=True)) if par else {},
        price=price_of(par, outcome.region["sum_G"]) if par else None,
    )


def _hidden(play: Play, done: RoundPlayed, *, is_told: bool) -> HiddenRound:
    seats, world = play.scenario.seats, done.resolved.world
    sealed = {seat: order for seat, order in zip(seats, done.orders, strict=True) if order is not None}
    return HiddenRound(
        round=done.resolved.report.round,
        covert=dict(zip(seats, world.covert, strict=True)),
        hidden=dict(zip(seats, world.H, strict=True)),
        S_true=dict(zip(seats, world.S_true, strict=True)),
        W_true=dict(zip(seats, world.W_true, strict=True)),
        orders={seat: order.order for seat, order in sealed.items()},
        nonces={seat: order.nonce for seat, order in sealed.items()} if is_told else {},
    )
