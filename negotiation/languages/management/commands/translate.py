"""`manage.py translate LANGUAGE [--write]`: what a language still lacks. Exit code 0: nothing; 1: something."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from game import languages
from negotiation.languages import catalogues


class Command(BaseCommand):
    help = "Lists what the catalogues of a language lack; --write brings its .po up to what the pages say."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("language", choices=languages.CODES)
        parser.add_argument(
            "--write", action="store_true", help="add new sentences to the .po, empty, and drop old ones"
        )

    def handle(self, *, language: str, write: bool, **options: object) -> None:
        if write and language != "en":
            path = catalogues.path_of(settings.ROOT, language)
            text = catalogues.updated(settings.ROOT, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        found = catalogues.problems(settings.ROOT, language)
        for one in found:
            self.stdout.write(str(one))
        self.stderr.write(f"{language}: {len(found)} to do." if found else f"{language}: complete.")
        if found:
            sys.exit(1)
