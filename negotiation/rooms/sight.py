"""Sight, Section: what one viewer sees of a room, encoded once for all sockets that see the same.

A viewer's team, or a whole class of observers, shares one Sight. What a viewer may see is the rules' to say: `observe` for
the sections, `visible` for the entries, the entry's mask for the numbers.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

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


class Sight:
    """The sections and the newest entries as one viewer sees them; `serial` grows with every change of a section."""

    def __init__(self, viewer: Viewer, bit: int, n: int) -> None:
        self.viewer = viewer
        self.bit = bit
        self.n = n
        self.epoch = 0
        self.serial = 0
        self.sections: dict[str, Section] = {}
        self.tail: deque[tuple[int, bytes]] = deque(maxlen=TAIL)
        self._update: tuple[tuple[int, ...], str] = ((), "")

    def look(self, play: Play) -> bool:
        """Takes the sections from a newer play; returns whether the viewer sees any difference."""
        self.epoch = play.epoch
        observation = observe(play, self.viewer)
        names = (*FIELDS, "seats") if self.viewer == FACILITATOR else FIELDS
        return self._take({name: _encoder.encode(getattr(observation, name)) for name in names})

    def look_around(self, people: bytes) -> bool:
        """Takes the section of the people; it lacks its closing brace, after which each reader's own id is told."""
        return self._take({"people": people})

    def _take(self, sections: dict[str, bytes]) -> bool:
        changed = {
            name: raw for name, raw in sections.items() if name not in self.sections or self.sections[name].raw != raw
        }
        if changed:
            self.serial += 1
        for name, raw in changed.items():
            digest = hashlib.blake2b(raw, digest_size=8).hexdigest()
            self.sections[name] = Section(self.serial, digest, raw)
        return bool(changed)

    def hear(self, lines: Iterable[Line]) -> bool:
        """Takes the lines that the viewer may know of; returns whether there were any."""
        before = self.n
        for line in lines:
            if line.mask >> self.bit & 1:
                self.n += 1
                self.tail.append((self.n, encoded(line, self.n, self.viewer)))
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
            b'"%s":%s' % (name.encode(), section.raw + (b',"me":%d}' % me if name == "people" else b""))
            for name, section in self.sections.items()
            if section.serial > serial
        ]
        return b"{" + b",".join(parts) + b"}"

    def update(self, n: int, serial: int, most: int, me: int) -> tuple[int, str]:
        """Returns the number of the newest entry in the update, and the update up to its instant."""
        told = me if "people" in self.sections and self.sections["people"].serial > serial else 0
        key = (n, serial, most, told, self.n, self.serial, self.epoch)
        upto = min(self.n, n + most)
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
    entry: dict[str, Any] = {"n": n, "at": line.at, "event": visible(line.event, viewer)}
    return _encoder.encode(entry)
