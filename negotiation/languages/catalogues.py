"""path_of, updated, problems: the .po of a language beside what the pages say now."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils.translation import to_locale

from game import languages, translations
from game.translations import Problem
from negotiation.languages import extraction, po

_BLANK = re.compile(r"%\(\w+\)[a-z]|%[a-z]")


def path_of(root: Path, language: str) -> Path:
    """Returns where the catalogue of pages in a language is kept."""
    return root / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"


def updated(root: Path, language: str) -> str:
    """Returns the .po with all that the pages say now: what is new is empty, what is no longer said is gone."""
    path = path_of(root, language)
    old = po.read(path.read_text("utf-8")) if path.is_file() else []
    kept = {entry.key: entry for entry in old}
    forms = int(languages.of(language).django_plural.partition("nplurals=")[2][0])
    entries = [po.Entry(("", "", ""), [_header(language)])]
    for key, places in extraction.found(root).items():
        said = kept[key].said if key in kept else []
        count = forms if key[2] else 1
        entries.append(
            po.Entry(key, [*said, *[""] * count][:count], places, is_fuzzy=key in kept and kept[key].is_fuzzy)
        )
    return po.write(entries)


def _header(language: str) -> str:
    return (
        f"Language: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\nPlural-Forms: {languages.of(language).django_plural}\n"
    )


def problems(root: Path, language: str) -> list[Problem]:
    """Returns all that a language lacks: words, names, glossary, scenarios, and sentences of pages."""
    if language == "en":
        return []
    return translations.problems(language) + _of_pages(root, language)


def _of_pages(root: Path, language: str) -> list[Problem]:
    path = path_of(root, language)
    name = path.relative_to(root).as_posix()
    kept = {entry.key: entry for entry in po.read(path.read_text("utf-8"))} if path.is_file() else {}
    found = extraction.found(root)
    forms = int(languages.of(language).django_plural.partition("nplurals=")[2][0])
    problems = []
    for key in found:
        entry = kept.get(key)
        place = f"msgid {key[1][:60]!r}"
        if entry is None or not all(entry.said):
            problems.append(Problem(name, place, "is missing"))
            continue
        if entry.is_fuzzy:
            problems.append(Problem(name, place, "is fuzzy"))
        if len(entry.said) != (forms if key[2] else 1):
            problems.append(Problem(name, place, f"has {len(entry.said)} forms; this language has {forms}"))
        allowed = {frozenset(_BLANK.findall(one)) for one in key[1:] if one}
        most = frozenset().union(*allowed)
        for said in entry.said:
            blanks = frozenset(_BLANK.findall(said))
            # A form for one may say it without its number.
            if not (blanks == most or (key[2] and most - blanks <= {"%(count)d", "%(n)d", "%(n)s", "%(count)s"})):
                problems.append(Problem(name, place, f"has the blanks {sorted(blanks)} instead of {sorted(most)}"))
    return problems + [
        Problem(name, f"msgid {key[1][:60]!r}", "is said nowhere any more")
        for key in kept
        if key[1] and key not in found
    ]
