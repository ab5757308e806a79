"""Play, Settings, Text, SealedOrder, begin: the folded value of one room's game.

A play is never changed: `history.apply` makes the next one. It holds secrets (`seed`, sealed orders,
drafts, the hidden part of the world), so nothing but `observation` may show any of it to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from game.consent import voters
from game.decisions import Choice, Holder
from game.draws import u01
from game.events import Ended, Phase, Resolved
from game.places import Usage
from game.records import Identifier, Order, Package, Record, Seat
from game.refusals import Params
from game.scenario import FIRST_RULES, AdoptionId, Scenario
from game.scenario_texts import named
from game.world import MOST_ROUNDS, World, start

TalkMode = Literal["full", "public", "sentences", "none"]
TALK_MODES: tuple[TalkMode, ...] = ("full", "public", "sentences", "none")
Status = Literal["open", "adopted", "failed", "withdrawn"]


class Settings(Record, frozen=True):
    """What a room chose when it was made; None means as the scenario says.

    `preset` names the scenario's table of seconds per phase; None plays without a clock. `regime_k` weighs relative gain
    by each state's own k instead of one for all. With `first_untimed` talk and orders of round 1 have no deadline, for
    whoever has never played reads slowly. `names` says whose names disputed places are written by.
    `rules` is the version of the rules; None is the first, for the rooms of its time did not write it down.
    `talk` says what seats may say: anything, to all only, sentences of the rulebook only, or nothing but what is tabled;
    `talk_in` says it for single phases. `third` are the third parties that have a place here. With `internal_vote` a
    delegation of several signs once most of them agree.
    """

    scenario: str
    rounds: Annotated[int, msgspec.Meta(ge=1, le=MOST_ROUNDS)] | None = None
    preset: str | None = None
    windows: bool = True
    crises: bool = True
    mandates: bool | None = None
    hidden_length: bool | None = None
    side_deals: bool | None = None
    slack: Annotated[int, msgspec.Meta(ge=0, le=2)] | None = None
    aftermath: Annotated[int, msgspec.Meta(ge=0, le=10)] = 3
    adoption: AdoptionId | None = None
    vetoes: Annotated[tuple[Seat, ...], msgspec.Meta(max_length=6)] | None = None
    ratification: bool | None = None
    zhang_sequence: bool | None = None
    regime_k: bool = False
    first_untimed: bool = False
    names: Usage = "both"
    rules: int | None = None
    talk: TalkMode = "full"
    talk_in: dict[Phase, TalkMode] = {}
    third: Annotated[tuple[Seat, ...], msgspec.Meta(max_length=3)] = ()
    internal_vote: bool = False

    @property
    def version(self) -> int:
        return FIRST_RULES if self.rules is None else self.rules


class Text(Record, frozen=True):
    """A package on the table: its version, who stands behind it, and the votes on it."""

    id: Identifier
    version: int
    package: Package
    author: Seat
    sponsors: tuple[Seat, ...]
    amends: Identifier | None = None
    previous: Package | None = None
    status: Status = "open"
    votes: dict[Seat, Choice] = {}
    second_pass: bool = False
    reason: str | None = None
    reason_params: Params = {}


class Reservation(Record, frozen=True):
    """What a seat has against a part of the single text: duties are numbered from 1, the institution is 0."""

    seat: Seat
    part: int
    text: str


class SingleText(Record, frozen=True):
    """The text that a chair offers to all; what is in `brackets` is not agreed yet."""

    version: int
    package: Package
    brackets: tuple[int, ...] = ()
    reservations: tuple[Reservation, ...] = ()


class SealedOrder(Record, frozen=True):
    """An order with the nonce and digest that prove later that it was not changed."""

    order: Order
    version: int
    nonce: str
    digest: str


class RoundPlayed(msgspec.Struct, frozen=True):
    """A resolved round: what happened, the texts voted on and the orders, now open to the rules."""

    resolved: Resolved
    texts: tuple[Text, ...]
    adopted: tuple[Package, ...]
    orders: tuple[SealedOrder | None, ...]


class Play(msgspec.Struct, frozen=True):
    """One game as it stands. Tuples over seats are in seat order; instants are UTC seconds.

    `marks[k]` is the play as phase number k began, so that a rewind is a look-up. `superseded` are the versions of
    texts that a newer one took the place of, in any round, as they stood then. `offers` counts the versions of the
    single text, and `counsel` has what the members of a delegation (by number) think of a text, by seat and text; `staged` are the crises of this
    round that a facilitator let break out, with their severity.
    """

    scenario: Scenario
    settings: Settings
    seed: str
    rounds: int
    world: World
    holders: tuple[Holder, ...]
    ready: tuple[bool, ...]
    missed: tuple[int, ...]
    orders: tuple[SealedOrder | None, ...]
    drafts: tuple[Package | None, ...]
    epoch: int = 0
    phase: Phase = "lobby"
    phase_no: int = 0
    round: int = 0
    began_at: float = 0.0
    deadline_at: float | None = None
    paused_at: float | None = None
    pause_reason: str | None = None
    texts: tuple[Text, ...] = ()
    superseded: tuple[Text, ...] = ()
    adopted: tuple[Package, ...] = ()
    met: frozenset[tuple[Seat, ...]] = frozenset()
    agenda: str = ""
    single: SingleText | None = None
    offers: int = 0
    counsel: dict[tuple[Seat, Identifier], dict[int, Choice]] = {}
    staged: dict[str, int] = {}
    played: tuple[RoundPlayed, ...] = ()
    ended: Ended | None = None
    marks: tuple[Play, ...] = ()

    @property
    def is_over(self) -> bool:
        return self.phase == "over"

    @property
    def draw_seed(self) -> str:
        """The seed of this epoch's draws: a rewound round does not repeat its luck."""
        return f"{self.seed}#{self.epoch}" if self.epoch else self.seed

    @property
    def talk(self) -> TalkMode:
        """What seats may say in this phase."""
        return self.settings.talk_in.get(self.phase, self.settings.talk)

    def index(self, seat: Seat) -> int:
        return self.scenario.seats.index(seat)

    def holder(self, seat: Seat) -> Holder:
        return self.holders[self.index(seat)]

    def text(self, id_: Identifier) -> Text | None:
        """Return the text of this round by its id, or None."""
        return next((text for text in self.texts if text.id == id_), None)

    def open_texts(self) -> tuple[Text, ...]:
        return tuple(text for text in self.texts if text.status == "open")

    def may_vote(self, seat: Seat, text: Text) -> bool:
        return seat in voters(self.scenario, text.package)


