"""Mistake, WrongForm, sentence, said, said_of_title, told_of_file, place_in_file: what is wrong with a scenario of somebody's own, and how to mend it, in the reader's language.

The rules say in English what they found and what they allow (`ScenarioError`); here the same is said as something to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from game.figures import ScenarioError
from game.prose import has_ink
from negotiation.languages.current import say

_SENTENCES = {
    "number": gettext_lazy("Write a number."),
    "integer": gettext_lazy("Write a whole number."),
    "range": gettext_lazy("Write a number from {least} to {most}."),
    "whole": gettext_lazy("Write a whole number from {least} to {most}."),
    "flag": gettext_lazy("Write true or false."),
    "text": gettext_lazy("Write something here; it must not be empty."),
    "choice": gettext_lazy("Choose one of these: {allowed}."),
    "list": gettext_lazy("Write a list."),
    "once": gettext_lazy("Name each only once."),
    "table": gettext_lazy("Write a table."),
    "unknown": gettext_lazy("Take this away. What may stand here: {allowed}."),
    "missing": gettext_lazy("Fill this in: what stands beside it needs it."),
    "lines": gettext_lazy("Write {most} lines at the most."),
    "capital": gettext_lazy(
        "Tick the states whose capital it is, or take the tick from “instructions from their capital”."
    ),
    "seats": gettext_lazy("Name two seats or more, each once, in this order: {order}."),
    "toml": gettext_lazy("It is not TOML: {said}."),
    "json": gettext_lazy("It is not JSON: {said}."),
}
"""By the rule that was broken."""


class Mistake(NamedTuple):
    """A field's name (empty: no field's), what the field is called, and how to mend it."""

    field: str
    label: str
    said: str


class WrongForm(ValueError):
    """The form makes no scenario; `wrong` says by the name of the field how to mend each."""

    def __init__(self, wrong: dict[str, str]) -> None:
        self.wrong = wrong
        super().__init__("; ".join(f"{name}: {said}" for name, said in wrong.items()))


def sentence(rule: str, **blanks: object) -> str:
    """Returns how to mend what breaks a rule."""
    return str(_SENTENCES[rule]).format(**{name: _written(blank) for name, blank in blanks.items()})


def said(error: ScenarioError) -> str:
    """Returns how to mend what the rules complain of; where they have no rule for it, what they allow."""
    blanks = dict(error.blanks)
    if error.rule in ("toml", "json"):
        said_of_it = str(error).partition(f"not {error.rule.upper()}: ")[2]
        blanks["said"] = re.sub(r" \((at line|byte) [^)]*\)$", "", said_of_it)
    if error.rule:
        return sentence(error.rule, **blanks)
    return _("What may stand here: %(allowed)s.") % blanks if "allowed" in blanks else str(error)


def said_of_title(title: str) -> str:
    """Returns how to mend a title by which nobody finds the scenario in a list, or that not every database keeps; else nothing."""
    if not has_ink(title):
        return sentence("text")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in title):
        return say("refusal.bad_characters")
    return ""


def told_of_file(error: ScenarioError, text: str, name: str) -> str:
    """Returns what is wrong with a file that was sent: the line, the place, how to mend it."""
    line = error.line or (place_in_file(text, error.path) if error.path and name.endswith(".toml") else 0)
    where = [_("Line %(line)s") % {"line": line}] if line else []
    where += [error.path] if error.path else []
    return ": ".join([", ".join(where), said(error)]) if where else said(error)


def place_in_file(text: str, path: str) -> int:
    """Returns the line, from 1, of a TOML text in which a path stands, or the nearest table around it; 0: nowhere."""
    wanted = _parts(path)
    table: list[str] = []
    best, found = 0, 0
    listed: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        key, is_value, _value = line[:LONGEST_PLACE].partition("=")
        if header := _HEADER.match(key.strip()):
            table = _parts(header[2])
            if header[1] == "[[":  # the next of several under one name
                listed[header[2]] += 1
                table.append(str(listed[header[2]]))
            here = table
        elif is_value and _KEY.match(key):
            here = [*table, *_parts(key)]
        else:
            continue
        if len(here) > best and wanted[: len(here)] == here:
            best, found = len(here), number
    return found


LONGEST_PLACE = 200
"""Signs of a line in which a place is looked for; whoever writes longer ones is told the place alone."""
# Each sign can be matched in one way only: texts come from strangers, and a search must end soon.
_HEADER = re.compile(r"(\[\[?)([^\[\]]+)\]")
_KEY = re.compile(r"""[\w.\s"'-]+$""")


def _parts(path: str) -> list[str]:
    numbered = re.sub(r"\[(\d{1,6})\]", lambda at: f".{int(at[1]) + 1}", path)
    return [part.strip().strip("\"'") for part in numbered.split(".")]


def _written(blank: object) -> str:
    if not isinstance(blank, float):
        return str(blank)
    return f"{blank:g}" if abs(blank) < 100_000 else f"{blank:.0f}"
