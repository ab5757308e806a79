"""first_view: what a page brings along, so that it is drawn before its socket opens."""

from __future__ import annotations

from typing import Any

import msgspec

from game.play import Play
from game.sections import Viewer
from negotiation.rooms import feed, log
from negotiation.rooms.company import company_of, people_section, told_to
from negotiation.rooms.masks import bit_of
from negotiation.rooms.models import Room
from negotiation.rooms.pump import PAGE
from negotiation.rooms.sight import Sight, encoded


def first_view(room: Room, play: Play, viewer: Viewer, number: int, page: int = PAGE) -> dict[str, Any]:
    """Returns the welcome of docs/protocol.md for the viewer, with the newest `page` entries, as of the room's row."""
    bit = bit_of(play.scenario.seats, viewer, play.settings.third)
    sight = Sight(viewer, bit, room.counts[bit] if room.counts else 0)
    sight.look(play, seed_is_secret=log.seed_is_secret(room.pk, play))
    company = company_of(room)
    people = people_section(company, feed.people_in(room.pk))
    sight.look_around(people, told_to(company, play.scenario))
    lines = log.newest(room.pk, bit, upto=room.n, limit=page)
    first = sight.n - len(lines)
    entries = [encoded(line, first + i, viewer) for i, line in enumerate(lines, 1)]
    welcome: dict[str, Any] = msgspec.json.decode(sight.greeting(entries, first, number, whole=True))
    return welcome
