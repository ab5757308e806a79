"""load, written, say, CASE_GROUP: the sentences that players read, by group and code, in every language.

The rules and the wire carry ``{code, params}`` only; whoever shows them to a person looks the code up
here. The browser gets the same file as JSON and formats it the same way. Nothing here knows a rule.

English stands in ``words/en.toml``; every other language in a folder of its own, ``words/ko/words.toml``, beside its names and
its scenarios. What a language lacks is read in English.

A blank is ``{seat}``; ``{seat:gen}`` asks for the name in a case; ``{count|round|rounds}`` is the word that goes with a number
(`languages.forms_of`), and shows the number nowhere.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from game import languages, places
from game.languages import CODES

Catalogue = dict[str, dict[str, str]]

GROUP_OF: dict[str, str] = {
    "seat": "seat", "to": "seat", "by": "seat", "seats": "seat", "who": "seat", "target": "seat",
    "whom": "seat",
    "measure": "measure", "what": "measure", "statement": "statement", "gate": "gate", "kind": "kind", "phase": "phase", "wanted": "phase",
    "institution": "institution", "flashpoint": "flashpoint", "status": "status", "problem": "problem",
    "thing": "thing", "rule": "rule",
}  # fmt: skip
"""What a parameter of this name is about, so that ``seat="KR"`` reads as South Korea."""

BLANK = re.compile(r"\{(\w+)(?::(\w+))?(?:\|([^{}]*))?\}")
"""A blank: its name, the case that it asks for, and the forms of a word that goes with its number."""


@cache
def load(language: str = "en", names: str = "both") -> Catalogue:
    """Return the sentences of a language by group and code, disputed places as `names` has them (`places`).

    An unknown language or usage is a `KeyError`.
    """
    if language not in CODES or names not in places.USAGES:
        raise KeyError(language, names)
    english, own = written("en"), written(language)
    groups = {**english, **own}
    return {
        group: {
            code: places.written(sentence, names, language)
            for code, sentence in {**english.get(group, {}), **own.get(group, {})}.items()
        }
        for group in groups
    }


@cache
def written(language: str) -> Catalogue:
    """Return what a language's file holds, with blanks for places; nothing where there is no file yet."""
    folder = resources.files("game").joinpath("words")
    file = folder.joinpath("en.toml") if language == "en" else folder.joinpath(language, "words.toml")
    words: Catalogue = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    return {**_of_scenarios(), **words} if language == "en" else words


@cache
def _of_scenarios() -> Catalogue:
    """Return, in English, what is written where it is invented, in the files of scenarios: mandates, sources, units.

    A mandate has a code. A source and a unit are their own codes, so that a copy's own source is shown as it is.
    """
    found: Catalogue = {"mandate": {}, "source": {}, "unit": {}, "confidence": {}}
    for file in sorted(resources.files("game").joinpath("scenarios").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml") and not file.name.startswith(("_par", "_presets")):
            _collect(tomllib.loads(file.read_text("utf-8")), found)
    return found


def _collect(raw: Any, found: Catalogue) -> None:
    if isinstance(raw, list):
        for one in raw:
            _collect(one, found)
    elif isinstance(raw, dict):
        if {"code", "title", "text"} <= raw.keys():
            found["mandate"][raw["code"]] = f"{raw['title']}. {raw['text']}"
        for key, value in raw.items():
            if key in ("source", "unit", "confidence") and isinstance(value, str):
                found[key][value] = value
            else:
                _collect(value, found)


def say(code: str, /, *, language: str = "en", names: str = "both", **params: Any) -> str:
    """Return the sentence of ``"group.code"``; a code without a sentence is shown as it is."""
    words = load(language, names)
    group, _, name = code.partition(".")
    pattern = words.get(group, {}).get(name)
    if pattern is None:
        return name or code

    def filled(blank: re.Match[str]) -> str:
        key, case, forms = blank.groups()
        if key not in params:
            return blank[0]
        shown = _named(words, key, params[key], case)
        if forms is None:
            return shown
        return languages.forms_of(languages.of(language), forms.split("|"), params[key], shown)

    return BLANK.sub(filled, pattern)


def _named(words: Catalogue, key: str, value: Any, case: str | None = None) -> str:
    if isinstance(value, list | tuple):
        return words["punctuation"]["comma"].join(_named(words, key, item, case) for item in value)
    name = str(value)
    group = "institution" if key == "id" and name in words["institution"] else GROUP_OF.get(key, "")
    if case and name in words.get(f"{group}_{case}", {}):
        return words[f"{group}_{case}"][name]
    return words.get(group, {}).get(name, name)
