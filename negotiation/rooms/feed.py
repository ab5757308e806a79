"""Feed, enter, poll: the rooms that sockets of this process look at.

A feed follows the log of one room and wakes its sockets. What this process commits it takes as it is; for the rest one
query reads the entries it lacks, on a bell or every 2 s, however many sockets there are.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Container, Iterable
from typing import NamedTuple, Protocol

from django.db import OperationalError

from game.decisions import AnyDecision
from game.events import Hidden
from game.play import Play
from game.sections import Viewer
from negotiation.rooms import bell, conduct, log, metrics, offices, plays, presence, rows
from negotiation.rooms.company import Company, company_of, people_section, told_to
from negotiation.rooms.conduct import Conduct, Trouble
from negotiation.rooms.database import db
from negotiation.rooms.house import Filter
from negotiation.rooms.limits import Allowance
from negotiation.rooms.log import Committed, Line
from negotiation.rooms.masks import bit_of, viewer_of
from negotiation.rooms.models import Room
from negotiation.rooms.sight import Press, Sight

logger = logging.getLogger(__name__)

POLL = 2.0
IDLE = 30.0
"""Seconds that a feed without sockets is kept: a page being loaded again comes back sooner."""
AWAY = 3.0
"""Seconds after the last socket of a person closed until the others are told; a reload is no departure."""


class Reading(NamedTuple):
    """What one look at the database found; `company` where it has changed."""

    n: int
    digest: str
    counts: tuple[int, ...]
    people: int
    erasures: int
    play: Play
    seed_is_secret: bool
    lines: tuple[Line, ...]
    company: Company | None


class Listener(Protocol):
    """What a feed knows of a socket."""

    number: int

    def wake(self) -> None: ...

    async def turn(self) -> None: ...


class Feed:
    """One room, as far as this process has read it."""

    def __init__(self, room_id: int, found: Reading) -> None:
        self.room_id = room_id
        self.n, self.digest, self.play = found.n, found.digest, found.play
        self.counts = found.counts
        self.people, self.erasures = found.people, found.erasures
        self.seed_is_secret = found.seed_is_secret
        self._take_company(found.company or Company(()))
        self.sockets: set[Listener] = set()
        self.elsewhere: Counter[int] = Counter()
        """How many sockets each person has in other processes, as of the last poll."""
        self.allowances: dict[int, Allowance] = {}
        self._conducts: dict[int, Conduct] = {}
        self._telling: set[asyncio.Task[None]] = set()
        self.news_at = 0.0
        """When the newest act was received, in UTC seconds."""
        self._press = Press()
        self._sights: dict[Viewer, Sight] = {}
        self._reading: asyncio.Task[None] | None = None
        self._waiting: dict[Listener, None] = {}
        self._round: asyncio.Task[None] | None = None
        self._again = False

    def sight(self, viewer: Viewer) -> Sight:
        """Returns what the viewer sees, made at the first question."""
        sight = self._sights.get(viewer)
        if sight is None:
            bit = bit_of(self.play.scenario.seats, viewer, self.play.settings.third)
            sight = self._sights[viewer] = Sight(viewer, bit, self.counts[bit] if self.counts else 0, self._press)
            sight.look(self.play, seed_is_secret=self.seed_is_secret)
            sight.look_around(self._people(), self._letters())
        return sight

    def _take_company(self, company: Company) -> None:
        self.company = company
        self.roster = {person.number: person for person in company.people}
        self.filter = Filter(company.forbidden)

    def is_current(self, number: int, version: int) -> bool:
        """Tells whether the person still has the rights of that version."""
        person = self.roster.get(number)
        return person is not None and person.version == version

    def is_muted(self, number: int | None) -> bool:
        """Tells whether a facilitator has taken the word from the person."""
        person = self.roster.get(number) if number is not None else None
        return person is not None and person.is_muted

    def left_to(self, number: int | None, decision: AnyDecision) -> tuple[str, ...]:
        """Returns the offices of the person's delegation to whose holders, who are here, this decision is left."""
        person = self.roster.get(number) if number is not None else None
        return offices.holders(decision, person, self.roster.values(), self.here()) if person and person.office else ()

    def lacks_counsel(self, number: int | None, decision: AnyDecision) -> tuple[int, int] | None:
        """Returns how many of how many members here would sign, where the delegation decides together and too few would."""
        person = self.roster.get(number) if number is not None else None
        return offices.lacks_counsel(self.play, decision, person, self.roster.values(), self.here()) if person else None

    def allowance(self, number: int) -> Allowance:
        return self.allowances.setdefault(number, Allowance())

    def note(self, number: int, trouble: Trouble) -> None:
        """Tells whoever runs the room, if it is worth telling, who hinders the others. Slow is only a program: phones sleep."""
        person = self.roster.get(number)
        if trouble is Trouble.SLOW and not (person and person.is_program):
            return
        if self._conducts.setdefault(number, Conduct()).is_news(trouble, time.monotonic()):
            task = asyncio.get_running_loop().create_task(conduct.tell(self.room_id, number, trouble))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    def join(self, socket: Listener) -> None:
        self.sockets.add(socket)
        self.look_around()
        if self.seed_is_secret:
            self.wake()  # the others may have ended meanwhile

    def leave(self, socket: Listener) -> None:
        self.sockets.discard(socket)
        loop = asyncio.get_running_loop()
        loop.call_later(AWAY, self.look_around)
        if not self.sockets:
            loop.call_later(IDLE, _drop, self)

    def give_turn(self, socket: Listener) -> None:
        """Lets the socket take its turn, soon. One task serves all sockets of the room that wait, one after the other."""
        self._waiting[socket] = None
        if self._round is None:
            self._round = asyncio.get_running_loop().create_task(self._go_round())

    async def _go_round(self) -> None:
        try:
            while self._waiting:
                socket = next(iter(self._waiting))
                del self._waiting[socket]
                await socket.turn()
        finally:
            self._round = None

    def take(self, committed: Committed) -> None:
        """Takes what this process has just committed, if it is what comes next; else reads."""
        head = committed.head
        if head.n - len(committed.lines) == self.n and head.erasures >= self.erasures:
            self._erase(head.erasures, committed.lines)
            self._advance(head.n, head.digest, head.counts, committed, committed.lines)
        elif head.n > self.n:
            self.wake()
        if head.people != self.people:
            self.wake()

    def wake(self) -> None:
        """Reads what is new, soon."""
        self._again = True
        if self._reading is None:
            self._reading = asyncio.get_running_loop().create_task(self._read())

    async def _read(self) -> None:
        try:
            while self._again:
                self._again = False
                found = await db(reading, self.room_id, self.n, self.people)
                if found is None:
                    self.roster = {}
                    self._wake_all()
                    return
                if found.company is not None:
                    self._take_company(found.company)
                    self.people = found.people
                    self._wake_all()
                # Commits of this process may have come while the database was asked.
                lines = tuple(line for line in found.lines if line.n > self.n)
                is_told = found.n == self.n and found.seed_is_secret != self.seed_is_secret
                if (found.n, found.erasures) > (self.n, self.erasures) or is_told:
                    self._erase(found.erasures, lines)
                    self._advance(found.n, found.digest, found.counts, found, lines)
                self.look_around()
        except OperationalError as error:
            # The poll comes back in 2 s; a database that is away must not take the sockets with it.
            logger.warning("Room %s waits for the database: %s", self.room_id, error)
        except Exception:
            logger.exception("Room %s could not be read.", self.room_id)
        finally:
            self._reading = None

    def _erase(self, erasures: int, lines: Iterable[Line]) -> None:
        """Lets go what is kept of words that were erased. Who may know of a hidden message has a line that tells of it."""
        if erasures - self.erasures > sum(isinstance(line.event, Hidden) for line in lines):
            for sight in self._sights.values():
                sight.tail.clear()
        self.erasures = erasures

    def _advance(
        self, n: int, digest: str, counts: tuple[int, ...], found: Committed | Reading, lines: Iterable[Line]
    ) -> None:
        play, is_secret = found.play, found.seed_is_secret
        changed = play is not self.play or is_secret != self.seed_is_secret
        moved = play.holders != self.play.holders
        self.n, self.digest, self.counts, self.play, self.seed_is_secret = n, digest, counts, play, is_secret
        lines = tuple(lines)
        if lines:
            self.news_at = lines[-1].at
        differing = set()
        for viewer, sight in self._sights.items():
            seen = sight.look(play, seed_is_secret=is_secret) if changed else False
            if sight.hear(lines) or seen:
                differing.add(viewer)
        if moved:
            # Who lost a seat to a bot, or got it back, has another view now. That a chair changed hands is public.
            self._wake_all()
        else:
            self._wake(differing)

    def look_around(self) -> None:
        """Tells everybody when somebody came or went."""
        people, letters = self._people(), self._letters()
        self._wake({viewer for viewer, sight in self._sights.items() if sight.look_around(people, letters)})

    def _people(self) -> bytes:
        return people_section(self.company, self.here())

    def _letters(self) -> dict[int, bytes]:
        return told_to(self.company, self.play.scenario)

    def here(self) -> set[int]:
        """Returns the numbers of the people with an open page, in whichever process."""
        return {socket.number for socket in tuple(self.sockets)} | self.elsewhere.keys()

    def sockets_of(self, number: int) -> int:
        """Returns how many sockets the person has, in all processes."""
        return sum(socket.number == number for socket in self.sockets) + self.elsewhere[number]

    def hear_of_others(self, sockets: Counter[int]) -> None:
        """Takes who is in other processes."""
        if sockets != self.elsewhere:
            self.elsewhere = sockets
            self.look_around()

    def _wake(self, differing: Container[Viewer]) -> None:
        # Only those who see a difference: the mere moment of waking would tell of a private talk.
        for socket in self.sockets:
            person = self.roster.get(socket.number)
            if person is None or viewer_of(self.play, person.seat, person.role) in differing:
                socket.wake()

    def _wake_all(self) -> None:
        for socket in self.sockets:
            socket.wake()