def begin(scenario: Scenario, settings: Settings, seed: str) -> Play:
    """Return the play of a new room: in the lobby, every seat vacant.

    The scenario is taken over with the room's own switches, so that no rule asks the settings again. Raises
    `ValueError` for a scenario under other rules than the room's.
    """
    if scenario.rules != settings.version:
        raise ValueError(f"rules of the scenario: found version {scenario.rules}; allowed: {settings.version}")
    switches = {
        name: value
        for name in ("mandates", "hidden_length", "side_deals", "slack", "adoption", "ratification", "zhang_sequence")
        if (value := getattr(settings, name)) is not None
    }
    scenario = msgspec.structs.replace(named(scenario, settings.names), **switches, regime_k=settings.regime_k)
    if settings.vetoes is not None:
        # A form offers all six states; those that are not at this table cannot object.
        scenario = msgspec.structs.replace(scenario, vetoes=tuple(s for s in scenario.seats if s in settings.vetoes))
    timetable = scenario.presets[settings.preset].rounds if settings.preset else scenario.rounds
    length = settings.rounds or timetable
    if scenario.hidden_length and length < MOST_ROUNDS and u01(seed, "length") >= 0.5:
        length += 1  # rules.md section 2: two lengths, told at the end
    seats = scenario.seats
    play = Play(
        scenario=scenario,
        settings=settings,
        seed=seed,
        rounds=length,
        world=start(scenario, rounds=length, windows=settings.windows),
        holders=("vacant",) * len(seats),
        ready=(False,) * len(seats),
        missed=(0,) * len(seats),
        orders=(None,) * len(seats),
        drafts=(None,) * len(seats),
    )
    return msgspec.structs.replace(play, marks=(play,))


def orders_given(play: Play) -> Mapping[Seat, Order]:
    """Return the sealed orders by seat; a seat that sealed none is missing."""
    return {
        seat: sealed.order for seat, sealed in zip(play.scenario.seats, play.orders, strict=True) if sealed is not None
    }
