"""One server process, a laptop's only one or one of several: daphne with pages, sockets, static files and the rooms' clock.

`EmbeddedServer`. It ends in order: takes nobody more, closes the sockets as a restart (1012), lets what has begun be
committed and answered for up to 5 s. Importing this module installs twisted's reactor.
"""

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import Callable
from typing import Any

from daphne.server import Server  # isort: skip  (twisted wants to be imported by daphne first)
from daphne.ws_protocol import WebSocketProtocol
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from twisted.internet import defer, reactor
from twisted.internet.error import ReactorNotRunning
from twisted.internet.tcp import Server as Connection

from negotiation import garbage
from negotiation.asgi import application
from negotiation.rooms import clock, database, drivers

logger = logging.getLogger(__name__)

WEBSOCKET_BYTES = 1024 * 1024
"""Autobahn bounds what is sent by the same number as what is received: a whole view of eight rounds with six seats
takes some 200 KB. What a client may send, `limits.MESSAGE_BYTES` bounds."""


class StaticFiles(ASGIStaticFilesHandler):
    """Serves the apps' own static files without a collecting step; a browser asks again for each, so none is ever old."""

    def serve(self, request: HttpRequest) -> HttpResponse:  # type: ignore[override]  # the stubs forget "not modified"
        try:
            response: HttpResponse | FileResponse = super().serve(request)
        except SuspiciousOperation:  # a path that leads out of the folder is no mistake of ours
            raise Http404 from None
        if isinstance(response, FileResponse):
            # Whole, for Django complains about a stream read in another thread, and these files are small.
            with contextlib.closing(response) as file:
                response = HttpResponse(b"".join(file), headers=dict(file.headers))
        response["Cache-Control"] = "no-cache"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class PromptConnection(Connection):
    """Writes what it is given at once where the socket takes it.

    Twisted's own waits until the loop has been told, and then tells, that the socket can be written: three calls to the
    kernel for each frame where one will do.
    """

    def write(self, data: bytes) -> None:
        if self.dataBuffer or self._tempDataBuffer or not self.connected or self.disconnecting or not data:
            super().write(data)  # type: ignore[no-untyped-call]  # twisted types nothing here
            return
        written = self.writeSomeData(data)
        if not isinstance(written, int) or written < 0:
            written = 0  # The connection is lost; the loop finds the same and says so to everybody concerned.
        if written < len(data):
            super().write(data[written:])  # type: ignore[no-untyped-call]


RESTART = 1012
PATIENCE = 5.0
"""Seconds that acts and pages which have begun may take when the server ends."""


class EmbeddedServer(Server):  # type: ignore[misc]  # daphne carries no types
    """Daphne with this project's limits; calls `listening` with the port, or `failed` with the reason."""

    def __init__(self, endpoint: str, *, listening: Callable[[int], None], failed: Callable[[str], None]) -> None:
        super().__init__(
            StaticFiles(application),  # type: ignore[arg-type]  # it takes any ASGI application
            endpoints=[endpoint],
            http_timeout=60,
            websocket_connect_timeout=30,
            websocket_max_message_size=WEBSOCKET_BYTES,
            websocket_max_frame_size=WEBSOCKET_BYTES,
            # The rooms beat themselves, where a page can see it; a ping on top would end sockets of sleeping phones.
            # Daphne takes 0 for "at every look", which is every 2 s.
            ping_interval=math.inf,
            # It goes by the clock on the wall; when that is put right, nobody shall lose a socket.
            websocket_timeout=-1,
            application_close_timeout=5,
            server_name="",
            ready_callable=self.start_clock,
        )
        self.listening = listening
        self.failed = failed
        self.port: Any = None
        self.clock: asyncio.Task[None] | None = None

    def start_clock(self) -> None:
        """Puts the clock on the loop, which begins to turn right after."""
        garbage.spare()
        loop = asyncio.get_event_loop()
        loop.call_later(garbage.AGAIN, self.look_again)
        self.clock = loop.create_task(keep_time(), name="clock")

    def look_again(self) -> None:
        garbage.look_again()
        asyncio.get_event_loop().call_later(garbage.AGAIN, self.look_again)

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        self.port = port
        port.transport = PromptConnection
        # Only a turning loop answers, so nobody is told an address before.
        reactor.callWhenRunning(self.listening, port.getHost().port)

    def listen_error(self, failure: Any) -> None:
        self.failed(failure.getErrorMessage())
        self.stop()

    def stop_soon(self) -> None:
        """Ends the server in order; from any thread, and more than once if need be."""

        def end() -> None:
            with contextlib.suppress(ReactorNotRunning):
                self.stop()

        reactor.callFromThread(end)

    def kill_all_applications(self) -> "defer.Deferred[None]":
        """Ends in order; daphne calls it before the loop stops, and waits."""
        ending = defer.Deferred.fromFuture(asyncio.ensure_future(self.wind_up()))
        # Twisted would drop the reason in silence and end at once.
        ending.addErrback(lambda failure: logger.error("The end was not in order: %s", failure.getErrorMessage()))
        return ending

    async def wind_up(self) -> None:
        """Takes nobody more, sends the sockets away, and lets what has begun come to its end."""
        if self.clock is not None:
            self.clock.cancel()
        drivers.forget_all()
        if self.port is not None:
            await self.port.stopListening().asFuture(asyncio.get_running_loop())
        for protocol in list(self.connections):
            if isinstance(protocol, WebSocketProtocol):
                send_away(protocol)
        end = time.monotonic() + PATIENCE
        while (database.in_flight() or self.applications()) and time.monotonic() < end:  # noqa: ASYNC110 (two kinds of work)
            await asyncio.sleep(0.02)
        left = self.applications()
        for application_instance in left:
            application_instance.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def applications(self) -> "list[asyncio.Future[None]]":
        """Returns what still serves somebody."""
        found = (details.get("application_instance") for details in self.connections.values())
        return [one for one in found if one is not None and not one.done()]


def send_away(protocol: WebSocketProtocol) -> None:
    """Closes a socket as a restart; autobahn's own way to close knows only 1000 and codes of one's own."""
    if protocol.state == WebSocketProtocol.STATE_OPEN:
        protocol.sendCloseFrame(code=RESTART, isReply=False)
    else:
        protocol.handle_reply({"type": "websocket.close"})


async def keep_time() -> None:
    """Runs the rooms' clock and starts it anew after an error: a clock that died in silence would stop every game."""
    while True:
        try:
            await clock.run()
        except Exception:
            logger.exception("The clock stopped and starts again.")
        await asyncio.sleep(1)