def reading(room_id: int, n: int, people: int) -> Reading | None:
    """Reads what comes after entry `n`, and the people where they changed; None when the room is gone."""
    room = Room.objects.filter(pk=room_id).first()
    if room is None:
        return None
    company = company_of(room) if room.people != people else None
    lines = log.read(room_id, n, room.n) if room.n > n else ()
    play = plays.fold(room)
    is_secret = log.seed_is_secret(room.pk, play)
    counts = tuple(room.counts)
    return Reading(room.n, room.digest, counts, room.people, room.erasures, play, is_secret, lines, company)


_feeds: dict[int, Feed] = {}
_opening: dict[int, asyncio.Task[Feed | None]] = {}

metrics.Gauge("talks_rooms_open", "Rooms that this process follows.", lambda: len(_feeds))
metrics.Gauge("talks_sockets", "Open sockets in rooms.", lambda: sum(len(f.sockets) for f in tuple(_feeds.values())))


async def enter(room_id: int) -> Feed | None:
    """Returns the feed of the room, opened if need be; None when there is no such room."""
    if room_id in _feeds:
        return _feeds[room_id]
    if room_id not in _opening:
        # A task of its own: the first of a class that comes together may go away before the room is read.
        task = _opening[room_id] = asyncio.get_running_loop().create_task(_open(room_id))
        task.add_done_callback(lambda _: _opening.pop(room_id, None))
    return await asyncio.shield(_opening[room_id])


