"""The standings of a tournament worked out from its file by other means: no line of the program is used, and none was copied.

Written from the rules alone: who was drawn where, the logs, the public changes. Exact fractions wherever a sum is compared.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from fractions import Fraction
from typing import Any

Score = dict[int, Fraction]


def recount(data: bytes) -> list[tuple[int, Fraction]]:
    """Returns the players with their scores, the best first, those who withdrew last; equal ones in any order."""
    file = zipfile.ZipFile(io.BytesIO(data))
    told = json.loads(file.read("tournament.json"))
    names = set(file.namelist())
    changes = told["changes"]
    entered = {c["detail"]["player"]: c["detail"]["entered"] for c in changes if c["what"] == "registered"}
    gone: dict[int, int] = {}
    fixed: dict[tuple[int, int], dict[str, Any]] = {}
    missing: dict[tuple[int, int], str] = {}
    extra: dict[int, Fraction] = defaultdict(Fraction)
    for c in changes:
        d = c["detail"]
        if c["what"] == "withdrew":
            gone[d["player"]] = d["round"]
        elif c["what"] == "came_back":
            gone.pop(d["player"], None)
        elif c["what"] == "corrected":
            fixed[d["round"], d["player"]] = d["after"]
        elif c["what"] in ("excused", "absent"):
            missing[d["round"], d["player"]] = c["what"]
        elif c["what"] == "expected":
            missing.pop((d["round"], d["player"]), None)
        elif c["what"] == "adjusted":
            extra[d["player"]] += Fraction(d["points"])
    worth: dict[int, dict[int, Fraction | str]] = defaultdict(dict)
    played = len(told["played"])
    for number, round_ in enumerate(told["played"], 1):
        tables = round_["drawn"]["seating"]
        at_seat: dict[str, list[tuple[int, float, float, bool]]] = defaultdict(list)
        for t, sitting in enumerate(tables, 1):
            name = f"logs/round-{number}-table-{t}.json"
            end, present = ended(json.loads(file.read(name))) if name in names else (None, {})
            rows = []
            for seat, player in zip(told["seats"], sitting, strict=True):
                if player < 0:
                    continue
                after = fixed.get((number, player))
                if after is not None:
                    rows.append((seat, player, after["kind"], after.get("total"), after.get("R")))
                elif present.get(seat) == 0:
                    rows.append((seat, player, "absent", None, None))
                elif end is None:
                    rows.append((seat, player, "unfinished", None, None))
                elif present[seat] < 0.5:
                    rows.append((seat, player, "left", None, None))
                else:
                    rows.append((seat, player, "played", *end[seat]))
            spoilt = any(row[2] == "left" for row in rows)
            for seat, player, kind, total, relative in rows:
                if kind == "played":
                    assert total is not None
                    assert relative is not None
                    at_seat[seat].append((player, total, relative, spoilt))
                else:
                    worth[player][number] = kind
        for people in at_seat.values():
            field = max(len(tables), len(people))
            for player, total, relative, spoilt in people:
                halves = [
                    sum(2 if mine > other else 1 if mine == other else 0 for other in others) - 1
                    for mine, others in ((total, [p[1] for p in people]), (relative, [p[2] for p in people]))
                ]
                both = (
                    sum(Fraction(100) * (Fraction(h + 1) * field / len(people) - 1) / (2 * field - 2) for h in halves)
                    / 2
                )
                worth[player][number] = max(both, Fraction(50)) if spoilt else both
        for player in round_["drawn"]["byes"]:
            worth[player].setdefault(number, "bye")
    found = []
    for player, first in entered.items():
        own = [value for value in worth[player].values() if isinstance(value, Fraction)]
        mean = sum(own, Fraction(0)) / len(own) if own else Fraction(50)
        score = extra[player]
        for number in range(1, played + 1):
            if number < first or (player in gone and number >= gone[player]):
                continue
            value = worth[player].get(number, missing.get((number, player), "absent"))
            if isinstance(value, Fraction):
                score += value
            elif value == "unfinished":
                score += 50
            elif value == "excused":
                score += min(mean, Fraction(50))
            elif value == "bye":
                score += max(mean, Fraction(50))
        found.append((player in gone and gone[player] <= played, -score, player))
    return [(player, -score) for _, score, player in sorted(found)]


def ended(log: dict[str, Any]) -> tuple[dict[str, tuple[float, float]] | None, dict[str, float]]:
    """Returns Total and R by seat from the last entry that ends the game, and in what share of rounds each seat had a person."""
    scores = None
    holder: dict[str, str] = {}
    rounds: dict[int, dict[str, bool]] = {}
    for entry in log["entries"]:
        event = entry["event"]
        if event["type"] == "seated":
            holder[event["seat"]] = event["holder"]
        elif event["type"] == "phase" and event["phase"] == "orders":
            rounds[event["round"]] = {seat: held == "people" for seat, held in holder.items()}
        elif event["type"] == "ended":
            scores = {one["seat"]: (one["total"], one["R"]) for one in event["outcome"]["scores"]}
    present = (
        {seat: sum(one.get(seat, False) for one in rounds.values()) / len(rounds) for seat in holder} if rounds else {}
    )
    return scores, present
