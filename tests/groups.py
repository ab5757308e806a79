"""Groups: the tests that stay together on one worker of a run, whichever worker that is.

The mark `xdist_group` would say the same at each test, but it says it to a name that pytest 9 no longer reads.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    # One cluster for all; and whoever waits for clocks, cuts and starts, which needs a worker and hardly a processor.
    "tests/workers/": "waiting",
    "tests/faults/": "waiting",
    "tests/rooms/test_twins.py": "waiting",
    # Each game is simulated once: what a section needs, the cells have simulated.
    "tests/game/test_simulation_tables.py": "simulated",
    # Games of bots that are over are played once.
    "tests/browser/test_debrief.py": "finished",
    "tests/browser/test_spectacle.py": "finished",
}
"""By the beginning of a test's address."""


class Groups(LoadScopeScheduling):
    """Hands out the largest groups first, and then one test after another."""

    def _split_scope(self, nodeid: str) -> str:
        return next((group for begins, group in TOGETHER.items() if nodeid.startswith(begins)), nodeid)
