"""Scenario, Parameters, load, names, cases, RULES, RULESETS: a region at its start, and every number the rules need of it.

A scenario is data in ``scenarios/*.toml``, edited by game designers. Matrices have the row of the seat
that looks; tuples over seats are in seat order. Its symbols are those of the rules of the game, section 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import msgspec

from game.addition import added
from game.catalogue import MEASURES, WEIGHTS, Measure
from game.deals import Scorable
from game.decisions import Window as Window
from game.figures import Figure
from game.figures import ScenarioError as ScenarioError
from game.languages import CODES
from game.payoffs import MatrixGame
from game.records import DutyKind, Seat
from game.scenario_texts import Groups, RoleSheet
from game.templates import Template

Row = tuple[float, ...]
Matrix = tuple[Row, ...]
AdoptionId = Literal["consensus", "minus_one", "minus_two", "qualified"]

RULES: tuple[int, ...] = (2, 3)
"""The versions of the rules that can be played. A version is data: ``scenarios/_rules.toml`` is the first, and what a
later one has otherwise is written over it from a file of its own (``_rules3.toml``)."""
FIRST_RULES, NEWEST_RULES = RULES[0], RULES[-1]
RULESETS: tuple[str, ...] = ("security_dilemma", "scorable", "matrix")
"""The kinds of game; what each does otherwise is in `rulesets`."""


class Parameters(msgspec.Struct, frozen=True):
    """The constants of the dynamics; units and sources are in ``scenarios/_rules.toml``.

    Those with a default came later than version 2 of the rules, in which what they govern does not happen.
    """

    kappa: float
    phi0: float
    ext: float
    aoff: float
    r: float
    c: float
    h: float
    step: float
    step_down: float
    covert_step: float
    burden: float
    n0: float
    cap: float
    seize: float
    seize_most: float
    eta: float
    third: float
    ret: float
    routine: float
    forget: float
    memory: float
    trade: float
    xdrift: float
    xpivot: float
    xmin: float
    tgap: float
    tscale: float
    nrev: float
    vit_up: float
    vit_down: float
    vit_secretariat: float
    det0: float
    detv: float
    detin: float
    detmost: float
    dec: float
    expose: float
    un: float
    recession: float
    quitw: float
    trw: float
    k: float
    mend: float = 0.0
    """Share of a pair's bad evidence that fades for each piece of good evidence above the ceiling of the round."""
    onlooker: float = 0.0
    """Share of an institution's evidence that is lost where a member that did nothing is one of the two."""
    once: float = 0.0
    """Share by which evidence of one conduct is withheld from those who have taken it in this round."""
    netting: float = 0.0
    """Share of what a seat is paid that is set against what it pays before its payments earn it trust."""
    wide_secretariat: float = 0.0
    """1 where a secretariat must bind enough seats to move the region before it keeps the forum alive."""


class Routine(NamedTuple):
    """The one measure a state does every round for free unless restrained, and how many times a round."""

    measure: str
    target: Seat | None = None
    times: int = 1


class Mandate(msgspec.Struct, frozen=True):
    """A secret wish of the cabinet; `code` names its words and, if no `test` does, the test in `mandates`.

    `least` is the least gain that the test asks for, where it asks for one; None leaves it at the test's own.
    """

    code: str
    title: str
    text: str
    test: str = ""
    least: float | None = None


class Preset(msgspec.Struct, frozen=True):
    """A timetable: the rounds it is made for, and the seconds of each phase that has a clock."""

    rounds: int
    seconds: dict[str, int]

    def minutes(self, rounds: int | None = None) -> float:
        """Return the minutes of a game, debrief included, if every phase with a clock takes all its time."""
        once = added(self.seconds.get(phase, 0) for phase in ("briefing", "over"))
        return (once + (self.rounds if rounds is None else rounds) * self.round_seconds()) / 60

    def round_seconds(self) -> int:
        """Return the seconds of one round."""
        return added(self.seconds.get(phase, 0) for phase in ("talk", "vote", "orders", "reveal"))


class News(msgspec.Struct, frozen=True):
    """News at the beginning of a phase of a round; with `to` intelligence for some, with `capital` their instructions."""

    round: int
    phase: str
    text: str
    to: tuple[Seat, ...] = ()
    capital: bool = False


