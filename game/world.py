"""World, ShownWorld, Report, start, shown: the region between rounds, and what happened in one.

A world is frozen tuples in seat order; matrices have the row of the seat that looks or trusts. `ShownWorld`
is what everybody sees. `World` adds the only hidden part: covert arms and the true values that follow
from them. A `Report` is public as a whole.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Literal

import msgspec

from game.addition import added
from game.catalogue import INSTITUTIONS
from game.clauses import obligors
from game.perception import (
    culture_of,
    protections,
    security_of,
    threats_seen,
    trust_rows,
    worth_of,
)
from game.records import Duty, Identifier, Package, Seat
from game.scenario import Matrix, Row, Scenario, Window

MOST_ROUNDS = 20
"""Of a game, whatever a room asks for."""


class DutyInForce(msgspec.Struct, frozen=True):
    """A promise that stands; its `id` is round.package.number.

    `on` and `kept` tell of the last round: `on` is False while its conditions suspend it, and `kept` is
    None while it is not on. `weight` is the evidence it gave last, or would give first.
    """

    id: Identifier
    duty: Duty
    adopted: int
    conditions: tuple[Identifier, ...]
    weight: float
    on: bool = False
    kept: bool | None = None


class InstitutionInForce(msgspec.Struct, frozen=True):
    """An institution that stands; `ok` counts the rounds in which all members complied."""

    id: Identifier
    members: tuple[Seat, ...]
    adopted: int
    ok: int = 0


class ShownWorld(msgspec.Struct, frozen=True):
    """What everybody sees of the region at the end of a round (round 0: the start).

    `A D` arms, `v` sensors, `N` nationalism, `E` economy; `a b` good and bad evidence, so trust is
    a/(a+b); `L` alliance; `X Xc` trade and its ceiling; `low` rounds of low trade; `half` exposure;
    `tau` tension in the order of the scenario's flashpoints; `V` vitality; `capb` bonus of seized windows.
    `tA res disc transparent vE common` are the round's temporary effects. `window` is the coming round's.
    `prev[i][j]` is how hostile j was to i last round. `done` lists what each seat has ever executed.
    `threat`, `C`, `S`, `W` were recorded at the end of the round; `gain` sums W - W(start) over rounds.
    """

    round: int
    A: Row
    D: Row
    v: Row
    N: Row
    E: Row
    a: Matrix
    b: Matrix
    L: Matrix
    X: Matrix
    Xc: Matrix
    low: tuple[tuple[int, ...], ...]
    half: Matrix
    tau: Row
    V: float
    un: int
    rung: int
    capb: float
    stage_d: int
    stage_p: int
    tA: Row
    res: Row
    disc: Row
    transparent: tuple[bool, ...]
    vE: Row
    common: tuple[bool, ...]
    duties: tuple[DutyInForce, ...]
    institutions: tuple[InstitutionInForce, ...]
    window: Window | None
    prev: Matrix
    done: tuple[tuple[Identifier, ...], ...]
    breaches: tuple[int, ...]
    threat: Row
    threat0: Row
    C: float
    S: Row
    W: Row
    W0: Row
    gain: Row


class World(ShownWorld, frozen=True):
    """The region with its hidden part: `H` covert arms not found, and what is true because of them.

    `covert` is each seat's covert excess of the last round and `hiding` whether it hid warheads then.
    """

    H: Row
    S_true: Row
    W_true: Row
    gain_true: Row
    covert: tuple[int, ...]
    hiding: tuple[bool, ...]


class Deed(msgspec.Struct, frozen=True):
    """A measure carried out, as everybody saw it; `source` tells a routine from a promised and an ordered act."""

    seat: Seat
    measure: Identifier
    target: Seat | None
    source: Literal["routine", "duty", "order"]


class Found(msgspec.Struct, frozen=True):
    """What came to light about one seat: `stock` points of hidden arms, now shown.

    `posture` is what it had really ordered and `hiding` whether it hid warheads; `caught` is False when
    only an old stock was found.
    """

    seat: Seat
    stock: float
    posture: int
    hiding: bool
    caught: bool


class Report(msgspec.Struct, frozen=True):
    """What everybody saw of one round. It holds no secret.

    `posture` and `emphasis` are the shown ones. `duties` and `institutions` are those in force during the
    round, suspended ones included. `detected` are (seat, duty id, institution id or "stock"). `bars` are
    each seat's (measure, toward whom). `chance` is each seat's chance of being found had it armed in
    secret. `provoked[i][j]` is how hostile the *ordered* measures of j were to i. `invalid` orders were
    refused whole.
    """

    round: int
    adopted: tuple[Package, ...]
    posture: tuple[int, ...]
    emphasis: Row
    deeds: tuple[Deed, ...]
    stopped: tuple[tuple[Seat, Identifier], ...]
    quits: tuple[tuple[Seat, Identifier], ...]
    invalid: tuple[Seat, ...]
    duties: tuple[DutyInForce, ...]
    institutions: tuple[InstitutionInForce, ...]
    kept: tuple[Identifier, ...]
    detected: tuple[tuple[Seat, Identifier], ...]
    lapsed: tuple[Identifier, ...]
    expired: tuple[Identifier, ...]
    suspended: tuple[Identifier, ...]
    found: tuple[Found, ...]
    crises: tuple[tuple[str, int], ...]
    window: Window | None
    next_window: Window | None
    met: bool
    wide: bool
    caps: tuple[int, ...]
    bars: tuple[tuple[tuple[Identifier, Seat | None], ...], ...]
    chance: Row
    provoked: Matrix


_last: tuple[Scenario, bool, World] | None = None


def start(scenario: Scenario, *, rounds: int | None = None, windows: bool = True) -> World:
    """Return the region before round 1; without `windows` the scenario's table of them is empty.

    `rounds` must be one the scenario allows, if given; the world itself does not know how long a game is.
    """
    global _last  # noqa: PLW0603 - one remembered value, recognised by identity: it can be slow, never wrong
    if rounds is not None and not 1 <= rounds <= MOST_ROUNDS:
        raise ValueError(f"rounds: found {rounds}; allowed: 1 to {MOST_ROUNDS}")
    last = _last
    if last is None or last[0] is not scenario or last[1] != windows:
        _last = last = (scenario, windows, _start(scenario, windows))
    return last[2]


def _start(scenario: Scenario, windows: bool) -> World:
    n = len(scenario.seats)
    n0 = scenario.parameters.n0
    zeros, square = (0.0,) * n, ((0.0,) * n,) * n
    world = World(
        round=0, A=scenario.A0, D=scenario.D0, v=scenario.v, N=scenario.N, E=(100.0,) * n,
        a=tuple(tuple(n0 * T for T in row) for row in scenario.T0),
        b=tuple(tuple(n0 * (1 - T) for T in row) for row in scenario.T0),
        L=scenario.L, X=scenario.X0, Xc=((1.5,) * n,) * n, low=((0,) * n,) * n, half=((1.0,) * n,) * n,
        tau=scenario.tau, V=scenario.V, un=scenario.UN, rung=0, capb=0.0, stage_d=0, stage_p=0,
        tA=zeros, res=zeros, disc=zeros, transparent=(False,) * n, vE=scenario.v, common=(False,) * n,
        duties=(), institutions=(), window=window_of(scenario, 1, windows), prev=square,
        done=((),) * n, breaches=(0,) * n, threat=zeros, threat0=zeros, C=0.0, S=zeros, W=zeros, W0=zeros,
        gain=zeros, H=zeros, S_true=zeros, W_true=zeros, gain_true=zeros, covert=(0,) * n, hiding=(False,) * n,
    )  # fmt: skip
    T = trust_rows(world)
    C = culture_of(scenario, world, T)
    threat = tuple(added(row) for row in threats_seen(scenario, world, T, C))
    S = tuple(map(security_of, protections(scenario, world), threat))
    W = tuple(worth_of(scenario, i, S[i], world.E[i]) for i in range(n))
    return msgspec.structs.replace(world, C=C, threat=threat, threat0=threat, S=S, W=W, W0=W, S_true=S, W_true=W)


def window_of(scenario: Scenario, round_: int, windows: bool) -> Window | None:
    """Return the window the scenario opens in a round; none without `windows`."""
    return scenario.windows.get(round_) if windows else None


_shown = attrgetter(*ShownWorld.__struct_fields__)


def shown(world: ShownWorld) -> ShownWorld:
    """Return the world without its hidden part."""
    return ShownWorld(*_shown(world))


def bare(world: ShownWorld) -> World:
    """Return the world as it would be if nothing were hidden."""
    n = len(world.A)
    return World(
        **{name: getattr(world, name) for name in ShownWorld.__struct_fields__},
        H=(0.0,) * n, S_true=world.S, W_true=world.W, gain_true=world.gain, covert=(0,) * n, hiding=(False,) * n,
    )  # fmt: skip


def trust(world: ShownWorld) -> Matrix:
    """Return T, 0 to 1, rows of the seat that trusts."""
    return tuple(map(tuple, trust_rows(world)))


def is_wide(scenario: Scenario, package: Package) -> bool:
    """Tell whether the package binds enough seats to move the region: obligors and members.

    A statement binds nobody.
    """
    bound = {seat for duty in package.duties if duty.kind != "declare" for seat in obligors(duty)}
    clause = package.institution
    if clause is not None and clause.id != "un_resolution":
        bound.update(clause.members or INSTITUTIONS[clause.id].members(scenario))
    return len(bound) >= scenario.wide
