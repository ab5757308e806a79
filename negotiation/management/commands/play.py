"""`manage.py play`: brings the database up to date and runs one server process until Ctrl-C."""

import io
import os
import sys
import threading
import webbrowser
from typing import Any

import segno
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections

from negotiation import addresses, backups
from negotiation.accounts import first
from negotiation.alone import Alone, AlreadyServed

EVERYWHERE, HERE = "0.0.0.0", "127.0.0.1"  # noqa: S104 (--lan asks for it)


class Command(BaseCommand):
    help = "Starts the server on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the first port to try; 0 takes any")
        parser.add_argument("--lan", action="store_true", help="let other machines of the network in")
        parser.add_argument("--no-browser", action="store_true", help="open no browser")

    def handle(self, *, port: int, lan: bool, no_browser: bool, **options: Any) -> None:
        try:
            self.alone = Alone(settings.DATA) if connection.vendor == "sqlite" else None
        except AlreadyServed as error:
            raise CommandError(str(error)) from None
        backup = backups.migrate_safely(settings.DATA / "backups")
        if backup:
            self.say(f"The database changes its form; the old one is kept in {backup}.")
        interface = EVERYWHERE if lan else HERE
        try:
            free = addresses.free_port(interface, port)
        except addresses.NoFreePort as error:
            raise CommandError(str(error)) from error
        if free != port:
            self.say(f"Port {port} is taken, so this is port {free}.")
        hosts = addresses.lan_addresses() if lan else []
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, *hosts]
        token = first.renew_link() if first.is_wanted() else ""
        # From here on the database belongs to the server's own thread.
        connections.close_all()
        self.serve(interface, free, hosts=hosts, lan=lan, token=token, browser=not no_browser)

    def serve(self, interface: str, port: int, *, hosts: list[str], lan: bool, token: str, browser: bool) -> None:
        from negotiation.server import EmbeddedServer  # installs twisted's reactor

        failures: list[str] = []

        def listening(actual: int) -> None:
            home = f"http://{HERE}:{actual}/"
            self.say(f"Home: {home}")
            if self.alone:
                self.alone.tell(home)
            if lan:
                self.invite([f"http://{host}:{actual}/" for host in hosts])
            if token:
                self.say(f"First facilitator, one use, until the next start: {home}accounts/first/{token}/")
            self.say("Ctrl-C stops.")
            if browser and has_screen():
                threading.Thread(target=webbrowser.open, args=[home], daemon=True).start()

        endpoint = f"tcp:port={port}:interface={interface}:backlog={addresses.BACKLOG}"
        EmbeddedServer(endpoint, listening=listening, failed=failures.append).run()
        if failures:
            raise CommandError(f"The server cannot listen: {failures[0]}")
        self.say("Stopped.")

    def invite(self, homes: list[str]) -> None:
        """Prints the addresses for the other machines, the first one also as a code to point a phone at."""
        if not homes:
            self.say("This machine has no address in a network, so nobody else can come.")
            return
        drawing = io.StringIO()
        segno.make(homes[0], micro=False).terminal(out=drawing, compact=True)
        self.say(drawing.getvalue().rstrip("\n"))
        self.say(f"Others in this network: {'  or  '.join(homes)}")

    def say(self, line: str) -> None:
        """Prints at once, also into a pipe, in characters that the terminal has."""
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        self.stdout.write(line.encode(encoding, "replace").decode(encoding))
        self.stdout.flush()


def has_screen() -> bool:
    """Returns whether a browser has somewhere to open: without a screen some systems would start one in the terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
