"""Observation and its sections: the shape of all that one viewer may know now.

Declared apart from `observation`, which fills them, so that bots, the wire and the browser's authors
can read the shape without the rules of secrecy. Matrices are rows of the seat that trusts, in seat order.
"""

from __future__ import annotations

from typing import Literal

from game.decisions import Choice
from game.game_sections import GameSection, ScoreSheet
from game.records import Duty, DutyKind, Identifier, Order, OrderedMeasure, Package, Record, Seat
from game.refusals import Params
from game.scoring import SeatScore

Viewer = str
"""A seat's code, ``"observer"`` or ``"facilitator"``."""

Phase = Literal["lobby", "briefing", "talk", "vote", "orders", "reveal", "over"]


class Chair(Record, frozen=True, omit_defaults=False):
    """One seat at the table: who holds it, and whether it is done with the phase."""

    seat: Seat
    holder: str
    ready: bool


class RoomSection(Record, frozen=True, omit_defaults=False):
    """Where the game stands. Instants are UTC seconds; `rounds` is None while the length is hidden.

    `yes_needed`, `slack` and `vetoes` spell the rule of adoption out. `first_untimed` tells that a clock runs, but not in
    talk and orders of round 1; `zhang` that Zhang's gate stands here; `is_short`
    that briefings speak of rounds which will not come; `rivalry` is the k of each chair; `names` whose names
    disputed places bear, `titles` the title in other languages. `talk` is what may be said in this phase: ``full``, ``public`` (nothing in private), ``sentences``
    (of the rulebook alone) or ``none``. `third` are the third parties at the table.
    """

    scenario: str
    title: str
    titles: dict[str, str]
    phase: Phase
    phase_no: int
    round: int
    rounds: int | None
    began_at: float
    deadline_at: float | None
    paused_at: float | None
    epoch: int
    seats: tuple[Chair, ...]
    voting_order: tuple[Seat, ...]
    side_deals: bool
    duties_per_package: int
    talk: str
    third: tuple[Seat, ...]
    internal_vote: bool
    slack: int
    wide: int
    adoption: str
    yes_needed: int
    vetoes: tuple[Seat, ...]
    ratification: bool
    first_untimed: bool
    zhang: bool
    is_short: bool
    rivalry: tuple[float, ...]
    names: str


class Figures(Record, frozen=True, omit_defaults=False):
    """One seat's shown figures at the end of a round; G, R, U, TR are running scores from shown W."""

    seat: Seat
    A: float
    D: float
    v: float
    N: float
    E: float
    S: float
    W: float
    G: float
    R: float
    U: float
    TR: float


class WorldSection(Record, frozen=True, omit_defaults=False):
    """The region as everybody sees it."""

    round: int
    seats: tuple[Figures, ...]
    trust: tuple[tuple[float, ...], ...]
    trade: tuple[tuple[float, ...], ...]
    alliance: tuple[tuple[float, ...], ...]
    threat: tuple[tuple[float, ...], ...]
    tension: dict[str, float]
    vitality: float
    un: int
    culture: str
    C: float
    rung: int
    stage_d: int
    stage_p: int
    window: str | None
    camps: float | None
    """The camp index, -1 to 1: mean trust inside alliances less mean trust across; None where all or none are allied."""


class TextView(Record, frozen=True, omit_defaults=False):
    """A text on the table this round; `previous` is what it amends, `needed` whose yes it cannot do without.

    `invited` is whom its institution is open to; two of them must say yes. `lost` tells that it can no longer pass with the votes cast: in the vote that is when it may be amended. `sinks` are the
    texts that fall once this one, a side deal, is signed.
    """

    id: Identifier
    version: int
    package: Package
    author: Seat
    sponsors: tuple[Seat, ...]
    amends: Identifier | None
    previous: Package | None
    status: Literal["open", "adopted", "failed", "withdrawn"]
    votes: dict[Seat, Choice]
    needed: tuple[Seat, ...]
    invited: tuple[Seat, ...]
    voters: tuple[Seat, ...]
    lost: bool
    sinks: tuple[Identifier, ...]
    second_pass: bool
    reason: str | None
    reason_params: Params


