"""Decision, Actor: everything anybody can ask of a room, as a closed union of imperatives.

A decision says what is wanted; `rules.decide` answers with events or a refusal. Who asks is an
`Actor`, taken from the session or the clock and never from the message.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from game.records import Identifier, Order, Package, Record, Seat

Prose = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Choice = Literal["yes", "no", "abstain"]
Window = Literal["exchange", "trade", "thaw", "fear"]
"""A time in which some things go more easily: visits, trade, trust; or less."""
Flashpoint = Annotated[str, msgspec.Meta(pattern="^[A-Z]$(?!\\n)")]
"""A place over which a crisis may break out, by its letter in the catalogue."""
Holder = Annotated[str, msgspec.Meta(pattern="^(people|caretaker|vacant|bot:[a-z_]{1,20})$(?!\\n)")]
"""Who sits in a chair: people, a bot by name, the caretaker who keeps every promise, or nobody."""


class SeatActor(Record, frozen=True):
    """A delegate acting for a seat; `delegate` is None for a bot."""

    seat: Seat
    delegate: int | None = None


class ThirdParty(Record, frozen=True):
    """Somebody without a state: one of `THIRD_PARTIES`."""

    party: Seat
    delegate: int | None = None


class Facilitator(Record, frozen=True):
    """A teacher or trainer who runs the room."""

    delegate: int | None = None


class Clock(Record, frozen=True):
    """The room's own clock."""


Actor = SeatActor | ThirdParty | Facilitator | Clock


class Decision(Record, frozen=True, tag_field="type"):
    """Base of all decisions."""


class Say(Decision, frozen=True, tag="say"):
    """Speak to the plenary, or in private to the seats in `to`; `about` quotes a text on the table."""

    text: Prose
    to: Annotated[tuple[Seat, ...], msgspec.Meta(max_length=8)] = ()
    about: Identifier | None = None


class Recite(Decision, frozen=True, tag="recite"):
    """Speak in a sentence of the rulebook, which everybody reads in the own language; `about` and `whom` fill its blanks."""

    sentence: Identifier
    to: Annotated[tuple[Seat, ...], msgspec.Meta(max_length=8)] = ()
    about: Identifier | None = None
    whom: Seat | None = None


class Publish(Decision, frozen=True, tag="publish"):
    """Publish a bulletin of the press, or a paper of the second track, for all to read."""

    text: Prose


class SetAgenda(Decision, frozen=True, tag="agenda"):
    """Write what is to be talked about, a line for each point; the chair's."""

    text: Annotated[str, msgspec.Meta(max_length=1000)]


class Offer(Decision, frozen=True, tag="offer"):
    """Offer a single text as the chair, or take it back (None). `brackets` numbers what is not agreed yet: duties from 1,
    the institution 0."""

    package: Package | None = None
    brackets: Annotated[tuple[Annotated[int, msgspec.Meta(ge=0, le=12)], ...], msgspec.Meta(max_length=13)] = ()


class Reserve(Decision, frozen=True, tag="reserve"):
    """Note a reservation on a part of the chair's single text, numbered as in `Offer`; an empty text takes it back."""

    part: Annotated[int, msgspec.Meta(ge=0, le=12)]
    text: Annotated[str, msgspec.Meta(max_length=400)] = ""


class Counsel(Decision, frozen=True, tag="counsel"):
    """Say inside the own delegation whether it should sign a text."""

    text: Identifier
    choice: Choice


class Propose(Decision, frozen=True, tag="propose"):
    """Table a package; `amends` names the text it is a new version of, or a counter-text to."""

    package: Package
    amends: Identifier | None = None


class Sponsor(Decision, frozen=True, tag="sponsor"):
    """Put one's name under a text that another seat tabled."""

    text: Identifier


class Withdraw(Decision, frozen=True, tag="withdraw"):
    """Take a text that one tabled off the table."""

    text: Identifier


class Vote(Decision, frozen=True, tag="vote"):
    """Vote on a text; the last vote before the count holds."""

    text: Identifier
    choice: Choice


class Draft(Decision, frozen=True, tag="draft"):
    """Keep the seat's unfinished package where its team sees it; None throws it away."""

    package: Package | None = None


class GiveOrder(Decision, frozen=True, tag="order"):
    """Seal the seat's order for this round; the last one accepted holds."""

    order: Order


class Ready(Decision, frozen=True, tag="ready"):
    """Say that the seat is done with this phase, or not yet."""

    ready: bool = True


class Appoint(Decision, frozen=True, tag="appoint"):
    """Put people, a bot or the caretaker into a seat."""

    seat: Seat
    holder: Holder


class Start(Decision, frozen=True, tag="start"):
    """Open the talks: the lobby ends."""


class Pause(Decision, frozen=True, tag="pause"):
    """Stop the clock and all acts of seats but talk."""


class Resume(Decision, frozen=True, tag="resume"):
    """Let a paused room go on; the deadline moves by the time lost."""


class Extend(Decision, frozen=True, tag="extend"):
    """Move the deadline of this phase by whole seconds; negative shortens."""

    seconds: Annotated[int, msgspec.Meta(ge=-86_400, le=604_800)]


class Advance(Decision, frozen=True, tag="advance"):
    """End this phase now."""


class Rewind(Decision, frozen=True, tag="rewind"):
    """Go back to the beginning of phase number `phase_no`; nothing is deleted."""

    phase_no: Annotated[int, msgspec.Meta(ge=0, le=10_000)]


class Inject(Decision, frozen=True, tag="inject"):
    """Bring news to all, or to the seats in `to` intelligence, or instructions from their `capital`."""

    text: Prose
    to: Annotated[tuple[Seat, ...], msgspec.Meta(max_length=6)] = ()
    capital: bool = False


class OpenWindow(Decision, frozen=True, tag="open_window"):
    """Open a window of opportunity for this round, in place of what was open."""

    window: Window


class StageCrisis(Decision, frozen=True, tag="stage_crisis"):
    """Let a crisis break out in this round, of severity 1 (an incident) to 5; one that breaks out by itself may be worse."""

    flashpoint: Flashpoint
    severity: Annotated[int, msgspec.Meta(ge=1, le=5)]


class End(Decision, frozen=True, tag="end"):
    """End the game after the rounds resolved so far."""


SeatDecision = Say | Recite | Propose | Sponsor | Withdraw | Vote | Reserve | Counsel | Draft | GiveOrder | Ready
ThirdDecision = Say | Recite | Publish | SetAgenda | Offer
FacilitatorDecision = (
    Appoint | Start | Pause | Resume | Extend | Advance | Rewind | Inject | OpenWindow | StageCrisis | End
)
AnyDecision = SeatDecision | Publish | SetAgenda | Offer | FacilitatorDecision
