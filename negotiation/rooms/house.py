"""raise_hand, lower_hand, write, report, settle, hide, forbid, Filter: what keeps a room in order beside its game.

None of it is a matter of the rules, and nothing of it but a hidden message stands in the log.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable

from django.utils import timezone

from game import events as e
from game.play import Play
from game.records import CHAIR, Seat
from game.sections import Viewer
from negotiation.rooms import chain, log
from negotiation.rooms.log import writing
from negotiation.rooms.masks import bit_of
from negotiation.rooms.models import Delegate, Entry, Letter, Report, Room

LONGEST_QUESTION = 200
LONGEST_LETTER = 2000
MOST_WORDS = 500
MOST_REPORTS = 20
"""Open reports of one person."""


MESSAGES = e.Said | e.Published | e.AgendaSet | e.Reserved
"""What people write to one another, and may report."""


class NothingThere(Exception):
    """There is no such message to report or to hide."""


def showable(text: str) -> str:
    """Returns the text without signs that no screen shows and not every database keeps."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def raise_hand(*, delegate: Delegate, question: str) -> None:
    """Shows all that the person asks for the word, and whoever runs the room what about."""
    _set(delegate, hand=showable(question)[:LONGEST_QUESTION], hand_at=delegate.hand_at or timezone.now())


def lower_hand(*, delegate: Delegate) -> None:
    """Takes the hand down."""
    _set(delegate, hand="", hand_at=None)


def _set(delegate: Delegate, **values: object) -> None:
    with writing(delegate.room_id, time.time()) as writer:
        Delegate.objects.filter(pk=delegate.pk).update(**values)
        writer.people_changed()


def write(*, delegate: Delegate, text: str) -> None:
    """Brings words of a facilitator to one person alone."""
    with writing(delegate.room_id, time.time()) as writer:
        Letter.objects.create(room_id=delegate.room_id, number=delegate.number, text=showable(text)[:LONGEST_LETTER])
        writer.people_changed()


def report(*, delegate: Delegate, play: Play, viewer: Viewer, n: int, reason: str) -> None:
    """Brings a message, by its number in the person's own record, before whoever runs the room. Raises `NothingThere`."""
    room = Room.objects.get(pk=delegate.room_id)
    bit = bit_of(play.scenario.seats, viewer, play.settings.third)
    shown = room.counts[bit] if room.counts else 0
    found = log.newest(room.pk, bit, upto=room.n, skip=shown - n, limit=1) if 1 <= n <= shown else ()
    if not found or not isinstance(found[0].event, MESSAGES):
        raise NothingThere
    mine = Report.objects.filter(room=room, number=delegate.number, is_settled=False)
    if mine.count() >= MOST_REPORTS:
        raise NothingThere
    Report.objects.get_or_create(
        room=room, number=delegate.number, entry=found[0].n, defaults={"reason": showable(reason)[:LONGEST_QUESTION]}
    )


def settle(*, room_id: int, entry: int) -> None:
    """Marks the reports of an entry as looked at."""
    Report.objects.filter(room=room_id, entry=entry).update(is_settled=True)


def hide(*, room_id: int, entry: int) -> str:
    """Takes the words of an entry out of the log and off all screens; returns them. Raises `NothingThere`.

    The chain covers their digest, so the log still proves that something was said.
    """
    with writing(room_id, time.time()) as writer:
        found = Entry.objects.filter(room=room_id, n=entry, words__isnull=False).first()
        event = chain.event_of(found) if found else None
        if found is None or not isinstance(event, MESSAGES):
            raise NothingThere
        chain.erase(found)
        writer.words_erased()
        to = event.to if isinstance(event, e.Said) else ()
        writer.record([e.Hidden(author_of(event), found.at, to)])
        settle(room_id=room_id, entry=entry)
    return event.text


def author_of(event: e.Said | e.Published | e.AgendaSet | e.Reserved) -> Seat | None:
    """Returns whose words these are; None: the facilitator's."""
    return CHAIR if isinstance(event, e.AgendaSet) else event.seat


def forbid(*, room_id: int, words: Iterable[str]) -> None:
    """Sets the words that nobody may say in the room from now on."""
    with writing(room_id, time.time()) as writer:
        Room.objects.filter(pk=room_id).update(forbidden=words_of(words))
        writer.people_changed()


def words_of(words: Iterable[str]) -> list[str]:
    """Returns the words as they are kept: small letters, each once, at most `MOST_WORDS`."""
    return sorted({_plain(word) for line in words if (word := showable(line))})[:MOST_WORDS]


class Filter:
    """A list of forbidden words, ready to be looked for."""

    def __init__(self, words: Iterable[str]) -> None:
        # Where words are parted by spaces, only whole ones count; where they are not, wherever the signs stand.
        parts = [rf"(?<!\w){re.escape(word)}(?!\w)" if _is_parted(word) else re.escape(word) for word in words]
        self._pattern = re.compile("|".join(parts)) if parts else None

    def found_in(self, text: str) -> str | None:
        """Returns the first forbidden word of the text, or None."""
        found = self._pattern.search(_plain(text)) if self._pattern else None
        return found.group() if found else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _is_parted(word: str) -> bool:
    return not any(unicodedata.name(sign, "").startswith(("CJK", "HIRAGANA", "KATAKANA")) for sign in word)
