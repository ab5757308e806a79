"""RoleSheet, texts_of, still_true, role_sheets, case_texts, in_language, named: what a scenario says in words, and says in other languages.

A translation has the form of what `texts_of` returns, so that one list tells what is to be written, what a copy has left as
it was, and what a file may hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from game import places
from game.figures import Sheet
from game.languages import LANGUAGES as ALL_LANGUAGES
from game.places import Usage
from game.records import Record, Seat

if TYPE_CHECKING:
    from game.scenario import Scenario

CASE_GROUPS = (
    "parties", "issues", "issue_texts", "options", "option_texts", "rules", "rule_texts", "moves", "move_texts",
)  # fmt: skip
"""What a game of another kind calls by a name or describes: a text by its id, a rule's by its number."""
SHEET_TEXTS = ("history", "wants", "red_lines")
MOST_SOURCES = 12
_CASES = tuple(dict.fromkeys(case for one in ALL_LANGUAGES for case in one.cases))

Groups = dict[str, dict[str, str]]
"""Texts by group and id."""


class RoleSheet(Record, frozen=True, omit_defaults=False):
    """What anybody may read of a state at the table: its history, what it says it wants and cannot accept, and where that is written.

    `sources` are named as they were published, whatever the language.
    """

    history: str
    wants: str = ""
    red_lines: str = ""
    sources: tuple[str, ...] = ()


def texts_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return every text of a scenario's tables that can be said in another language, nested as a translation has it."""
    found: dict[str, Any] = {"title": raw["title"]}
    if "states" in raw:
        found["briefings"] = {seat: state["briefing"] for seat, state in raw["states"].items()}
    else:
        found["briefings"] = dict(raw["briefings"])
    found["offices"] = raw.get("offices", {})
    found["role_sheets"] = {
        seat: {name: one[name] for name in SHEET_TEXTS if name in one}
        for seat, one in raw.get("role_sheets", {}).items()
    }
    groups: Groups = {group: {} for group in CASE_GROUPS}
    groups["parties"] = dict(raw.get("parties", {}))
    for k, issue in enumerate(raw.get("issues", ())):
        letter = chr(ord("A") + k)
        _put(groups, "issue", letter, issue, "title")
        for number, option in enumerate(issue["options"], 1):
            _put(groups, "option", f"{letter}{number}", option, "title")
    for number, rule in enumerate(raw.get("forbidden", ()), 1):
        _put(groups, "rule", str(number), rule, "rule")
    for move in raw.get("moves", ()):
        _put(groups, "move", move["id"], move, "title")
    return found | {group: texts for group, texts in groups.items() if texts}


def _put(groups: Groups, kind: str, id_: str, raw: Mapping[str, Any], name: str) -> None:
    groups[f"{kind}s"][id_] = raw[name]
    if "text" in raw:
        groups[f"{kind}_texts"][id_] = raw["text"]


