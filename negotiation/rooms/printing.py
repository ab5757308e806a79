"""paper, print_pdf: a debrief as one page of HTML for print, and as a PDF made of it by a Chromium of this machine.

The browser reads from a small server of ours on this machine alone, which holds that one page, its words and our static
files, and ends with it. No cookie is needed, and none exists.
"""

from __future__ import annotations

import mimetypes
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory

from game import rulesets
from game.observation import OBSERVER
from game.play import Play
from game.records import Seat
from negotiation.languages.current import current
from negotiation.rooms.boot import first_view
from negotiation.rooms.inside import RECORD, address_of_words, words_of
from negotiation.rooms.models import Room
from negotiation.rooms.parts import MINE, WHOLE, parts_of, view_of
from negotiation.rooms.pump import NOBODY
from negotiation.rooms.reviews import moved_of, review_of

SECONDS = 120
"""How long a browser may take."""
LEFT_OUT = {"replay", "whatif", "delegations", "record"}
"""Parts that are nothing on paper, no business of everybody, or longer than all others together: the log is a file."""


class CannotPrint(Exception):
    """The browser made no file; the sentence says what it said."""


def paper(room: Room, play: Play, seat: Seat | None = None) -> str:
    """Returns the debrief of a finished game as all may read it, or the page of one seat, in the current language."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    context: dict[str, Any] = {
        "room": room,
        "seat": seat,
        "has_region": rulesets.of(play.scenario).has_region,
        "words": address_of_words(play),
        "boot": first_view(room, play, OBSERVER, NOBODY, RECORD),
        "review": review_of(room, play),
        "parts": [part for part in parts_of(play, view_of(play, MINE if seat else WHOLE)) if part not in LEFT_OUT],
        "moved": moved_of(room, play, seat) if seat else None,
    }
    return render_to_string("rooms/paper.html", context, request)


def print_pdf(browser: str, page: str, names: str, file: Path) -> None:
    """Writes the page into the file. Raises `CannotPrint`."""
    with _serving(page, names) as address, tempfile.TemporaryDirectory() as profile:
        # Chromium cannot shut the superuser into its sandbox; it reads nothing here but our own page.
        as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [
            *(browser, "--headless", "--disable-gpu", "--no-pdf-header-footer", "--virtual-time-budget=20000"),
            *(f"--user-data-dir={profile}", f"--print-to-pdf={file.resolve()}", *as_root, address),
        ]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotPrint(str(error)) from None
        if run.returncode or not file.is_file():
            raise CannotPrint(run.stderr.strip()[-500:] or f"exit code {run.returncode}")


@contextmanager
def _serving(page: str, names: str) -> Iterator[str]:
    """Serves the page on a free port of this machine while the block runs."""
    words = words_of(current(), names)

    class Paper(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/":
                self.give(page.encode(), "text/html; charset=utf-8")
            elif path.startswith("/words/"):
                self.give(words, "application/json")
            elif path.startswith(settings.STATIC_URL) and (found := finders.find(path[len(settings.STATIC_URL) :])):
                self.give(Path(str(found)).read_bytes(), mimetypes.guess_type(path)[0] or "application/octet-stream")
            else:
                self.send_error(404)

        def give(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name that the base gives it)
            """Says nothing: one reader, one page."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Paper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
