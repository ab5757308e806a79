"""Counter, Histogram, gauge, acted, exposition: what an operator watches, in the text form of Prometheus.

Kept by each process for itself. Where several serve together, each leaves its figures in a file every few seconds, so that
whichever is asked tells of all, one `worker` each. Nothing here names a room, a person or a word.
"""

from __future__ import annotations

import json
import os
import threading
import time
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from negotiation.rooms.refusals import Refusal

STALE = 30.0
"""Seconds after which the file of a process counts as left behind."""

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
LATE = (0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 60.0)


class Sample(NamedTuple):
    """One line of a family: what follows the name, the label with its value, and the figure."""

    suffix: str
    label: str
    value: float


class Family(ABC):
    """A figure with its name, and what it is."""

    kind = "untyped"

    def __init__(self, name: str, says: str) -> None:
        self.name = name
        self.says = says
        FAMILIES.append(self)

    @abstractmethod
    def samples(self) -> Iterable[Sample]:
        """Return the lines of the family as they stand now."""


FAMILIES: list[Family] = []
_lock = threading.Lock()


class Counter(Family):
    """Counts what happened, by one label if it has any."""

    kind = "counter"

    def __init__(self, name: str, says: str, label: str = "") -> None:
        super().__init__(name, says)
        self.label = label
        self.counts: dict[str, float] = {} if label else {"": 0}

    def add(self, value: str = "") -> None:
        with _lock:
            self.counts[value] = self.counts.get(value, 0) + 1

    def samples(self) -> Iterable[Sample]:
        with _lock:
            counts = sorted(self.counts.items())
        return [Sample("", f'{self.label}="{value}"' if self.label else "", count) for value, count in counts]


class Histogram(Family):
    """Counts durations by their length."""

    kind = "histogram"

    def __init__(self, name: str, says: str, bounds: tuple[float, ...] = SECONDS) -> None:
        super().__init__(name, says)
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.sum = 0.0

    def observe(self, seconds: float) -> None:
        seconds = max(0.0, seconds)
        with _lock:
            self.counts[bisect_left(self.bounds, seconds)] += 1
            self.sum += seconds

    def samples(self) -> Iterable[Sample]:
        with _lock:
            counts, total = list(self.counts), self.sum
        so_far = 0
        found = []
        for bound, count in zip((*map(str, self.bounds), "+Inf"), counts, strict=True):
            so_far += count
            found.append(Sample("_bucket", f'le="{bound}"', so_far))
        return [*found, Sample("_sum", "", total), Sample("_count", "", so_far)]


class Gauge(Family):
    """Reads how much there is now."""

    kind = "gauge"

    def __init__(self, name: str, says: str, read: Callable[[], float]) -> None:
        super().__init__(name, says)
        self.read = read

    def samples(self) -> Iterable[Sample]:
        return [Sample("", "", self.read())]


ACTS = Counter("talks_acts_total", "Acts committed, of people and bots.", "decision")
REFUSALS = Counter("talks_refusals_total", "Messages refused.", "code")
COMMIT = Histogram("talks_commit_seconds", "From the receipt of a person's act to its commit.")
DELIVERY = Histogram("talks_delivery_seconds", "From the receipt of the newest act to its update on a socket.")
LATENESS = Histogram("talks_deadline_late_seconds", "How long after a deadline it was fired; 1 s is grace.", LATE)
BELLS = Counter("talks_bell_failures_total", "Bells that other processes did not hear, and ears that failed.", "part")
DIVERGENCES = Counter("talks_divergences_total", "Views that were not what had been sent; healed by a whole view.")
CLOSES = Counter("talks_sockets_closed_total", "Sockets that the server closed.", "code")


def acted(kind: type, refusal: Refusal | None, seconds: float | None = None) -> None:
    """Counts an answered act; `seconds` since its receipt, for people's."""
    if refusal is not None:
        REFUSALS.add(refusal.code)
        return
    ACTS.add(str(kind.__struct_config__.tag))  # type: ignore[attr-defined]  # every decision is a tagged struct
    if seconds is not None:
        COMMIT.observe(seconds)


def _memory() -> float:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):  # no Linux
        return 0.0
    return float(pages * os.sysconf("SC_PAGE_SIZE"))


Gauge("process_resident_memory_bytes", "Memory of this process.", _memory)
Gauge("process_start_time_seconds", "When this process started, UTC.", lambda started=time.time(): started)  # type: ignore[misc]  # noqa: B008 (meant: now)


def exposition(folder: Path | None = None) -> str:
    """Returns the figures of this process, and of those whose files lie in the folder."""
    workers = {str(os.getpid()): _figures()}
    if folder is not None:
        workers |= _others(folder)
    lines = []
    for family in FAMILIES:
        lines += [f"# HELP {family.name} {family.says}", f"# TYPE {family.name} {family.kind}"]
        for worker, figures in workers.items():
            for suffix, label, value in figures.get(family.name, ()):
                labels = ",".join(part for part in (label, f'worker="{worker}"') if part)
                lines.append(f"{family.name}{suffix}{{{labels}}} {value:.12g}")
    return "\n".join(lines) + "\n"


def leave(folder: Path) -> None:
    """Writes the figures of this process to where the others find them, and clears what dead ones left."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f"{os.getpid()}.unfinished"
    unfinished.write_text(json.dumps(_figures()))
    unfinished.replace(folder / f"{os.getpid()}.json")
    for path in folder.glob("*.json"):
        if _is_stale(path):
            path.unlink(missing_ok=True)


def _figures() -> dict[str, Any]:
    return {family.name: list(family.samples()) for family in FAMILIES}


def _others(folder: Path) -> dict[str, Any]:
    found = {}
    for path in sorted(folder.glob("*.json")):
        if path.stem != str(os.getpid()) and not _is_stale(path):
            try:
                found[path.stem] = json.loads(path.read_text())
            except (OSError, ValueError):  # just being replaced, or cleared
                continue
    return found


def _is_stale(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > STALE
    except OSError:
        return True
