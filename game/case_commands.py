"""COMMANDS: import and analyse for ``python -m game``; and how `simulate` goes for games of other kinds."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

import msgspec

from game import bots, places, rulesets, scenario
from game.analysis import Point, analyse
from game.bots.names import CASTS, FILLERS
from game.figures import ScenarioError
from game.imports import FORMS
from game.records import Seat
from game.rulesets.ruleset import PlayedOut
from game.scenario import NEWEST_RULES, Scenario
from game.simulation import SimulationError


def add_import(commands: Any) -> None:
    parser = commands.add_parser("import", help="write a scenario's file from a game in the form of somebody else")
    parser.add_argument("form", choices=tuple(FORMS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--to", type=Path, help="the file to write; default: the standard output")
    parser.set_defaults(run=_import)


def _import(arguments: argparse.Namespace) -> None:
    written = FORMS[arguments.form](arguments.folder)
    if arguments.to is None:
        print(written, end="")
        return
    try:
        arguments.to.write_text(written, "utf-8")
    except OSError as error:
        raise ScenarioError(f"{arguments.to}: cannot be written: {error.strerror}") from None


def add_analyse(commands: Any) -> None:
    parser = commands.add_parser("analyse", help="say which deals of a scorable game pass, and where the best lie")
    parser.add_argument("scenario", help="a name of `list`, the path of a .toml or .json file, or a folder to import")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_analyse)


def _analyse(arguments: argparse.Namespace) -> None:
    chosen = _scorable(arguments.scenario)
    found = told(chosen)
    if arguments.json:
        print(json.dumps(found))
        return
    print(f"{chosen.title}: {found['deals']} deals, {found['passing']} pass, {found['unanimous']} leave nobody below "
          f"the threshold; {found['pareto']} are Pareto-optimal, {found['pareto_unanimous']} of these unanimous")  # fmt: skip
    for party, count in found["acceptable"].items():
        print(f"  {party:28} could live with {count}")
    for name in ("nash", "kalai_smorodinsky", "max_sum"):
        point = found[name]
        print(f"{name:18} " + ("none" if point is None else f"{','.join(point['deal'])}  {point['values']}"))


def _scorable(name: str) -> Scenario:
    if Path(name).is_dir():
        from game.scenario_file import parse

        chosen = parse(FORMS["llm-deliberation"](Path(name)), f"{name}.toml", NEWEST_RULES)
    else:
        chosen = scenario.load(name, NEWEST_RULES)
    if chosen.scorable is None:
        raise ScenarioError(f"{name}: found a game of the kind {chosen.ruleset!r}; allowed: scorable")
    return chosen


def told(chosen: Scenario) -> dict[str, Any]:
    """Return the analysis of a scorable game as plain values; parties by their own names, values in their order."""
    assert chosen.scorable is not None
    named = names_of(chosen)
    found = analyse(chosen.scorable).told()
    return {
        "scenario": chosen.id,
        "parties": list(named.values()),
        **msgspec.to_builtins(found),
        "acceptable": {named[seat]: count for seat, count in found.acceptable.items()},
        "nash": _point(found.nash, "deal", "values", "disagreement"),
        "kalai_smorodinsky": _point(found.kalai_smorodinsky, "deal", "values", "disagreement", "ideal"),
    }


def names_of(chosen: Scenario) -> dict[Seat, str]:
    """Return what each party is called, disputed places by both names; its code, where it is the state of that code."""
    return {seat: places.written(chosen.parties.get(seat, seat), "both") for seat in chosen.seats}


def _point(point: Point | None, *fields: str) -> dict[str, Any] | None:
    return None if point is None else {name: getattr(point, name) for name in fields}


def simulate_case(chosen: Scenario, cast: dict[Seat, str], seeds: range, rounds: int) -> list[PlayedOut]:
    """Play a game of another kind among bots, once a seed."""
    rules = rulesets.of(chosen)
    return [
        rules.play_out(chosen, {seat: bots.get(name) for seat, name in cast.items()}, seed, rounds) for seed in seeds
    ]


def cast_of_case(chosen: Scenario, given: str | None) -> dict[Seat, str]:
    """Return who plays which seat, from one name for all or ``CN=conceder,JP=mirror``. Raises `SimulationError`."""
    cast = dict.fromkeys(chosen.seats, FILLERS[chosen.ruleset])
    # A name for all comes before those of single seats, wherever it stands.
    for pair in sorted((given or "").split(","), key=lambda one: "=" in one) if given else ():
        seat, _, name = pair.rpartition("=")
        if name not in CASTS[chosen.ruleset]:
            raise SimulationError(f"--bots: found {name!r}; allowed: {', '.join(CASTS[chosen.ruleset])}")
        if seat and seat not in cast:
            raise SimulationError(f"--bots: found seat {seat!r}; allowed: {', '.join(cast)}")
        cast |= dict.fromkeys((seat,) if seat else cast, name)
    return cast


def run_case(chosen: Scenario, arguments: argparse.Namespace) -> None:
    """Print what `simulate` prints, for a game of another kind."""
    cast = cast_of_case(chosen, arguments.bots)
    seeds = range(arguments.seed, arguments.seed + arguments.plays)
    games = simulate_case(chosen, cast, seeds, arguments.rounds or chosen.rounds)
    columns = dict(zip(chosen.seats, zip(*(game.scores for game in games), strict=True), strict=True))
    seats = {seat: {"mean": fmean(one), "sd": pstdev(one)} for seat, one in columns.items()}
    agreed = fmean(game.adopted is not None for game in games)
    found = {"scenario": chosen.id, "plays": len(games), "seats": seats, "agreed": agreed,
             "rounds": fmean(game.rounds for game in games)}  # fmt: skip
    if arguments.each:
        found["each"] = [
            {"scores": dict(zip(chosen.seats, game.scores, strict=True)), "rounds": game.rounds,
             "deal": list(game.adopted.deal) if game.adopted else None}
            for game in games
        ]  # fmt: skip
    if arguments.json:
        print(json.dumps(found))
        return
    print(f"{chosen.id}: {len(games)} plays, {' '.join(f'{seat}={bot}' for seat, bot in cast.items())}")
    for seat, one in seats.items():
        print(f"{seat:4} {one['mean']:+9.2f} ±{one['sd']:7.2f}  {names_of(chosen)[seat]}")
    if chosen.ruleset == "scorable":
        print(f"agreed {agreed:.0%}, after {found['rounds']:.1f} rounds")


def is_case(chosen: Scenario) -> bool:
    """Tell whether the scenario is a game of another kind than the security dilemma."""
    return not rulesets.of(chosen).has_region


COMMANDS = (add_import, add_analyse)
