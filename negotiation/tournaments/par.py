"""question, reckoned, beside: par of a tournament's seats, for rounds of fewer than four tables.

`python -m negotiation.tournaments.par` reads a question as JSON and writes the answer: 200 games of a mixture of bots take seconds
of a processor, which rooms on the same machine shall not feel.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from game import scenario, scenario_file
from game.calibration import calibrate
from game.par import PLAYS, POOL
from game.play import Settings
from game.simulation import Plan
from negotiation.tournaments.drawing import GENTLY, LONGEST, ROOT, DrawingFailed

LENSES = ("total", "R")
Pars = dict[str, dict[str, list[float]]]
"""By seat and lens, mean and standard deviation in points."""


def question(settings: Settings, written: dict[str, Any] | None) -> dict[str, Any]:
    """Returns what par depends on; `written` is what is written of a scenario of somebody's own."""
    return {
        "scenario": settings.scenario,
        "version": settings.version,
        "written": written,
        "rounds": settings.rounds,
        "windows": settings.windows,
        "crises": settings.crises,
        "aftermath": settings.aftermath,
    }


def reckoned(asked: dict[str, Any]) -> Pars:
    """Returns par of Total and R at every seat."""
    name, version = asked["scenario"], asked["version"]
    one = scenario_file.made(asked["written"], name, version) if asked["written"] else scenario.load(name, version)
    plan = Plan(
        scenario=one,
        cast=dict.fromkeys(one.seats, POOL),
        plays=PLAYS,
        rounds=asked["rounds"],
        shadow=asked["aftermath"],
        windows=asked["windows"],
        crises=asked["crises"],
    )
    par = calibrate(plan)
    return {seat: {lens: [par[seat][lens].mean, par[seat][lens].sd] for lens in LENSES} for seat in one.seats}


def beside(asked: dict[str, Any]) -> Pars:
    """Returns the same, worked out in another process. Raises `DrawingFailed`."""
    command = [sys.executable, "-m", "negotiation.tournaments.par"]
    run = subprocess.run(
        command,
        cwd=ROOT,
        input=json.dumps(asked),
        capture_output=True,
        check=False,
        text=True,
        timeout=LONGEST,
        **GENTLY,
    )
    if run.returncode:
        raise DrawingFailed(run.stderr[-500:])
    found: Pars = json.loads(run.stdout)
    return found


if __name__ == "__main__":
    json.dump(reckoned(json.load(sys.stdin)), sys.stdout)
