"""Seat, LOADS: what the bench plays. Real seats in a running game, and people who watch.

A page's part of the protocol and no more: it draws, and says so as `static/room/socket.js` does.
"""

from __future__ import annotations

import random
import re
import time
from typing import Any

from tests.faults.wire import Wire

ACK_MESSAGES, ACK_CHARACTERS, ACK_SECONDS = 8, 24_000, 5.0
UPDATE = re.compile(rb'"type":"update","epoch":\d+,"n":(\d+)')
PHASE = re.compile(rb'"phase":"(\w+)","phase_no":\d+,"round":(\d+)')

WORDS = (
    "We could live with that, if the patrols stop first and the payments come in the same year, as you said yesterday. "
)


class Seat(Wire):
    """A socket that notes when it hears of each act; of the game it keeps the phase."""

    def __init__(self, home: str, code: str, token: str, *, lazily: bool) -> None:
        super().__init__(home, code, token)
        self.heard: list[float] = []
        self.phase, self.round = b"talk", 1
        self.refused = 0
        self._every = ACK_MESSAGES if lazily else 1
        self._drawn, self._characters, self._acked_at = 0, 0, time.monotonic()

    async def listen(self) -> None:
        while True:
            frame = await self._frame()
            is_update = b'"update"' in frame[:40]
            if is_update or b'"act"' in frame[:20]:
                self.heard.append(time.perf_counter())
            self.refused += b'"ok":false' in frame
            if is_update:
                if phase := PHASE.search(frame):
                    self.phase, self.round = phase[1], int(phase[2])
                await self._acknowledge(frame)

    async def _acknowledge(self, frame: bytes) -> None:
        self._drawn, self._characters = self._drawn + 1, self._characters + len(frame)
        late = time.monotonic() - self._acked_at > ACK_SECONDS
        if self._drawn >= self._every or self._characters >= ACK_CHARACTERS or late:
            found = UPDATE.search(frame)
            assert found
            await self.send({"type": "ack", "n": int(found[1])})
            self._drawn, self._characters, self._acked_at = 0, 0, time.monotonic()


def ready_only(_seat: Seat, _code: str, number: int, _rng: random.Random) -> dict[str, Any]:
    """Returns the cheapest public act; nobody but this seat is ever ready, so the game stands still."""
    return {"type": "ready", "ready": number % 2 == 0}


def mixed(seat: Seat, code: str, number: int, rng: random.Random) -> dict[str, Any]:
    """Returns what a player does: mostly public words, else what the phase asks for, so that rounds are played."""
    if rng.random() < 0.6:
        return {"type": "say", "text": WORDS + str(number)}
    match seat.phase:
        case b"talk" if rng.random() < 0.6:
            other = "JP" if code == "CN" else "CN"
            duty = {"by": other, "kind": "abstain", "what": "patrol", "to": code}
            package = {"sponsor": code, "duties": [duty]}
            return {"type": rng.choice(["draft", "propose"]), "package": package}
        case b"vote":
            return {"type": "vote", "text": f"{seat.round}a", "choice": rng.choice(["yes", "no", "abstain"])}
        case b"orders":
            return {"type": "order", "order": {"posture": rng.choice([0, 1])}}
        case _:
            return {"type": "ready"}


LOADS = {"ready": ready_only, "mixed": mixed}
