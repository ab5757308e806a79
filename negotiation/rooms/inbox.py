"""Inbox: the acts and questions of one socket, done one after the other.

In a task of its own, which exists only while there is something to do, so that neither a flood nor a slow database stops
the reading. It outlives the socket: what was received counts, whether or not its sender hears the answer.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

import msgspec

from game.decisions import AnyDecision, Inject, Publish, Recite, Reserve, Say, SetAgenda
from game.refusals import Refused
from negotiation.rooms import metrics, protocol, questions, services
from negotiation.rooms.conduct import OF_REFUSAL
from negotiation.rooms.database import db
from negotiation.rooms.feed import Feed
from negotiation.rooms.limits import INBOX, Bucket
from negotiation.rooms.models import Delegate
from negotiation.rooms.protocol import ActMessage, Ask
from negotiation.rooms.refusals import Declined, Reason, Refusal, of_rules
from negotiation.rooms.services import Gone, Who

TALK = (Say, Recite, Publish, SetAgenda, Reserve)
"""Decisions that are words."""
ANSWERS = {"act": "answer", "ask": "reply"}


class Inbox:
    """Takes messages within the sender's allowance and answers every one of them through `say`."""

    def __init__(self, feed: Feed, who: Who, say: Callable[[str], Awaitable[None]]) -> None:
        assert who.number is not None
        self._feed = feed
        self._who = who
        self._say = say
        self._allowance = feed.allowance(who.number)
        self._waiting: deque[tuple[ActMessage | Ask, float]] = deque()
        self._worker: asyncio.Task[None] | None = None

    async def put(self, message: ActMessage | Ask) -> None:
        """Takes the message, or says that it came too fast."""
        seconds = self._bucket(message).wait(time.monotonic())
        if seconds or len(self._waiting) >= INBOX:
            kind = "ask" if isinstance(message, Ask) else "act"
            await self.refuse(Refusal(Reason.TOO_FAST.value, {"seconds": round(seconds + 0.05, 1)}), kind, message.id)
            return
        self._waiting.append((message, time.time()))
        if self._worker is None:
            self._worker = asyncio.create_task(self._work())

    def _bucket(self, message: ActMessage | Ask) -> Bucket:
        if isinstance(message, Ask):
            return self._allowance.asks
        return self._allowance.talk if isinstance(message.decision, (*TALK, Inject)) else self._allowance.acts

    async def _work(self) -> None:
        try:
            while self._waiting:
                message, received_at = self._waiting.popleft()
                if isinstance(message, Ask):
                    await self._reply(message)
                else:
                    await self._act(message, received_at)
        except Gone:
            self._waiting.clear()
            self._feed.wake()  # which learns it too, and ends the socket
        finally:
            self._worker = None

    async def _act(self, message: ActMessage, received_at: float) -> None:
        if refusal := self._hindrance(message.decision):
            await self.refuse(refusal, "act", message.id)
            return
        answer = await db(
            services.act,
            room_id=self._feed.room_id,
            by=self._who,
            decision=message.decision,
            act_id=message.id,
            epoch=message.epoch,
            expect=message.expect,
            received_at=received_at,
        )
        metrics.acted(type(message.decision), answer.refusal, time.time() - received_at)
        if answer.refusal is not None:
            self._note(answer.refusal)
        await self._say(protocol.encode({"type": "answer", "id": message.id, **msgspec.to_builtins(answer)}))

    def _hindrance(self, decision: AnyDecision) -> Refusal | None:
        """Returns why this person may not do this here, by the rules of the house rather than of the game."""
        number = self._who.number
        if isinstance(decision, TALK):
            if self._feed.is_muted(number):
                return Refusal(Reason.MUTED.value)
            text = getattr(decision, "text", "")
            if self._who.role != Delegate.Role.FACILITATOR and (word := self._feed.filter.found_in(text)):
                return Refusal(Reason.WORD_NOT_ALLOWED.value, {"word": word})
        if holders := self._feed.left_to(number, decision):
            return Refusal(Reason.NOT_YOUR_OFFICE.value, {"offices": list(holders)})
        if agreed := self._feed.lacks_counsel(number, decision):
            return Refusal(Reason.NOT_AGREED.value, {"yes": agreed[0], "count": agreed[1]})
        return None

    async def _reply(self, message: Ask) -> None:
        try:
            answer = await questions.answer(self._feed, self._who, message.question)
        except Refused as refused:
            await self.refuse(of_rules(refused), "ask", message.id)
        except Declined as declined:
            await self.refuse(declined.refusal, "ask", message.id)
        else:
            await self._say(protocol.encode({"type": "reply", "id": message.id, "ok": True, "answer": answer}))

    def _note(self, refusal: Refusal) -> None:
        assert self._who.number is not None
        if (trouble := OF_REFUSAL.get(refusal.code)) is not None:
            self._feed.note(self._who.number, trouble)

    async def refuse(self, refusal: Refusal, kind: str = "", id_: str | None = None) -> None:
        """Says no, in the form that the sender of such a message waits for."""
        metrics.REFUSALS.add(refusal.code)
        self._note(refusal)
        plain = msgspec.to_builtins(refusal)
        if id_ is None or kind not in ANSWERS:
            await self._say(protocol.encode({"type": "error", "refusal": plain}))
        else:
            await self._say(protocol.encode({"type": ANSWERS[kind], "id": id_, "ok": False, "refusal": plain}))
