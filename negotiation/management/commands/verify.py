"""`manage.py verify CODE|FILE ...`: works the result of rooms and tournaments out again. Exit code 0: sound; 1: not; 2: nothing to check."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from negotiation.rooms.models import Room
from negotiation.rooms.verification import CannotCheck, Report, check_file, check_room
from negotiation.tournaments import bundle, proof
from negotiation.tournaments.models import Tournament

UNSOUND, NOTHING = 1, 2


class Command(BaseCommand):
    help = "Checks the digests, sealed orders, rounds and scores of rooms and tournaments, or of exported files."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what",
            nargs="*",
            metavar="CODE|FILE",
            help="the code of a room, conference or tournament, a log.json, or the file of a tournament",
        )
        parser.add_argument("--all", action="store_true", help="every room of the database")

    def handle(self, *, what: list[str], all: bool, **options: Any) -> None:  # noqa: A002 (the option's name)
        if not what and not all:
            raise CommandError("Name a room or a file, or say --all.", returncode=NOTHING)
        try:
            unsound = sum(not self.tell(report) for report in self.reports(what, all))
        except CannotCheck as error:
            raise CommandError(str(error), returncode=NOTHING) from None
        if unsound:
            sys.exit(UNSOUND)

    def reports(self, what: list[str], everything: bool) -> Iterator[Report]:
        for name in what:
            if Path(name).is_file():
                data = Path(name).read_bytes()
                yield proof.check(data) if proof.is_bundle(data) else check_file(data)
                continue
            if tournament := Tournament.objects.filter(code=name.upper()).first():
                try:
                    yield proof.check(bundle.made(tournament))
                except bundle.NotOver:
                    raise CannotCheck("The tournament is not over yet; name the rooms of a round instead.") from None
                continue
            room = Room.objects.filter(code=name.upper()).first()
            if rooms := Room.objects.filter(table__conference__code=name.upper()).order_by("table__number"):
                yield from map(check_room, rooms)
                continue
            if room is None:
                raise CannotCheck(f"{name} is neither a file nor the code of a room.")
            yield check_room(room)
        if everything:
            for room in Room.objects.order_by("pk").iterator():
                yield check_room(room)

    def tell(self, report: Report) -> bool:
        self.stdout.write(report.title)
        for sentence in report.sound:
            self.stdout.write(f"  ok      {sentence}")
        for sentence in report.wrong:
            self.stdout.write(self.style.ERROR(f"  WRONG   {sentence}"))
        for line in report.scores:
            self.stdout.write(f"  {line}")
        return report.is_sound
