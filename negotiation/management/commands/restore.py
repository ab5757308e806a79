"""`manage.py restore FILE`: puts a backup into the place of the database, which is kept beside."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from negotiation import backups
from negotiation.management.commands.backup import postgresql


class Command(BaseCommand):
    help = "Brings a backup back. The server must not run; the database as it is now is kept in the folder of backups."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a file made by `manage.py backup`")

    def handle(self, *, file: Path, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(
                f"This database is PostgreSQL, which does it itself:\n  {postgresql('pg_restore', file)}"
            )
        try:
            kept = backups.restore(file, settings.DATA / "backups")
        except backups.CannotRestore as error:
            raise CommandError(str(error)) from None
        if kept:
            self.stdout.write(f"The database that was here is kept in {kept}.")
        self.stdout.write("Restored. The next start brings an older form up to date. Check it: manage.py verify --all")
