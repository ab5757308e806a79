"""Pump: what one socket is sent, no faster than its client draws it.

Entries are never skipped; sections are sent as they are when their turn comes, so a slow client gets fewer. The client
says how far it has drawn (`ack`); one that draws nothing for 15 s is cut off and comes back when it can. A socket has no
task of its own for this: its feed gives it turns.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable

from game.play import Play
from game.sections import Viewer
from negotiation.rooms import log, metrics, protocol
from negotiation.rooms.conduct import Trouble
from negotiation.rooms.database import db
from negotiation.rooms.feed import Feed
from negotiation.rooms.sight import Sight, encoded

logger = logging.getLogger(__name__)

WINDOW = 64
"""Entries sent and not yet drawn."""
FRAMES, BYTES = 16, 256 * 1024
"""Messages and bytes sent and not yet drawn."""
NOT_A_DELEGATE, TOO_SLOW, FAULT = 4001, 4008, 1011
PAGE = 50
NOBODY = 0
"""The number of no person: people of a room are counted from 1."""
BEAT = 10.0
"""Seconds without word from us after which we send a beat."""
BEATS_APART = 30.0
"""Seconds after a beat at which the next comes, whatever was said meanwhile."""
PATIENCE = 15.0
SILENCE = 90.0
"""Seconds without a word after which nobody can be there: a page answers every beat."""


class Pump:
    """One socket's place in a feed. Instants are monotonic seconds, but for `now` on the wire."""

    def __init__(
        self,
        feed: Feed,
        viewer: Callable[[Play], Viewer],
        number: int,
        version: int,
        send: Callable[[str], Awaitable[None]],
        close: Callable[[int], Awaitable[None]],
    ) -> None:
        self.feed = feed
        self._viewer_in = viewer
        self._shown: Viewer | None = None
        self.number = number
        self._reader = number
        self.version = version
        self.heard_at = time.monotonic()
        self._send = send
        self._close = close
        self._has_ended = False
        self._resume: tuple[int | None, int] | None = None
        self._greeted = False
        self._epoch = self._n = self._serial = 0
        self._in_flight: deque[tuple[int, int]] = deque()
        self._progress_at = self.heard_at
        self._beat_at = self.heard_at + BEAT
        self._beaten_at = self.heard_at
        self._beat: dict[str, str] = {}
        self._alarm: asyncio.TimerHandle | None = None
        self._alarm_at = 0.0

    @property
    def viewer(self) -> Viewer:
        """Whose view this person has now; it changes when a bot is put into the seat, and again when it goes."""
        return self._viewer_in(self.feed.play)

    def show_all_the_same(self, viewer: Viewer) -> None:
        """Sends that viewer's view from the start, and no letters: what many people may read at once."""
        self._viewer_in = lambda _: viewer
        self._reader = NOBODY

    def wake(self) -> None:
        self.feed.give_turn(self)

    def hello(self, epoch: int | None, last: int, viewer: Viewer | None = None) -> None:
        """Brings what came after `last`, or a whole view, as soon as there is room for it."""
        if viewer is not None and viewer != self.viewer:
            epoch = None
        # What is on its way stays so: else a client that reads nothing would get views without end by asking anew.
        self._resume = (epoch, last)
        self.wake()

    def ack(self, n: int) -> None:
        """Notes that everything up to `n` has been drawn."""
        while self._in_flight and self._in_flight[0][0] <= n:
            self._in_flight.popleft()
            self._progress_at = time.monotonic()
        if self._resume is not None or self._lacks_something():
            self.wake()

    def echo(self, digests: dict[str, str]) -> None:
        """Takes the echo of a beat, once; another echo than the beat brings a whole view."""
        beat, self._beat = self._beat, {}
        if beat and digests != beat:
            metrics.DIVERGENCES.add()
            logger.error("A view of room %s (%s) diverged.", self.feed.room_id, self.viewer)
            self.hello(None, 0)

    async def turn(self) -> None:
        """Sends what is new, or closes the socket of who has left or draws nothing. The feed's call; it raises nothing."""
        if self._has_ended:
            return
        code = None
        try:
            if not self.feed.is_current(self.number, self.version):
                code = NOT_A_DELEGATE
            elif time.monotonic() >= self._deadline():
                code = TOO_SLOW
                self.feed.note(self.number, Trouble.SLOW)
            else:
                await self._deliver()
                self._set_alarm()
        except Exception:
            logger.exception("A socket of room %s failed.", self.feed.room_id)
            code = FAULT
        if code is not None and not self._has_ended:
            self.end()
            metrics.CLOSES.add(str(code))
            await self._close(code)

    def end(self) -> None:
        """Sends nothing more."""
        self._has_ended = True
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _set_alarm(self) -> None:
        """Sees to it that we wake when something falls due. What rings too early is set again, so it is rarely moved."""
        if self._has_ended:
            return
        due = min(self._beat_at, self._deadline())
        if self._alarm is not None:
            if self._alarm_at <= due:
                return
            self._alarm.cancel()
        self._alarm_at = due
        self._alarm = asyncio.get_running_loop().call_later(max(0.0, due - time.monotonic()), self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self.wake()

    def _deadline(self) -> float:
        if self._in_flight:
            return min(self._progress_at + PATIENCE, self.heard_at + SILENCE)
        return self.heard_at + SILENCE

    async def _deliver(self) -> None:
        viewer = self.viewer
        if self._greeted and viewer != self._shown:
            # What was numbered for the other viewer is of no account any more, nor are its acks.
            self._in_flight.clear()
            self._resume = None
            await self._greet(None, 0)
        if self._resume is not None and self._has_room():
            (epoch, last), self._resume = self._resume, None
            await self._greet(epoch, last)
        while self._greeted and self._has_room():
            # Each sending is a moment in which the game may have moved on, and the view may be another's.
            viewer = self.viewer
            sight = self.feed.sight(viewer)
            if not self._lacks(sight):
                break
            if viewer != self._shown or sight.epoch != self._epoch or not sight.has_since(self._n):
                # The game went back, or ended and opened its secrets, or the client lacks more than is at hand.
                await self._greet(None, 0)
            else:
                upto, body = sight.update(self._n, self._serial, self._room(), self._reader)
                is_news, self._n, self._serial = upto > self._n, upto, sight.serial_for(self._reader)
                await self._ship(upto, f"{body}{time.time():.3f}}}")
                if is_news:
                    metrics.DELIVERY.observe(time.time() - self.feed.news_at)
        if time.monotonic() >= self._beat_at:
            self._beaten_at = time.monotonic()
            self._beat_at = self._beaten_at + BEAT
            if self._greeted and not self._lacks_something():
                self._beat = self.feed.sight(self.viewer).digests()
                beat = {"type": "beat", "n": self._n, "now": round(time.time(), 3), "digests": self._beat}
                await self._send(protocol.encode(beat))

    def _lacks_something(self) -> bool:
        return self._lacks(self.feed.sight(self.viewer))

    def _lacks(self, sight: Sight) -> bool:
        return sight.n > self._n or sight.serial_for(self._reader) > self._serial

    def _room(self) -> int:
        drawn = self._in_flight[0][0] if self._in_flight else self._n
        return WINDOW - (self._n - drawn)

    def _has_room(self) -> bool:
        return self._room() > 0 and len(self._in_flight) < FRAMES and sum(size for _, size in self._in_flight) < BYTES

    async def _ship(self, n: int, text: str) -> None:
        now = time.monotonic()
        if not self._in_flight:
            self._progress_at = now
        self._beat_at = min(now + BEAT, self._beaten_at + BEATS_APART)
        self._in_flight.append((n, len(text)))
        await self._send(text)

    async def _greet(self, epoch: int | None, last: int) -> None:
        self._shown = viewer = self.viewer
        text, self._epoch, self._n, self._serial = await greeting(self.feed, viewer, self._reader, epoch, last)
        self._greeted = True
        await self._ship(self._n, text)


async def greeting(
    feed: Feed, viewer: Viewer, number: int, epoch: int | None = None, last: int = 0
) -> tuple[str, int, int, int]:
    """Returns the answer to a hello, and the epoch, entry and serial that it shows.

    A client that has everything up to `last` of this epoch gets an update with every section and the entries it lacks,
    any other a welcome: a whole view with the newest page of the record.
    """
    while True:
        sight = feed.sight(viewer)
        shown = (sight.epoch, sight.n, sight.serial_for(number))
        whole = epoch != sight.epoch or not sight.n - WINDOW <= last <= sight.n
        wanted = min(PAGE, sight.n) if whole else sight.n - last
        first = sight.n - wanted
        if sight.has_since(first):
            entries = sight.since(first, wanted)
        else:
            lines = await db(log.newest, feed.room_id, sight.bit, upto=feed.n, limit=wanted)
            if shown != (sight.epoch, sight.n, sight.serial_for(number)):
                continue  # something happened while the database was asked
            entries = [encoded(line, first + i, viewer) for i, line in enumerate(lines, 1)]
        return sight.greeting(entries, first, number, whole=whole), *shown
