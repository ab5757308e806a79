"""check, is_bundle: does the file of a tournament say what its seeds, its logs and its rules come to?

Nothing is believed but the rules of this program: draws are drawn again, games are replayed, results are read out of their
logs, standings are worked out. Where a result differs from its log, a public correction must say so.
"""

from __future__ import annotations

import io
import json
import math
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from game import events as e
from game.play import Settings
from negotiation.rooms.chain import hidden
from negotiation.rooms.exports import LogFile
from negotiation.rooms.verification import CannotCheck, Report, check_file
from negotiation.tournaments import drawing, par, reading, standings
from negotiation.tournaments.bundle import FORMATS, MAIN, log_name
from negotiation.tournaments.draws import solver_version
from negotiation.tournaments.models import committed, linked
from negotiation.tournaments.scores import FEW_TABLES, Par, Result, Rules
from negotiation.tournaments.standings import Adjustment, Entry

SAME = 1e-9
LARGEST = 500 * 1024 * 1024
"""Bytes that a file may have when it is unpacked."""


def is_bundle(data: bytes) -> bool:
    """Tells whether a file may be that of a tournament."""
    return data[:2] == b"PK"


def check(data: bytes) -> Report:
    """Works the tournament of a file out again. Raises `CannotCheck` where it is none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(one.file_size for one in archive.infolist()) > LARGEST:
            raise CannotCheck("This file is too large to be a tournament.")
        told = json.loads(archive.read(MAIN))
        logs = {name: archive.read(name) for name in archive.namelist() if name != MAIN}
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise CannotCheck(f"This is no file of a tournament: it must be a ZIP with {MAIN}.") from None
    if not isinstance(told, dict) or told.get("format") not in FORMATS:
        raise CannotCheck(f"This file has another form; this program reads {FORMATS[-1]}.")
    report = Report(f"Tournament {told.get('code')} ({told.get('scenario')}), {len(told.get('players', []))} players.")
    try:
        report.add(_seeds(told), "Every seed is the one whose digest was published before.")
        believed = sum(_is_withheld(one) for one in told["changes"])
        report.add(
            _changes(told),
            f"The chain of {len(told['changes'])} changes is whole"
            + (
                f"; of {believed} old ones the digest is believed, for it covers words that are withheld."
                if believed
                else "."
            ),
        )
        _draws(report, told)
        report.add(_pars(told), "Par is what games among bots come to.")
        report.add(_places(told), "Everybody sits where the draw says, once a round.")
        report.add(
            _games(told, logs),
            f"{len(logs)} games replay to the results that are counted, or a correction says why not.",
        )
        report.add(_standings(told), "The standings are what the rules of scoring make of these results.")
    except (KeyError, TypeError, ValueError, IndexError, msgspec.MsgspecError) as error:
        report.wrong.append(f"Something is missing or cannot be read: {type(error).__name__} {error}")
    return report


def _seeds(told: dict[str, Any]) -> Iterator[str]:
    # The first form told the seeds of all rounds, also where not all were played.
    numbers = [one["round"] for one in told["seeds"]]
    if numbers not in (list(range(1, len(told["played"]) + 1)), list(range(1, told["rounds"] + 1))):
        yield "There is not one seed for each round."
    for one in told["seeds"]:
        for purpose in ("game", "draw"):
            if committed(one[purpose]) != one[f"{purpose}_digest"]:
                yield f"The {purpose} seed of round {one['round']} is not the one whose digest was published."


def _is_withheld(change: dict[str, Any]) -> bool:
    """Tells whether a change's digest covers words that are not in the file, so that it cannot be worked out."""
    return change["detail"].get("reason", "") is None and change.get("words") is None


def _reason(change: dict[str, Any]) -> str:
    return change["detail"].get("reason") or change.get("words") or ""