def open_ears() -> None:
    """Lets the feeds of this loop hear of commits; before any is opened."""
    bell.answer_to(_take, _hear)


async def _open(room_id: int) -> Feed | None:
    open_ears()
    found = await db(reading, room_id, 2**31, -1)
    if found is None:
        return None
    others = await db(presence.elsewhere, room_id) if bell.crosses() else Counter()
    feed = _feeds.setdefault(room_id, Feed(room_id, found))
    feed.hear_of_others(others)
    # A commit between the reading and the first listening is found by one more look.
    feed.wake()
    return feed


def _take(committed: Committed) -> None:
    if committed.room_id in _feeds:
        _feeds[committed.room_id].take(committed)


def _hear(room_id: int) -> None:
    if room_id in _feeds:
        _feeds[room_id].wake()


def _drop(feed: Feed) -> None:
    if not feed.sockets and _feeds.get(feed.room_id) is feed:
        del _feeds[feed.room_id]


async def poll() -> None:
    """Compares every open feed with the database, with one query."""
    heads = await db(rows.heads, list(_feeds))
    for room_id, feed in list(_feeds.items()):
        if heads.get(room_id, (-1, -1)) != (feed.n, feed.people):
            feed.wake()


def people_here(room_id: int) -> set[int] | None:
    """Returns who has an open page; None where this process does not follow the room. For pages, from any thread."""
    feed = _feeds.get(room_id)
    return feed.here() if feed else None


def people_in(room_id: int) -> set[int]:
    """Returns who has an open page of the room, in whichever process, whether or not this one follows it."""
    here = people_here(room_id)
    return set(presence.elsewhere(room_id)) if here is None else here


def wait_for_word(room_id: int, number: int) -> float:
    """Counts a word of a person that came by a page; returns the seconds until the next one is taken, 0: it was."""
    feed = _feeds.get(room_id)
    return feed.allowance(number).talk.wait(time.monotonic()) if feed else 0.0


def rooms_open() -> list[int]:
    """Returns the rooms that this process follows."""
    return list(_feeds)


def sockets_here() -> dict[int, list[int]]:
    """Returns, by room, the number of a person for each of that person's sockets in this process."""
    return {pk: sorted(socket.number for socket in feed.sockets) for pk, feed in _feeds.items() if feed.sockets}


def hear_of_others(sockets: dict[int, Counter[int]]) -> None:
    """Takes, by room, who has how many sockets in other processes."""
    for room_id, feed in list(_feeds.items()):
        feed.hear_of_others(sockets.get(room_id, Counter()))


def close_all() -> None:
    """Drops every feed; for the end of a process and of a test."""
    _feeds.clear()
    _opening.clear()
