"""draft, swap, publish, open_tables, confirm, correct: a round from its draw to its results, each step once.

Before it is published a draw is nobody's but the director's. Publishing makes the rooms; confirming takes the results out of
their logs; a correction afterwards is written down with both values and a reason, and everything follows from it.
"""

from __future__ import annotations

import secrets
import subprocess
import threading
from typing import Any

import msgspec
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from game.decisions import Start
from game.play import Settings
from game.scenario import Scenario
from negotiation.conferences import acts, creation, overview
from negotiation.conferences import seating as chairs
from negotiation.conferences.creation import Wish
from negotiation.conferences.models import Conference
from negotiation.rooms import plays
from negotiation.scenarios import library
from negotiation.tournaments import drawing, par, ranking, reading
from negotiation.tournaments.desk import CannotDo, check_in, note
from negotiation.tournaments.draws import repeats_of, uneven_after
from negotiation.tournaments.history import History, Seating, key
from negotiation.tournaments.models import Place, Player, Round, Tournament
from negotiation.tournaments.scores import FEW_TABLES

ALLIED = 0.5
"""Alliance from which two seats count as partners."""
GROUPS = 6
"""Players of a score group of a Swiss draw: a table's worth."""


def settings_of(tournament: Tournament) -> Settings:
    """Returns the settings of its rooms."""
    return msgspec.json.decode(tournament.settings, type=Settings)


def scenario_of(tournament: Tournament) -> Scenario:
    """Returns the scenario of its rooms."""
    return library.load(tournament.scenario, settings_of(tournament).version)


def blocs_of(scenario: Scenario) -> tuple[int, ...]:
    """Returns the bloc of each seat: seats are of one bloc where a chain of alliances joins them."""
    bloc = list(range(len(scenario.seats)))
    for i in range(len(bloc)):
        for j in range(i):
            if max(scenario.L[i][j], scenario.L[j][i]) >= ALLIED:
                old, new = bloc[i], bloc[j]
                bloc = [new if one == old else one for one in bloc]
    return tuple(bloc)


def available(tournament: Tournament, number: int) -> list[Player]:
    """Returns who is to be drawn for a round: who is entered, here, and not missing."""
    return [
        one
        for one in tournament.players.order_by("number")
        if one.entered <= number
        and (one.withdrew is None or one.withdrew > number)
        and number not in one.excused
        and number not in one.absent
        and one.checked_in_at is not None
    ]


def question_for(tournament: Tournament, number: int) -> dict[str, Any]:
    """Returns what the draw of a round is asked: everything it depends on, and nothing else."""
    before = list(tournament.played.filter(number__lt=number).order_by("number"))
    players = available(tournament, number)
    groups = _groups(tournament, players) if tournament.system == Tournament.System.SWISS and number > 1 else {}
    return {
        "entrants": [[one.number, one.team, groups.get(one.number, 0)] for one in players],
        "before": [one.drawn["seating"] for one in before],
        "byes": [player for one in before for player in one.drawn["byes"]],
        "blocs": list(blocs_of(scenario_of(tournament))),
        "seats": len(scenario_of(tournament).seats),
        "seed": tournament.seed_of("draw", number),
        "rounds": tournament.rounds - number + 1,
        "system": tournament.system,
        "filling": tournament.filling,
        "ahead": before[-1].drawn.get("ahead", []) if before else [],
    }


