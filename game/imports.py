"""llm_deliberation: a scorable game from a folder in the form of LLM-Deliberation, as the text of a scenario's file.

The form (Abdelnabi et al. 2024, github S-Abdelnabi/LLM-Deliberation): ``config.txt`` has a line a party: name, file, role
(``p1`` and ``p2`` have the veto), incentive, model. ``scores_files/FILE.txt`` has a line of numbers an issue and, last, the
threshold. ``global_instructions.txt`` tells the story and names issues and options. What is wrong is said with file, line
and column, both from 1.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from game.deals import MOST_ISSUES
from game.scenario import ScenarioError
from game.scenario_file import SEATS, parse

COLUMNS = 5
VETO_ROLES = ("p1", "p2")
_ISSUE = re.compile(r"^\W*Issue ([A-Z])\W*:\s*[\"“']?(.+?)[\"”']?\s*\.?(?:\s{2,}.*)?$")
_OPTION = re.compile(r"^\W*([A-Z]\d{1,2})\b\s*(:?)\s*(.+)$")
_LONGEST_TITLE = 60


class ImportProblem(ScenarioError):
    """A file to be imported is wrong; the message names file, line and column."""


class Party(NamedTuple):
    """A line of the configuration: what the party is called, where its scores are, whether it has a veto."""

    name: str
    file: str
    has_veto: bool
    line: int


class Scores(NamedTuple):
    """What stands in a party's file."""

    rows: tuple[tuple[float, ...], ...]
    threshold: float


def llm_deliberation(folder: Path) -> str:
    """Return the scenario's file, TOML, for the game in `folder`. Raises `ScenarioError`."""
    parties = _parties(folder)
    _everybody_is_there(folder, parties)
    scores = [_scores(folder, party) for party in parties]
    first = scores[0]
    for party, one in zip(parties, scores, strict=True):
        _same_form(folder, party, one, first)
    story, titles = _story(folder)
    written = "\n".join(_lines(folder.resolve().name, parties, scores, story, titles)) + "\n"
    parse(written, f"{folder.name}.toml")  # whatever the form allows and the rules do not is said here
    return written


