"""hear, sweep: bots act in a room by the same service as people, after a commit and never in anybody's way.

One task a room, while there is something to do, and of several processes in that alone which has claimed its bots. A bot
sees its seat's `View` and nothing else; it thinks in a thread of its own, and one that thinks long in a process (`thinking`). Its
luck comes from the room's seed, the seat and the place in the log, so a server that was killed in the middle asks the same
question again and sends the same acts, which then have no second effect.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from django.conf import settings
from django.db import OperationalError

from game import bots
from game.bots import Bot
from game.bots.names import FILLERS, LONG
from game.decisions import AnyDecision, Decision, Ready
from game.observation import view
from game.play import Play
from game.records import Seat
from game.refusals import Refusal
from game.view import View
from negotiation.rooms import bell, claims, metrics, plays, services, thinking
from negotiation.rooms.database import db
from negotiation.rooms.log import Committed
from negotiation.rooms.models import Room
from negotiation.rooms.refusals import Reason
from negotiation.rooms.services import Who

logger = logging.getLogger(__name__)

MOST_TURNS = 40
"""Turns of one bot in one phase; then it is ready, whatever it wanted."""

PASSING = (Reason.BUSY, Reason.STORAGE_FULL, Reason.FAULT, Refusal.PAUSED)
"""Refusals that are no fault of the bot; the clock asks it again."""

_thoughts = ThreadPoolExecutor(1, thread_name_prefix="bots")
_tables: dict[int, Table] = {}


class Table:
    """The bots of one room."""

    def __init__(self, room_id: int) -> None:
        self.room_id = room_id
        self.n = -1
        """The place in the log at the last look; -1 when there was none, or when it failed."""
        self.task: asyncio.Task[None] | None = None
        self.is_mine = False
        self._again = False
        self._seen: dict[Seat, View] = {}
        self._turns: dict[tuple[int, int, Seat], int] = {}
        # Kept for the sake of what a bot has worked out about the scenario; memory of the game it has none.
        self._bots: dict[tuple[Seat, str], Bot] = {}

    def wake(self) -> None:
        self._again = True
        if self.task is None:
            self.task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        try:
            while self._again:
                self._again = False
                await asyncio.sleep(random.uniform(*settings.ROOMS_BOT_DELAY))
                self.is_mine = await db(claims.claim, self.room_id)
                for seat in await db(_bot_seats, self.room_id) if self.is_mine else ():
                    await self._turn(seat)
        except OperationalError as error:
            logger.warning("The bots of room %s wait for the database: %s", self.room_id, error)
            self._forget()
        except Exception:
            logger.exception("The bots of room %s stopped; the clock wakes them again.", self.room_id)
            self._forget()
        finally:
            self.task = None

    def _forget(self) -> None:
        self.n = -1
        self._seen.clear()

    async def _turn(self, seat: Seat) -> None:
        """Asks the bot of a seat what it does now, and does it."""
        found = await db(_look, self.room_id)
        if found is None or not _is_to_act(found[1], seat):
            return
        n, play = found
        self.n = n
        seen = view(play, seat)
        turn = self._turns.get((play.epoch, play.phase_no, seat), 0)
        if self._seen.get(seat) == seen or turn > MOST_TURNS:
            return
        self._seen[seat] = seen
        self._turns[play.epoch, play.phase_no, seat] = turn + 1
        decisions = (Ready(),) if turn == MOST_TURNS else await self._decisions(play, seat, n, seen)
        for i, decision in enumerate(decisions):
            now = await db(_look, self.room_id)
            if now is None or (now[1].epoch, now[1].phase_no) != (play.epoch, play.phase_no):
                return  # what was meant for a phase ends with it
            answer = await self._act(play, seat, f"{n}.{i}", cast(AnyDecision, decision))
            if not answer.ok:
                assert answer.refusal is not None
                if answer.refusal.code == Reason.ID_REUSED:
                    continue  # before a restart it came to another conclusion here, and that one holds
                if answer.refusal.code in PASSING:
                    self._forget()
                    return
                logger.warning("A bot's %s was refused: %s", type(decision).__name__, answer.refusal.code)
                # Nobody shall wait for a bot that does not know the rules.
                await self._act(play, seat, f"{n}.ready", Ready())
                self._seen.pop(seat, None)
                return

    async def _decisions(self, play: Play, seat: Seat, n: int, seen: View) -> Sequence[Decision]:
        """Returns what the bot of the seat decides; where one that thinks long came to nothing, what a simpler one does."""
        name = play.holder(seat).removeprefix("bot:")
        luck = hashlib.sha256(f"{play.draw_seed}|bot|{seat}|{n}".encode()).digest()
        if name in LONG:
            found = await thinking.thought(name, seen, luck)
            if found is not None:
                return found
            name = FILLERS["security_dilemma"]
        return await asyncio.get_running_loop().run_in_executor(_thoughts, self._think, name, seat, seen, luck)

    def _think(self, name: str, seat: Seat, seen: View, luck: bytes) -> Sequence[Decision]:
        """Returns what the bot decides; a bot that fails is ready. Runs in the bots' thread."""
        try:
            bot = self._bots.setdefault((seat, name), bots.get(name))
            return bot.decide(seen, random.Random(luck))
        except Exception:
            logger.exception("The bot %s failed in room %s.", name, self.room_id)
            return (Ready(),)

    async def _act(self, play: Play, seat: Seat, act_id: str, decision: AnyDecision) -> services.Answer:
        answer = await db(
            services.act,
            room_id=self.room_id,
            by=Who(seat=seat),
            decision=decision,
            act_id=f"{play.epoch}.{act_id}",
            epoch=play.epoch,
        )
        metrics.acted(type(decision), answer.refusal)
        return answer


