"""Sight, Section, Press: what one viewer sees of a room, encoded once for all sockets that see the same.

A viewer's team, or a whole class of observers, shares one Sight, and the Sights of a room share one Press. What a viewer
may see is the rules' to say: `observe` for the sections, `visible` for the entries, the entry's mask for the numbers.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from game.events import Hidden
from game.memory import Memory
from game.observation import FACILITATOR, observe, visible
from game.play import Play
from game.sections import Observation, Viewer
from negotiation.rooms.log import Line
from negotiation.rooms.protocol import VERSION

TAIL = 256
"""Entries kept encoded; who lacks more reads them from the database."""

_encoder = msgspec.json.Encoder()
FIELDS = tuple(name for name in Observation.__struct_fields__ if name not in ("viewer", "seats"))


class Section(NamedTuple):
    """One section as it travels; `serial` is that of the change that made it."""

    serial: int
    digest: str
    raw: bytes


class Press:
    """Encodes what several viewers of one room are shown, once; it knows things by being the same object."""

    def __init__(self) -> None:
        self.memory = Memory()
        self._sections: dict[str, tuple[object, bytes, str]] = {}
        self._event: tuple[object, bytes] = (None, b"")

    def section(self, name: str, section: object) -> tuple[bytes, str]:
        """Returns the section as it travels, and its digest."""
        found = self._sections.get(name)
        if found is None or found[0] is not section:
            raw = _encoder.encode(section)
            found = self._sections[name] = (section, raw, digest_of(raw))
        return found[1:]

    def entry(self, line: Line, n: int, viewer: Viewer) -> bytes:
        """Returns the entry as the viewer reads it."""
        event = visible(line.event, viewer)
        if self._event[0] is not event:
            self._event = (event, _encoder.encode(event))
        return b'{"n":%d,"at":%s,"event":%s}' % (n, _encoder.encode(line.at), self._event[1])


class Sight:
    """The sections and the newest entries as one viewer sees them, and what is for single readers among those who share it.

    Changes are counted, all by one count: `serial_for` a reader is that of the last which this one sees.
    """

    def __init__(self, viewer: Viewer, bit: int, n: int, press: Press | None = None) -> None:
        self.viewer = viewer
        self.bit = bit
        self.n = n
        self.epoch = 0
        self._changes = 0
        self._serial = 0
        self.sections: dict[str, Section] = {}
        self.tail: deque[tuple[int, bytes]] = deque(maxlen=TAIL)
        self._press = press or Press()
        self._looked: dict[str, object] = {}
        self._letters: dict[int, bytes] = {}
        self._written: dict[int, int] = {}
        """By reader, the change by which the letters were last others."""
        self._update: tuple[tuple[int, ...], str] = ((), "")

    def look(self, play: Play, *, seed_is_secret: bool = False) -> bool:
        """Takes the sections from a newer play; returns whether the viewer sees any difference."""
        self.epoch = play.epoch
        observation = observe(play, self.viewer, self._press.memory, seed_is_secret=seed_is_secret)
        fresh = {}
        for name in (*FIELDS, "seats") if self.viewer == FACILITATOR else FIELDS:
            section = getattr(observation, name)
            if name not in self._looked or self._looked[name] is not section:
                self._looked[name] = section
                fresh[name] = self._press.section(name, section)
        return self._take(fresh)

    def look_around(self, people: bytes, letters: Mapping[int, bytes]) -> bool:
        """Takes the section of the people; it lacks its closing brace, before which each reader's own id and letters come."""
        is_news = self._take({"people": (people, digest_of(people))})
        # Whoever is told of nothing hears nothing: an update would tell all that somebody got a letter.
        told = {n for n in (*letters, *self._letters) if letters.get(n) != self._letters.get(n)}
        if told:
            self._changes += 1
            self._written |= dict.fromkeys(told, self._changes)
            self._letters = dict(letters)
        return is_news or bool(told)

    def serial_for(self, reader: int) -> int:
        """Returns the number of the last change that this reader sees."""
        return max(self._serial, self._written.get(reader, 0))

    def _take(self, sections: dict[str, tuple[bytes, str]]) -> bool:
        changed = {
            name: (raw, digest)
            for name, (raw, digest) in sections.items()
            if name not in self.sections or self.sections[name].raw != raw
        }
        if changed:
            self._serial = self._changes = self._changes + 1
        for name, (raw, digest) in changed.items():
            self.sections[name] = Section(self._serial, digest, raw)
        return bool(changed)

    def hear(self, lines: Iterable[Line]) -> bool:
        """Takes the lines that the viewer may know of; returns whether there were any."""
        before = self.n
        for line in lines:
            if line.mask >> self.bit & 1:
                if isinstance(line.event, Hidden):
                    # Its words are among these; whoever lacks some of them reads what the database still has.
                    self.tail.clear()
                self.n += 1
                self.tail.append((self.n, self._press.entry(line, self.n, self.viewer)))
        return self.n != before

    def has_since(self, n: int) -> bool:
        """Tells whether every entry after number `n` is at hand."""
        return n >= self.n or bool(self.tail and self.tail[0][0] <= n + 1)

    def since(self, n: int, most: int) -> list[bytes]:
        """Returns up to `most` entries after number `n`, oldest first."""
        if n >= self.n:
            return []
        first = n + 1 - self.tail[0][0]
        return [self.tail[i][1] for i in range(first, min(first + most, len(self.tail)))]

    def sections_after(self, serial: int, me: int) -> bytes:
        """Returns the sections changed after `serial` as one object."""
        parts = [
            b'"%s":%s' % (name.encode(), section.raw + (self._mine(me) if name == "people" else b""))
            for name, section in self.sections.items()
            if section.serial > serial or (name == "people" and self._written.get(me, 0) > serial)
        ]
        return b"{" + b",".join(parts) + b"}"

    def _mine(self, me: int) -> bytes:
        return b',"me":%d%s}' % (me, self._letters.get(me, b""))

    def update(self, n: int, serial: int, most: int, me: int) -> tuple[int, str]:
        """Returns the number of the newest entry in the update, and the update up to its instant."""
        written = self._written.get(me, 0)
        told = me if "people" in self.sections and max(self.sections["people"].serial, written) > serial else 0
        upto = min(self.n, n + most)
        key = (n, serial, upto, told, self._serial, written if told else 0, self.epoch)
        if self._update[0] != key:
            body = b'{"type":"update","epoch":%d,"n":%d,"sections":%s,"entries":[%s],"now":' % (
                self.epoch,
                upto,
                self.sections_after(serial, me),
                b",".join(self.since(n, most)),
            )
            self._update = (key, body.decode())
        return upto, self._update[1]

    def greeting(self, entries: Iterable[bytes], first: int, me: int, *, whole: bool) -> str:
        """Returns every section and the entries after number `first`: a welcome, or an update for who has the rest."""
        head = b'"type":"update","epoch":%d,"n":%d' % (self.epoch, self.n)
        if whole:
            head = b'"type":"welcome","protocol":%d,"epoch":%d,"n":%d,"viewer":"%s","whole":true,"more":%s' % (
                VERSION,
                self.epoch,
                self.n,
                self.viewer.encode(),
                b"true" if first > 0 else b"false",
            )
        body = (head, self.sections_after(0, me), b",".join(entries), time.time())
        return (b'{%s,"sections":%s,"entries":[%s],"now":%.3f}' % body).decode()

    def digests(self) -> dict[str, str]:
        return {name: section.digest for name, section in self.sections.items()}


def encoded(line: Line, n: int, viewer: Viewer) -> bytes:
    """Returns the entry as the viewer reads it."""
    return Press().entry(line, n, viewer)


def digest_of(raw: bytes) -> str:
    return hashlib.blake2b(raw, digest_size=8).hexdigest()
