"""room_socket: one WebSocket of one person, from the handshake to the last word.

It reads, decodes and passes on; no rule is here. A plain loop of its own, because the stock consumers start a thread for
every message (performance.md 5.1). What goes in is the `Inbox`'s, what goes out the `Pump`'s.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import OperationalError

from game.observation import OBSERVER
from negotiation.rooms import metrics, people, programs, protocol, services
from negotiation.rooms.conduct import Trouble
from negotiation.rooms.database import db
from negotiation.rooms.feed import Feed, enter
from negotiation.rooms.inbox import Inbox
from negotiation.rooms.limits import SOCKETS_PER_DELEGATE, SOCKETS_PER_ROOM
from negotiation.rooms.models import Delegate
from negotiation.rooms.protocol import Ack, Beat, Hello, Unreadable
from negotiation.rooms.pump import NOT_A_DELEGATE, Pump
from negotiation.rooms.refusals import Reason, Refusal

TOO_MANY_SOCKETS, NO_DATABASE, FLOOD = 4009, 4013, 4029
COOKIE = "seat"
PROJECTOR = b"view=projector"
"""Asks for what everybody may see, whoever asks: others read along."""

logger = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def room_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Serves one socket; the ASGI application at a room's address."""
    await receive()
    # Accepted first: a browser is told the reason of a close, but not that of a refused handshake.
    await send({"type": "websocket.accept"})
    code, bearer = scope["url_route"]["kwargs"]["code"], programs.bearer_of(scope["headers"])
    try:
        if bearer is None:
            delegate = await db(people.delegate_with, code, scope["cookies"].get(COOKIE))
        else:
            delegate = await db(people.delegate_with, code, bearer, is_program=True)
        feed = await enter(delegate.room_id) if delegate else None
    except OperationalError as error:
        logger.warning("A socket could not enter, for the database is away: %s", error)
        metrics.CLOSES.add(str(NO_DATABASE))
        await send({"type": "websocket.close", "code": NO_DATABASE})
        return
    if delegate is None or feed is None:
        await send({"type": "websocket.close", "code": NOT_A_DELEGATE})
    elif _is_crowded(feed, delegate):
        await send({"type": "websocket.close", "code": TOO_MANY_SOCKETS})
    else:
        is_public = scope.get("query_string", b"") == PROJECTOR
        await RoomSocket(feed, services.who(delegate), send, is_public=is_public).serve(receive)


def _is_crowded(feed: Feed, delegate: Delegate) -> bool:
    everybody = len(feed.sockets) + feed.elsewhere.total()
    # Those who play are few, for seats have limits; a crowd that watches shall not keep them out.
    is_full = delegate.role == Delegate.Role.OBSERVER and everybody >= SOCKETS_PER_ROOM
    return is_full or feed.sockets_of(delegate.number) >= SOCKETS_PER_DELEGATE


class RoomSocket:
    """A person's socket in a feed."""

    def __init__(self, feed: Feed, who: services.Who, send: Send, *, is_public: bool = False) -> None:
        assert who.number is not None
        self.feed = feed
        self.allowance = feed.allowance(who.number)
        self.inbox = Inbox(feed, who, self.say)
        self.pump = Pump(feed, who.viewer, who.number, who.version, self.say, self.close)
        if is_public:
            self.pump.show_all_the_same(OBSERVER)
        self._send = send

    async def say(self, text: str) -> None:
        # The page may be gone while word of it is still on the way to us; the server then refuses to send.
        with contextlib.suppress(RuntimeError):
            await self._send({"type": "websocket.send", "text": text})

    async def close(self, code: int) -> None:
        with contextlib.suppress(RuntimeError):
            await self._send({"type": "websocket.close", "code": code})

    async def serve(self, receive: Receive) -> None:
        """Reads until the socket closes. Acks and echoes are heard at once; the rest waits its turn in the inbox."""
        self.feed.join(self.pump)
        self.pump.wake()
        try:
            while (frame := await receive())["type"] == "websocket.receive":
                if self.allowance.messages.wait(time.monotonic()):
                    metrics.CLOSES.add(str(FLOOD))
                    self.feed.note(self.pump.number, Trouble.FLOOD)
                    await self.close(FLOOD)
                    break
                await self._hear(frame.get("text"))
        finally:
            self.pump.end()
            self.feed.leave(self.pump)

    async def _hear(self, text: str | None) -> None:
        self.pump.heard_at = time.monotonic()
        try:
            message = protocol.decode(text)
        except Unreadable as unreadable:
            await self.inbox.refuse(unreadable.refusal, unreadable.kind, unreadable.id)
            return
        match message:
            case Hello() if message.protocol != protocol.VERSION:
                await self.inbox.refuse(Refusal(Reason.OLD_PROTOCOL.value, {"speaks": protocol.VERSION}))
            case Hello() if seconds := self.allowance.asks.wait(time.monotonic()):
                # A whole view costs more than any question.
                await self.inbox.refuse(Refusal(Reason.TOO_FAST.value, {"seconds": round(seconds + 0.05, 1)}))
            case Hello():
                self.pump.hello(message.epoch, message.last, message.viewer)
            case Ack():
                self.pump.ack(message.n)
            case Beat():
                self.pump.echo(message.digests)
            case _:
                await self.inbox.put(message)
