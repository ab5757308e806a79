"""The fixed cast of conferences: Tess teaches, Tom helps her, students have numbers."""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib.auth.models import User

from game.play import Settings
from negotiation.conferences import acts, creation, overview, seating
from negotiation.conferences.acts import Answer, Press, Seen
from negotiation.conferences.creation import Wish
from negotiation.conferences.models import Conference, Participant, Table

_presses = itertools.count(1)


class Class:
    """A conference, run through the services."""

    def __init__(self, people: int = 6, *, scenario: str = "cjk", clock: bool = True, **wish: Any) -> None:
        overview.forget_all()
        self.tess = User.objects.create_user("tess", password="wide-river-42")
        settings = Settings(scenario=scenario, preset="starter15" if clock else None, crises=False)
        wish = {"title": "Monday", "settings": settings, "people": people} | wish
        self.pk = creation.create(wish=Wish(**wish), owner=self.tess).pk

    @property
    def conference(self) -> Conference:
        return Conference.objects.get(pk=self.pk)

    def table(self, number: int) -> Table:
        return Table.objects.select_related("room").get(conference=self.pk, number=number)

    def person(self, number: int) -> Participant:
        return Participant.objects.select_related("conference", "table", "delegate").get(
            conference=self.pk, number=number
        )

    def come(self, count: int, start: int = 1) -> list[Participant]:
        return [seating.arrive(self.conference, f"Student {n}") for n in range(start, start + count)]

    def seen(self) -> tuple[Seen, ...]:
        state = overview.overview(self.conference)
        return tuple(Seen(table["number"], table["epoch"], table["phase_no"]) for table in state["tables"])

    def press(
        self, act: Any, seen: tuple[Seen, ...] | None = None, *, user: User | None = None, press_id: str = ""
    ) -> Answer:
        seen = self.seen() if seen is None else seen
        press = Press(press_id or f"press-{next(_presses):08d}", act, seen)
        return acts.do(self.conference, user or self.tess, press)

    def state(self) -> dict[str, Any]:
        return overview.overview(self.conference)
