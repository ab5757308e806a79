"""page: the role sheets of a scenario, as they hang on a wall or are handed out: a printed page a state, and nothing secret.

A sheet has what anybody may read (`game.scenario_texts.RoleSheet`) and some figures of the start with where they come from.
Briefings and mandates are a delegation's own, and stand on none.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from game.figures import Figure
from game.places import Usage
from game.records import Seat
from game.scenario import Scenario
from game.scenario_texts import RoleSheet, in_language, named
from negotiation.languages.current import current, say, titled

CELLS = ("gdp", "milex", "troops", "warheads")


class PrintedSheet(NamedTuple):
    """A printed page: whose it is, what it says, and figures with their names and sources."""

    seat: Seat
    name: str
    others: tuple[str, ...]
    said: RoleSheet
    figures: tuple[tuple[str, Figure], ...]


def sheets_of(scenario: Scenario, names: Usage = "both") -> list[PrintedSheet]:
    """Returns the sheets of those states that have one, in the reader's language and the room's names of places."""
    found = named(in_language(scenario, current()), names, current())

    def called(seat: Seat) -> str:
        return say(f"seat.{seat}", names=names)

    figures = {one.path: one for one in scenario.figures()}
    return [
        PrintedSheet(
            seat,
            called(seat),
            tuple(called(other) for other in scenario.seats if other != seat),
            one,
            tuple(
                (say(f"cell.{cell}"), figures[path]) for cell in CELLS if (path := f"states.{seat}.{cell}") in figures
            ),
        )
        for seat, one in found.role_sheets.items()
    ]


def page(
    request: HttpRequest, scenario: Scenario, *, names: Usage = "both", title: str = "", back: str = ""
) -> HttpResponse:
    """Shows the sheets; `back` is the address of the page that led here."""
    title = title or titled(scenario)
    context: dict[str, Any] = {
        "sheets": sheets_of(scenario, names),
        "title": title,
        # Most titles have it.
        "year": "" if str(scenario.year) in title else scenario.year,
        "back": back,
    }
    return render(request, "scenarios/role_sheets.html", context)
