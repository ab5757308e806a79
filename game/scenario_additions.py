"""ADDITIONS, additions, clock: what a scenario's file may add: briefings of offices, role sheets, languages, news, a clock, other weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from game.catalogue import MEASURES, POINTS, WEIGHTS, Measure
from game.figures import Sheet
from game.records import DUTY_KINDS, DutyKind, Seat
from game.scenario import LANGUAGES, OFFICES, OWN_CLOCK, News, Preset
from game.scenario_folder import known, known_cases, preset_of, text_of, toml, translations_of, written_over
from game.scenario_texts import CASE_GROUPS, case_texts, role_sheets, still_true, texts_of, translated_sheets

ADDITIONS = ("offices", "role_sheets", "translations", "clock", "news", "measures", "weights")
"""Keys of the file, each of them optional."""
MOST_NEWS = 40
NEWS_PHASES = ("talk", "vote", "orders", "reveal")


def additions(sheet: Sheet, raw: Mapping[str, Any], seats: tuple[Seat, ...]) -> dict[str, Any]:
    """Return fields of the `Scenario`. Raises `ScenarioError` with the place in the file."""
    offices, sheets = _offices(sheet, raw, seats, "offices"), role_sheets(sheet, raw, seats)
    own = texts_of(raw)
    languages = _with_packaged(raw, own, _languages(sheet, raw))
    return {
        "office_briefings": offices,
        "role_sheets": sheets,
        "translations": {name: _briefings(sheet, one, name, seats) for name, one in languages.items()},
        "office_translations": {
            name: _offices(sheet, one, seats, f"translations.{name}.offices") for name, one in languages.items()
        },
        "titles": {
            name: sheet.text(one["title"], f"translations.{name}.title")
            for name, one in languages.items()
            if "title" in one
        },
        "role_sheet_translations": {
            name: translated_sheets(sheet, one, name, sheets) for name, one in languages.items()
        },
        "case_texts": {name: texts for name, one in languages.items() if (texts := case_texts(sheet, one, name, own))},
        "news": _news(sheet, raw, seats),
        "measures": _measures(sheet, raw),
        "weights": _weights(sheet, raw),
    }


def clock(sheet: Sheet, raw: Mapping[str, Any]) -> dict[str, Preset]:
    """Return the timetable that the file brings along, if it does, by its name."""
    return {OWN_CLOCK: preset_of(sheet, raw["clock"], "clock")} if "clock" in raw else {}


def _offices(sheet: Sheet, raw: Mapping[str, Any], seats: tuple[Seat, ...], path: str) -> dict[Seat, dict[str, str]]:
    table = sheet.table(raw.get("offices", {}), path, (), seats)
    return {
        seat: {
            office: sheet.text(text, f"{path}.{seat}.{office}")
            for office, text in sheet.table(briefs, f"{path}.{seat}", (), OFFICES).items()
        }
        for seat, briefs in table.items()
    }


def _languages(sheet: Sheet, raw: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    table = sheet.table(raw.get("translations", {}), "translations", (), LANGUAGES)
    kind = CASE_GROUPS if "briefings" in raw else ("role_sheets",)
    allowed = ("title", "briefings", "offices", *kind)
    return {name: sheet.table(one, f"translations.{name}", (), allowed) for name, one in table.items()}


def _with_packaged(
    raw: Mapping[str, Any], own: Mapping[str, Any], languages: Mapping[str, Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    """Add the packaged translations of those texts that a copy has left as they were."""
    name = str(raw.get("id", ""))
    if name not in (*known(), *known_cases()):
        return dict(languages)
    packaged = texts_of(toml(text_of(name), f"{name}.toml"))
    found = dict(languages)
    for language, one in translations_of(name).items():
        found[language] = written_over(still_true(one, own, packaged), languages.get(language, {}))
    return found


def _briefings(sheet: Sheet, one: Mapping[str, Any], language: str, seats: tuple[Seat, ...]) -> dict[Seat, str]:
    path = f"translations.{language}.briefings"
    texts = sheet.table(one.get("briefings", {}), path, (), seats)
    return {seat: sheet.text(text, f"{path}.{seat}") for seat, text in texts.items()}


def _news(sheet: Sheet, raw: Mapping[str, Any], seats: tuple[Seat, ...]) -> tuple[News, ...]:
    listed = raw.get("news", [])
    if not isinstance(listed, list) or len(listed) > MOST_NEWS:
        raise sheet.wrong("news", listed, f"a list of at most {MOST_NEWS}", "lines", most=MOST_NEWS)
    return tuple(_one_news(sheet, one, f"news.{number}", seats) for number, one in enumerate(listed, 1))


def _one_news(sheet: Sheet, raw: object, path: str, seats: tuple[Seat, ...]) -> News:
    table = sheet.table(raw, path, ("round", "phase", "text"), ("to", "capital"))
    news = News(
        round=sheet.whole(table["round"], f"{path}.round", 1, 20),
        phase=sheet.choice(table["phase"], f"{path}.phase", NEWS_PHASES),
        text=sheet.text(table["text"], f"{path}.text")[:2000],
        to=tuple(sheet.choices(table.get("to", []), f"{path}.to", seats)),
        capital=sheet.flag(table.get("capital", False), f"{path}.capital"),
    )
    if news.capital and not news.to:
        raise sheet.wrong(f"{path}.to", [], "the states whose capital it is", "capital")
    return news


def _measures(sheet: Sheet, raw: Mapping[str, Any]) -> dict[str, Measure]:
    table = sheet.table(raw.get("measures", {}), "measures", (), MEASURES)
    own = {id_: _measure(sheet, MEASURES[id_], one) for id_, one in table.items()}
    return {**MEASURES, **own} if own else MEASURES


def _measure(sheet: Sheet, measure: Measure, raw: object) -> Measure:
    path = f"measures.{measure.id}"
    one = sheet.table(raw, path, (), ("cost", "evidence"))
    # A sword stays a sword: what is read as hostile may weigh more or less, but not turn friendly.
    low, high = (-2.0, -0.01) if measure.is_hostile else (0.01, 2.0)
    cost = sheet.whole(one.get("cost", measure.cost), f"{path}.cost", 0, POINTS)
    evidence = sheet.number(one.get("evidence", measure.evidence), f"{path}.evidence", low, high)
    return replace(measure, cost=cost, evidence=evidence)


def _weights(sheet: Sheet, raw: Mapping[str, Any]) -> dict[DutyKind, float]:
    table = sheet.table(raw.get("weights", {}), "weights", (), WEIGHTS)
    own = {kind: sheet.number(table[kind], f"weights.{kind}", 0, 2) for kind in DUTY_KINDS if kind in table}
    return {**WEIGHTS, **own} if own else WEIGHTS