class ReservationView(Record, frozen=True, omit_defaults=False):
    """What a seat has against a part of the single text: its promises from 1, the institution 0."""

    seat: Seat
    part: int
    text: str


class SingleTextView(Record, frozen=True, omit_defaults=False):
    """What the chair offers to all; `brackets` numbers the parts that are not agreed."""

    version: int
    package: Package
    brackets: tuple[int, ...]
    reservations: tuple[ReservationView, ...]


class TextsSection(Record, frozen=True, omit_defaults=False):
    """Every text of the round, in the order tabled; the chair's agenda and single text, and how many it has offered."""

    texts: tuple[TextView, ...]
    agenda: str
    single: SingleTextView | None
    offers: int


Mark = Literal["kept", "broken", "suspended", "lapsed", "expired", "quit", "stated"]


class PromiseView(Record, frozen=True, omit_defaults=False):
    """A duty once adopted: in force, waiting for its condition, or ended; `marks` by round since adoption."""

    id: Identifier
    duty: Duty
    adopted: int
    status: Literal["in_force", "suspended", "lapsed", "expired"]
    marks: tuple[tuple[int, Mark], ...]
    conditions: tuple[Identifier, ...]


class InstitutionView(Record, frozen=True, omit_defaults=False):
    """An institution in force or ended; `breaches` are (round, seat)."""

    id: Identifier
    members: tuple[Seat, ...]
    adopted: int
    rounds_kept: int
    wide: bool
    in_force: bool
    breaches: tuple[tuple[int, Seat], ...]


class PromisesSection(Record, frozen=True, omit_defaults=False):
    """What has been promised, and who was seen to keep what."""

    duties: tuple[PromiseView, ...]
    institutions: tuple[InstitutionView, ...]


class Deed(Record, frozen=True):
    """A measure carried out in a round; `source` tells a routine from an order and a promised act."""

    seat: Seat
    measure: Identifier
    target: Seat | None = None
    source: Literal["routine", "duty", "order"] = "order"


class RoundView(Record, frozen=True, omit_defaults=False):
    """What everybody saw of a resolved round, and the region after it."""

    round: int
    posture: dict[Seat, int]
    emphasis: dict[Seat, float]
    deeds: tuple[Deed, ...]
    stopped: tuple[tuple[Seat, Identifier], ...]
    quits: tuple[tuple[Seat, Identifier], ...]
    kept: tuple[Identifier, ...]
    detected: tuple[tuple[Seat, Identifier], ...]
    lapsed: tuple[Identifier, ...]
    expired: tuple[Identifier, ...]
    crises: tuple[tuple[str, int], ...]
    adopted: tuple[Package, ...]
    ballots: tuple[TextView, ...]
    absent: tuple[Seat, ...]
    digests: dict[Seat, str]
    after: WorldSection


class HistorySection(Record, frozen=True, omit_defaults=False):
    """The region at the start, and every round resolved since."""

    start: WorldSection
    rounds: tuple[RoundView, ...]


class MandateView(Record, frozen=True, omit_defaults=False):
    """The secret cabinet mandate: its number, code and whether it was met (None until the end).

    `holds` tells whether it would be met if the game ended now; `so_far` is how much there is of the `needed`, a gain in trust
    or trade as a share or a count, for mandates that ask for so much of one thing.
    """

    number: int
    code: str
    met: bool | None
    holds: bool
    so_far: float | None
    needed: float | None