def _groups(tournament: Tournament, players: list[Player]) -> dict[int, int]:
    """Returns each player's score group: the standings, cut into tables' worths."""
    here = {one.number for one in players}
    order = [line.player for line in ranking.table(tournament).lines if line.player in here]
    order += sorted(here - set(order))
    return {player: place // GROUPS for place, player in enumerate(order)}


def draft(tournament: Tournament, *, who: str, wait: bool = False) -> Round:
    """Begins to draw the next round, or draws it anew. Raises `CannotDo` while one is not confirmed, or after the last."""
    ticket = secrets.token_hex(8)
    with transaction.atomic():
        tournament = Tournament.objects.select_for_update().get(pk=tournament.pk)
        running = tournament.played.exclude(state=Round.State.CONFIRMED).order_by("number").first()
        number = running.number if running else tournament.played.count() + 1
        if tournament.state == Tournament.Ending.OVER or number > tournament.rounds:
            raise CannotDo(_("All rounds are played."))
        if running and running.state not in (Round.State.DRAFT, Round.State.DRAWING):
            raise CannotDo(_("Confirm round %(number)d first.") % {"number": running.number})
        _must_be_secret(tournament)
        question = question_for(tournament, number)
        round_, _made = Round.objects.update_or_create(
            tournament=tournament,
            number=number,
            defaults={
                "state": Round.State.DRAWING,
                "entrants": question["entrants"],
                "drawn": {},
                "progress": {"share": 0.0, "ticket": ticket},
            },
        )
        note(tournament, who, "drew", round=number, players=len(question["entrants"]))
    if wait:
        _draw(round_.pk, ticket, question)
    else:
        threading.Thread(target=_draw_beside, args=(round_.pk, ticket, question), daemon=True, name="draw").start()
    round_.refresh_from_db()
    return round_


def _must_be_secret(tournament: Tournament) -> None:
    """Raises `CannotDo` where the seeds of rounds to come are known: ending used to show them all, and noted no number of rounds."""
    if tournament.changes.filter(what="finished", detail={}).exists():
        raise CannotDo(
            _("This tournament ended before, and the seeds of all its rounds were shown then. End it, and make finals.")
        )


def _draw_beside(pk: int, ticket: str, question: dict[str, Any]) -> None:
    try:
        _draw(pk, ticket, question)
    finally:
        connection.close()


def _draw(pk: int, ticket: str, question: dict[str, Any]) -> None:
    # Somebody may press twice: only what was asked last is kept.
    mine = Round.objects.filter(pk=pk, state=Round.State.DRAWING, progress__ticket=ticket)

    def tell(told: dict[str, Any]) -> None:
        mine.update(progress=told | {"ticket": ticket})

    pars: par.Pars = {}
    try:
        found = drawing.draw_now(question, tell)
        few = "refusal" not in found and len(found["seating"]) < FEW_TABLES
        if few:
            pars = _pars(Round.objects.select_related("tournament").get(pk=pk).tournament)
    except (drawing.DrawingFailed, OSError, subprocess.SubprocessError) as error:
        found = {"refusal": {"code": "failed", "error": type(error).__name__}}
    if "refusal" in found:
        mine.update(progress={"refusal": found["refusal"], "ticket": ticket})
        return
    mine.update(state=Round.State.DRAFT, drawn=found | {"edited": 0}, pars=pars, progress={"share": 1.0})


def _pars(tournament: Tournament) -> par.Pars:
    """Returns par, from an earlier round where there is one: it is the same in all."""
    known = next((one.pars for one in tournament.played.all() if one.pars), None)
    return known or par.beside(par.question(settings_of(tournament), library.written_of(tournament.scenario)))


@transaction.atomic
def swap(round_: Round, one: int, other: int, *, who: str) -> list[str]:
    """Lets two entrants of a draft change places; returns warnings. Raises `CannotDo`."""
    round_ = _locked(round_)
    if round_.state != Round.State.DRAFT:
        raise CannotDo(_("Only a draft can be changed. This round is published already."))
    seating = [list(table) for table in round_.drawn["seating"]]
    byes = list(round_.drawn["byes"])
    rows = [*seating, byes]
    found = {entrant: (row, i) for row in rows for i, entrant in enumerate(row)}
    if one not in found or other not in found or one == other:
        raise CannotDo(_("Choose two who are in this draw."))
    (first, i), (second, j) = found[one], found[other]
    first[i], second[j] = other, one
    drawn = round_.drawn | {"seating": seating, "byes": sorted(byes), "edited": round_.drawn.get("edited", 0) + 1}
    history = _history_before(round_)
    made: Seating = tuple(tuple(table) for table in seating)
    drawn |= {"repeats": repeats_of(made, history), "uneven": uneven_after(made, history)}
    # What was planned for the rounds to come took the draw as it was.
    drawn["ahead"] = []
    round_.drawn = drawn
    round_.save(update_fields=["drawn"])
    note(round_.tournament, who, "edited", round=round_.number, swapped=[one, other])
    return warnings_of(round_)


def _locked(round_: Round) -> Round:
    """Returns the round as it is now, with its tournament's row locked first and then its own: always in this order."""
    Tournament.objects.select_for_update().get(pk=round_.tournament_id)
    Round.objects.select_for_update().get(pk=round_.pk)
    return Round.objects.select_related("tournament", "conference").get(pk=round_.pk)


def _history_before(round_: Round) -> History:
    before = round_.tournament.played.filter(number__lt=round_.number).order_by("number")
    return History(one.drawn["seating"] for one in before)


def warnings_of(round_: Round) -> list[str]:
    """Returns what the director should know of a draft before it is published."""
    history = _history_before(round_)
    teams = {number: team.casefold() for number, team, _group in round_.entrants if team}
    names = dict(round_.tournament.players.values_list("number", "name"))
    said = []
    for number, table in enumerate(round_.drawn.get("seating", ()), 1):
        for i, one in enumerate(table):
            for other in table[:i]:
                if one > 0 and other > 0:
                    pair = {"table": number, "one": names.get(one), "other": names.get(other)}
                    met = history.met[key(one, other)]
                    if met >= 2:
                        said.append(
                            _("Table %(table)d: %(one)s and %(other)s meet for the %(n)d. time.")
                            % {**pair, "n": met + 1}
                        )
                    if one in teams and teams[one] == teams.get(other):
                        said.append(_("Table %(table)d: %(one)s and %(other)s are of one team.") % pair)
            if one > 0 and history.sat[one, i] >= 2:
                said.append(
                    _("Table %(table)d: %(one)s has this seat for the %(n)d. time.")
                    % {"table": number, "one": names.get(one), "n": history.sat[one, i] + 1}
                )
    return said


def publish(round_: Round, *, who: str) -> Round:
    """Makes the rooms of a drafted round and lets everybody see the draw. Raises `CannotDo`."""
    tournament = round_.tournament
    with transaction.atomic():
        round_ = _locked(round_)
        if round_.state != Round.State.DRAFT:
            raise CannotDo(_("There is no draft to publish."))
        _must_be_secret(tournament)
        seats = scenario_of(tournament).seats
        seating = round_.drawn["seating"]
        wish = Wish(
            title=f"{tournament.title}, {round_.number}"[:80],
            settings=settings_of(tournament),
            people=len(seating) * len(seats),
            odd="bots",
            pseudonyms=tournament.anonymous,
        )
        conference = creation.create(wish=wish, owner=tournament.owner, seed=tournament.seed_of("game", round_.number))
        Conference.objects.filter(pk=conference.pk).update(is_open=False)
        players = {one.number: one for one in tournament.players.all()}
        for table, sitting in zip(conference.tables.order_by("number"), seating, strict=True):
            for seat, number in zip(seats, sitting, strict=True):
                place = Place(round=round_, table=table.number, seat=seat, player=players.get(number))
                if place.player is not None:
                    person = chairs.enrol(conference, label=place.player.name)
                    person.table, person.seat = table, seat
                    person.save(update_fields=["table", "seat"])
                    place.participant = person.number
                place.save()
            table.places = [int(number > 0) for number in sitting]
            table.save(update_fields=["places"])
        for number in round_.drawn["byes"]:
            Place.objects.create(round=round_, table=0, player=players[number], kind="bye")
        drawn = {number for table in seating for number in table} | set(round_.drawn["byes"])
        for player in players.values():
            if player.number in drawn:
                continue  # who was excused after the draw and still sits there plays, or does not come
            for rounds, kind in ((player.excused, "excused"), (player.absent, "absent")):
                if round_.number in rounds:
                    Place.objects.create(round=round_, table=0, player=player, kind=kind)
        round_.conference = conference
        round_.state, round_.published_at = Round.State.PUBLISHED, timezone.now()
        round_.save()
        note(tournament, who, "published", round=round_.number, tables=len(seating))
    return round_


def open_tables(round_: Round, *, who: str) -> acts.Answer:
    """Opens the talks at all tables that are still in their lobby. Raises `CannotDo` before the draw is published."""
    if round_.conference is None or round_.state not in (Round.State.PUBLISHED, Round.State.PLAYING):
        raise CannotDo(_("Publish the draw first."))
    conference = round_.conference
    state = overview.overview(conference)
    waiting = tuple(
        acts.Seen(table["number"], table["epoch"], table["phase_no"])
        for table in state["tables"]
        if table["phase"] == "lobby"
    )
    press = acts.Press(f"open-{secrets.token_hex(8)}", Start(), waiting)
    answer = acts.do(conference, conference.owner, press)
    Round.objects.filter(pk=round_.pk).update(state=Round.State.PLAYING)
    note(round_.tournament, who, "opened", round=round_.number, tables=answer.done)
    return answer


def unfinished(round_: Round) -> list[int]:
    """Returns the tables whose games are not over."""
    if round_.conference is None:
        return []
    tables = round_.conference.tables.select_related("room").order_by("number")
    return [table.number for table in tables if not plays.fold(table.room).is_over]


@transaction.atomic
def confirm(round_: Round, *, who: str, despite: bool = False) -> Round:
    """Takes the results out of the logs. Raises `CannotDo` for a round with games that still run, unless `despite` them."""
    round_ = _locked(round_)
    if round_.state == Round.State.CONFIRMED:
        return round_
    if round_.state != Round.State.PLAYING:
        raise CannotDo(_("This round has not been played."))
    running = unfinished(round_)
    if running and not despite:
        raise CannotDo(
            _(
                "Not over: table %(tables)s. End their games, or confirm without them: everybody there gets an average round."
            )
            % {"tables": ", ".join(map(str, running))}
        )
    places = reading.read(round_)
    Place.objects.bulk_update(places, ["kind", "figures", "spoilt"])
    round_.state, round_.confirmed_at = Round.State.CONFIRMED, timezone.now()
    round_.save(update_fields=["state", "confirmed_at"])
    kinds: dict[str, int] = {}
    for place in places:
        kinds[place.kind] = kinds.get(place.kind, 0) + 1
        if place.kind == "absent" and place.table and place.player is not None:
            # Who did not come is not drawn again before the player, or the director, says so.
            check_in(place.player, here=False)
    note(round_.tournament, who, "confirmed", round=round_.number, unfinished=running, kinds=kinds)
    return round_


CORRECTABLE = ("played", "absent", "excused", "left", "unfinished", "bye")


@transaction.atomic
def correct(place: Place, *, who: str, reason: str, kind: str, **values: float) -> None:
    """Corrects a confirmed result, with a reason that everybody may read. Raises `CannotDo`."""
    _locked(place.round)
    place = Place.objects.select_related("round__tournament", "player").get(pk=place.pk)
    if place.round.state != Round.State.CONFIRMED or place.player is None:
        raise CannotDo(_("Only confirmed results of players can be corrected."), "round")
    if not reason.strip():
        raise CannotDo(_("Give a reason that everybody may read."), "reason")
    if kind not in CORRECTABLE or (kind == "played" and not place.figures and not values):
        raise CannotDo(_("A result that was not played has no figures: give them, or choose another kind."), "total")
    before = {"kind": place.kind, **place.figures}
    place.kind = kind
    if values:
        place.figures = place.figures | values
    place.save(update_fields=["kind", "figures"])
    note(
        place.round.tournament, who, "corrected",
        round=place.round.number, table=place.table, seat=place.seat, player=place.player.number,
        before=before, after={"kind": place.kind, **place.figures}, reason=reason.strip()[:200],
    )  # fmt: skip


@transaction.atomic
def finish(tournament: Tournament, *, who: str, over: bool = True) -> None:
    """Ends a tournament, so that the seeds of what was played are shown, or opens it again. Raises `CannotDo` while a round runs."""
    if over and tournament.played.exclude(state=Round.State.CONFIRMED).exists():
        raise CannotDo(_("A round is not confirmed yet."))
    Tournament.objects.filter(pk=tournament.pk).update(state=Tournament.Ending.OVER if over else Tournament.Ending.OPEN)
    note(tournament, who, "finished" if over else "reopened", rounds=tournament.played.count())
