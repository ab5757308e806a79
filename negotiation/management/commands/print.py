"""`manage.py print CODE`: the debrief of a finished game as a PDF, by a Chrome, Chromium or Edge of this machine."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

import play as start
from game import languages
from negotiation.rooms import plays
from negotiation.rooms.models import Room
from negotiation.rooms.printing import CannotPrint, paper, print_pdf

NO_BROWSER = (
    "A PDF needs Chrome, Chromium or Edge, and none was found. Install one, or name it in NEGOTIATION_BROWSER; "
    "or open the debrief in any browser, and print it there."
)


class Command(BaseCommand):
    help = "Writes the debrief of a finished game as a PDF: what all may read, or the page of one state."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the code of the room")
        parser.add_argument("--seat", help="the page of this state, such as KR, instead of the whole debrief")
        parser.add_argument("--out", type=Path, help="the file; CODE.pdf in this folder without it")
        parser.add_argument("--language", choices=languages.CODES, default="en", help="the language of the page")

    def handle(self, *, code: str, seat: str | None, out: Path | None, language: str, **options: Any) -> None:
        room = Room.objects.filter(code=code.upper()).first()
        if room is None:
            raise CommandError(f"There is no room {code}.")
        play = plays.fold(room)
        if not play.is_over:
            raise CommandError(f"The game of {room.code} is not over yet: there is no debrief before its end.")
        if seat is not None and seat not in play.scenario.seats:
            raise CommandError(f"{seat} has no seat here. Choose one of {', '.join(play.scenario.seats)}.")
        browser = start.find_browser()
        if not browser:
            raise CommandError(NO_BROWSER)
        file = out or Path(f"{room.code}{f'-{seat}' if seat else ''}.pdf")
        with translation.override(language):
            page = paper(room, play, seat)
            try:
                print_pdf(browser, page, play.settings.names, file)
            except CannotPrint as error:
                raise CommandError(f"{browser} made no PDF: {error}") from None
        self.stdout.write(f"{file} ({file.stat().st_size // 1024} KB)")
