"""known, known_cases, text_of, translations_of, version_raw, rules_raw, presets, preset_of, written_over: what lies in the folder of scenarios, as tables.

Beside the scenarios themselves: the constants of the rules, what each later version has otherwise, and the timetables.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from game.figures import ScenarioError, Sheet
from game.languages import CODES
from game.scenario import FIRST_RULES, Preset

PHASES = ("briefing", "talk", "vote", "orders", "reveal", "over")
_FOLDER = resources.files("game").joinpath("scenarios")
_CASES = resources.files("game").joinpath("rulesets", "cases")
_PLACE = re.compile(r"line (?P<line>\d+), column \d+|byte (?P<byte>\d+)|end of document|truncated")
"""How those who read TOML and JSON say where they stopped."""


def known() -> list[str]:
    """Return the names of the packaged scenarios, by the alphabet."""
    return sorted(one.name[:-5] for one in _FOLDER.iterdir() if one.name.endswith(".toml") and one.name[0] != "_")


def known_cases() -> list[str]:
    """Return the names of the packaged games of other kinds, by the alphabet."""
    return sorted(one.name[:-5] for one in _CASES.iterdir() if one.name.endswith(".toml"))


def text_of(name: str) -> str:
    """Return what stands in a packaged file."""
    folder = _CASES if name in known_cases() else _FOLDER
    return folder.joinpath(f"{name}.toml").read_text("utf-8")


def translations_of(name: str) -> dict[str, dict[str, Any]]:
    """Return the texts of a packaged scenario in other languages, as far as they are written: title, briefings, offices."""
    words = resources.files("game").joinpath("words")
    files = {language: words.joinpath(language, f"{name}.toml") for language in CODES}
    return {
        language: toml(file.read_text("utf-8"), f"{language}/{name}.toml")
        for language, file in files.items()
        if file.is_file()
    }


def written_over(raw: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return `raw` with `changes` written over it: tables key by key, and of a list the items that are numbered (from 1)."""
    made: dict[str, Any] = dict(raw)
    for key, change in changes.items():
        old = raw.get(key)
        if isinstance(change, dict) and isinstance(old, dict):
            made[key] = written_over(old, change)
        elif isinstance(change, dict) and isinstance(old, list):
            made[key] = [change.get(str(number), one) for number, one in enumerate(old, 1)]
        else:
            made[key] = change
    return made


# The parser's memory grows with the square of a key's parts: one line could take all that a server has.
_LONG_KEY = re.compile(
    r"""(?<![\w"'.-])(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""",
)


def toml(text: str, file: str) -> dict[str, Any]:
    """Return the tables of a TOML text. Raises `ScenarioError`."""
    if long := _LONG_KEY.search(text):
        line = text.count("\n", 0, long.start()) + 1
        raise ScenarioError(f"{file}: not TOML that can be read: a key of too many parts (line {line})", line=line)
    try:
        return tomllib.loads(text)
    except ValueError as error:  # a number of thousands of digits is one too
        raise ScenarioError(f"{file}: not TOML: {error}", rule="toml", line=_line(text, error)) from None
    except RecursionError:
        raise ScenarioError(f"{file}: not TOML that can be read: it is nested too deeply") from None


def json(text: str, file: str) -> dict[str, Any]:
    """Return the tables of a JSON text. Raises `ScenarioError`."""
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ScenarioError(f"{file}: not JSON: {error}", rule="json", line=_line(text, error)) from None


def _line(text: str, error: Exception) -> int:
    """Return the line, from 1, in which a file stopped making sense; 0 where nobody says it."""
    place = _PLACE.search(str(error))
    if place is None:
        return 0
    if place["byte"]:
        return text.encode()[: int(place["byte"])].count(b"\n") + 1
    return int(place["line"] or len(text.splitlines()))


@cache
def rules_raw() -> dict[str, Any]:
    """Return the constants of the first version of the rules."""
    return toml(text_of("_rules"), "_rules.toml")


@cache
def version_raw(rules: int) -> dict[str, Any]:
    """Return what a version has otherwise than the first: parameters, and changes of shipped scenarios by their names."""
    if rules == FIRST_RULES:
        return {}
    file = f"_rules{rules}.toml"
    raw = toml(text_of(f"_rules{rules}"), file)
    Sheet(file, {}).table(raw, "", ("parameters",), ("scenarios",))
    return raw


@cache
def presets() -> dict[str, tuple[tuple[str, ...], Preset]]:
    """Return the timetables by name, each with the scenarios that it is made for."""
    file = "_presets.toml"
    sheet = Sheet(file, {})
    found = {}
    for name, raw in toml(text_of("_presets"), file).items():
        table = sheet.table(raw, name, ("scenarios", "rounds"), PHASES)
        times = {key: value for key, value in table.items() if key != "scenarios"}
        found[name] = (tuple(table["scenarios"]), preset_of(sheet, times, name))
    return found


def preset_of(sheet: Sheet, raw: object, path: str) -> Preset:
    """Return a timetable that stands at `path` of a file. Raises `ScenarioError`."""
    table = sheet.table(raw, path, ("rounds",), PHASES)
    seconds = {phase: sheet.whole(table[phase], f"{path}.{phase}", 1, 1_209_600) for phase in PHASES if phase in table}
    return Preset(sheet.whole(table["rounds"], f"{path}.rounds", 1, 20), seconds)
