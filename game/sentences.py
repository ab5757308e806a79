"""SENTENCES, LINES, spoken: the rulebook's sentences, for rooms in which nothing else may be said, and what bots say.

Their words are under "sentence" and under "bot".
"""

from __future__ import annotations

from typing import Literal

from game.records import Identifier, Seat
from game.words import say

Blank = Literal["", "about", "whom"]

SENTENCES: dict[Identifier, Blank] = {
    "agree": "about",
    "object": "about",
    "more": "about",
    "less": "about",
    "sign_if": "about",
    "table": "",
    "talk_with": "whom",
    "stop_arming": "whom",
    "answer_restraint": "whom",
    "answer_arms": "whom",
    "broke": "whom",
    "thank": "whom",
    "kept": "",
    "inspect": "",
    "time": "",
    "home": "",
}
"""By name, what its blank takes: a text on the table, a state, or nothing."""


LINES: dict[Identifier, Blank] = {
    "bot_greet": "",
    "bot_thank": "",
    "bot_accept": "about",
    "bot_refuse": "about",
    "bot_warn": "whom",
}
"""The same for what bots say, so that everybody reads it in the own language; without a form on any page."""


def spoken(sentence: Identifier, about: Identifier | None, whom: Seat | None) -> str:
    """Return the sentence in English, for logs and exports."""
    if sentence in LINES:
        return say(sentence.replace("_", ".", 1), id=about, seat=whom)
    return say(f"sentence.{sentence}", about=about, whom=whom)
