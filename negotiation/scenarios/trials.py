"""agreements_of, begin: games among bots, to see whether a scenario can be played and whether its seats are fair.

Many games run in a process of their own, so that a class on the same machine does not feel it; what they have come to so
far stands in the edition's row, where every process of the server finds it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from game import rulesets
from game.analysis import analyse
from game.scenario import Scenario
from game.simulation import MIXES, Plan, cast_of, simulate
from negotiation.scenarios.models import Edition

PLAYS, SHARE = 200, 20
LOOK = 4
"""Games by which it is seen whether anybody can agree on anything."""
LONGEST = 300.0
"""Seconds after which a trial is given up."""


def agreements_of(scenario: Scenario) -> float:
    """Returns how many texts bots agree on in a game, on the mean of a few games of people who want to agree.

    Of a scorable game that is 1 where any deal passes, and of a game without texts always.
    """
    if not rulesets.of(scenario).has_region:
        return 1.0 if scenario.scorable is None or analyse(scenario.scorable).told().passing else 0.0
    results = simulate(Plan(scenario=scenario, cast=cast_of(scenario, None, "mixed"), plays=LOOK))
    return fmean(result.carried - result.refused for result in results)


def begin(edition: Edition, mix: str = "motley") -> bool:
    """Begins a trial of `PLAYS` games unless one runs; returns whether it did."""
    assert mix in MIXES
    with transaction.atomic():
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        running = row.tried.get("state") == "running" and time.time() - row.tried.get("at", 0) < LONGEST
        if running:
            return False
        row.tried = {"state": "running", "done": 0, "plays": PLAYS, "mix": mix, "at": time.time()}
        row.save(update_fields=["tried"])
    threading.Thread(target=_play, args=(edition.pk, mix), daemon=True, name="trial").start()
    return True


def _play(pk: int, mix: str) -> None:
    try:
        edition = Edition.objects.get(pk=pk)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "scenario.json"
            file.write_text(edition.written, encoding="utf-8")
            found: list[dict[str, Any]] = []
            for seed in range(0, PLAYS, SHARE):
                found += _games(file, edition.rules, seed, mix)
                _keep(pk, {"state": "running", "done": seed + SHARE, "plays": PLAYS, "mix": mix, "at": time.time()})
        _keep(pk, {"state": "done", "done": PLAYS, "plays": PLAYS, "mix": mix} | _summary(found))
    except Exception as error:  # noqa: BLE001 (whatever ails the trial, its page says so and nothing else suffers)
        _keep(pk, {"state": "failed", "done": 0, "plays": PLAYS, "error": type(error).__name__})
    finally:
        connection.close()


def _games(file: Path, rules: int, seed: int, mix: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "game", "simulate", str(file), "--rules", str(rules), "--mix", mix, "--each"]
    command += ["--plays", str(SHARE), "--seed", str(seed), "--json"]
    nice = {"preexec_fn": lambda: os.nice(settings.GIVE_WAY)} if hasattr(os, "nice") else {}
    run = subprocess.run(
        command,
        cwd=settings.ROOT,
        capture_output=True,
        check=True,
        timeout=LONGEST,
        **nice,  # type: ignore[call-overload]
    )
    games: list[dict[str, Any]] = json.loads(run.stdout)["each"]
    return games


def _keep(pk: int, tried: dict[str, Any]) -> None:
    Edition.objects.filter(pk=pk).update(tried=tried)


def _summary(games: list[dict[str, Any]]) -> dict[str, Any]:
    """Returns by seat the mean and the spread of the total, and in what share of the games it had the most."""
    seats = list(games[0]["scores"])
    totals = {seat: [game["scores"][seat]["Total"] for game in games] for seat in seats}
    first = Counter(max(seats, key=lambda seat: game["scores"][seat]["Total"]) for game in games)
    return {
        "seats": [
            {
                "seat": seat,
                "mean": round(fmean(totals[seat]), 2),
                "sd": round(pstdev(totals[seat]), 2),
                "first": round(first[seat] / len(games), 3),
            }
            for seat in seats
        ],
        "culture": round(fmean(game["C"][-1] for game in games), 1),
        "arms": round(fmean(game["arms"] for game in games), 3),
    }
