"""Welcome, Update, Answered, Reply, Heartbeat, Error: what the server sends, declared for those who read it.

The hot path writes these messages by hand (`sight`, `inbox`, `pump`); here stands their form, from which `/protocol.json`
is made and against which the tests hold every message of every socket.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Union

import msgspec
from msgspec import UNSET, UnsetType

from game import events, sections
from game.clauses import Hollow
from game.forecast import Forecast
from game.game_sections import GameSection
from game.observation import EndShown, RoundShown
from game.records import Record, Seat
from negotiation.rooms.protocol import Count

Instant = Annotated[float, msgspec.Meta(description="UTC seconds")]

if TYPE_CHECKING:
    ShownEvent = events.Event
else:
    # As the rules keep them, but for the two that hold what nobody may know.
    _hidden = (events.Resolved, events.Ended)
    ShownEvent = Union[tuple(e for e in events.AnyEvent.__args__ if e not in _hidden) + (RoundShown, EndShown)]  # noqa: UP007, RUF005


class PersonView(Record, frozen=True, omit_defaults=False):
    """Somebody of the room who does not only watch; `here` while a page of theirs is open."""

    id: int
    name: str
    seat: Seat | None
    role: Literal["delegate", "facilitator"]
    here: bool
    office: str | UnsetType = UNSET
    """What the person does in the delegation, where its members have offices."""
    hand: Literal[True] | UnsetType = UNSET
    """The hand is up: the person asks for the word of whoever runs the room."""
    program: Literal[True] | UnsetType = UNSET
    """A program sits here, let in with a token."""


class LetterView(Record, frozen=True, omit_defaults=False):
    """What is for the reader alone: the briefing of the own office (`at` is null), or words of a facilitator.

    `texts` has it in other languages, where the scenario does.
    """

    at: Instant | None
    text: str
    texts: dict[str, str] = msgspec.field(default_factory=dict)


class TroubleView(Record, frozen=True, omit_defaults=False):
    """What somebody did last that hinders others; for whoever runs the room alone."""

    id: int
    what: Literal["flood", "too_fast", "unreadable", "forbidden", "slow"]
    at: Instant


class PeopleSection(Record, frozen=True, omit_defaults=False):
    """Who is in the room; `me` is the reader's own id, and those who watch are only counted."""

    people: tuple[PersonView, ...]
    observers: int
    me: int
    shut: Literal[True] | UnsetType = UNSET
    """Nobody new may come in."""
    letters: tuple[LetterView, ...] | UnsetType = UNSET
    troubles: tuple[TroubleView, ...] | UnsetType = UNSET


class Sections(Record, frozen=True):
    """The reader's view by parts. A welcome has all of them, an update those that changed; `seats` is the facilitator's."""

    room: sections.RoomSection | UnsetType = UNSET
    world: sections.WorldSection | UnsetType = UNSET
    texts: sections.TextsSection | UnsetType = UNSET
    promises: sections.PromisesSection | UnsetType = UNSET
    history: sections.HistorySection | UnsetType = UNSET
    own: sections.OwnSection | UnsetType | None = UNSET
    may: sections.MaySection | UnsetType | None = UNSET
    outcome: sections.OutcomeSection | UnsetType | None = UNSET
    game: GameSection | UnsetType | None = UNSET
    people: PeopleSection | UnsetType = UNSET
    seats: dict[Seat, sections.OwnSection] | UnsetType = UNSET


class EntryView(Record, frozen=True, omit_defaults=False):
    """One event of the record; `n` counts the entries that the reader may see."""

    n: Count
    at: Instant
    event: ShownEvent


class RefusalView(Record, frozen=True):
    """Why not: a code of `x-refusals`, and what it is about."""

    code: str
    params: dict[str, Any] = msgspec.field(default_factory=dict)


class Welcome(Record, frozen=True, omit_defaults=False, tag_field="type", tag="welcome"):
    """A whole view: forget what was there before. `more` tells of older entries, which `ask` gets."""

    protocol: int
    epoch: Count
    n: Count
    viewer: sections.Viewer
    whole: Literal[True]
    more: bool
    sections: Sections
    entries: tuple[EntryView, ...]
    now: Instant


class Update(Record, frozen=True, omit_defaults=False, tag_field="type", tag="update"):
    """What is new since the message before; `n` is the number of its newest entry."""

    epoch: Count
    n: Count
    sections: Sections
    entries: tuple[EntryView, ...]
    now: Instant


class Answered(Record, frozen=True, tag_field="type", tag="answer"):
    """To an `act`: committed as far as entry `n`, or refused and nothing changed."""

    id: str
    ok: bool
    n: Count | UnsetType = UNSET
    refusal: RefusalView | UnsetType = UNSET


class Reply(Record, frozen=True, tag_field="type", tag="reply"):
    """To an `ask`: `answer` is a WhyAnswer, a CheckAnswer, an Allowed, a Forecast or a RecordAnswer, as was asked."""

    id: str
    ok: bool
    answer: Any = UNSET
    refusal: RefusalView | UnsetType = UNSET


class Heartbeat(Record, frozen=True, omit_defaults=False, tag_field="type", tag="beat"):
    """Every 10 s; `digests` name each section as it was last sent, and come back in the client's own `beat`."""

    n: Count
    now: Instant
    digests: dict[str, str]


class Error(Record, frozen=True, tag_field="type", tag="error"):
    """A message could not be read; the socket stays open."""

    refusal: RefusalView


class CauseView(Record, frozen=True, omit_defaults=False):
    """A part of the change of a seat's shown worth, in points: the sum, and by way of security and of economy."""

    code: str
    params: dict[str, Any]
    change: float
    S: float
    E: float


class WhyAnswer(Record, frozen=True, omit_defaults=False):
    """To `why`."""

    seat: Seat
    round: int
    before: float
    after: float
    causes: tuple[CauseView, ...]


class Allowed(Record, frozen=True, omit_defaults=False):
    """To `cost`; what is not allowed is a refusal."""

    allowed: Literal[True]


class CheckAnswer(Record, frozen=True, omit_defaults=False):
    """To `check` of a package that can be kept: what it would change for me, and which of its promises would never begin.

    `hindrance` says why it cannot be tabled as matters stand: another phase, a pause, another text of mine. A chair, who has
    nothing to gain, gets no forecast.
    """

    allowed: bool
    hindrance: RefusalView | None
    forecast: Forecast | None
    hollow: tuple[Hollow, ...]


class RecordAnswer(Record, frozen=True, omit_defaults=False):
    """To `record`."""

    entries: tuple[EntryView, ...]
    more: bool


ServerMessage = Welcome | Update | Answered | Reply | Heartbeat | Error
ANSWERS = {"why": WhyAnswer, "check": CheckAnswer, "weigh": Forecast, "cost": Allowed, "record": RecordAnswer}
