"""begin, draw_now: the draw of a round, worked out in a process of its own, so that rooms on the same machine do not feel it.

`python -m negotiation.tournaments.drawing` reads a question as JSON and writes lines of progress and then the draw. The same
question with the same version of the solver has the same answer, here and at anybody's desk.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from django.conf import settings

from negotiation.tournaments.draws import SWAPS, WORK, CannotDraw, draw
from negotiation.tournaments.history import Entrant, History

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = 300.0
"""Seconds after which a draw is given up."""

GENTLY: dict[str, Any] = {"preexec_fn": lambda: os.nice(settings.GIVE_WAY)} if hasattr(os, "nice") else {}
"""How a process is started that shall leave the rooms of this machine their time."""


class DrawingFailed(Exception):
    """The process of the draw ended without one."""


def answer(question: dict[str, Any], tell: Any = None) -> dict[str, Any]:
    """Returns the draw for a question: entrants, rounds before, byes, blocs, seats, seed, rounds, system, filling, ahead.

    Where there is none, it has only `refusal`.
    """
    history = History(question["before"], blocs=question["blocs"])
    for number in question["byes"]:
        history.byes[number] += 1
    try:
        found = draw(
            [Entrant(*one) for one in question["entrants"]],
            history,
            seats=question["seats"],
            seed=question["seed"],
            rounds=question["rounds"],
            system=question["system"],
            filling=question["filling"],
            ahead=question["ahead"],
            progress=tell,
            swaps=question.get("swaps", SWAPS),
            work=question.get("work", WORK),
        )
    except CannotDraw as refused:
        return {"refusal": refused.said}
    plain: dict[str, Any] = json.loads(json.dumps(found._asdict()))
    plain["effort"] = {"swaps": question.get("swaps", SWAPS), "work": question.get("work", WORK)}
    return plain


def draw_now(question: dict[str, Any], tell: Any = None) -> dict[str, Any]:
    """Works a draw out in another process; `tell` gets each line of progress. Raises `DrawingFailed`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "negotiation.tournaments.drawing"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **GENTLY,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    over = threading.Timer(LONGEST, process.kill)
    over.start()
    last = ""
    try:
        process.stdin.write(json.dumps(question))
        process.stdin.close()
        for line in process.stdout:
            last = line
            if tell is not None and "share" in (told := json.loads(line)):
                tell(told)
        problem = process.stderr.read()
    finally:
        over.cancel()
        process.stdout.close()
        process.stderr.close()
        process.wait()
    if process.returncode or not last:
        raise DrawingFailed(problem[-500:] or "the draw took too long")
    found: dict[str, Any] = json.loads(last)
    return found


def main() -> None:
    """Answers the question on the standard input."""
    question = json.load(sys.stdin)

    def tell(share: float, cost: int) -> None:
        sys.stdout.write(json.dumps({"share": round(share, 2), "cost": cost}) + "\n")
        sys.stdout.flush()

    sys.stdout.write(json.dumps(answer(question, tell)) + "\n")


if __name__ == "__main__":
    main()