def _text(folder: Path, *names: str) -> str:
    path = folder.joinpath(*names)
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ImportProblem(f"{path}: line 1, column 1: found no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ImportProblem(f"{path}: line 1, column 1: cannot be read: {error}") from None


def _at(path: Path, line: int, column: int, found: object, allowed: str) -> ImportProblem:
    return ImportProblem(f"{path}: line {line}, column {column}: found {found}; allowed: {allowed}")


def _parties(folder: Path) -> list[Party]:
    path = folder / "config.txt"
    parties: list[Party] = []
    for number, line in enumerate(_text(folder, "config.txt").splitlines(), 1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split(",")]
        if len(cells) != COLUMNS:
            raise _at(path, number, min(len(cells), COLUMNS + 1), f"{len(cells)} columns",
                      f"{COLUMNS}: name, file, role, incentive, model")  # fmt: skip
        for column, cell in enumerate(cells[:2], 1):
            if not cell or "/" in cell or "\\" in cell:
                raise _at(path, number, column, repr(cell), "a name" if column == 1 else "the name of a file")
        if any(cells[0] == party.name for party in parties):
            raise _at(path, number, 1, repr(cells[0]), "each party once")
        parties.append(Party(cells[0], cells[1], cells[2] in VETO_ROLES, number))
        if len(parties) > len(SEATS):
            raise _at(path, number, 1, f"{len(parties)} parties", f"at most {len(SEATS)}")
    if len(parties) < 2:
        raise _at(path, 1, 1, f"{len(parties)} parties", f"2 to {len(SEATS)}")
    return parties


def _everybody_is_there(folder: Path, parties: list[Party]) -> None:
    """Raise for a party without scores, and for scores without a party."""
    path, scores = folder / "config.txt", folder / "scores_files"
    for party in parties:
        if not (scores / f"{party.file}.txt").is_file():
            raise _at(path, party.line, 2, repr(party.file),
                      f"the name of a file of scores; scores_files/{party.file}.txt is missing")  # fmt: skip
    known = {party.file for party in parties}
    for file in sorted(scores.glob("*.txt")):
        if file.stem not in known:
            raise _at(path, parties[-1].line + 1, 1, "nothing", f"a line for the party of scores_files/{file.name}")


def _scores(folder: Path, party: Party) -> Scores:
    path = folder / "scores_files" / f"{party.file}.txt"
    rows: list[tuple[float, ...]] = []
    numbers: list[int] = []
    for number, line in enumerate(_text(folder, "scores_files", f"{party.file}.txt").splitlines(), 1):
        if line.strip():
            rows.append(tuple(_number(path, number, column, cell) for column, cell in enumerate(line.split(","), 1)))
            numbers.append(number)
    if len(rows) < 2 or len(rows) - 1 > MOST_ISSUES:
        raise _at(path, 1, 1, f"{len(rows)} lines", f"a line an issue (1 to {MOST_ISSUES}), then the threshold")
    if len(rows[-1]) != 1:
        raise _at(path, numbers[-1], 2, f"{len(rows[-1])} columns", "1: the threshold")
    for number, row in zip(numbers, rows[:-1], strict=False):
        if len(row) < 2:
            raise _at(path, number, 2, "1 column", "a number for each option, at least two")
    return Scores(tuple(rows[:-1]), rows[-1][0])


def _number(path: Path, line: int, column: int, cell: str) -> float:
    try:
        found = float(cell)
    except ValueError:
        raise _at(path, line, column, repr(cell.strip()), "a number") from None
    if not abs(found) <= 1e6:
        raise _at(path, line, column, repr(cell.strip()), "a number from -1000000 to 1000000")
    return found


def _same_form(folder: Path, party: Party, one: Scores, first: Scores) -> None:
    path = folder / "scores_files" / f"{party.file}.txt"
    if len(one.rows) != len(first.rows):
        raise _at(path, len(one.rows) + 1, 1, f"{len(one.rows)} issues", f"{len(first.rows)}, as the first party has")
    for number, (row, wanted) in enumerate(zip(one.rows, first.rows, strict=True), 1):
        if len(row) != len(wanted):
            raise _at(path, number, min(len(row), len(wanted)) + 1, f"{len(row)} columns",
                      f"{len(wanted)}, one an option, as the first party has")  # fmt: skip


def _story(folder: Path) -> tuple[str, dict[str, str]]:
    """Return the story, and what it calls issues and options, by letter or id; nothing where there is no story."""
    if not (folder / "global_instructions.txt").is_file():
        return "", {}
    text = _text(folder, "global_instructions.txt")
    titles: dict[str, str] = {}
    for line in text.splitlines():
        if issue := _ISSUE.match(line.strip()):
            titles.setdefault(issue[1], _short(issue[2], is_named=True))
        elif option := _OPTION.match(line.strip()):
            # After a colon comes a sentence, in which a quoted word may be the name of anybody.
            titles.setdefault(option[1], _short(option[3], is_named=not option[2]))
    return text.strip(), titles


def _short(title: str, *, is_named: bool) -> str:
    quoted = re.match(r"[\"“]([^\"”]+)[\"”]", title) if is_named else None
    title = re.sub(r"[\"“”]", "", quoted[1] if quoted else re.split(r"==>|\. ", title)[0]).strip(" \t.:")
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"


def _lines(name: str, parties: list[Party], scores: list[Scores], story: str, titles: dict[str, str]) -> list[str]:
    """Return the lines of the file; a JSON string is a TOML one."""
    seats = SEATS[: len(parties)]
    letters = [chr(ord("A") + k) for k in range(len(scores[0].rows))]
    vetoes = [seat for seat, party in zip(seats, parties, strict=True) if party.has_veto]
    lines = [
        "# Written by python -m game import llm-deliberation.",
        'ruleset = "scorable"',
        f"id = {_quoted(_id_of(name))}",
        f"title = {_quoted(name[:60] or 'Imported game')}",
        "year = 2024",
        f"seats = {json.dumps(list(seats))}",
        "rounds = { default = 5, least = 1, most = 20 }",
        f"passing = {{ least = {max(1, len(parties) - 1)}, vetoes = {json.dumps(vetoes)} }}",
        "",
        "[parties]",
        *(f"{seat} = {_quoted(party.name)}" for seat, party in zip(seats, parties, strict=True)),
    ]
    for letter, row in zip(letters, scores[0].rows, strict=True):
        lines += ["", "[[issues]]", f"title = {_quoted(titles.get(letter) or f'Issue {letter}')}", "options = ["]
        for k in range(1, len(row) + 1):
            lines.append(f"  {{ title = {_quoted(titles.get(f'{letter}{k}') or f'{letter}{k}')} }},")
        lines.append("]")
    for seat, one in zip(seats, scores, strict=True):
        lines += ["", f"[scores.{seat}]", f"threshold = {one.threshold:g}"]
        lines += [f"{letter} = [{', '.join(f'{cell:g}' for cell in row)}]"
                  for letter, row in zip(letters, one.rows, strict=True)]  # fmt: skip
    lines += ["", "[briefings]"]
    for seat, party in zip(seats, parties, strict=True):
        lines.append(f"{seat} = {_quoted(f'You are: {party.name}.' + (chr(10) * 2 + story if story else ''))}")
    return lines


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")


def _id_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or "imported"


FORMS = {"llm-deliberation": llm_deliberation}
"""How games of others are read, by the name of the form."""
