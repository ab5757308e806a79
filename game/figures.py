"""Figure, Sheet, ScenarioError: reading a file of figures so that every mistake is said once and well.

A `Sheet` walks a TOML file: it refuses unknown and missing keys, wrong types and numbers out of range,
and remembers of every number its unit, its source and how sure anybody is of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

CONFIDENCES = ("confirmed", "approximate", "guess", "judgement")
"""Checked against a published table; from memory; nobody knows; a decision of the game's authors."""


class ScenarioError(ValueError):
    """A scenario file is wrong; the one message names file, place, what was found and what is allowed.

    The same in parts, for who says it in other words: `path` is the place, `rule` what was broken ("range", "text"; empty where
    only the message says it), `blanks` what the rule names, `line` where in the file, if that is known, from 1.
    """

    def __init__(self, message: str, path: str = "", rule: str = "", line: int = 0, **blanks: Any) -> None:
        super().__init__(message)
        self.path = path
        self.rule = rule
        self.line = line
        self.blanks = blanks


class Figure(msgspec.Struct, frozen=True):
    """A number of a scenario, with its unit, its source and how sure anybody is of it."""

    path: str
    value: float
    unit: str
    source: str
    confidence: str


class Sheet:
    """One parsed file; `columns` hold the default unit, source and confidence of each kind of figure."""

    def __init__(self, file: str, columns: Mapping[str, Any]) -> None:
        self.file = file
        self.figures: list[Figure] = []
        self._columns: dict[str, dict[str, str]] = {}
        for name, raw in columns.items():
            path = f"columns.{name}"
            column = self.table(raw, path, ("unit", "source", "confidence"))
            self._columns[name] = {key: self.text(column[key], f"{path}.{key}") for key in column}
            self.choice(column["confidence"], f"{path}.confidence", CONFIDENCES)

    def wrong(self, path: str, found: object, allowed: str, rule: str = "", **blanks: Any) -> ScenarioError:
        """Return the error to raise for `found` at `path`; `rule` and its blanks say the same as `allowed`."""
        message = f"{self.file}: {path}: found {_brief(found)}; allowed: {allowed}"
        return ScenarioError(message, path, rule, **(blanks or {"allowed": allowed}))

    def table(
        self, raw: object, path: str, needed: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> Mapping[str, Any]:
        """Return `raw` as a table that has all keys `needed` and no others but `optional`."""
        if not isinstance(raw, dict):
            raise self.wrong(path, raw, "a table", "table")
        needed, optional = tuple(needed), tuple(optional)
        known = (*needed, *optional)
        for key in raw:
            if key not in known:
                raise self.wrong(f"{path}.{key}".lstrip("."), f"unknown key {key!r}", ", ".join(known), "unknown")
        for key in needed:
            if key not in raw:
                raise self.wrong(f"{path}.{key}".lstrip("."), "nothing", f"{key!r} must be given", "missing")
        return raw

    def figure(self, raw: object, path: str, column: str, least: float, most: float) -> float:
        """Return the number in a cell and note where it comes from."""
        about = self._columns.get(column)
        if about is None:
            raise self.wrong(f"columns.{column}", "nothing", "a table of unit, source and confidence")
        cell: Mapping[str, Any] = {"value": raw}
        if isinstance(raw, dict):
            cell = self.table(raw, path, ("value",), ("unit", "source", "confidence"))
        value = self.number(cell["value"], path, least, most)
        unit, source, confidence = (
            self.text(cell.get(key, about[key]), f"{path}.{key}") for key in ("unit", "source", "confidence")
        )
        self.choice(confidence, f"{path}.confidence", CONFIDENCES)
        self.figures.append(Figure(path, value, unit, source, confidence))
        return value

    def number(self, raw: object, path: str, least: float, most: float) -> float:
        """Return `raw` as a number from `least` to `most`."""
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise self.wrong(path, raw, f"a number from {least:g} to {most:g}", "range", least=least, most=most)
        if not least <= raw <= most:  # not-a-number fails here too
            raise self.wrong(path, raw, f"{least:g} to {most:g}", "range", least=least, most=most)
        return float(raw)

    def whole(self, raw: object, path: str, least: int, most: int) -> int:
        """Return `raw` as a whole number from `least` to `most`."""
        if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
            raise self.wrong(path, raw, f"a whole number from {least} to {most}", "whole", least=least, most=most)
        return raw

    def flag(self, raw: object, path: str) -> bool:
        """Return `raw` as true or false."""
        if not isinstance(raw, bool):
            raise self.wrong(path, raw, "true or false", "flag")
        return raw

    def text(self, raw: object, path: str) -> str:
        """Return `raw` as a text that is not empty, without blanks around it."""
        if not isinstance(raw, str) or not raw.strip():
            raise self.wrong(path, raw, "a text", "text")
        return raw.strip()

    def choice(self, raw: object, path: str, allowed: Iterable[str]) -> str:
        """Return `raw` as one of `allowed`."""
        allowed = tuple(allowed)
        if not isinstance(raw, str) or raw not in allowed:
            raise self.wrong(path, raw, ", ".join(allowed), "choice")
        return raw

    def choices(self, raw: object, path: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Return `raw` as a list of different values out of `allowed`."""
        if not isinstance(raw, list):
            raise self.wrong(path, raw, "a list", "list")
        found = tuple(self.choice(one, f"{path}[{k}]", allowed) for k, one in enumerate(raw))
        if len(set(found)) != len(found):
            raise self.wrong(path, raw, "each value once", "once")
        return found


def _brief(found: object) -> str:
    text = found if isinstance(found, str) and found.startswith(("unknown key", "nothing")) else repr(found)
    return text if len(text) <= 80 else text[:77] + "..."
