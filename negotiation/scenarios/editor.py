"""grids, checks, texts, choices, timetable, news: the figures of a scenario as fields of a form.

A field's name is the place of its figure in the scenario's file, so the rules' own messages name the field that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from django.utils.translation import gettext as _

from game.catalogue import DUTIES, INSTITUTIONS, MEASURES
from game.scenario import LANGUAGES, OFFICES, Scenario, Window
from game.scenario_additions import MOST_NEWS
from game.scenario_folder import PHASES
from game.scenario_texts import SHEET_TEXTS
from game.templates import TEMPLATES
from negotiation.languages.current import say, sentences

STATE_CELLS = (
    "gdp", "milex", "region_share", "warheads", "troops", "offence", "sensors", "nationalism", "survival", "rivalry",
    "programme",
)  # fmt: skip
PAIR_CELLS = ("trust", "alliance", "salience", "trade", "volume")
FLAGS = ("zhang_sequence", "mandates", "side_deals", "hidden_length", "ratification")


class Field(NamedTuple):
    """A number: its name, its value as written, what it is read out as, where it comes from, and what is wrong with it."""

    name: str
    value: str
    label: str
    source: str = ""
    wrong: str = ""


class Grid(NamedTuple):
    """Numbers in rows and columns."""

    id: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Field, ...]], ...]

    @property
    def is_wrong(self) -> bool:
        return any(one.wrong for _title, fields in self.rows for one in fields)


class Text(NamedTuple):
    """Words of the scenario's own: the name of the field, what it is read out as, what is written, in how many rows."""

    name: str
    label: str
    value: str
    rows: int = 3
    lang: str = ""
    wrong: str = ""


