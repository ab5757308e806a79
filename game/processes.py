"""processes: a `map` over several processes that tells how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from game.simulation import Given, Made, Mapper


@contextmanager
def processes(jobs: int, progress: str = "") -> Iterator[Mapper | None]:
    """Lend a `map` over so many processes; None when there is but one and nobody is told of progress.

    `progress` says on the standard error how many parts are done ``{}`` of how many ``{}``.
    """
    told = partial(_counted, progress) if progress else (lambda mapper: mapper)
    if jobs == 1:
        yield told(map) if progress else None
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield told(pool.map)


def _counted(progress: str, mapper: Mapper) -> Mapper:
    """Return a `map` that tells how far it is: at a terminal in one line, elsewhere a line for each tenth."""
    in_place = sys.stderr.isatty()

    def counted(work: Callable[[Given], Made], given: Sequence[Given], /) -> Iterator[Made]:
        count = len(given)
        for done, made in enumerate(mapper(work, given), 1):
            yield made
            if in_place or 10 * done // count != 10 * (done - 1) // count:
                print(progress.format(done, count), end="\r" if in_place and done < count else "\n", file=sys.stderr)

    return counted
