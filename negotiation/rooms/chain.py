"""An event as an entry and back, and the chain of digests that shows when somebody changed the log.

`entry_of`, `event_of`, `leads`, `erase`, `SPOKEN`. The words that people said are kept apart from the chain: it covers
their salted digest, so that words can be erased later and nobody can guess short ones from what remains.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

import msgspec

from game.events import AnyEvent, Injected, Said, decoder, encoder
from negotiation.rooms.models import Entry

SPOKEN = ("said", "injected")


class Torn(Exception):
    """The log is not the one that was written."""


def entry_of(event: AnyEvent, *, room_id: int, n: int, epoch: int, mask: int, at: float, after: str) -> Entry:
    """Returns the entry, not yet saved, that follows the one with digest `after`."""
    words, salt = None, ""
    if isinstance(event, Said | Injected):
        words, salt = event.text, secrets.token_hex(16)
        event = msgspec.structs.replace(event, text=hidden(salt, words))
    entry = Entry(
        room_id=room_id,
        n=n,
        epoch=epoch,
        kind=str(type(event).__struct_config__.tag),
        mask=mask,
        at=at,
        body=encoder.encode(event).decode(),
        words=words,
        salt=salt,
    )
    entry.digest = link(after, entry)
    return entry


def decoded(entry: Entry) -> AnyEvent:
    """Returns the event as the chain covers it: with the digest of spoken words in their place."""
    event: AnyEvent = decoder.decode(entry.body)
    return event


def sealed(entry: Entry) -> str:
    """Returns the digest of the words spoken; empty where the entry is of another kind."""
    event = decoded(entry) if entry.kind in SPOKEN else None
    return event.text if isinstance(event, Said | Injected) else ""


def event_of(entry: Entry) -> AnyEvent:
    """Returns the event; words that were erased come back empty."""
    event = decoded(entry)
    if isinstance(event, Said | Injected):
        event = msgspec.structs.replace(event, text=entry.words or "")
    return event


def link(after: str, entry: Entry) -> str:
    """Returns the digest of the entry in its place."""
    line = f"{after}\n{entry.n}\n{entry.epoch}\n{entry.mask}\n{entry.at!r}\n{entry.body}"
    return hashlib.sha256(line.encode()).hexdigest()


def leads(after: str, entries: Iterable[Entry], to: str) -> bool:
    """Tells whether the entries lead from one digest to the other, each word as it was said or erased."""
    for entry in entries:
        if link(after, entry) != entry.digest:
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
