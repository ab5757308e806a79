"""load, newest, settled, can_be_played, written_of, seat_names, as_read, choices_of: every scenario by its name, shipped or somebody's own."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from django.contrib.auth.models import User
from django.db.models import OuterRef, Subquery

from game import places, scenario
from game.figures import ScenarioError
from game.play import Settings
from game.records import Seat
from game.scenario import FIRST_RULES, NEWEST_RULES, Scenario
from game.scenario_file import made
from game.scenario_texts import in_language, named
from negotiation.languages.current import current, say
from negotiation.numerals import whole
from negotiation.scenarios.models import OWN, Edition


def load(name: str, rules: int = FIRST_RULES) -> Scenario:
    """Returns a scenario by its name. Raises `ScenarioError` if there is none."""
    return _own(name, rules) if name.startswith(OWN) else scenario.load(name, rules)


def newest(name: str) -> Scenario:
    """Returns a scenario as a room made now would play it."""
    edition = _edition(name) if name.startswith(OWN) else None
    return load(name, edition.rules) if edition else scenario.load(name)


def settled(settings: Settings) -> Settings:
    """Returns the settings with the version of the rules written down, once and for all: the scenario's own, or the newest."""
    own = _edition(settings.scenario).rules if settings.scenario.startswith(OWN) else NEWEST_RULES
    return msgspec.structs.replace(settings, rules=settings.rules or own)


def can_be_played(name: str) -> bool:
    """Tells whether anybody could agree on anything when bots tried the scenario; shipped ones are tried before they ship."""
    return not name.startswith(OWN) or _edition(name).agreements > 0


def written_of(name: str) -> dict[str, Any] | None:
    """Returns what is written of somebody's own scenario; None for a shipped one, which every copy of the program has."""
    return msgspec.json.decode(_edition(name).written, type=dict[str, Any]) if name.startswith(OWN) else None


def seat_names(one: Scenario) -> dict[Seat, str]:
    """Returns what the seats are called: states by their names, parties of a case by theirs."""
    language = current()
    parties = in_language(one, language).parties
    return {
        seat: places.written(parties[seat], "both", language) if seat in parties else say(f"seat.{seat}")
        for seat in one.seats
    }


def as_read(one: Scenario) -> Scenario:
    """Returns the scenario as a page shows it: in the reader's language, disputed places by the names of all sides."""
    language = current()
    return named(in_language(one, language), "both", language)


def newest_of(user: User) -> list[Edition]:
    """Returns the newest edition of each scenario of the account."""
    last = Edition.objects.filter(code=OuterRef("code")).order_by("-number").values("number")[:1]
    # Without what is written in them, of which nobody needs the half megabyte of each.
    found = Edition.objects.filter(owner=user, number=Subquery(last)).defer("written", "tried")
    return sorted(found, key=lambda one: one.title)


def choices_of(user: User | None) -> list[tuple[str, str]]:
    """Returns the names and titles of the scenarios that somebody may make a room of."""
    shipped = [(name, say(f"scenario.{name}")) for name in (*scenario.names(), *scenario.cases())]
    own = newest_of(user) if user is not None else []
    return shipped + [(edition.name, edition.title) for edition in own]


def _edition(name: str) -> Edition:
    code, _, number = name.removeprefix(OWN).partition(".")
    found = Edition.objects.filter(code=code, number=whole(number) or 0).first()
    if found is None:
        raise ScenarioError(f"scenario: found {name!r}; allowed: one that is kept here")
    return found


@lru_cache(maxsize=64)
def _own(name: str, rules: int) -> Scenario:
    # An edition is never changed, so it may be kept.
    return made(msgspec.json.decode(_edition(name).written, type=dict[str, Any]), name, rules)