def _changes(told: dict[str, Any]) -> Iterator[str]:
    after = ""
    for n, one in enumerate(told["changes"], 1):
        detail, words = one["detail"], one.get("words")
        if "sealed" in detail and words is not None and hidden(one["salt"], words) != detail["sealed"]:
            yield f"The words of change {n} ({one['what']}) are others than those that were written down."
        if detail.get("reason", "") is None:
            detail = detail | {"reason": words}
        after = one["digest"] if _is_withheld(one) else linked(after, one["who"], one["what"], detail)
        if after != one["digest"]:
            yield f"Change {n} ({one['what']}) was altered, or one before it was."
            return
    given = [
        [one["detail"]["player"], one["detail"]["points"], _reason(one)]
        for one in told["changes"]
        if one["what"] == "adjusted"
    ]
    if sorted(map(str, given)) != sorted(map(str, told["adjustments"])):
        yield "Bonuses and penalties are not those that were written down."
    entered, carried = (
        {one["detail"]["player"]: one["detail"][name] for one in told["changes"] if one["what"] == "registered"}
        for name in ("entered", "carried")
    )
    withdrew: dict[int, int | None] = dict.fromkeys(entered)
    for one in told["changes"]:
        if one["what"] in ("withdrew", "came_back"):
            withdrew[one["detail"]["player"]] = one["detail"]["round"] if one["what"] == "withdrew" else None
    for player in told["players"]:
        number = player["number"]
        written = entered.get(number), withdrew.get(number), carried.get(number)
        if written != (player["entered"], player["withdrew"], player["carried"]):
            yield f"Player {number} did not enter or withdraw as was written down."


def _draws(report: Report, told: dict[str, Any]) -> None:
    edited = Counter(one["detail"]["round"] for one in told["changes"] if one["what"] == "edited")
    seeds = {one["round"]: one["draw"] for one in told["seeds"]}
    before: list[Any] = []
    byes: list[int] = []
    ahead: list[Any] = []
    again, other = 0, 0
    for one in told["played"]:
        number, drawn = one["number"], one["drawn"]
        if number != len(before) + 1:
            report.wrong.append(f"Round {len(before) + 1} is missing.")
            return
        question = {
            "entrants": one["entrants"],
            "before": before,
            "byes": byes,
            "blocs": told["blocs"],
            "seats": len(told["seats"]),
            "seed": seeds[number],
            "rounds": told["rounds"] - number + 1,
            "system": told["system"],
            "filling": told["filling"],
            "ahead": ahead,
        } | drawn.get("effort", {})
        sitting = sorted(n for table in drawn["seating"] for n in table if n > 0)
        if sorted([*sitting, *drawn["byes"]]) != sorted(entrant[0] for entrant in one["entrants"]):
            report.wrong.append(f"Round {number}: those drawn are not those who were to be drawn.")
        if drawn["edited"]:
            other += 1
            if not edited[number]:
                report.wrong.append(f"Round {number}: the draw was changed by hand, and no change says so.")
        elif drawn["solver"] != solver_version():
            other += 1
        else:
            found = drawing.answer(question)
            again += 1
            if [found.get("seating"), found.get("byes")] != [drawn["seating"], drawn["byes"]]:
                report.wrong.append(f"Round {number}: from this seed and these players another draw follows.")
        before.append(drawn["seating"])
        byes += drawn["byes"]
        ahead = drawn["ahead"]
    report.sound.append(
        f"{again} draws were drawn again; {other} were changed by hand or drawn by another version of the solver."
    )


def _places(told: dict[str, Any]) -> Iterator[str]:
    known = {one["number"] for one in told["players"]}
    for one in told["played"]:
        seats: dict[tuple[int, str], int] = {
            (place["table"], place["seat"]): place["player"] for place in one["places"] if place["table"]
        }
        drawn = {
            (number, seat): max(entrant, 0)
            for number, table in enumerate(one["drawn"]["seating"], 1)
            for seat, entrant in zip(told["seats"], table, strict=True)
        }
        if seats != drawn:
            yield f"Round {one['number']}: somebody sits where the draw has somebody else."
        twice = [
            n
            for n, count in Counter(place["player"] for place in one["places"] if place["player"]).items()
            if count > 1
        ]
        if twice:
            yield f"Round {one['number']}: player {twice[0]} is there twice."
        if any(place["player"] and place["player"] not in known for place in one["places"]):
            yield f"Round {one['number']}: there is no such player."


def _pars(told: dict[str, Any]) -> Iterator[str]:
    found: par.Pars = {}
    for one in told["played"]:
        few = len(one["drawn"]["seating"]) < FEW_TABLES
        if few and not found:
            found = par.reckoned(par.question(msgspec.convert(told["settings"], Settings), told["written"]))
        if one["pars"] != (found if few else {}):
            yield f"Round {one['number']}: par is not what games among bots come to."


