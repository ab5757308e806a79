"""``python -m game``: list, show and run from the command line; ``--json`` for programs.

A mistake in what is given is one message on the standard error, and the exit code 2.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from game import languages, scenario, script, translations
from game.case_commands import COMMANDS as CASE_COMMANDS
from game.case_commands import is_case
from game.commands import COMMANDS as BOT_COMMANDS
from game.commands import add_rules
from game.proof_commands import COMMANDS as PROOF_COMMANDS
from game.scenario import Scenario
from game.simulation import SimulationError
from game.world import start


class UsageError(ValueError):
    """What was asked cannot be done as asked."""


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m game", description="The rules of the talks, from the command line."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in COMMANDS:
        add(commands)
    arguments = parser.parse_args(argv)
    try:
        arguments.run(arguments)
    except (scenario.ScenarioError, script.ScriptError, SimulationError, UsageError) as error:
        print(f"python -m game {arguments.command}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, say `head`, has had enough
        sys.stderr.close()
        return 1
    return 0


def add_list(commands: Any) -> None:
    parser = commands.add_parser("list", help="name the scenarios")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_list)


def _list(arguments: argparse.Namespace) -> None:
    found = [scenario.load(name) for name in (*scenario.names(), *scenario.cases())]
    if arguments.json:
        rows = [
            {"id": s.id, "title": s.title, "seats": list(s.seats), "rounds": s.rounds, "ruleset": s.ruleset}
            for s in found
        ]
        print(json.dumps({"scenarios": rows}))
        return
    for s in found:
        print(f"{s.id:10}  {s.title:38}  {s.rounds:2} rounds  {' '.join(s.seats)}")


def add_show(commands: Any) -> None:
    parser = commands.add_parser("show", help="print a scenario with the source of every figure")
    parser.add_argument("scenario", help="a name of `list`, or the path of a .toml or .json file")
    add_rules(parser)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_show)


def _show(arguments: argparse.Namespace) -> None:
    s = scenario.load(arguments.scenario, arguments.rules)
    if arguments.json:
        print(json.dumps(_everything(s)))
        return
    if is_case(s):
        print(json.dumps(_everything(s), indent=1))  # all of it is in its file already, without sources
        return
    world = start(s)
    print(f"{s.title} ({s.id}, {s.year}): {s.rounds} rounds, {s.rounds_least} to {s.rounds_most} allowed")
    print(f"C {world.C:.1f}   V {s.V:g}   " + "   ".join(
        f"tension {f} {tau:g}" for f, tau in zip(s.flashpoints, s.tau, strict=True)
    ))  # fmt: skip
    print("seat   strength  offence  sensors  nationalism      S  routine")
    for i, seat in enumerate(s.seats):
        routine = s.routine[i]
        print(f"{seat:5}  {s.M0[i]:8.1f}  {s.off[i]:7.2f}  {s.v[i]:7.2f}  {s.N[i]:11.0f}  {world.S[i]:5.1f}  "
              f"{routine.measure if routine else '-'}")  # fmt: skip
    print(f"\n{'figure':38}  {'value':>9}  unit; source; confidence")
    for figure in s.figures():
        print(f"{figure.path:38}  {figure.value:9g}  {figure.unit}; {figure.source}; {figure.confidence}")


def _everything(s: Scenario) -> dict[str, Any]:
    derived = msgspec.to_builtins(s, str_keys=True)
    figures = derived.pop("sources")
    return {**derived, "figures": figures}


def add_run(commands: Any) -> None:
    parser = commands.add_parser("run", help="play a scripted game")
    parser.add_argument("file", help="the script, a JSON file; - reads the standard input")
    parser.add_argument("--operator", action="store_true", help="add what is true to what is shown")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> None:
    try:
        text = sys.stdin.buffer.read() if arguments.file == "-" else Path(arguments.file).read_bytes()
    except OSError as error:
        raise UsageError(f"{arguments.file}: cannot be read: {error.strerror}") from None
    try:
        played = script.play_script(script.read_script(text))
    except script.ScriptError as error:
        raise script.ScriptError(f"{arguments.file}: {error}") from None
    found = script.result(played, operator=arguments.operator)
    if arguments.json:
        print(json.dumps(found))
        return
    for one in (*found["rounds"], *found.get("aftermath", ())):
        print(f"round {one['round']}: C {one['C']:.2f} {one['culture']}, rung {one['rung']}, V {one['V']:.2f}, "
              f"tension {' '.join(f'{f} {tau:.1f}' for f, tau in one['tau'].items())}")  # fmt: skip
        for seat, values in one["seats"].items():
            print(f"  {seat}  " + "  ".join(f"{name} {value:.2f}" for name, value in values.items()))
        for name in ("detected", "lapsed", "crises"):
            if one[name]:
                print(f"  {name}: {one[name]}")
    print("scores")
    for seat, score in found["scores"].items():
        print(f"  {seat}  " + "  ".join(f"{name} {score[name]:+.3f}" for name in ("G", "R", "U", "TR", "Total")))


def add_words(commands: Any) -> None:
    parser = commands.add_parser("words", help="list what a language lacks of the words, names, glossary and scenarios")
    parser.add_argument("language", choices=languages.CODES)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_words)


def _words(arguments: argparse.Namespace) -> None:
    found = translations.problems(arguments.language)
    if arguments.json:
        print(json.dumps([one._asdict() for one in found]))
        return
    print("\n".join(map(str, found)) or f"{arguments.language}: complete.")


COMMANDS = (add_list, add_show, add_run, add_words, *BOT_COMMANDS, *CASE_COMMANDS, *PROOF_COMMANDS)
"""Each adds its subcommand; to add a command, write such a function and name it here."""


if __name__ == "__main__":
    sys.exit(main())
