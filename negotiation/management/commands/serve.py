"""`manage.py serve`: brings the database up to date and runs several server processes behind one port until Ctrl-C."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection, connections

from negotiation import backups, workers
from negotiation.accounts import first
from negotiation.alone import Alone, AlreadyServed


class Command(BaseCommand):
    help = "Serves by several processes, for a machine with PostgreSQL and Redis."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes; one a core")
        parser.add_argument("--port", type=int, default=8000, help="the port; 0 takes any")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on; 0.0.0.0 for every one")
        parser.add_argument("--fd", type=int, help="be one of the processes (the command starts them itself)")

    def handle(self, *, workers: int, port: int, host: str, fd: int | None, **options: Any) -> None:
        if fd is not None:
            self.work(fd)
            return
        reason = refusal(workers, crosses=bool(settings.REDIS_URL), is_file=connection.vendor == "sqlite")
        if reason:
            raise CommandError(reason)
        try:
            self.alone = Alone(settings.DATA) if connection.vendor == "sqlite" else None
        except AlreadyServed as error:
            raise CommandError(str(error)) from None
        token = self.prepare()
        self.start(workers, host, port, token)

    def prepare(self) -> str:
        """Brings the database up to date; returns the one-time token for the first facilitator, if one is wanted."""
        try:
            backup = backups.migrate_safely(settings.DATA / "backups")
            token = first.renew_link() if first.is_wanted() else ""
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {str(error).strip()}") from error
        if backup:
            self.say(f"The database changes its form; the old one is kept in {backup}.")
        connections.close_all()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]  # the workers have pools of their own
        return token

    def start(self, count: int, host: str, port: int, token: str) -> None:
        try:
            shared = workers.listener(host, port)
        except (OSError, OverflowError) as error:
            raise CommandError(f"Nobody can listen on {host}:{port}: {error}") from error
        home = f"http://{host}:{shared.getsockname()[1]}/"
        self.say(f"Home: {home}")
        if self.alone:
            self.alone.tell(home)
        if token:
            self.say(f"First facilitator, one use, until the next start: {home}accounts/first/{token}/")
        self.say(f"{count} workers. Ctrl-C stops.")
        command = [sys.executable, str(settings.ROOT / "manage.py"), "serve", "--fd"]
        code = workers.Workers(command, shared, count).run()
        self.say("Stopped.")
        if code:
            sys.exit(code)

    def work(self, fd: int) -> None:
        """Is one of the processes, until its parent says so or is gone."""
        from negotiation.server import EmbeddedServer  # installs twisted's reactor

        failures: list[str] = []

        def listening(_: int) -> None:
            self.say(f"Process {os.getpid()} serves.")

        server = EmbeddedServer(f"fd:fileno={fd}", listening=listening, failed=failures.append)
        workers.when_orphaned(server.stop_soon)
        server.run()
        if failures:
            raise CommandError(f"The server cannot listen: {failures[0]}")

    def say(self, line: str) -> None:
        """Prints at once, also into a pipe."""
        self.stdout.write(line)
        self.stdout.flush()


def refusal(count: int, *, crosses: bool, is_file: bool) -> str:
    """Returns why so many processes cannot serve together with these settings, or nothing."""
    if os.name != "posix":
        return "Several processes on one port need Linux or macOS; here, `manage.py play` serves."
    if count < 1:
        return f"--workers {count} serves nobody; use 1 or more."
    if count > 1 and not crosses:
        database = " on SQLite" if is_file else ""
        return (
            f"{count} workers{database} without REDIS_URL would not hear of one another; "
            "set REDIS_URL (and DATABASE_URL), or use --workers 1."
        )
    return ""
