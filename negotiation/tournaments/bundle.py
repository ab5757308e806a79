"""made, FORMATS: a tournament as a file from which anybody can work it out again: seeds, draws, logs, results, changes.

A ZIP of `tournament.json` and the log of each finished table as everybody of the room gets it.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import msgspec

from game.observation import OBSERVER
from negotiation.rooms import exports, plays
from negotiation.scenarios import library
from negotiation.tournaments import ranking, rounds
from negotiation.tournaments.models import Change, Round, Tournament

FORMAT = 2
FORMATS = (1, 2)
"""The forms that are read; in the first the reasons of changes were covered word by word."""
FOR_ALL = ("adjusted", "corrected", "ruled")
"""Changes of which everybody may read the reason."""
MAIN = "tournament.json"


class NotOver(Exception):
    """The seeds are not shown before the end."""


def log_name(number: int, table: int) -> str:
    """Returns the name of a table's log in the file."""
    return f"logs/round-{number}-table-{table}.json"


def made(tournament: Tournament) -> bytes:
    """Returns the file. Raises `NotOver`."""
    if tournament.state != Tournament.Ending.OVER:
        raise NotOver
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MAIN, json.dumps(content(tournament), indent=1, ensure_ascii=False))
        for round_ in tournament.played.select_related("conference"):
            if round_.conference is None:
                continue
            for table in round_.conference.tables.select_related("room").order_by("number"):
                play = plays.fold(table.room)
                if play.is_over:
                    log = exports.game_log(table.room, play, OBSERVER, seed_is_told=True)
                    archive.writestr(log_name(round_.number, table.number), msgspec.json.encode(log))
    return file.getvalue()


def content(tournament: Tournament) -> dict[str, Any]:
    """Returns everything but the logs, as plain data."""
    table = ranking.table(tournament)
    # The others may still be played, when the tournament is opened again.
    numbers = list(tournament.played.order_by("number").values_list("number", flat=True))
    return {
        "format": FORMAT,
        "code": tournament.code,
        "title": tournament.title,
        "scenario": tournament.scenario,
        "written": library.written_of(tournament.scenario),
        "settings": json.loads(tournament.settings),
        "rounds": tournament.rounds,
        "system": tournament.system,
        "filling": tournament.filling,
        "rules": ranking.rules_of(tournament)._asdict(),
        "seats": list(rounds.scenario_of(tournament).seats),
        "blocs": list(rounds.blocs_of(rounds.scenario_of(tournament))),
        "seeds": [
            {
                "round": number,
                "game": tournament.seed_of("game", number),
                "draw": tournament.seed_of("draw", number),
                "game_digest": tournament.commitment("game", number),
                "draw_digest": tournament.commitment("draw", number),
            }
            for number in numbers
        ],
        "players": [
            {
                "number": one.number,
                "name": one.name,
                "team": one.team,
                "entered": one.entered,
                "withdrew": one.withdrew,
                "carried": one.carried,
            }
            for one in tournament.players.order_by("number")
        ],
        "played": [_round(one) for one in tournament.played.order_by("number")],
        "adjustments": [
            [one.player.number, one.points, one.reason]
            for player in tournament.players.order_by("number")
            for one in player.adjustments.select_related("player")
        ],
        "changes": [_change(one) for one in tournament.changes.order_by("pk")],
        "standings": [
            {"rank": line.rank, "player": line.player, "score": line.score, "ties": list(line.ties)}
            for line in table.lines
        ],
    }


def _change(one: Change) -> dict[str, Any]:
    told: dict[str, Any] = {"who": one.who, "what": one.what, "detail": one.detail, "digest": one.digest}
    if one.what in FOR_ALL and one.words:
        told |= {"words": one.words, "salt": one.salt}
    return told


def _round(one: Round) -> dict[str, Any]:
    return {
        "number": one.number,
        "entrants": one.entrants,
        "drawn": one.drawn,
        "pars": one.pars,
        "places": [
            {
                "table": place.table,
                "seat": place.seat,
                "player": place.player.number if place.player else 0,
                "kind": place.kind,
                "figures": place.figures,
                "spoilt": place.spoilt,
            }
            for place in one.places.select_related("player").order_by("table", "pk")
        ],
    }
