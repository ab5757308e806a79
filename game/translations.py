"""problems, Problem, GLOSSARY, glossary: what the catalogues of a language still lack, and its terms.

Reads what `words`, `places` and `scenario_folder` read, and compares it with the English. Finds what is missing, what no
longer exists, and sentences with other blanks than the English has; the rules read none of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple

from game import languages, places, words
from game.scenario_folder import known, known_cases, text_of, toml, translations_of
from game.scenario_texts import flat, is_bent, texts_of

GLOSSARY = "glossary.toml"
_PLACE = re.compile(r"\{place_(\w+)\}")


class Problem(NamedTuple):
    """What is wrong in a catalogue: the file, the place in it, and the English it ought to follow."""

    file: str
    place: str
    fault: str
    english: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.fault}" + (f"  {self.english!r}" if self.english else "")


class Term(NamedTuple):
    """A word of the rules: its id, how the language says it, and one sentence on what it means."""

    id: str
    term: str
    gloss: str


def problems(language: str) -> list[Problem]:
    """Return all that keeps the catalogues of a language from being complete. An unknown language is a `KeyError`."""
    languages.of(language)
    if language == "en":
        return []
    return [*_words(language), *_names(language), *_glossary(language), *_scenarios(language)]


def _words(language: str) -> Iterator[Problem]:
    file = f"game/words/{language}/words.toml"
    english, own = words.written("en"), words.written(language)
    cases = languages.of(language).cases
    for group, sentences in english.items():
        for code, sentence in sentences.items():
            place = f"[{group}] {code}"
            if code not in own.get(group, {}):
                yield Problem(file, place, "is missing", sentence)
            else:
                yield from _blanks(file, place, sentence, own[group][code], language)
    for group, sentences in own.items():
        base, _, case = group.rpartition("_")
        like = english.get(group) or (english.get(base) if case in cases else None)
        if like is None:
            yield Problem(file, f"[{group}]", "is no group of the English words")
            continue
        yield from (Problem(file, f"[{group}] {code}", "is no code of ours") for code in sentences if code not in like)


def _blanks(file: str, place: str, english: str, own: str, language: str) -> Iterator[Problem]:
    if not own.strip() and english.strip():
        yield Problem(file, place, "is empty", english)
    missing, more = (
        _names_of(english, "en") - _names_of(own, language),
        _names_of(own, language) - _names_of(english, "en"),
    )
    for one in sorted(missing):
        yield Problem(file, place, f"lacks {{{one}}}", english)
    # A place may be named where the English does without, as long as the table has it.
    for one in sorted(more - _known_places(language)):
        yield Problem(file, place, f"has {{{one}}}, which the English has not", english)
    rest = words.BLANK.sub("", own)
    if "{" in rest or "}" in rest:
        yield Problem(file, place, "has a brace that is no blank", own)
    cases = languages.of(language).cases
    for _name, case, _forms in words.BLANK.findall(own):
        if case and case not in cases:
            yield Problem(file, place, f"asks for the case {case!r}, of {cases}", own)


def _names_of(sentence: str, language: str) -> set[str]:
    """Return the names of the blanks; of places without their case."""
    found = set()
    for name, _case, _forms in words.BLANK.findall(sentence):
        base, _, case = name.rpartition("_")
        is_bent = name.startswith("place_") and case in languages.of(language).cases
        found.add(base if is_bent else name)
    return found


def _names(language: str) -> Iterator[Problem]:
    file = f"game/words/{language}/names.toml"
    own = _toml(language, "names.toml")
    english = places.table()
    for id_, forms in english.items():
        for usage, name in forms.items():
            if not own.get(id_, {}).get(usage):
                yield Problem(file, f"[{id_}] {usage}", "is missing", name)
    cases = languages.of(language).cases
    for id_, forms in own.items():
        base, _, case = id_.rpartition("_")
        if id_ not in english and not (base in english and case in cases):
            yield Problem(file, f"[{id_}]", "is no place of ours")
        yield from (Problem(file, f"[{id_}] {usage}", "is no usage") for usage in forms if usage not in places.USAGES)


def _glossary(language: str) -> Iterator[Problem]:
    file = f"game/words/{language}/{GLOSSARY}"
    english, own = _toml("en", GLOSSARY), _toml(language, GLOSSARY)
    for id_, one in english.items():
        for key in ("term", "gloss"):
            if not str(own.get(id_, {}).get(key, "")).strip():
                yield Problem(file, f"[{id_}] {key}", "is missing", one[key])
    yield from (Problem(file, f"[{id_}]", "is no term of ours") for id_ in own if id_ not in english)


def _scenarios(language: str) -> Iterator[Problem]:
    for name in (*known(), *known_cases()):
        file = f"game/words/{language}/{name}.toml"
        expected = dict(flat(texts_of(toml(text_of(name), f"{name}.toml"))))
        found = dict(flat(translations_of(name).get(language, {})))
        for place, text in expected.items():
            if not found.get(place, "").strip():
                yield Problem(file, place, "is missing", " ".join(text.split())[:60])
        for place, text in found.items():
            group, _, rest = place.partition(".")
            if place not in expected and not (is_bent(group) and f"parties.{rest}" in expected):
                yield Problem(file, place, "is no text of the scenario")
            for blank in sorted({f"place_{one}" for one in _PLACE.findall(text)} - _known_places(language)):
                yield Problem(file, place, f"names {{{blank}}}, which is no place of ours")


def _known_places(language: str) -> set[str]:
    return {f"place_{id_}" for id_ in places.table(language)}


def glossary(language: str) -> list[Term]:
    """Return the terms in their order, each in English where the language lacks it."""
    own = _toml(language, GLOSSARY)
    return [
        Term(id_, own.get(id_, {}).get("term") or one["term"], own.get(id_, {}).get("gloss") or one["gloss"])
        for id_, one in _toml("en", GLOSSARY).items()
    ]


def _toml(language: str, name: str) -> dict[str, dict[str, str]]:
    folder = resources.files("game").joinpath("words")
    file = folder.joinpath(name) if language == "en" else folder.joinpath(language, name)
    found: dict[str, dict[str, str]] = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    return found