def _is_to_act(play: Play, seat: Seat) -> bool:
    return is_live(play) and play.holder(seat).startswith("bot:")


def is_live(play: Play) -> bool:
    """Tells whether a bot may have something to do."""
    return play.phase not in ("lobby", "over") and play.paused_at is None


def _look(room_id: int) -> tuple[int, Play] | None:
    room = Room.objects.filter(pk=room_id).first()
    return (room.n, plays.fold(room)) if room else None


def _bot_seats(room_id: int) -> tuple[Seat, ...]:
    found = _look(room_id)
    if found is None:
        return ()
    play = found[1]
    return tuple(seat for seat in play.scenario.seats if _is_to_act(play, seat))


def hear(committed: Committed) -> None:
    """Wakes the bots of the room, if it has any that may act."""
    play = committed.play
    if not is_live(play) or not any(holder.startswith("bot:") for holder in play.holders):
        _tables.pop(committed.room_id, None)
        return
    _tables.setdefault(committed.room_id, Table(committed.room_id)).wake()


def hear_of(room_id: int) -> None:
    """Wakes the bots of a room in which another process has committed, if this one thinks for them."""
    table = _tables.get(room_id)
    if table is not None and table.is_mine:
        table.wake()


def rooms_held() -> list[int]:
    """Returns the rooms for whose bots this process thinks."""
    return [room_id for room_id, table in _tables.items() if table.is_mine]


async def sweep() -> None:
    """Wakes the bots of rooms that no commit of this process has woken: after a start, or for another process."""
    bell.answer_to(hear, hear_of)
    rooms = await db(_rooms_with_bots)
    for room_id, n in rooms.items():
        table = _tables.setdefault(room_id, Table(room_id))
        if table.n != n:
            table.wake()
    for room_id in [known for known in _tables if known not in rooms]:
        del _tables[room_id]


def _rooms_with_bots() -> dict[int, int]:
    return dict(Room.objects.filter(bots__gt=0, paused_at=None).values_list("pk", "n"))


def forget_all() -> None:
    """Lets every table go, and those who think for them; for the end of a process and of a test."""
    for table in _tables.values():
        if table.task is not None:
            table.task.cancel()
    _tables.clear()
    thinking.end()
