"""An event as a link of the log and back, and the chain of digests that shows when somebody changed the log.

`Link`, `link_of`, `event_of`, `leads`, `erase`, `SPOKEN`, `NO_PART_OF_PLAY`. The words that people said are kept apart
from the chain: it covers their salted digest, so that words can be erased later and nobody can guess short ones from
what remains.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from game.events import TALK, AnyEvent, Spoken, decoder, encoder
from negotiation.rooms.models import Entry

SPOKEN = tuple(str(kind.__struct_config__.tag) for kind in Spoken.__args__)
"""Kinds of entries that hold words."""
NO_PART_OF_PLAY = tuple(str(kind.__struct_config__.tag) for kind in TALK)
"""Kinds of entries that change nothing in a play."""


class Link(NamedTuple):
    """What an `Entry` of a room holds, before it is saved."""

    n: int
    epoch: int
    kind: str
    mask: int
    at: float
    body: str
    words: str | None
    salt: str
    digest: str


def link_of(event: AnyEvent, *, n: int, epoch: int, mask: int, at: float, after: str) -> Link:
    """Returns the link that follows the one with digest `after`."""
    words, salt = None, ""
    if isinstance(event, Spoken):
        words, salt = event.text, secrets.token_hex(16)
        event = msgspec.structs.replace(event, text=hidden(salt, words))
    kind, body = str(type(event).__struct_config__.tag), encoder.encode(event).decode()
    return Link(n, epoch, kind, mask, at, body, words, salt, _digest(after, n, epoch, mask, at, body))


def decoded(entry: Entry) -> AnyEvent:
    """Returns the event as the chain covers it: with the digest of spoken words in their place."""
    event: AnyEvent = decoder.decode(entry.body)
    return event


def sealed(entry: Entry) -> str:
    """Returns the digest of the words spoken; empty where the entry is of another kind."""
    event = decoded(entry) if entry.kind in SPOKEN else None
    return event.text if isinstance(event, Spoken) else ""


def event_of(entry: Entry) -> AnyEvent:
    """Returns the event; words that were erased come back empty."""
    event = decoded(entry)
    if isinstance(event, Spoken):
        event = msgspec.structs.replace(event, text=entry.words or "")
    return event


def _digest(after: str, n: int, epoch: int, mask: int, at: float, body: str) -> str:
    return hashlib.sha256(f"{after}\n{n}\n{epoch}\n{mask}\n{at!r}\n{body}".encode()).hexdigest()


def leads(after: str, entries: Iterable[Entry], to: str) -> bool:
    """Tells whether the entries lead from one digest to the other, each word as it was said or erased."""
    for entry in entries:
        if _digest(after, entry.n, entry.epoch, entry.mask, entry.at, entry.body) != entry.digest:
            return False
        if entry.words is not None and hidden(entry.salt, entry.words) not in entry.body:
            return False
        after = entry.digest
    return after == to


def erase(entry: Entry) -> None:
    """Erases the words of an entry for good, also from guessing; the chain still holds."""
    Entry.objects.filter(pk=entry.pk).update(words=None, salt="")


def hidden(salt: str, words: str) -> str:
    """Returns the digest that stands for words in the chain."""
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()
