"""MEASURES, DUTIES, INSTITUTIONS, LADDER: what states can do, promise and found, as data.

To add a measure, add one `Measure` to the list below (and its words to `words/*.toml`): every rule,
bot and form reads it from here. Ready-made packages are in `templates`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from game.records import DutyKind, Seat

if TYPE_CHECKING:
    from game.scenario import Scenario

FLASHPOINTS: tuple[str, ...] = ("K", "T", "E")
"""Korean Peninsula, Taiwan Strait, East China Sea: the order of every triple of tensions."""

POINTS = 3
"""What a seat may spend on measures in a round."""

Scope = Literal["rivals", "target", "all", "named"]


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """Something a state does in a round, and how others read it.

    `A`, `D`, `tA`, `res` are shares of the actor's start strength M0 (`tA` threatens and `res` protects
    this round only); `v` is added to the sensors; `economy` is in % of trend, times the burden if
    `burdened`; `tension` is added to the flashpoints K, T, E times the actor's weight there.
    `evidence` is bad for trust below 0 and good above, for those in `scope`; `ally` is good evidence
    for allies outside it. `their_*` and `trade*` act on each target.
    """

    id: str
    cost: int = 1
    economy: float = 0.0
    burdened: bool = False
    A: float = 0.0
    D: float = 0.0
    v: float = 0.0
    tA: float = 0.0
    res: float = 0.0
    tension: tuple[float, float, float] = (0.0, 0.0, 0.0)
    scope: Scope
    named: tuple[Seat, ...] = ()
    evidence: float
    ally: float = 0.0
    nationalism: float = 0.0
    their_nationalism: float = 0.0
    doubled_in_exchange: bool = False
    their_economy: float = 0.0
    trade: float = 0.0
    trade_ceiling: float = 0.0
    halves_exposure: bool = False
    alliance: float = 0.0
    transparent: bool = False
    open_to: tuple[Seat, ...] = ()
    needs: tuple[Seat, ...] = ()

    @property
    def targeted(self) -> bool:
        return self.scope == "target"

    @property
    def is_hostile(self) -> bool:
        return self.evidence < 0

    def is_open_to(self, scenario: Scenario, seat: Seat) -> bool:
        """Tell whether this seat can use the measure in this scenario."""
        if self.id in scenario.without or (self.open_to and seat not in self.open_to):
            return False
        return not self.needs or any(other in scenario.seats for other in self.needs)


_MEASURES = (
    Measure(id="missile_defence", cost=2, economy=-.4, burdened=True, D=.06, v=.05, tension=(2, 1, 1),
            scope="rivals", evidence=-.5),
    Measure(id="radar", economy=-.2, D=.03, v=.20, scope="rivals", evidence=-.2),
    Measure(id="radar_long", cost=2, economy=-.3, D=.03, v=.30, scope="rivals", evidence=-.4, open_to=("CN",)),
    Measure(id="strike", cost=2, economy=-.6, burdened=True, A=.08, tension=(2, 2, 2), scope="rivals", evidence=-.8),
    Measure(id="exercise", economy=-.1, tA=.10, res=.06, tension=(4, 2, 3), scope="rivals", evidence=-.6, ally=.2),
    Measure(id="test", economy=-.2, burdened=True, A=.03, D=.03, res=.03, tension=(4, 0, 0),
            scope="rivals", evidence=-.6, open_to=("KP",)),
    Measure(id="sanction", scope="target", evidence=-.8, trade=-.10, their_nationalism=3),
    Measure(id="propaganda", cost=0, res=.04, tension=(.5, .5, .5), scope="target", evidence=-.4, nationalism=6),
    Measure(id="patrol", tA=.06, res=.06, tension=(0, 5, 5), scope="target", evidence=-.6, nationalism=2),
    Measure(id="taiwan", res=.04, tension=(0, 6, 0), scope="named", named=("CN",), evidence=-1.0,
            open_to=("US", "JP"), needs=("CN",)),
    Measure(id="strait_drill", economy=-.1, tA=.08, res=.06, tension=(0, 6, 0), scope="named", named=("JP", "US"),
            evidence=-.8, open_to=("CN",), needs=("JP", "US")),
    Measure(id="tighten", cost=2, res=.04, tension=(1, 2, 1), scope="rivals", evidence=-.4, ally=.5, alliance=.04),
    Measure(id="balance", scope="rivals", evidence=.7, alliance=-.05),
    Measure(id="aid", economy=-.1, scope="target", evidence=.9, their_economy=.4, their_nationalism=-3),
    Measure(id="exchange", scope="target", evidence=.6, nationalism=-3, their_nationalism=-4,
            doubled_in_exchange=True, trade=.02),
    Measure(id="visit", scope="all", evidence=.8, transparent=True),
    Measure(id="halt", tA=-.08, tension=(-4, -2, -3), scope="rivals", evidence=.9),
    Measure(id="remove", D=-.02, v=-.02, tension=(-3, -1, -2), scope="rivals", evidence=1.3),
    Measure(id="curb", scope="all", evidence=.3, nationalism=-6),
    Measure(id="assure", tension=(0, -5, 0), scope="named", named=("CN", "JP", "US"), evidence=.6,
            open_to=("CN", "US", "JP")),
    Measure(id="relocate", economy=-.05, scope="target", evidence=-.3, trade=-.10, trade_ceiling=-.05,
            halves_exposure=True, open_to=("JP", "KR", "US")),
    Measure(id="energy_project", cost=2, economy=.2, scope="target", evidence=.5, trade=.10, their_economy=.3,
            open_to=("RU",)),
)  # fmt: skip

MEASURES: dict[str, Measure] = {measure.id: measure for measure in _MEASURES}


class DutyRule(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of promise: its weight as evidence, and whether it is owed to one named seat.

    `owed` duties lapse when the seat they are owed to is caught cheating.
    """

    kind: DutyKind
    weight: float
    target: Literal["may", "must"] = "may"
    owed: bool = False


