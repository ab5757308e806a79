"""changed: the scenario that a filled-in form makes of another, or all that is wrong with the form.

A field's name is the place of its figure in the scenario's file, so the rules' own complaints lead to the field that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from game.figures import ScenarioError
from game.scenario import Scenario
from game.scenario_file import SWITCHABLE, made
from game.templates import TEMPLATES
from negotiation.numerals import whole
from negotiation.scenarios import mending
from negotiation.scenarios.editor import FLAGS, choices, grids, news, texts, timetable
from negotiation.scenarios.mending import WrongForm

WHOLE = {"rounds.default", "switches.slack", "switches.duties_per_package", "region.sanctions"}
OWN_SOURCE = "changed in this copy"
LONGEST_TEXT = 8000
MOST_TOLD = 40
"""Mistakes after which the rules are not asked for more: each costs a reading of the whole file."""


def changed(raw: Mapping[str, Any], posted: Any, rules: int, name: str) -> tuple[dict[str, Any], Scenario]:
    """Returns what the form makes of the scenario, as written and as the rules read it.

    `posted` answers `get` and `getlist`. Raises `WrongForm` with every field that is wrong, not the first alone.
    """
    form = _Form(raw, posted)
    form.read_figures(made(raw, name, rules))
    form.read_boxes()
    form.read_words()
    form.read_clock()
    form.read_news()
    found = form.judged(name, rules)
    if form.wrong or found is None:
        raise WrongForm(form.wrong)
    return form.new, found


class _Form:
    """What was sent, as far as it can be read: a field that cannot keeps what it had, and is noted in `wrong`."""

    def __init__(self, raw: Mapping[str, Any], posted: Any) -> None:
        self.raw = raw
        self.new: dict[str, Any] = deepcopy(dict(raw))
        self.posted = posted
        self.wrong: dict[str, str] = {}
        self.rows: list[int] = []
        """The numbers of those rows of the form that are news: the rules count only these."""

    def read_figures(self, before: Scenario) -> None:
        for grid in grids(self.raw, before):
            for _title, fields in grid.rows:
                for field in fields:
                    text = self.posted.get(field.name)
                    if text is None or text.strip() == field.value:
                        continue
                    is_whole = field.name in WHOLE or field.name.endswith(".cost")
                    if (value := self._number(field.name, text, is_whole=is_whole)) is not None:
                        _put(self.new, field.name, value)

    def read_boxes(self) -> None:
        for flag in FLAGS:
            self.new["switches"][flag] = self.posted.get(f"switches.{flag}") == "yes"
        on = set(self.posted.getlist("with"))
        _set(self.new, "without", [one for one in SWITCHABLE if one not in on])
        offered = set(self.posted.getlist("templates"))
        every = dict.fromkeys((*self.raw["templates"], *TEMPLATES))
        self.new["templates"] = [one for one in every if one in offered]

    def read_words(self) -> None:
        title = (self.posted.get("title") or "").strip()[:80]
        if said := mending.said_of_title(title):
            self.wrong["title"] = said
        else:
            self.new["title"] = title
        for _group, written in texts(self.raw):
            for one in written:
                if (text := self.posted.get(one.name)) is not None:
                    _write(self.new, one.name, text.replace("\r\n", "\n").strip()[:LONGEST_TEXT])
        self.new["windows"] = {
            one.name.removeprefix("windows."): chosen
            for one in choices(self.raw)
            if (chosen := self.posted.get(one.name, one.value))
        }

    def read_clock(self) -> None:
        clock = {}
        for one in timetable(self.raw):
            text, name = self.posted.get(one.name, one.value).strip(), one.name.removeprefix("clock.")
            value = self._number(one.name, text, is_whole=True) if text else None
            if text and value is None:
                value = self.raw.get("clock", {}).get(name, 1 if name == "rounds" else None)
            if value is not None:
                clock[name] = value
        _set(self.new, "clock", clock)

    def read_news(self) -> None:
        found, seats = [], list(self.raw["seats"])
        for n in range(1, len(news(self.raw)) + 1):
            if not (text := (self.posted.get(f"news.{n}.text") or "").replace("\r\n", "\n").strip()):
                continue
            number = self._number(f"news.{n}.round", self.posted.get(f"news.{n}.round") or "1", is_whole=True)
            one: dict[str, Any] = {
                "round": 1 if number is None else number,
                "phase": self.posted.get(f"news.{n}.phase") or "talk",
                "text": text[:2000],
            }
            if to := [seat for seat in seats if seat in self.posted.getlist(f"news.{n}.to")]:
                one["to"] = to
            if self.posted.get(f"news.{n}.capital"):
                one["capital"] = True
            found.append(one)
            self.rows.append(n)
        _set(self.new, "news", found)

    def judged(self, name: str, rules: int) -> Scenario | None:
        """Returns what the rules make of it. What they refuse gets what it had, and they are asked again, until they have said all."""
        while True:
            try:
                return made(self.new, name, rules)
            except ScenarioError as error:
                field = self._field(error.path)
                is_new = field not in self.wrong
                self.wrong.setdefault(field, mending.said(error))
                if not is_new or len(self.wrong) > MOST_TOLD or not self._put_back(error.path):
                    return None

    def _number(self, name: str, text: str, *, is_whole: bool) -> float | int | None:
        text = text.strip().replace(",", ".").replace("\u2212", "-")
        try:
            return int(text) if is_whole else float(text)
        except (ValueError, OverflowError):
            self.wrong[name] = mending.sentence("integer" if is_whole else "number")
            return None

    def _field(self, path: str) -> str:
        """Returns the name of the field that stands for a place in the file."""
        path = path.partition("[")[0]
        place, _, rest = path.partition(".")
        number, _, part = rest.partition(".")
        if place == "news" and (n := whole(number, least=1, most=len(self.rows))) is not None:
            return f"news.{self.rows[n - 1]}.{part or 'text'}"
        return path

    def _put_back(self, path: str) -> bool:
        """Gives a place what it had before, or what can do no harm; returns whether that is another thing."""
        *places, last = path.partition("[")[0].split(".")
        if places[:1] == ["news"] and places[1:]:
            at = int(places[1]) - 1
            harmless = {"round": 1, "phase": "talk"}
            if harmless.get(last, self.new["news"][at].get(last)) == self.new["news"][at].get(last):
                del self.new["news"][at], self.rows[at]
            else:
                self.new["news"][at][last] = harmless[last]
            return True
        old: Any = self.raw
        new = self.new
        for place in places:
            old = old.get(place, {}) if isinstance(old, dict) else {}
            new = new.setdefault(place, {})
        before = new.get(last)
        if isinstance(old, dict) and last in old:
            new[last] = deepcopy(old[last])
        elif path == "clock.rounds":
            new[last] = 1
        elif path.startswith("role_sheets."):
            new[last] = "–"
        else:
            new.pop(last, None)
        return bool(new.get(last) != before)


def _write(raw: dict[str, Any], name: str, text: str) -> None:
    """Puts words in their place; where they may be missing, an empty text takes them away."""
    *places, last = name.split(".")
    if not text and places[0] in ("offices", "role_sheets", "translations"):
        _take_out(raw, [*places, last])
        return
    table = raw
    for place in places:
        table = table.setdefault(place, {})
    table[last] = text


def _take_out(raw: dict[str, Any], places: list[str]) -> None:
    """Takes a value out, and the tables that are empty without it."""
    first, rest = places[0], places[1:]
    if rest and first in raw:
        _take_out(raw[first], rest)
    if first in raw and (not rest or not raw[first]):
        del raw[first]


def _set(raw: dict[str, Any], key: str, value: Any) -> None:
    if value:
        raw[key] = value
    else:
        raw.pop(key, None)


def _put(raw: dict[str, Any], name: str, value: float) -> None:
    *places, last = name.split(".")
    table = raw
    for place in places:
        table = table.setdefault(place, {})
    is_plain = places[0] in ("rounds", "switches", "measures", "weights")
    table[last] = value if is_plain else {"value": value, "source": OWN_SOURCE, "confidence": "judgement"}