def _games(told: dict[str, Any], logs: dict[str, bytes]) -> Iterator[str]:
    corrected: dict[tuple[int, int], dict[str, Any]] = {}
    for one in told["changes"]:
        if one["what"] == "corrected":
            corrected[one["detail"]["round"], one["detail"]["player"]] = one["detail"]["after"]
    seeds = {one["round"]: one["game"] for one in told["seeds"]}
    settings = msgspec.convert(told["settings"], Settings)
    rooms: set[str] = set()
    named = set()
    for one in told["played"]:
        number = one["number"]
        for table in range(1, len(one["drawn"]["seating"]) + 1):
            places = [place for place in one["places"] if place["table"] == table]
            name = log_name(number, table)
            named.add(name)
            where = f"Round {number}, table {table}"
            if name not in logs:
                yield from (
                    f"{where}: {place['seat']} has a result, and there is no log of a game."
                    for place in places
                    if place["kind"] in ("played", "left") and (number, place["player"]) not in corrected
                )
                continue
            report = check_file(logs[name])
            yield from (f"{where}: {wrong}" for wrong in report.wrong)
            file = msgspec.json.decode(logs[name], type=LogFile)
            if file.seed != seeds[number]:
                yield f"{where}: the game had another seed than the one that was published."
            if file.settings != settings or file.scenario != told["scenario"]:
                yield f"{where}: the game had other rules than the tournament."
            if file.room in rooms:
                yield f"{where}: this is the log of another table."
            rooms.add(file.room)
            yield from _results(where, number, places, file, corrected)
    for name in sorted(set(logs) - named):
        yield f"{name} belongs to no table."


def _results(
    where: str,
    number: int,
    places: list[dict[str, Any]],
    file: LogFile,
    corrected: dict[tuple[int, int], dict[str, Any]],
) -> Iterator[str]:
    events = [msgspec.convert(entry.event, e.AnyEvent) for entry in file.entries]
    end = next((event for event in reversed(events) if isinstance(event, e.Ended)), None)
    if end is None:
        yield f"{where}: the game never ended."
        return
    held = reading.presence(events)
    left = False
    for place in places:
        if after := corrected.get((number, place["player"])):
            if {"kind": place["kind"], **place["figures"]} != after:
                yield f"{where}: {place['seat']} is not what the correction says."
            continue
        score = next(one for one in end.outcome.scores if one.seat == place["seat"])
        said, share = place["figures"], held.get(place["seat"], 1.0)
        found = {name: getattr(score, name) for name in reading.NAMES} | {"joint": end.outcome.region["sum_G"]}
        if any(not math.isclose(said[name], value, abs_tol=SAME) for name, value in found.items()):
            yield f"{where}: {place['seat']} is counted with other figures than its game ended with."
        present = share >= reading.PRESENT_AT_LEAST
        allowed = {"bot"} if not place["player"] else {"played"} if present else {"left", "absent"}
        if place["kind"] not in allowed:
            yield f"{where}: {place['seat']} counts as {place['kind']}, and its log says otherwise."
        left |= place["kind"] == "left"
    if any(
        place["spoilt"] != (left and place["kind"] == "played")
        for place in places
        if (number, place["player"]) not in corrected
    ):
        yield f"{where}: who is protected because somebody left is not what the log says."


def _standings(told: dict[str, Any]) -> Iterator[str]:
    results, pars = [], {}
    for one in told["played"]:
        for place in one["places"]:
            told_of = {name: place[name] for name in ("table", "seat", "player", "kind", "spoilt")}
            results.append(Result(round=one["number"], **told_of, **place["figures"]))
        for seat, lenses in one["pars"].items():
            for lens, row in lenses.items():
                pars[one["number"], seat, lens] = Par(*row)
    entries = [Entry(p["number"], p["team"], p["entered"], p["withdrew"], p["carried"]) for p in told["players"]]
    lines = standings.standings(
        entries,
        results,
        Rules(**told["rules"]),
        rounds=max((one["number"] for one in told["played"]), default=0),
        adjustments=[Adjustment(*one) for one in told["adjustments"]],
        pars=pars,
    )
    if len(lines) != len(told["standings"]):
        yield "The standings leave somebody out."
    for line, said in zip(lines, told["standings"], strict=False):
        if (line.rank, line.player) != (said["rank"], said["player"]) or not math.isclose(
            line.score, said["score"], abs_tol=1e-6
        ):
            yield f"Place {said['rank']}: player {said['player']} with {said['score']:.3f}; the results come to player {line.player} with {line.score:.3f}."
            return
