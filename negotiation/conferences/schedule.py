"""keep_to, bring_due: prepared news is brought to each table when it comes to its phase, and the absent hold nobody up.

Looked at by the clock of every server process. Nothing here is lost when a process dies: what was brought is written down in
the room's own log first, by an act that has no second effect.
"""

from __future__ import annotations

import time

from game.decisions import Appoint, Inject
from game.events import PHASES
from game.play import Play
from negotiation.conferences import forgetting
from negotiation.conferences.acts import FACILITATOR
from negotiation.conferences.models import Planned, Table
from negotiation.rooms import clock, feed, plays, services
from negotiation.rooms.database import db
from negotiation.rooms.models import Delegate

LOOK, LOOK_AROUND = 1.0, 3.0
CLEAN = 3600.0
GRACE = 45.0
"""Seconds that the people of a seat may all be away before the caretaker sits in for them."""

_away: dict[tuple[int, str], float] = {}
"""By room and seat, since when nobody of its people has been here (monotonic seconds)."""


def keep_to() -> None:
    """Has the clock look after conferences."""
    clock.also(LOOK, _bring)
    clock.also(LOOK_AROUND, _sit_in)
    clock.also(CLEAN, _clean)


async def _clean() -> None:
    await db(forgetting.clean)


async def _bring() -> None:
    await db(bring_due)


async def _sit_in() -> None:
    if open_ := feed.rooms_open():
        await db(sit_in, open_, time.monotonic())


def bring_due() -> int:
    """Brings what is planned to the tables that have come to its phase; returns how often.

    A table that went through the phase while nobody looked gets the news a moment late, not never.
    """
    brought = 0
    running = Table.objects.exclude(room__phase__in=("lobby", "over"))
    for planned in Planned.objects.filter(conference__in=running.values("conference")):
        for table in running.filter(conference=planned.conference_id).select_related("room"):
            play = plays.fold(table.room)
            if play.paused_at is not None or not _has_come(play, planned) or _has_had(play, planned, table):
                continue
            answer = services.act(
                room_id=table.room_id,
                by=FACILITATOR,
                decision=Inject(planned.text, tuple(planned.to)),
                act_id=f"planned.{planned.pk}.{play.epoch}",
                epoch=play.epoch,
            )
            if answer.ok:
                planned.brought[str(table.number)] = [play.epoch, play.phase_no]
                planned.save(update_fields=["brought"])
                brought += 1
    return brought


def _has_come(play: Play, planned: Planned) -> bool:
    return (play.round, PHASES.index(play.phase)) >= (planned.round, PHASES.index(planned.phase))


def _has_had(play: Play, planned: Planned, table: Table) -> bool:
    """Tells whether the table has had the news, and no facilitator went back behind it since."""
    if (had := planned.brought.get(str(table.number))) is None:
        return False
    epoch, phase_no = had
    return bool(play.epoch == epoch or play.phase_no > phase_no)


def sit_in(rooms: list[int], now: float) -> None:
    """Gives the seats of a conference whose people have all been away for `GRACE` s to the caretaker, and back."""
    tables = Table.objects.filter(room__in=rooms).exclude(room__phase__in=("lobby", "over"))
    for table in tables.select_related("room"):
        here = feed.people_here(table.room_id)
        if here is None:
            continue
        play = plays.fold(table.room)
        seated: dict[str, set[int]] = {}
        # Also who runs the conference and has taken over a seat.
        sitting = Delegate.objects.filter(room=table.room_id, left_at=None).exclude(seat="")
        for seat, number in sitting.values_list("seat", "number"):
            seated.setdefault(seat, set()).add(number)
        for seat, numbers in seated.items():
            if seat not in play.scenario.seats:
                continue  # nobody sits in for a chair or for the press
            holder, key = play.holder(seat), (table.room_id, seat)
            if numbers & here:
                _away.pop(key, None)
                if holder == "caretaker":
                    _appoint(table, seat, "people", play.epoch)
            elif holder == "people" and now - _away.setdefault(key, now) > GRACE:
                _appoint(table, seat, "caretaker", play.epoch)


def _appoint(table: Table, seat: str, holder: str, epoch: int) -> None:
    services.act(
        room_id=table.room_id,
        by=FACILITATOR,
        decision=Appoint(seat, holder),
        act_id=f"{holder}.{seat}.{time.time():.0f}",
        epoch=epoch,
    )
