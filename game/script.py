"""Script, play_script: a whole game written down beforehand, played without votes, limits or gates.

Outside programs rely on the form of what goes in and comes out (rules of the game, section 3.1).
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from game import mandates
from game.catalogue import INSTITUTIONS, MEASURES, STATEMENTS
from game.clauses import obligors
from game.figures import ScenarioError
from game.mandates import Course
from game.orders import check
from game.perception import culture_name
from game.records import Duty, Order, Package, Record, Seat
from game.refusals import Refused
from game.resolution import resolve
from game.scenario import FIRST_RULES, RULESETS, Scenario, load
from game.scoring import aftermath, true_standing
from game.world import Report, World, start, trust


class ScriptError(ValueError):
    """A script is wrong; the one message names the place, what was found and what is allowed."""


class ScriptedRound(Record, frozen=True):
    """What is adopted in a round, in order, and what is ordered; a missing order is the empty one."""

    adopt: tuple[Package, ...] = ()
    orders: dict[Seat, Order] = {}


class Script(Record, frozen=True):
    """A game to play; `shadow` is the number of rounds of aftermath and `rules` the version of the rules."""

    scenario: str
    rounds: tuple[ScriptedRound, ...]
    seed: int | str = 0
    crises: bool = True
    windows: bool = True
    shadow: Annotated[int, msgspec.Meta(ge=0, le=20)] = 0
    rules: int = FIRST_RULES


class Played(msgspec.Struct, frozen=True):
    """A script as it was played: the worlds at the start and after every round, and the reports."""

    scenario: Scenario
    script: Script
    worlds: tuple[World, ...]
    reports: tuple[Report, ...]
    after: tuple[World, ...]
    after_reports: tuple[Report, ...]


_decoder = msgspec.json.Decoder(Script)


def read_script(text: bytes) -> Script:
    """Return the script in a JSON text, or raise `ScriptError`."""
    try:
        return _decoder.decode(text)
    except msgspec.DecodeError as error:  # ValidationError is one too, and names the path
        raise ScriptError(str(error)) from None


def play_script(script: Script) -> Played:
    """Return the script played to its end, or raise `ScriptError` at its first mistake."""
    try:
        scenario = load(script.scenario, script.rules)
    except ScenarioError as error:
        raise ScriptError(str(error)) from None
    if scenario.ruleset != RULESETS[0]:
        raise ScriptError(f"scenario: found a game of the kind {scenario.ruleset!r}; allowed: {RULESETS[0]}")
    world = start(scenario, windows=script.windows)
    worlds, reports = [world], []
    for number, one in enumerate(script.rounds, 1):
        path = f"rounds[{number - 1}]"
        for k, package in enumerate(one.adopt):
            _check_package(scenario, package, f"{path}.adopt[{k}]")
        for seat, order in one.orders.items():
            _known(scenario, seat, f"{path}.orders")
            try:
                check(scenario, world, seat, order, one.adopt)
            except Refused as refusal:
                raise ScriptError(f"{path}.orders.{seat}: {refusal} ({refusal.code})") from None
        world, report = resolve(
            scenario, world, one.adopt, one.orders, seed=script.seed, crises=script.crises, windows=script.windows
        )
        worlds.append(world)
        reports.append(report)
    after, after_reports = [], []
    for _ in range(script.shadow):
        world, (report,) = aftermath(scenario, world, script.seed, 1, crises=script.crises, windows=script.windows)
        after.append(world)
        after_reports.append(report)
    return Played(scenario, script, tuple(worlds), tuple(reports), tuple(after), tuple(after_reports))


def result(played: Played, *, operator: bool = False) -> dict[str, Any]:
    """Return what `run` prints: every round's values and the scores; an operator sees the true ones too."""
    s = played.scenario
    rounds = [
        round_values(s, world, report, operator=operator)
        for world, report in zip(played.worlds[1:], played.reports, strict=True)
    ]
    found: dict[str, Any] = {"scenario": s.id, "seed": played.script.seed, "rounds": rounds}
    if played.after:
        found["aftermath"] = [
            round_values(s, world, report, operator=operator)
            for world, report in zip(played.after, played.after_reports, strict=True)
        ]
    last = (*played.worlds, *played.after)[-1]
    course = Course(played.worlds[0], played.worlds[len(played.reports)], played.reports)
    drawn = mandates.results(s, played.script.seed, course)
    found["scores"] = {
        tally.seat: {
            "G": tally.G, "R": tally.R, "U": tally.U, "TR": tally.TR, "Total": tally.total,
            **(mandates.values(drawn[i]) if drawn else {}),
        }
        for i, tally in enumerate(true_standing(s, last))
    }  # fmt: skip
    return found


