"""Event, Audience: everything that can have happened in a room, as a closed union of participles.

Every event declares who may ever learn that it happened. Events carry resulting values, so that
`history.apply` only copies them and an old log replays without the code that made it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from game.decisions import Choice, Holder, Window
from game.records import Identifier, Order, Package, Record, Seat
from game.refusals import Params
from game.scoring import Outcome
from game.world import Report, World

Phase = Literal["lobby", "briefing", "talk", "vote", "orders", "reveal", "over"]
PHASES: tuple[Phase, ...] = ("lobby", "briefing", "talk", "vote", "orders", "reveal", "over")

PUBLIC: None = None
Audience = tuple[Seat, ...] | None
"""The seats that may know of an event; `PUBLIC` (None) is everybody, observers included.

The facilitator may know of every event.
"""


class Event(Record, frozen=True, tag_field="type"):
    """Base of all events; public unless it says otherwise."""

    @property
    def audience(self) -> Audience:
        return PUBLIC


class Seated(Event, frozen=True, tag="seated"):
    """A chair changed hands."""

    seat: Seat
    holder: Holder


class PhaseBegan(Event, frozen=True, tag="phase"):
    """A phase began at `at`; `deadline_at` is None without a clock. Instants are UTC seconds."""

    phase: Phase
    no: int
    round: int
    at: float
    deadline_at: float | None = None


def _heard_by(seat: Seat | None, to: tuple[Seat, ...]) -> Audience:
    if not to:
        return PUBLIC
    return to if seat is None else (*to, seat)


class Said(Event, frozen=True, tag="said"):
    """A seat, or a third party, (None: the facilitator) spoke; with `to`, only those and the speaker may know.

    `sentence` names the sentence of the rulebook, if it was one, and `whom` the state in its blank.
    """

    seat: Seat | None
    text: str
    to: tuple[Seat, ...] = ()
    about: Identifier | None = None
    by: int | None = None
    sentence: Identifier | None = None
    whom: Seat | None = None

    @property
    def audience(self) -> Audience:
        return _heard_by(self.seat, self.to)


class Published(Event, frozen=True, tag="published"):
    """The press or the second track published something."""

    seat: Seat
    text: str
    by: int | None = None


class AgendaSet(Event, frozen=True, tag="agenda"):
    """The chair wrote what is to be talked about."""

    text: str


class Offered(Event, frozen=True, tag="offered"):
    """The chair offered version `version` of the single text, or took it back."""

    version: int
    package: Package | None = None
    brackets: tuple[int, ...] = ()


class Reserved(Event, frozen=True, tag="reserved"):
    """A seat noted a reservation on a part of the single text, or took it back (no text)."""

    seat: Seat
    part: int
    text: str
    by: int | None = None


class Counselled(Event, frozen=True, tag="counselled"):
    """A member of a delegation said whether it should sign a text."""

    seat: Seat
    text: Identifier
    choice: Choice
    by: int | None = None

    @property
    def audience(self) -> Audience:
        return (self.seat,)


class Hidden(Event, frozen=True, tag="hidden"):
    """The facilitator hid what `seat` had said at the instant `at`; its words are gone from the log."""

    seat: Seat | None
    at: float
    to: tuple[Seat, ...] = ()

    @property
    def audience(self) -> Audience:
        return _heard_by(self.seat, self.to)


class Met(Event, frozen=True, tag="met"):
    """Some seats spoke in private; told once a phase and group, and never what or how much."""

    seats: tuple[Seat, ...]


class Proposed(Event, frozen=True, tag="proposed"):
    """A text, or a new version of one, was tabled."""

    text: Identifier
    version: int
    package: Package
    amends: Identifier | None = None
    by: int | None = None


class Sponsored(Event, frozen=True, tag="sponsored"):
    """A seat put its name under a text."""

    text: Identifier
    seat: Seat
    by: int | None = None


class Withdrawn(Event, frozen=True, tag="withdrawn"):
    """A text left the table."""

    text: Identifier


class Voted(Event, frozen=True, tag="voted"):
    """A seat voted."""

    text: Identifier
    seat: Seat
    choice: Choice
    by: int | None = None


class Adopted(Event, frozen=True, tag="adopted"):
    """A text was adopted as number `number` of the round; `package` binds those who said yes."""

    text: Identifier
    number: int
    package: Package


class Failed(Event, frozen=True, tag="failed"):
    """A text fell at the count, for the reason `code`."""

    text: Identifier
    code: str
    params: Params = {}


class Drafted(Event, frozen=True, tag="drafted"):
    """A seat kept or threw away an unfinished package."""

    seat: Seat
    package: Package | None = None
    by: int | None = None

    @property
    def audience(self) -> Audience:
        return (self.seat,)


class Ordered(Event, frozen=True, tag="ordered"):
    """A seat sealed an order; `digest` is SHA-256 of nonce and order and is shown to all later."""

    seat: Seat
    order: Order
    version: int
    nonce: str
    digest: str
    by: int | None = None

    @property
    def audience(self) -> Audience:
        return (self.seat,)


class Readied(Event, frozen=True, tag="readied"):
    """A seat said that it is done with the phase, or not yet."""

    seat: Seat
    ready: bool


class Resolved(Event, frozen=True, tag="resolved"):
    """A round was resolved; `absent` gave no order. What a viewer reads of it, `visible` decides."""

    world: World
    report: Report
    digests: dict[Seat, str] = {}
    absent: tuple[Seat, ...] = ()


class Paused(Event, frozen=True, tag="paused"):
    """The clock stopped; `reason` is "facilitator" or "downtime"."""

    at: float
    reason: str = "facilitator"


class Resumed(Event, frozen=True, tag="resumed"):
    """The clock goes on."""

    at: float
    deadline_at: float | None = None


class Extended(Event, frozen=True, tag="extended"):
    """The deadline moved by `seconds`."""

    deadline_at: float
    seconds: int


class Rewound(Event, frozen=True, tag="rewound"):
    """The game went back to the beginning of phase `to`; a new epoch began."""

    to: int
    epoch: int
    at: float
    deadline_at: float | None = None


class Injected(Event, frozen=True, tag="injected"):
    """The facilitator brought news to all, or to some intelligence, or instructions from their `capital`."""

    text: str
    to: tuple[Seat, ...] = ()
    capital: bool = False

    @property
    def audience(self) -> Audience:
        return self.to or PUBLIC


class WindowOpened(Event, frozen=True, tag="window"):
    """The facilitator opened a window of opportunity for this round."""

    window: Window


class CrisisStaged(Event, frozen=True, tag="crisis"):
    """The facilitator let a crisis break out, whose harm is counted as the round is resolved."""

    flashpoint: str
    severity: int


class Ended(Event, frozen=True, tag="ended"):
    """The game is over: the aftermath has run, secrecy is lifted, a new epoch begins."""

    epoch: int
    at: float
    world: World
    outcome: Outcome


AnyEvent = (
    Seated
    | PhaseBegan
    | Said
    | Published
    | AgendaSet
    | Offered
    | Reserved
    | Counselled
    | Hidden
    | Met
    | Proposed
    | Sponsored
    | Withdrawn
    | Voted
    | Adopted
    | Failed
    | Drafted
    | Ordered
    | Readied
    | Resolved
    | Paused
    | Resumed
    | Extended
    | Rewound
    | Injected
    | WindowOpened
    | CrisisStaged
    | Ended
)

TALK: tuple[type[Event], ...] = (Said, Injected, Published, Hidden)
"""Events that are in the log but not in the `Play`: the record is paged from the log."""

Spoken = Said | Injected | Published | AgendaSet | Reserved
"""Events with words that somebody wrote, in `text`."""

decoder = msgspec.json.Decoder(AnyEvent)
encoder = msgspec.json.Encoder()
