"""current, say, say_later, titled, sentences, offered: the rules' words in the language of whoever asks for this page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import lazystr
from django.utils.translation import get_language

from game import languages, words
from game.scenario import Scenario


def current() -> str:
    """Returns the code of the language that this page is made in; English where there is none, as in a command."""
    code = (get_language() or "en").lower()
    return code if code in languages.CODES else "en"


def say(code: str, /, **params: Any) -> str:
    """Returns the sentence of ``"group.code"`` in the reader's language."""
    return words.say(code, language=current(), **params)


class _Later:
    """A sentence that is made when it is shown, for forms that are built before anybody asks for a page."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __str__(self) -> str:
        return say(self.code)


def say_later(code: str) -> Any:
    """Returns the same as `say`, made anew whenever it is shown."""
    return lazystr(_Later(code))


def titled(scenario: Scenario) -> str:
    """Returns the title of a scenario, shipped or somebody's own, in the reader's language if it has one there."""
    return scenario.titles.get(current(), scenario.title)


def sentences(group: str) -> dict[str, str]:
    """Returns every sentence of a group in the reader's language, by code."""
    return words.load(current())[group]


def offered(_request: HttpRequest) -> dict[str, Any]:
    """Tells every template which languages there are to choose from, and which one this page is in."""
    return {"languages": languages.OFFERED, "language": languages.of(current())}
