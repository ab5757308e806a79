"""load, say, LANGUAGES: the sentences that players read, by group and code, one file a language.

The rules and the wire carry ``{code, params}`` only; whoever shows them to a person looks the code up
here. The browser gets the same file as JSON and formats it the same way. Nothing here knows a rule.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from game import places

Catalogue = dict[str, dict[str, str]]

LANGUAGES: tuple[str, ...] = ("en",)

GROUP_OF: dict[str, str] = {
    "seat": "seat", "to": "seat", "by": "seat", "seats": "seat", "who": "seat", "target": "seat",
    "whom": "seat",
    "measure": "measure", "what": "measure", "statement": "statement", "gate": "gate", "kind": "kind", "phase": "phase", "wanted": "phase",
    "institution": "institution", "flashpoint": "flashpoint", "status": "status", "problem": "problem",
    "thing": "thing", "rule": "rule",
}  # fmt: skip
"""What a parameter of this name is about, so that ``seat="KR"`` reads as South Korea."""


@cache
def load(language: str = "en", names: str = "both") -> Catalogue:
    """Return the sentences of a language by group and code, disputed places as `names` has them (`places`).

    An unknown language or usage is a `KeyError`.
    """
    if language not in LANGUAGES or names not in places.USAGES:
        raise KeyError(language, names)
    text = resources.files("game").joinpath("words", f"{language}.toml").read_text("utf-8")
    words: Catalogue = tomllib.loads(text)
    # A mandate is written where it is invented: in its scenario. A language may say it in its own words.
    words["mandate"] = {**_mandates(), **words.get("mandate", {})}
    return {
        group: {code: places.written(sentence, names) for code, sentence in sentences.items()}
        for group, sentences in words.items()
    }


def _mandates() -> dict[str, str]:
    """Return the sentence of every mandate of every scenario, under any version of the rules, by its code."""
    sentences = {}
    for file in resources.files("game").joinpath("scenarios").iterdir():
        if not file.name.endswith(".toml") or file.name.startswith("_par"):
            continue
        raw = tomllib.loads(file.read_text("utf-8"))
        # A version of the rules numbers the mandates that it exchanges; a scenario lists all its own.
        for states in (raw.get("states", {}), *(one.get("states", {}) for one in raw.get("scenarios", {}).values())):
            for mandates in (state.get("mandates", ()) for state in states.values()):
                for mandate in mandates.values() if isinstance(mandates, dict) else mandates:
                    sentences[mandate["code"]] = f"{mandate['title']}. {mandate['text']}"
    return sentences


def say(code: str, /, *, language: str = "en", **params: Any) -> str:
    """Return the sentence of ``"group.code"``; a code without a sentence is shown as it is."""
    words = load(language)
    group, _, name = code.partition(".")
    pattern = words.get(group, {}).get(name)
    if pattern is None:
        return name or code
    return pattern.format_map(_Blanks({key: _named(words, key, value) for key, value in params.items()}))


def _named(words: Catalogue, key: str, value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_named(words, key, item) for item in value)
    name = str(value)
    if key == "id" and name in words["institution"]:
        return words["institution"][name]
    return words.get(GROUP_OF.get(key, ""), {}).get(name, name)


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