class Choice(NamedTuple):
    """One of several: the name of the field, what it is read out as, what is chosen, and what can be."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]
    wrong: str = ""


class Item(NamedTuple):
    """News of the scenario, as a row of the form; an empty text is no news. What is wrong stands at its part: round, phase, to, text."""

    number: int
    round: str
    phase: str
    text: str
    to: tuple[str, ...]
    capital: bool
    wrong: Mapping[str, str] = MappingProxyType({})

    @property
    def key(self) -> str:
        """The number, as part of the names of its fields."""
        return str(self.number)


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
            say(f"cell.{cell}"),
            tuple(field(f"states.{s}.{cell}", raw["states"][s][cell], say(f"cell.{cell}"), _seat(s)) for s in seats),
        )
        for cell in STATE_CELLS
    ]
    between = [
        (
            pair,
            tuple(
                field(f"pairs.{pair}.{cell}", raw["pairs"][pair][cell], say(f"cell.{cell}"), pair)
                for cell in PAIR_CELLS
            ),
        )
        for pair in pairs
    ]
    flashpoints = [
        (
            sentences("flashpoint")[f],
            (
                field(f"flashpoints.{f}.tension", one["tension"], say("cell.tension"), f),
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
    measures = [
        (
            say(f"measure.{one.id}"),
            (
                field(f"measures.{one.id}.cost", one.cost, say("cell.cost"), one.id),
                field(f"measures.{one.id}.evidence", one.evidence, say("cell.evidence"), one.id),
            ),
        )
        for one in scenario.measures.values()
    ]
    weights = [
        (say(f"kind.{kind}"), (field(f"weights.{kind}", weight, say(f"kind.{kind}")),))
        for kind, weight in scenario.weights.items()
    ]
    return [
        Grid("game", _("The game"), (_("Figure"),), tuple((_named(n), (field(n, v, _named(n)),)) for n, v in game)),
        Grid("states", _("The states"), heads, tuple(states)),
        Grid("pairs", _("Between two states"), tuple(say(f"cell.{c}") for c in PAIR_CELLS), tuple(between)),
        Grid("flashpoints", _("Flashpoints"), (say("cell.tension"), *heads), tuple(flashpoints)),
        Grid("measures", _("Measures"), (say("cell.cost"), say("cell.evidence")), tuple(measures)),
        Grid("weights", _("How much a kept promise weighs"), (_("Weight"),), tuple(weights)),
        Grid("parameters", _("Constants of the rules"), (_("Value"),), tuple(parameters)),
    ]


def checks(raw: Mapping[str, Any]) -> list[tuple[str, list[Check]]]:
    """Returns the switches, what the scenario goes without, and the ready-made texts that it offers."""
    without, offered = raw.get("without", []), raw["templates"]
    kinds = [Check("with", kind, say(f"kind.{kind}"), kind not in without) for kind in DUTIES]
    measures = [Check("with", one, say(f"measure.{one}"), one not in without) for one in MEASURES]
    founded = [
        Check("with", f"institution:{one}", say(f"institution.{one}"), f"institution:{one}" not in without)
        for one in INSTITUTIONS
    ]
    flags = [Check(f"switches.{one}", "yes", say(f"cell.{one}"), bool(raw["switches"].get(one))) for one in FLAGS]
    texts = [Check("templates", one, say(f"template.{one}"), one in offered) for one in TEMPLATES]
    return [
        (_("Switches"), flags),
        (_("Promises that can be made"), kinds),
        (_("Measures that can be ordered and promised"), measures),
        (_("Institutions that can be founded"), founded),
        (_("Ready-made texts"), texts),
    ]


def texts(raw: Mapping[str, Any]) -> list[tuple[str, list[Text]]]:
    """Returns what is written in words: briefings, those of offices, role sheets, and briefings in other languages."""
    seats: list[str] = list(raw["seats"])
    first = [Text(f"states.{s}.briefing", _seat(s), raw["states"][s]["briefing"], 6) for s in seats]
    offices = [
        Text(
            f"offices.{s}.{one}",
            f"{_seat(s)}: {say(f'office.{one}')}",
            raw.get("offices", {}).get(s, {}).get(one, ""),
        )
        for s in seats
        for one in OFFICES
    ]
    labels = {**{name: say(f"ui.role_{name}") for name in SHEET_TEXTS}, "sources": _("Sources, one a line")}
    sheets = [
        Text(f"role_sheets.{s}.{one}", f"{_seat(s)}: {label}", raw.get("role_sheets", {}).get(s, {}).get(one, ""))
        for s in seats
        for one, label in labels.items()
    ]
    groups = [
        (_("What each seat reads first"), first),
        (_("What the holder of an office alone reads"), offices),
        (_("Role sheets, which anybody may read"), sheets),
    ]
    for language in LANGUAGES:
        one = raw.get("translations", {}).get(language, {})
        path, lang = f"translations.{language}", language
        title = Text(f"{path}.title", _("Title"), one.get("title", ""), 1, lang)
        briefings = [
            Text(f"{path}.briefings.{s}", _seat(s), one.get("briefings", {}).get(s, ""), 6, lang) for s in seats
        ]
        groups.append((say(f"language.{language}"), [title, *briefings]))
    return groups


def choices(raw: Mapping[str, Any]) -> list[Choice]:
    """Returns which window of opportunity opens in which round."""
    options = (("", _("none")), *((one, say(f"window_short.{one}")) for one in get_args(Window)))
    return [
        Choice(f"windows.{n}", _("round %(n)d") % {"n": n}, raw["windows"].get(str(n), ""), options)
        for n in range(1, raw["rounds"]["most"] + 1)
    ]


def timetable(raw: Mapping[str, Any]) -> list[Text]:
    """Returns the scenario's own clock: rounds, and seconds a phase; all empty: it has none."""
    own = raw.get("clock", {})
    names = {"rounds": _("rounds"), **{phase: say(f"phase.{phase}") for phase in PHASES}}
    return [Text(f"clock.{name}", label, str(own.get(name, ""))) for name, label in names.items()]


def news(raw: Mapping[str, Any]) -> list[Item]:
    """Returns the news of the scenario, and rows for some more."""
    written = raw.get("news", [])
    items = [
        Item(n, str(one["round"]), one["phase"], one["text"], tuple(one.get("to", ())), bool(one.get("capital")))
        for n, one in enumerate(written, 1)
    ]
    return (
        items + [Item(len(items) + n, "", "talk", "", (), capital=False) for n in (1, 2, 3)][: MOST_NEWS - len(items)]
    )


def _number_of(cell: Any) -> str:
    value = cell["value"] if isinstance(cell, dict) else cell
    return f"{value:g}" if isinstance(value, float) and float(f"{value:g}") == value else str(value)


def _seat(seat: str) -> str:
    return say(f"seat.{seat}")


def _named(name: str) -> str:
    return say(f"cell.{name.rpartition('.')[2]}")
