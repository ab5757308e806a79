"""`manage.py forget ROOM ... | --idle DAYS`: erases names and talk of rooms; their results stay and can still be verified."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from negotiation.rooms import forgetting
from negotiation.rooms.models import Room


class Command(BaseCommand):
    help = "Erases who was in a room and what they said, for good. Backups made before still have it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rooms", nargs="*", metavar="ROOM", help="the code of a room")
        parser.add_argument("--idle", type=int, metavar="DAYS", help="every room that nobody has used for so many days")
        parser.add_argument("--dry-run", action="store_true", help="only say which rooms these are")

    def handle(self, *, rooms: list[str], idle: int | None, dry_run: bool, **options: Any) -> None:
        if bool(rooms) == (idle is not None):
            raise CommandError("Name rooms, or say --idle DAYS.")
        if idle is not None and idle < 1:
            raise CommandError("--idle takes whole days from 1 on.")
        for room in self.chosen(rooms) if idle is None else forgetting.idle(idle):
            if dry_run:
                self.stdout.write(f"{room.code}: would be forgotten; last used {room.active_at:%Y-%m-%d}.")
                continue
            done = forgetting.forget(room)
            self.stdout.write(f"{done.code}: {done.people} names and {done.words} sayings erased.")

    def chosen(self, codes: list[str]) -> list[Room]:
        found = {room.code: room for room in Room.objects.filter(code__in=[code.upper() for code in codes])}
        missing = [code for code in codes if code.upper() not in found]
        if missing:
            raise CommandError(f"There is no room {', '.join(missing)}. Nothing was erased.")
        return list(found.values())
