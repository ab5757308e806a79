"""Usage, USAGES, written, table: names that languages and governments dispute, kept in one place, and how a room writes them.

A text that players read never names such a place itself: it says ``{place_senkaku}``, and ``words/names.toml`` says what
stands there; ``words/ko/names.toml`` in Korean. A name is a claim; who writes only one of two has taken a side without noticing.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Literal, get_args

Usage = Literal["both", "CN", "KP", "JP", "KR", "RU", "US"]
"""``"both"`` writes what is disputed with the names of all sides; a seat's code follows that government."""

USAGES: tuple[Usage, ...] = get_args(Usage)
BLANK = re.compile(r"\{place_(\w+)\}")


@cache
def table(language: str = "en") -> dict[str, dict[str, str]]:
    """Return every disputed name by its id: by usage, with ``both`` always among them; in English where a language lacks it."""
    english = _own("en")
    own = english if language == "en" else _own(language)
    return {id_: own.get(id_) or english[id_] for id_ in (*english, *(id_ for id_ in own if id_ not in english))}


@cache
def _own(language: str) -> dict[str, dict[str, str]]:
    folder = resources.files("game").joinpath("words")
    file = folder.joinpath("names.toml") if language == "en" else folder.joinpath(language, "names.toml")
    found: dict[str, dict[str, str]] = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    return found


def written(text: str, usage: str = "both", language: str = "en") -> str:
    """Return the text with its disputed names as the usage has them; a usage without a word of its own writes both.

    A language with cases keeps them as ids of their own: ``{place_strait_gen}``.
    """

    def name(blank: re.Match[str]) -> str:
        forms = table(language).get(blank[1]) or table()[blank[1]]
        return forms.get(usage, forms["both"])

    return BLANK.sub(name, text)
