"""filled, mistakes: the editor's form as its page shows it: what was typed where it was typed, and what is wrong with it beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from game.scenario_additions import NEWS_PHASES
from game.scenario_file import made
from negotiation.languages.current import say
from negotiation.scenarios import editor
from negotiation.scenarios.editor import Check, Choice, Field, Grid, Item, Text
from negotiation.scenarios.mending import Mistake
from negotiation.scenarios.models import Edition

One = TypeVar("One", Field, Text, Choice)


def filled(raw: Mapping[str, Any], edition: Edition, posted: Any, wrong: Mapping[str, str]) -> dict[str, Any]:
    """Returns what the page of the form shows; `posted` is what was sent, if anything was, `wrong` says what to mend by field."""
    is_back = bool(wrong)
    grids = editor.grids(raw, made(raw, edition.name, edition.rules))
    texts = [(title, [_told(one, posted, wrong) for one in fields]) for title, fields in editor.texts(raw)]
    windows = [_told(one, posted, wrong) for one in editor.choices(raw)]
    clock = [_told(one, posted, wrong) for one in editor.timetable(raw)]
    items = editor.news(raw)
    return {
        "title": Text("title", _("Title"), posted.get("title", edition.title), wrong=wrong.get("title", "")),
        "checks": [_ticked(*one, posted) for one in editor.checks(raw)] if is_back else editor.checks(raw),
        "grids": [_grid(grid, posted, wrong) for grid in grids],
        "texts": [(title, fields, _any(fields)) for title, fields in texts],
        "windows": windows,
        "windows_wrong": _any(windows),
        "clock": clock,
        "clock_wrong": _any(clock),
        "news": [_item(one, posted, wrong) for one in items] if is_back else items,
        "news_wrong": any(name.startswith("news") for name in wrong),
        "seats": [(seat, say(f"seat.{seat}")) for seat in raw["seats"]],
        "phases": [(phase, say(f"phase.{phase}")) for phase in NEWS_PHASES],
        "mistakes": mistakes(raw, edition, wrong),
    }


def mistakes(raw: Mapping[str, Any], edition: Edition, wrong: Mapping[str, str]) -> list[Mistake]:
    """Returns what is wrong with names that people read, in the order of the page; what belongs to no field comes first."""
    if not wrong:
        return []
    names = _names(raw, edition)
    order = list(names)
    found = [Mistake(name if name in names else "", names.get(name, name), said) for name, said in wrong.items()]
    return sorted(found, key=lambda one: order.index(one.field) if one.field else -1)


def _names(raw: Mapping[str, Any], edition: Edition) -> dict[str, str]:
    """Returns what every field is called, by its name, from the top of the page to its foot."""
    names = {"title": _("Title")}
    for grid in editor.grids(raw, made(raw, edition.name, edition.rules)):
        names |= {one.name: f"{grid.title}: {one.label}" for _title, fields in grid.rows for one in fields}
    names |= {one.name: f"{_('Windows of opportunity')}: {one.label}" for one in editor.choices(raw)}
    names |= {one.name: f"{_('A clock of its own')}: {one.label}" for one in editor.timetable(raw)}
    parts = {"round": _("Round"), "phase": _("at the beginning of"), "to": _("Only for"), "text": _("News")}
    for item in editor.news(raw):
        names |= {
            f"news.{item.number}.{part}": f"{_('News at set times')} {item.number}: {label}"
            for part, label in parts.items()
        }
    for title, fields in editor.texts(raw):
        names |= {one.name: f"{title}: {one.label}" for one in fields}
    return names


def _grid(grid: Grid, posted: Any, wrong: Mapping[str, str]) -> Grid:
    rows = tuple((title, tuple(_told(one, posted, wrong) for one in fields)) for title, fields in grid.rows)
    return grid._replace(rows=rows)


def _told(one: One, posted: Any, wrong: Mapping[str, str]) -> One:
    return one._replace(value=posted.get(one.name, one.value), wrong=wrong.get(one.name, ""))


def _any(fields: list[Text] | list[Choice]) -> bool:
    return any(one.wrong for one in fields)


def _ticked(title: str, boxes: list[Check], posted: Any) -> tuple[str, list[Check]]:
    return title, [box._replace(is_on=box.value in posted.getlist(box.name)) for box in boxes]


def _item(one: Item, posted: Any, wrong: Mapping[str, str]) -> Item:
    name = f"news.{one.number}"
    return Item(
        one.number,
        posted.get(f"{name}.round", one.round),
        posted.get(f"{name}.phase", one.phase),
        posted.get(f"{name}.text", one.text),
        tuple(posted.getlist(f"{name}.to")),
        bool(posted.get(f"{name}.capital")),
        {part: wrong.get(f"{name}.{part}", "") for part in ("round", "phase", "to", "text")},
    )