def flat(texts: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text with its place, such as ``briefings.CN``."""
    for key, value in texts.items():
        if isinstance(value, dict):
            yield from flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", str(value)


def is_bent(group: str) -> bool:
    """Tell whether a group holds the parties' names in a case of a language, as ``parties_gen`` does."""
    base, _, case = group.partition("_")
    return base == "parties" and case in _CASES


def still_true(translation: Mapping[str, Any], own: Mapping[str, Any], packaged: Mapping[str, Any]) -> dict[str, Any]:
    """Return those texts of a translation whose original in `own` reads as in `packaged`; of a changed one they would be wrong."""
    kept: dict[str, Any] = {}
    for key, text in translation.items():
        like = "parties" if is_bent(key) else key
        mine, theirs = own.get(like), packaged.get(like)
        if isinstance(text, dict) and isinstance(mine, dict) and isinstance(theirs, dict):
            kept[key] = still_true(text, mine, theirs)
        elif isinstance(mine, str) and isinstance(theirs, str) and mine.split() == theirs.split():
            kept[key] = text
    return kept


def role_sheets(sheet: Sheet, raw: Mapping[str, Any], seats: tuple[Seat, ...]) -> dict[Seat, RoleSheet]:
    """Return the role sheets of those seats that have one. Raises `ScenarioError`."""
    table = sheet.table(raw.get("role_sheets", {}), "role_sheets", (), seats)
    return {seat: _role_sheet(sheet, table[seat], f"role_sheets.{seat}") for seat in seats if seat in table}


def _role_sheet(sheet: Sheet, raw: object, path: str) -> RoleSheet:
    one = sheet.table(raw, path, ("history",), ("wants", "red_lines", "sources"))
    texts = {name: sheet.text(one[name], f"{path}.{name}") for name in SHEET_TEXTS if name in one}
    listed = sheet.text(one["sources"], f"{path}.sources").splitlines() if "sources" in one else []
    sources = tuple(line.strip() for line in listed if line.strip())
    if len(sources) > MOST_SOURCES:
        allowed = f"at most {MOST_SOURCES}, a source a line"
        raise sheet.wrong(f"{path}.sources", f"{len(sources)} lines", allowed, "lines", most=MOST_SOURCES)
    return RoleSheet(**texts, sources=sources)


def translated_sheets(
    sheet: Sheet, one: Mapping[str, Any], language: str, sheets: Mapping[Seat, RoleSheet]
) -> dict[Seat, RoleSheet]:
    """Return the role sheets in another language; a text that it lacks, and the sources, are as they were written."""
    path = f"translations.{language}.role_sheets"
    table = sheet.table(one.get("role_sheets", {}), path, (), sheets)
    found = {}
    for seat, raw in table.items():
        said = sheet.table(raw, f"{path}.{seat}", (), SHEET_TEXTS)
        texts = {name: sheet.text(text, f"{path}.{seat}.{name}") for name, text in said.items()}
        found[seat] = msgspec.structs.replace(sheets[seat], **texts)
    return found


def case_texts(sheet: Sheet, one: Mapping[str, Any], language: str, own: Mapping[str, Any]) -> Groups:
    """Return what a game of another kind says in another language, by group and id; `own` is its `texts_of`."""
    found = {}
    for group, texts in one.items():
        like = "parties" if is_bent(group) else group
        if like in CASE_GROUPS:
            path = f"translations.{language}.{group}"
            table = sheet.table(texts, path, (), own.get(like, {}))
            found[group] = {id_: sheet.text(text, f"{path}.{id_}") for id_, text in table.items()}
    return found


def in_language(scenario: Scenario, language: str) -> Scenario:
    """Return the scenario with its title, names, issues, rules, moves and role sheets in a language, as far as it has them there."""
    groups = scenario.case_texts.get(language, {})

    def said(kind: str, one: Any, id_: str, name: str = "title") -> Any:
        called = groups.get(f"{kind}s", {}).get(id_, getattr(one, name))
        text = groups.get(f"{kind}_texts", {}).get(id_, one.text)
        return msgspec.structs.replace(one, **{name: called, "text": text})

    scorable, matrix = scenario.scorable, scenario.matrix
    if scorable is not None:
        issues = tuple(
            msgspec.structs.replace(
                said("issue", issue, issue.id), options=tuple(said("option", one, one.id) for one in issue.options)
            )
            for issue in scorable.issues
        )
        rules = tuple(said("rule", one, str(number), "rule") for number, one in enumerate(scorable.forbidden, 1))
        scorable = scorable._replace(issues=issues, forbidden=rules)
    if matrix is not None:
        matrix = matrix._replace(moves=tuple(said("move", move, move.id) for move in matrix.moves))
    return msgspec.structs.replace(
        scenario,
        title=scenario.titles.get(language, scenario.title),
        parties={**scenario.parties, **groups.get("parties", {})},
        role_sheets={**scenario.role_sheets, **scenario.role_sheet_translations.get(language, {})},
        scorable=scorable,
        matrix=matrix,
    )


def named(scenario: Scenario, usage: Usage, language: str = "en") -> Scenario:
    """Return the scenario with the disputed places in all its texts by the names of `usage`; `language` is that of the originals."""
    own = ("briefings", "office_briefings", "role_sheets", "news", "parties")
    changes: dict[str, Any] = {name: _named(getattr(scenario, name), usage, language) for name in own}
    for name in ("translations", "office_translations", "titles", "role_sheet_translations", "case_texts"):
        changes[name] = {code: _named(one, usage, code) for code, one in getattr(scenario, name).items()}
    if (deal := scenario.scorable) is not None:
        said = {name: _named(getattr(deal, name), usage, language) for name in ("issues", "forbidden")}
        changes["scorable"] = deal._replace(**said)
    if (game := scenario.matrix) is not None:
        changes["matrix"] = game._replace(moves=_named(game.moves, usage, language))
    return msgspec.structs.replace(scenario, **changes)


def _named(texts: Any, usage: Usage, language: str) -> Any:
    if isinstance(texts, dict):
        return {key: _named(text, usage, language) for key, text in texts.items()}
    if isinstance(texts, tuple):
        return tuple(_named(one, usage, language) for one in texts)
    if isinstance(texts, msgspec.Struct):
        fields = ((name, getattr(texts, name)) for name in texts.__struct_fields__)
        said = {name: _named(value, usage, language) for name, value in fields if isinstance(value, str | tuple)}
        return msgspec.structs.replace(texts, **said)
    return places.written(texts, usage, language) if isinstance(texts, str) else texts
