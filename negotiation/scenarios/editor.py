"""sections, changed, Field: the figures of a scenario as fields of a form, and the scenario that the form makes.

A field's name is the place of its figure in the scenario's file, so the rules' own messages name the field that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from itertools import combinations
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from game import words
from game.catalogue import DUTIES, INSTITUTIONS, MEASURES
from game.scenario import Scenario
from game.scenario_file import SWITCHABLE, made
from game.templates import TEMPLATES

STATE_CELLS = (
    "gdp", "milex", "region_share", "warheads", "troops", "offence", "sensors", "nationalism", "survival", "rivalry",
    "programme",
)  # fmt: skip
PAIR_CELLS = ("trust", "alliance", "salience", "trade", "volume")
FLAGS = ("zhang_sequence", "mandates", "side_deals", "hidden_length", "ratification")
WHOLE = {"rounds.default", "switches.slack", "switches.duties_per_package", "region.sanctions"}
OWN_SOURCE = "changed in this copy"
LONGEST_TEXT = 8000


class WrongField(ValueError):
    """A field holds what cannot be read; `name` says which."""

    def __init__(self, name: str, sentence: str) -> None:
        self.name = name
        super().__init__(f"{name}: {sentence}")


class Field(NamedTuple):
    """A number: its name, its value as written, what it is read out as, and where it comes from."""

    name: str
    value: str
    label: str
    source: str = ""


class Grid(NamedTuple):
    """Numbers in rows and columns."""

    id: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Field, ...]], ...]


class Check(NamedTuple):
    """A box to tick."""

    name: str
    value: str
    label: str
    is_on: bool


def grids(raw: Mapping[str, Any], scenario: Scenario) -> list[Grid]:
    """Returns the numbers of the scenario."""
    sources = {figure.path: figure.source for figure in scenario.figures()}
    seats: list[str] = list(raw["seats"])

    def field(name: str, cell: Any, *labels: str) -> Field:
        return Field(name, _number_of(cell), ", ".join(labels), sources.get(name, ""))

    pairs = [f"{a}-{b}" for a, b in combinations(seats, 2)]
    states = [
        (
            words.say(f"cell.{cell}"),
            tuple(
                field(f"states.{s}.{cell}", raw["states"][s][cell], words.say(f"cell.{cell}"), _seat(s)) for s in seats
            ),
        )
        for cell in STATE_CELLS
    ]
    between = [
        (
            pair,
            tuple(
                field(f"pairs.{pair}.{cell}", raw["pairs"][pair][cell], words.say(f"cell.{cell}"), pair)
                for cell in PAIR_CELLS
            ),
        )
        for pair in pairs
    ]
    flashpoints = [
        (
            words.load()["flashpoint"][f],
            (
                field(f"flashpoints.{f}.tension", one["tension"], words.say("cell.tension"), f),
                *(field(f"flashpoints.{f}.weights.{s}", one["weights"][s], _seat(s), f) for s in seats),
            ),
        )
        for f, one in raw["flashpoints"].items()
    ]
    game = [
        ("rounds.default", raw["rounds"]["default"]),
        ("switches.slack", raw["switches"]["slack"]),
        ("switches.duties_per_package", raw["switches"]["duties_per_package"]),
        ("region.vitality", raw["region"]["vitality"]),
        *([("region.sanctions", raw["region"].get("sanctions", 0))] if "KP" in seats else []),
    ]
    own = raw.get("parameters", {})
    parameters = [
        (name, (field(f"parameters.{name}", own.get(name, getattr(scenario.parameters, name)), name),))
        for name in scenario.parameters.__struct_fields__
    ]
    heads = tuple(_seat(seat) for seat in seats)
    return [
        Grid("game", _("The game"), (_("Figure"),), tuple((_named(n), (field(n, v, _named(n)),)) for n, v in game)),
        Grid("states", _("The states"), heads, tuple(states)),
        Grid("pairs", _("Between two states"), tuple(words.say(f"cell.{c}") for c in PAIR_CELLS), tuple(between)),
        Grid("flashpoints", _("Flashpoints"), (words.say("cell.tension"), *heads), tuple(flashpoints)),
        Grid("parameters", _("Constants of the rules"), (_("Value"),), tuple(parameters)),
    ]


def checks(raw: Mapping[str, Any]) -> list[tuple[str, list[Check]]]:
    """Returns the switches, what the scenario goes without, and the ready-made texts that it offers."""
    without, offered = raw.get("without", []), raw["templates"]
    kinds = [Check("with", kind, words.say(f"kind.{kind}"), kind not in without) for kind in DUTIES]
    measures = [Check("with", one, words.say(f"measure.{one}"), one not in without) for one in MEASURES]
    founded = [
        Check("with", f"institution:{one}", words.say(f"institution.{one}"), f"institution:{one}" not in without)
        for one in INSTITUTIONS
    ]
    flags = [Check(f"switches.{one}", "yes", words.say(f"cell.{one}"), bool(raw["switches"].get(one))) for one in FLAGS]
    texts = [Check("templates", one, words.say(f"template.{one}"), one in offered) for one in TEMPLATES]
    return [
        (_("Switches"), flags),
        (_("Promises that can be made"), kinds),
        (_("Measures that can be ordered and promised"), measures),
        (_("Institutions that can be founded"), founded),
        (_("Ready-made texts"), texts),
    ]


def changed(raw: Mapping[str, Any], posted: Any, rules: int, name: str) -> tuple[dict[str, Any], Scenario]:
    """Returns what the form makes of the scenario, as written and as the rules read it.

    `posted` answers `get` and `getlist`. Raises `WrongField` and `ScenarioError` with what is wrong and what is allowed.
    """
    new = deepcopy(dict(raw))
    before = made(raw, name, rules)
    for grid in grids(raw, before):
        for _title, fields in grid.rows:
            for field in fields:
                text = posted.get(field.name)
                if text is not None and text.strip() != field.value:
                    _put(new, field.name, _read(field.name, text))
    for flag in FLAGS:
        new["switches"][flag] = posted.get(f"switches.{flag}") == "yes"
    on = set(posted.getlist("with"))
    if without := [one for one in SWITCHABLE if one not in on]:
        new["without"] = without
    else:
        new.pop("without", None)
    offered = set(posted.getlist("templates"))
    new["templates"] = [one for one in dict.fromkeys((*raw["templates"], *TEMPLATES)) if one in offered]
    new["title"] = (posted.get("title") or "").strip()[:80]
    for seat in new["seats"]:
        briefing = posted.get(f"states.{seat}.briefing")
        if briefing is not None:
            new["states"][seat]["briefing"] = briefing.replace("\r\n", "\n").strip()[:LONGEST_TEXT]
    return new, made(new, name, rules)


def _put(raw: dict[str, Any], name: str, value: float) -> None:
    *places, last = name.split(".")
    table = raw
    for place in places:
        table = table.setdefault(place, {})
    is_plain = places[0] in ("rounds", "switches")
    table[last] = value if is_plain else {"value": value, "source": OWN_SOURCE, "confidence": "judgement"}


def _read(name: str, text: str) -> float | int:
    text = text.strip().replace(",", ".").replace("\u2212", "-")
    try:
        return int(text) if name in WHOLE else float(text)
    except (ValueError, OverflowError):
        wanted = _("a whole number") if name in WHOLE else _("a number")
        raise WrongField(name, _("write %(wanted)s") % {"wanted": wanted}) from None


def _number_of(cell: Any) -> str:
    value = cell["value"] if isinstance(cell, dict) else cell
    return f"{value:g}" if isinstance(value, float) and float(f"{value:g}") == value else str(value)


def _seat(seat: str) -> str:
    return words.say(f"seat.{seat}")


def _named(name: str) -> str:
    return words.say(f"cell.{name.rpartition('.')[2]}")