def round_values(s: Scenario, world: World, report: Report, *, operator: bool = False) -> dict[str, Any]:
    """Return the values of one round's end; those of the operator are true, all others shown."""
    seats = {}
    for i, seat in enumerate(s.seats):
        seats[seat] = {
            "A": world.A[i], "D": world.D[i], "v": world.v[i], "N": world.N[i], "E": world.E[i],
            "S": world.S[i], "W": world.W[i],
        }  # fmt: skip
        if operator:
            seats[seat] |= {"H": world.H[i], "S_true": world.S_true[i], "W_true": world.W_true[i]}
    T = trust(world)
    values: dict[str, Any] = {
        "round": world.round,
        "seats": seats,
        "T": {f"{a}>{b}": T[i][j] for i, a in enumerate(s.seats) for j, b in enumerate(s.seats) if i != j},
        "X": {f"{s.seats[i]}-{s.seats[j]}": world.X[i][j] for i, j in s.pairs},
        "tau": dict(zip(s.flashpoints, world.tau, strict=True)),
        "V": world.V,
        "C": world.C,
        "culture": culture_name(world.C),
        "rung": world.rung,
        "stage_d": world.stage_d,
        "stage_p": world.stage_p,
        "window": world.window,
        "kept": list(report.kept),
        "detected": [list(pair) for pair in report.detected],
        "lapsed": list(report.lapsed),
        "expired": list(report.expired),
        "suspended": list(report.suspended),
        "crises": [list(pair) for pair in report.crises],
    }
    if operator:
        values["un"] = world.un
    return values


def _known(s: Scenario, seat: Seat, path: str) -> None:
    if seat not in s.index:
        raise ScriptError(f"{path}: found {seat!r}; allowed: {', '.join(s.seats)}")


def _check_package(s: Scenario, package: Package, path: str) -> None:
    _known(s, package.sponsor, f"{path}.sponsor")
    for number, duty in enumerate(package.duties, 1):
        _check_duty(s, duty, number, f"{path}.duties[{number - 1}]")
    clause = package.institution
    if clause is None:
        return
    rule = INSTITUTIONS.get(clause.id)
    if rule is None or not set(rule.requires) <= set(s.seats):
        allowed = [one.id for one in INSTITUTIONS.values() if set(one.requires) <= set(s.seats)]
        raise ScriptError(f"{path}.institution.id: found {clause.id!r}; allowed: {', '.join(allowed)}")
    for member in clause.members:
        _known(s, member, f"{path}.institution.members")
    if clause.id == "un_resolution" and clause.delta is None:
        raise ScriptError(f"{path}.institution.delta: found nothing; allowed: 1, -1")


def _check_duty(s: Scenario, duty: Duty, number: int, path: str) -> None:
    """Refuse what could not be carried out; what may not be tabled in a room may still be scripted."""
    for seat in obligors(duty):
        _known(s, seat, f"{path}.by" if seat == duty.by else f"{path}.and")
        if obligors(duty).count(seat) > 1:
            raise ScriptError(f"{path}.and: found {seat} twice; allowed: each seat once")
    if duty.to is not None:
        _known(s, duty.to, f"{path}.to")
    if duty.to in obligors(duty) or (duty.to is None and duty.kind in ("pay", "open", "relieve")):
        raise ScriptError(f"{path}.to: found {duty.to!r}; allowed: another seat")
    if duty.kind == "relieve" and duty.to != "KP":
        raise ScriptError(f"{path}.to: found {duty.to!r}; allowed: KP")
    if duty.kind == "declare" and duty.what not in STATEMENTS:
        raise ScriptError(f"{path}.what: found {duty.what!r}; allowed: {', '.join(STATEMENTS)}")
    if duty.stages and (duty.kind not in ("pay", "relieve") or duty.rounds or duty.amount is not None):
        raise ScriptError(f"{path}.stages: found with {duty.kind}; allowed: pay or relieve, without amount and rounds")
    if not all(0 < stage <= 1 for stage in duty.stages):
        raise ScriptError(f"{path}.stages: found {list(duty.stages)}; allowed: 0.1 to 1.0 each")
    if duty.kind == "cap" and duty.amount not in (-1, 0, 1):
        raise ScriptError(f"{path}.amount: found {duty.amount!r}; allowed: -1, 0, 1")
    if duty.kind == "pay" and not duty.stages and not 0 < (duty.amount or 0) <= 1:
        raise ScriptError(f"{path}.amount: found {duty.amount!r}; allowed: 0.1 to 1.0")
    if duty.kind in ("abstain", "do"):
        measure = MEASURES.get(duty.what or "")
        if measure is None and not (duty.kind == "abstain" and duty.what == "programme"):
            raise ScriptError(f"{path}.what: found {duty.what!r}; allowed: {', '.join(MEASURES)}")
        if measure is not None and duty.kind == "do":
            for seat in obligors(duty):
                if not measure.is_open_to(s, seat):
                    raise ScriptError(f"{path}.what: found {duty.what!r}; allowed: a measure open to {seat}")
            if measure.targeted and duty.to is None:
                raise ScriptError(f"{path}.to: found nothing; allowed: the target of {duty.what}")
    for named in duty.conditions:
        if named >= number:
            raise ScriptError(f"{path}.if: found {named}; allowed: numbers of earlier duties, 1 to {number - 1}")
