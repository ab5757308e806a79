"""Usage, USAGES, written, table: names that languages and governments dispute, kept in one place, and how a room writes them.

A text that players read never names such a place itself: it says ``{place_senkaku}``, and ``words/names.toml`` says what
stands there. A name is a claim; who writes only one of two has taken a side without noticing.
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
def table() -> dict[str, dict[str, str]]:
    """Return every disputed name by its id: by usage, with ``both`` always among them."""
    text = resources.files("game").joinpath("words", "names.toml").read_text("utf-8")
    found: dict[str, dict[str, str]] = tomllib.loads(text)
    return found


def written(text: str, usage: str = "both") -> str:
    """Return the text with its disputed names as the usage has them; a usage without a word of its own writes both."""

    def name(blank: re.Match[str]) -> str:
        forms = table()[blank[1]]
        return forms.get(usage, forms["both"])

    return BLANK.sub(name, text)