CHEAP_PROMISE = 0.15
"""Weight of a promise not to do what one does not do anyway: only costly signals build trust (Kydd 2005)."""

_DUTIES = (
    DutyRule(kind="abstain", weight=.6),
    DutyRule(kind="do", weight=.2, owed=True),
    DutyRule(kind="cap", weight=.7),
    DutyRule(kind="pay", weight=.6, target="must", owed=True),
    DutyRule(kind="open", weight=.3, target="must", owed=True),
    DutyRule(kind="relieve", weight=.7, target="must", owed=True),
    DutyRule(kind="admit", weight=.6),
    DutyRule(kind="declare", weight=.0),
)  # fmt: skip

DUTIES: dict[DutyKind, DutyRule] = {rule.kind: rule for rule in _DUTIES}
WEIGHTS: dict[DutyKind, float] = {rule.kind: rule.weight for rule in _DUTIES}


STATEMENTS: tuple[str, ...] = (
    "denuclearise", "safeguards", "no_nuclear_threat", "no_transfer", "action_for_action", "energy_help",
    "power_supply", "normalise", "working_groups", "meet_again", "ministers", "peace_regime",
)  # fmt: skip
"""What a state can state without promising anything that can be seen kept or broken.

A statement is recorded and stands, and is no evidence of anything: talk without cost carries news only as far as
interests agree already (Crawford & Sobel 1982), and only costly signals build trust (Kydd 2005). Simulated: with the
weight of a cheap promise (.15), five statements signed by all in round 1 raise the final C of six2003 by 5.9 points
and every Total by 3.1 on average among seats that do nothing else; even with .05 by 2.2 and 1.1. So it is 0.
"""


class InstitutionRule(msgspec.Struct, frozen=True, kw_only=True):
    """A standing arrangement: its step on the ladder, what it forbids, what it does while kept.

    `weight` is the evidence each complying member gives every round; `maxp` the highest posture it
    allows; `discount` the share by which a complier's visible threat is read as less.
    """

    id: str
    rung: int
    weight: float
    requires: tuple[Seat, ...] = ()
    only: tuple[Seat, ...] = ()
    forbids: tuple[str, ...] = ()
    maxp: int = 9
    tension: tuple[float, float, float] = (0.0, 0.0, 0.0)
    discount: float = 0.0
    transparent: bool = False

    def members(self, scenario: Scenario) -> tuple[Seat, ...]:
        """Return the default members: all seats, or those it is `only` for."""
        return tuple(seat for seat in scenario.seats if seat in self.only) if self.only else scenario.seats


_INSTITUTIONS = (
    InstitutionRule(id="dialogue", rung=1, weight=.5),
    InstitutionRule(id="exchange", rung=1, weight=.4, forbids=("propaganda",)),
    InstitutionRule(id="trade", rung=1, weight=.4, requires=("CN", "JP", "KR"), only=("CN", "JP", "KR"),
                    forbids=("sanction", "relocate")),
    InstitutionRule(id="common_security", rung=1, weight=.3),
    InstitutionRule(id="crisis", rung=2, weight=.6, forbids=("patrol", "strait_drill"), tension=(-2, -2, -2)),
    InstitutionRule(id="aid", rung=3, weight=.7, tension=(-2, 0, -1)),
    InstitutionRule(id="transparency", rung=3, weight=.6),
    InstitutionRule(id="secretariat", rung=3, weight=.2),
    InstitutionRule(id="guarantee", rung=4, weight=.9, maxp=0, discount=.25, tension=(-3, -3, -3),
                    forbids=("exercise", "strike", "test", "taiwan", "strait_drill")),
    InstitutionRule(id="alliance_transform", rung=4, weight=.7, forbids=("tighten",), discount=.10,
                    transparent=True),
    InstitutionRule(id="armscontrol", rung=5, weight=1.0, maxp=-1, tension=(-2, -2, -2),
                    forbids=("strike", "test", "missile_defence", "exercise")),
    InstitutionRule(id="denuke", rung=6, weight=1.2, requires=("KP",), forbids=("test", "sanction"), maxp=0,
                    tension=(-3, 0, 0)),
    InstitutionRule(id="peace", rung=6, weight=1.0, requires=("KP",), forbids=("exercise",), tension=(-6, 0, 0)),
    InstitutionRule(id="un_resolution", rung=0, weight=0, requires=("KP",)),
)  # fmt: skip

INSTITUTIONS: dict[str, InstitutionRule] = {rule.id: rule for rule in _INSTITUTIONS}

LADDER: tuple[str, ...] = ("dialogue", "crisis", "aid", "guarantee", "armscontrol")
"""The institution of rungs 1 to 5; above them denuke and peace go on together (Zhang 2023)."""
