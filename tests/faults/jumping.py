"""Runs `manage.py` with a clock on the wall that a test may move: `python -m tests.faults.jumping FILE play ...`.

The file holds by how many seconds the clock is wrong. What measures durations (`time.monotonic`) is left alone, as it is
when a machine's clock is put right.
"""

from __future__ import annotations

import datetime
import os
import sys
import time
from pathlib import Path

from django.core.management import execute_from_command_line
from django.utils import timezone

_true_time = time.time


def keep_wrong(file: Path) -> None:
    """Makes `time.time` as wrong as the file says."""

    def wrong_time() -> float:
        return _true_time() + float(file.read_text() or 0)

    time.time = wrong_time
    timezone.now = lambda: datetime.datetime.fromtimestamp(wrong_time(), datetime.UTC)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiation.settings")
    keep_wrong(Path(sys.argv[1]))
    execute_from_command_line(["manage.py", *sys.argv[2:]])