class OwnSection(Record, frozen=True, omit_defaults=False):
    """What only this seat may know; `sources` are where its figures come from, `last_order` what it ordered last round."""

    seat: Seat
    briefing: str
    briefings: dict[str, str]
    """The briefing in other languages, where the scenario has it."""
    sources: tuple[str, ...]
    mandate: MandateView | None
    order: Order | None
    order_version: int
    order_digest: str | None
    last_order: Order | None
    draft: Package | None
    hidden: float
    S_true: float
    W_true: float
    cap: int
    bar: tuple[Identifier, ...]
    promised_cost: int
    found_chance: float
    trust_in_me: dict[Seat, float]
    counsel: dict[Identifier, dict[str, Choice]] = {}
    """By open text, what members of the delegation (by number) say of signing it."""
    ratification: dict[Identifier, float] = {}
    """By open text that binds this seat: the chance that its own audience will ratify it."""
    sheet: ScoreSheet | None = None
    """In a scorable game: what deals are worth to this seat."""


class DutyChoice(Record, frozen=True, omit_defaults=False):
    """A kind of duty one seat may be asked for: the things to refrain from or do, and towards whom."""

    by: Seat
    kind: DutyKind
    whats: tuple[Identifier, ...]
    targets: tuple[Seat, ...]
    target: Literal["no", "may", "must"]
    amounts: tuple[float, ...]
    others: tuple[Seat, ...] = ()
    """Who else may promise the same in the same sentence, none of them its `to`."""
    stages: tuple[float, ...] = ()
    """What may be due in a stage; empty where the kind has no stages. Any kind may start later."""


class InstitutionChoice(Record, frozen=True, omit_defaults=False):
    """An institution: who may join, and the gate that keeps it closed now (None: open)."""

    id: Identifier
    seats: tuple[Seat, ...]
    gate: str | None
    gate_params: Params


class TemplateChoice(Record, frozen=True, omit_defaults=False):
    """A ready-made package; `gate` as for its institution."""

    id: Identifier
    package: Package
    gate: str | None


class MeasureChoice(Record, frozen=True, omit_defaults=False):
    """A measure open to this seat: cost in points, its targets, and whether a promise bars it.

    `evidence` is how it is likely to be read, hostile below 0 and friendly above, by `readers` as things stand (where it
    has targets: by the target). Third parties read it the same way, at a quarter.
    """

    id: Identifier
    cost: int
    targets: tuple[Seat, ...]
    barred: bool
    card: bool
    evidence: float
    readers: tuple[Seat, ...]


class MaySection(Record, frozen=True, omit_defaults=False):
    """What this seat may table and order now."""

    points: int
    duties: tuple[DutyChoice, ...]
    institutions: tuple[InstitutionChoice, ...]
    templates: tuple[TemplateChoice, ...]
    measures: tuple[MeasureChoice, ...]
    routine: OrderedMeasure | None
    routine_barred: bool


class HiddenRound(Record, frozen=True, omit_defaults=False):
    """What was hidden in one round: covert excess, hidden stock and true worth by seat, and the orders."""

    round: int
    covert: dict[Seat, int]
    hidden: dict[Seat, float]
    S_true: dict[Seat, float]
    W_true: dict[Seat, float]
    orders: dict[Seat, Order]
    nonces: dict[Seat, str]
    """Empty while the seed is withheld, from which they come."""


class OutcomeSection(Record, frozen=True, omit_defaults=False):
    """The end: scores, the region's result and everything that was hidden.

    `par` is each seat's usual gain in such a game and `price` the price of rivalry, the sum of par less the sum of
    gains, in points; empty and None where no par is known. `seed` is None while others still play the same.
    """

    scores: tuple[SeatScore, ...]
    region: dict[str, float]
    mandates: dict[Seat, MandateView]
    hidden: tuple[HiddenRound, ...]
    seed: str | None
    par: dict[Seat, float]
    price: float | None


class Observation(Record, frozen=True, omit_defaults=False):
    """All that one viewer may know now; `own` and `may` are for seats, `outcome` for the end."""

    viewer: Viewer
    room: RoomSection
    world: WorldSection
    texts: TextsSection
    promises: PromisesSection
    history: HistorySection
    own: OwnSection | None
    may: MaySection | None
    outcome: OutcomeSection | None
    seats: dict[Seat, OwnSection] = {}
    """The facilitator's view of every seat's own section; empty for all others."""
    game: GameSection | None = None
    """What a game of another kind than the security dilemma is played with."""
