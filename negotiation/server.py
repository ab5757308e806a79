"""The one server process of a laptop: daphne with pages, sockets, static files and the rooms' clock.

`EmbeddedServer`. Importing this module installs twisted's reactor.
"""

import asyncio
import contextlib
import logging
import math
from collections.abc import Callable
from typing import Any

from daphne.server import Server  # isort: skip  (twisted wants to be imported by daphne first)
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.http import FileResponse, HttpRequest, HttpResponse
from twisted.internet import reactor

from negotiation.asgi import application
from negotiation.rooms import clock

logger = logging.getLogger(__name__)

WEBSOCKET_BYTES = 1024 * 1024
"""Autobahn bounds what is sent by the same number as what is received: a whole view of eight rounds with six seats
takes some 200 KB. What a client may send, `limits.MESSAGE_BYTES` bounds."""


class StaticFiles(ASGIStaticFilesHandler):
    """Serves the apps' own static files without a collecting step; a browser asks again for each, so none is ever old."""

    def serve(self, request: HttpRequest) -> HttpResponse:  # type: ignore[override]  # the stubs forget "not modified"
        response: HttpResponse | FileResponse = super().serve(request)
        if isinstance(response, FileResponse):
            # Whole, for Django complains about a stream read in another thread, and these files are small.
            with contextlib.closing(response) as file:
                response = HttpResponse(b"".join(file), headers=dict(file.headers))
        response["Cache-Control"] = "no-cache"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class EmbeddedServer(Server):  # type: ignore[misc]  # daphne carries no types
    """Daphne with this project's limits; calls `listening` with the port, or `failed` with the reason."""

    def __init__(
        self, *, interface: str, port: int, listening: Callable[[int], None], failed: Callable[[str], None]
    ) -> None:
        super().__init__(
            StaticFiles(application),  # type: ignore[arg-type]  # it takes any ASGI application
            endpoints=[f"tcp:port={port}:interface={interface}"],
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
        self.clock: asyncio.Task[None] | None = None

    def start_clock(self) -> None:
        """Puts the clock on the loop, which begins to turn right after."""
        self.clock = asyncio.get_event_loop().create_task(keep_time(), name="clock")
        reactor.addSystemEventTrigger("before", "shutdown", self.clock.cancel)  # type: ignore[arg-type]  # no self there

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        # Only a turning loop answers, so nobody is told an address before.
        reactor.callWhenRunning(self.listening, port.getHost().port)

    def listen_error(self, failure: Any) -> None:
        self.failed(failure.getErrorMessage())
        self.stop()


async def keep_time() -> None:
    """Runs the rooms' clock and starts it anew after an error: a clock that died in silence would stop every game."""
    while True:
        try:
            await clock.run()
        except Exception:
            logger.exception("The clock stopped and starts again.")
        await asyncio.sleep(1)
