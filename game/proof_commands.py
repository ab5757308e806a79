"""COMMANDS: validate, bias and calibrate, for ``python -m game``: this program held against others' work and against itself."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from game import bias, bias_plot, calibration, scenario
from game.commands import add_rules, region
from game.figures import ScenarioError
from game.par import POOL
from game.processes import processes
from game.simulation import MIXES, SimulationError
from game.validation import GROUPS, Row, rows


def add_validate(commands: Any) -> None:
    parser = commands.add_parser("validate", help="hold this program against published work and its own laws")
    parser.add_argument("--only", choices=tuple(GROUPS), help="one group of rows")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_validate)


def _validate(arguments: argparse.Namespace) -> None:
    found: list[Row] = []
    source = ""
    for row in rows(arguments.only):
        found.append(row)
        if arguments.json:
            continue
        if row.source != source:
            source = row.source
            print(f"\n{row.group}  {source}")
        print(f"{'ok ' if row.holds else 'OUT'} {row.claim:60} expected {_said(row.expected):>34}  got {_said(row.got)}",
              flush=True)  # fmt: skip
    failed = sum(not row.holds for row in found)
    if arguments.json:
        told = [row._asdict() | {"holds": row.holds} for row in found]
        print(json.dumps({"rows": told, "failed": failed}))
    else:
        print(f"\n{len(found) - failed} of {len(found)} rows are equal")
    if failed:
        raise SystemExit(1)


def _said(value: Any) -> str:
    if isinstance(value, list | tuple):
        text = ", ".join(map(_said, value))
        return text if len(text) <= 60 else f"{text[:57]}..."
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _add_games(parser: argparse.ArgumentParser, plays: int) -> None:
    add_rules(parser)
    parser.add_argument("--plays", type=int, default=plays)
    parser.add_argument("--seed", type=int, default=0, help="play i uses seed S+i")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; default: all cores")
    parser.add_argument("--json", action="store_true")


def _check_games(arguments: argparse.Namespace) -> None:
    for name, most in (("plays", 1_000_000), ("jobs", 256)):
        if not 1 <= getattr(arguments, name) <= most:
            raise SimulationError(f"--{name}: found {getattr(arguments, name)}; allowed: 1 to {most}")


def add_bias(commands: Any) -> None:
    parser = commands.add_parser("bias", help="say whether the scoring favours a school of thought")
    parser.add_argument("scenario", nargs="?", help="a name of `list`, or a file; default: all shipped ones")
    _add_games(parser, 400)
    parser.add_argument("--to", type=Path, help="a folder for a picture and a table a scenario")
    parser.set_defaults(run=_bias)


def _bias(arguments: argparse.Namespace) -> None:
    _check_games(arguments)
    names = [arguments.scenario] if arguments.scenario else scenario.names()
    told: list[dict[str, Any]] = []
    for name in names:
        chosen = region(name, arguments.rules)
        worlds: list[bias.World] = []
        with processes(arguments.jobs) as mapper:
            for world in bias.study(chosen, plays=arguments.plays, seed=arguments.seed, mapper=mapper):
                worlds.append(world)
                print(f"{name}: k = {world.k:g}, {world.world} world", file=sys.stderr)
        told += [msgspec.to_builtins(world._asdict()) for world in worlds]
        if arguments.json:
            continue
        title = f"{chosen.title}: how far a school of bots leads, in points, by the weight k of relative gain"
        text = "\n".join(_report(worlds, chosen.parameters.k))
        print(f"\n## {chosen.title}\n\n{text}", flush=True)
        if arguments.to:
            schools = [one for world in worlds for one in world.schools]
            _write(arguments.to / f"{chosen.id}.svg", bias_plot.picture(title, schools))
            _write(arguments.to / f"{chosen.id}.md", text + "\n")
    if arguments.json:
        print(json.dumps({"plays": arguments.plays, "worlds": told}))


def _report(worlds: Sequence[bias.World], usual: float) -> Iterator[str]:
    """Yield the tables of a study: schools at every weight, single bots and gains at the usual one."""
    yield from bias_plot.table([one for world in worlds for one in world.schools])
    yield ""
    yield from bias_plot.table([one for world in worlds if world.k == usual for one in world.bots])
    yield ""
    yield from bias_plot.gains([world for world in worlds if world.k == usual])


def add_calibrate(commands: Any) -> None:
    parser = commands.add_parser("calibrate", help="par and spread of every seat, for tournaments")
    parser.add_argument("scenario", help="a name of `list`, or the path of a .toml or .json file")
    _add_games(parser, 2000)
    parser.add_argument("--rounds", type=int, help="default: the scenario's")
    parser.add_argument("--pool", choices=tuple(MIXES), default=POOL, help="which bots sit there")
    parser.add_argument("--to", type=Path, help="the file to write, TOML")
    parser.set_defaults(run=_calibrate)


def _calibrate(arguments: argparse.Namespace) -> None:
    _check_games(arguments)
    if arguments.rounds is not None and not 1 <= arguments.rounds <= 20:
        raise SimulationError(f"--rounds: found {arguments.rounds}; allowed: 1 to 20")
    plan = calibration.plan_of(
        region(arguments.scenario, arguments.rules),
        plays=arguments.plays,
        seed=arguments.seed,
        rounds=arguments.rounds,
        pool=arguments.pool,
    )
    with processes(arguments.jobs, "{} of {} parts") as mapper:
        par = calibration.calibrate(plan, mapper)
    written = list(calibration.lines(plan, par))
    if arguments.to:
        _write(arguments.to, "\n".join(written) + "\n")
    if arguments.json:
        told = {seat: {lens: one._asdict() for lens, one in lenses.items()} for seat, lenses in par.items()}
        print(
            json.dumps({"scenario": plan.scenario.id, "rules": plan.scenario.rules, "plays": plan.plays, "par": told})
        )
    elif not arguments.to:
        print("\n".join(written))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be written: {error.strerror}") from None


COMMANDS = (add_validate, add_bias, add_calibrate)