OWN_CLOCK = "own"
"""The name of the timetable that a scenario brings along."""
OFFICES = ("head", "defence", "economy", "press", "intelligence")
"""What the members of a delegation may be, in the order in which offices are given out."""
LANGUAGES = CODES
"""Languages in which a scenario's own texts may be written."""


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """One region at its start.

    Per seat: `gdp` (bn USD); strength `M0` (of which warheads `nuc`) split into `A0` and `D0` by the offensive share `off`;
    sensors `v`; nationalism `N`; weight of security `alpha`; `prog` under way; `burden` of arms; openness
    `open`. Per pair: threat salience `g`, alliance `L`, trust `T0`, trade `X0`, trade share `s`, and the
    weight `omega` of the other as a rival (Grieco 1988).
    """

    id: str
    title: str
    year: int
    seats: tuple[Seat, ...]
    index: dict[Seat, int]
    others: tuple[tuple[int, ...], ...]
    pairs: tuple[tuple[int, int], ...]
    gdp: Row
    M0: Row
    nuc: Row
    A0: Row
    D0: Row
    off: Row
    v: Row
    N: Row
    alpha: Row
    k: Row
    prog: Row
    burden: Row
    open: Row
    un_share: Row
    routine: tuple[Routine | None, ...]
    cards: tuple[tuple[str, ...], ...]
    g: Matrix
    L: Matrix
    T0: Matrix
    X0: Matrix
    s: Matrix
    omega: Matrix
    flashpoints: tuple[str, ...]
    flashpoint_names: dict[str, str]
    flashpoint_weights: Matrix
    flashpoint_pairs: tuple[tuple[tuple[int, int], ...], ...]
    tau: Row
    V: float
    UN: int
    windows: dict[int, Window]
    rounds: int
    rounds_least: int
    rounds_most: int
    recession_round: int | None
    wide: int
    zhang_sequence: bool
    slack: int
    duties_per_package: int
    mandates: bool
    side_deals: bool
    hidden_length: bool
    parameters: Parameters
    briefings: dict[Seat, str]
    mandate_texts: dict[Seat, tuple[Mandate, ...]]
    templates: tuple[Template, ...]
    presets: dict[str, Preset]
    sources: tuple[Figure, ...]
    adoption: AdoptionId | None = None
    """The rule of `adoption` that main texts pass by; None counts the noes against `slack`."""
    vetoes: tuple[Seat, ...] = ()
    """The seats whose no sinks a text where the rule knows vetoes."""
    ratification: bool = False
    """Whether each obligor's audience may refuse what was adopted (Putnam 1988)."""
    regime_k: bool = False
    """Whether each seat weighs relative gain by its own `k`, as its regime has it, instead of by one k for all."""
    rules: int = FIRST_RULES
    """The version of the rules that its figures are those of."""
    without: tuple[str, ...] = ()
    """Measures and kinds of duties by their ids, and institutions as ``institution:id``, that this scenario goes without."""

    office_briefings: dict[Seat, dict[str, str]] = {}
    """What the holder of one of `OFFICES` alone is told, by seat and office."""
    translations: dict[str, dict[Seat, str]] = {}
    """The briefings in other languages, by language and seat."""
    office_translations: dict[str, dict[Seat, dict[str, str]]] = {}
    """What offices are told in other languages, by language, seat and office."""
    titles: dict[str, str] = {}
    """The title in other languages."""
    role_sheets: dict[Seat, RoleSheet] = {}
    """What anybody may read of a state, where somebody has written it."""
    role_sheet_translations: dict[str, dict[Seat, RoleSheet]] = {}
    """The same in other languages."""
    case_texts: dict[str, Groups] = {}
    """What a game of another kind says in other languages: by language, group (`scenario_texts.CASE_GROUPS`) and id."""
    news: tuple[News, ...] = ()
    """What comes from outside at the beginning of certain phases."""
    measures: dict[str, Measure] = msgspec.field(default_factory=lambda: MEASURES)
    """What each measure costs and how it is read; a scenario may weigh some otherwise than the catalogue."""
    weights: dict[DutyKind, float] = msgspec.field(default_factory=lambda: WEIGHTS)
    """How much evidence it is to keep a promise of each kind."""
    ruleset: str = RULESETS[0]
    """Which of `RULESETS` it is a game of."""
    parties: dict[Seat, str] = {}
    """What the seats are called, where they are not the states of their codes."""
    scorable: Scorable | None = None
    matrix: MatrixGame | None = None
    yes_least: int = 0
    """How many must vote yes to a main text, whatever the rule of adoption; 0 leaves it to that rule."""
    must_agree: tuple[Seat, ...] = ()
    """The seats without whose yes no main text passes."""

    @property
    def has_gate(self) -> bool:
        """Whether Zhang's sequence is on and there is a strait in which it can bite."""
        return self.zhang_sequence and "T" in self.flashpoints

    def seconds(self, preset: str | None, phase: str) -> int | None:
        """Return the seconds a phase may take, or None when it has no clock."""
        return None if preset is None else self.presets[preset].seconds.get(phase)

    def rivalry(self, i: int) -> float:
        """Return the weight k of relative gain in the utility of seat `i` (Grieco 1988): .5 for all, or its own."""
        return self.k[i] if self.regime_k else self.parameters.k

    def figures(self) -> tuple[Figure, ...]:
        """Return every figure of the scenario's file and of the shared parameters, with its source."""
        return self.sources

    def sources_of(self, seat: Seat) -> tuple[str, ...]:
        """Return where the figures of a state come from, each source once, published ones before judgements."""
        own = [one for one in self.sources if one.path.startswith(f"states.{seat}.")]
        own.sort(key=lambda one: one.confidence == "judgement")
        return tuple(dict.fromkeys(one.source for one in own))

    def per_seat(self, values: Mapping[Seat, float]) -> Row:
        """Return `values` in seat order."""
        return tuple(values[seat] for seat in self.seats)


def load(name_or_path: str, rules: int = FIRST_RULES) -> Scenario:
    """Return a shipped scenario by name, or one from a file, under a version of the rules.

    Raises `ScenarioError` if it is wrong, or the version unknown.
    """
    from game.scenario_file import read  # the reader needs the class above

    return read(name_or_path, rules)


def names() -> tuple[str, ...]:
    """Return the names of the shipped regions, the starter first."""
    from game.scenario_file import shipped

    return shipped()


def cases() -> tuple[str, ...]:
    """Return the names of the shipped games of other kinds: scorable ones, then matrix games, fewest seats first."""
    from game.scenario_file import shipped_cases

    return shipped_cases()
