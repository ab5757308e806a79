"""`manage.py backup FILE`: a copy of the whole database, also while people play."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from negotiation import backups


class Command(BaseCommand):
    help = "Copies the SQLite database into a file while the server runs. Keep the file as you keep the database."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="where to; a file that is there is not overwritten")

    def handle(self, *, file: Path, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(f"This database is PostgreSQL, which copies itself:\n  {postgresql('pg_dump', file)}")
        if file.exists():
            raise CommandError(f"{file} is there already. Choose another name.")
        try:
            backups.save(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{file}: {file.stat().st_size / 1e6:.1f} MB. It holds every secret of every room.")


def postgresql(program: str, file: Path) -> str:
    """Returns the line that copies a PostgreSQL database or brings it back; it asks for the password itself."""
    at = connection.settings_dict
    place = f"--host={at['HOST']} --port={at['PORT']} --username={at['USER'] or 'postgres'}"
    if program == "pg_dump":
        return f"pg_dump --format=custom --file={file} {place} {at['NAME']}"
    return f"pg_restore --clean --if-exists --single-transaction {place} --dbname={at['NAME']} {file}"
