"""spare, look_again: keeps Python's full garbage collections short while many sockets are open.

A full collection walks through everything that lives: 0.14 s with a thousand sockets, in which every room waits. What has
lived through one is spared the next ones, and looked at again every ten minutes: what was garbage among it goes then.
"""

import gc

AGAIN = 600.0
"""Seconds."""


def spare() -> None:
    """Spares what lives through a full collection, from now on."""
    if _spare_survivors not in gc.callbacks:
        gc.callbacks.append(_spare_survivors)


def look_again() -> None:
    """Lets the next full collection look at everything."""
    gc.unfreeze()


def _spare_survivors(phase: str, info: dict[str, int]) -> None:
    if phase == "stop" and info["generation"] == 2:
        gc.freeze()
