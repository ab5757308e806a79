"""world_section, history_section, promises_section, texts_section, text_view: what everybody may read.

Made from shown values alone: none of these functions is given a `World` with its hidden part.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from game import consent, rulesets, tabling
from game.perception import camp_index, culture_name, threats_seen, trust_rows
from game.play import Play, RoundPlayed, SingleText, Text
from game.records import Identifier, Seat
from game.scenario import Scenario
from game.sections import (
    Deed,
    Figures,
    HistorySection,
    InstitutionView,
    Mark,
    PromisesSection,
    PromiseView,
    ReservationView,
    RoundView,
    SingleTextView,
    TextsSection,
    TextView,
    WorldSection,
)
from game.world import DutyInForce, InstitutionInForce, Report, ShownWorld, shown, trust


def world_section(scenario: Scenario, world: ShownWorld) -> WorldSection:
    """Return the region as everybody sees it."""
    return WorldSection(
        round=world.round,
        seats=tuple(
            Figures(
                seat, world.A[i], world.D[i], world.v[i], world.N[i], world.E[i], world.S[i], world.W[i],
                score.G, score.R, score.U, score.TR,
            )
            for i, (seat, score) in enumerate(zip(scenario.seats, rulesets.of(scenario).standing(scenario, world), strict=True))
        ),
        trust=trust(world),
        trade=world.X,
        alliance=world.L,
        threat=tuple(map(tuple, threats_seen(scenario, world, trust_rows(world), world.C))),
        tension=dict(zip(scenario.flashpoints, world.tau, strict=True)),
        vitality=world.V,
        un=world.un,
        culture=culture_name(world.C),
        C=world.C,
        rung=world.rung,
        stage_d=world.stage_d,
        stage_p=world.stage_p,
        window=world.window,
        camps=camp_index(scenario, world),
    )  # fmt: skip


def texts_section(play: Play) -> TextsSection:
    """Return the texts of the round, each side deal with what it would sink, and what the chair offers."""
    texts = tuple(text_view(play.scenario, text, _sinks(play, text)) for text in play.texts)
    return TextsSection(texts, play.agenda, _single(play.single), play.offers)


def _single(text: SingleText | None) -> SingleTextView | None:
    if text is None:
        return None
    reservations = tuple(ReservationView(one.seat, one.part, one.text) for one in text.reservations)
    return SingleTextView(text.version, text.package, text.brackets, reservations)


def _sinks(play: Play, text: Text) -> tuple[Identifier, ...]:
    if not text.package.side or text.status != "open":
        return ()
    others = [(other.id, other.package) for other in play.open_texts() if other.id != text.id]
    return tabling.sunk_by(play.scenario, shown(play.world), text.package, others, play.adopted)


def text_view(scenario: Scenario, text: Text, sinks: tuple[Identifier, ...] = ()) -> TextView:
    """Return a text with who must and who may vote on it."""
    return TextView(
        id=text.id,
        version=text.version,
        package=text.package,
        author=text.author,
        sponsors=text.sponsors,
        amends=text.amends,
        previous=text.previous,
        status=text.status,
        votes=text.votes,
        needed=consent.needed(scenario, text.package),
        invited=consent.members_named(scenario, text.package),
        voters=consent.voters(scenario, text.package),
        lost=not consent.can_still_pass(scenario, text.package, text.votes),
        sinks=sinks,
        second_pass=text.second_pass,
        reason=text.reason,
        reason_params=text.reason_params,
    )


def history_section(play: Play) -> HistorySection:
    """Return the region at the start and every round since."""
    return HistorySection(
        start=world_section(play.scenario, shown(play.marks[0].world)),
        rounds=tuple(_round(play, done) for done in play.played),
    )


def _round(play: Play, done: RoundPlayed) -> RoundView:
    scenario, report = play.scenario, done.resolved.report
    return RoundView(
        round=report.round,
        posture=dict(zip(scenario.seats, report.posture, strict=True)),
        emphasis=dict(zip(scenario.seats, report.emphasis, strict=True)),
        deeds=tuple(Deed(deed.seat, deed.measure, deed.target, deed.source) for deed in report.deeds),
        stopped=report.stopped,
        quits=report.quits,
        kept=report.kept,
        detected=report.detected,
        lapsed=report.lapsed,
        expired=report.expired,
        crises=report.crises,
        adopted=done.adopted,
        ballots=tuple(text_view(scenario, text) for text in done.texts),
        absent=done.resolved.absent,
        digests=done.resolved.digests,
        after=world_section(scenario, shown(done.resolved.world)),
    )


def promises_section(play: Play) -> PromisesSection:
    """Return every duty and institution ever adopted, with who was seen to keep what."""
    return PromisesSection(_duties(play), _institutions(play))


def marks_of(
    reports: Iterable[Report],
) -> tuple[dict[Identifier, DutyInForce], dict[Identifier, list[tuple[int, Mark]]]]:
    """Return every duty that was ever in force as it last was, and what was seen of it, by round."""
    seen: dict[Identifier, DutyInForce] = {}
    marks: dict[Identifier, list[tuple[int, Mark]]] = {}
    for report in reports:
        broken = {id_ for _, id_ in report.detected}
        for held in report.duties:
            seen[held.id] = held
            mark: Mark = "broken" if held.id in broken else "kept" if held.id in report.kept else "suspended"
            if held.on and held.duty.kind == "declare":
                mark = "stated"
            marks.setdefault(held.id, []).append((report.round, mark))
        for ended, how in ((report.lapsed, "lapsed"), (report.expired, "expired")):
            for id_ in ended:
                if id_ in seen:
                    marks[id_].append((report.round, "lapsed" if how == "lapsed" else "expired"))
    return seen, marks


def _duties(play: Play) -> tuple[PromiseView, ...]:
    standing_ids = {held.id for held in play.world.duties}
    seen, marks = marks_of(done.resolved.report for done in play.played)
    return tuple(
        PromiseView(
            id=id_,
            duty=held.duty,
            adopted=held.adopted,
            status=_status(id_, held, standing_ids, marks[id_]),
            marks=tuple(marks[id_]),
            conditions=held.conditions,
        )
        for id_, held in seen.items()
    )


def _status(
    id_: Identifier, held: DutyInForce, standing_ids: set[Identifier], marks: list[tuple[int, Mark]]
) -> Literal["in_force", "suspended", "lapsed", "expired"]:
    if id_ in standing_ids:
        return "in_force" if held.on else "suspended"
    return "expired" if marks and marks[-1][1] == "expired" else "lapsed"


def _institutions(play: Play) -> tuple[InstitutionView, ...]:
    views: dict[Identifier, InstitutionView] = {}
    for done in play.played:
        report = done.resolved.report
        for held in report.institutions:
            broke = tuple((report.round, seat) for seat, id_ in report.detected if id_ == held.id)
            earlier = views[held.id].breaches if held.id in views else ()
            views[held.id] = _institution(play, held, (*earlier, *broke), in_force=False)
    for held in play.world.institutions:
        earlier = views[held.id].breaches if held.id in views else ()
        views[held.id] = _institution(play, held, earlier, in_force=True)
    return tuple(views.values())


def _institution(
    play: Play, held: InstitutionInForce, breaches: tuple[tuple[int, Seat], ...], *, in_force: bool
) -> InstitutionView:
    return InstitutionView(
        id=held.id,
        members=held.members,
        adopted=held.adopted,
        rounds_kept=held.ok,
        wide=len(held.members) >= play.scenario.wide,
        in_force=in_force,
        breaches=breaches,
    )
