"""read, parse, made, raw_of, shipped, shipped_cases: from a scenario's file, TOML or the same as JSON, to a `Scenario`, with every derived number.

Owns the form of the file and the formulas of the start (rules of the game, section 2). Nothing else in the
kernel touches a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import combinations
from math import log2, sqrt
from pathlib import Path
from typing import Any, get_args

from game.addition import added
from game.case_file import case
from game.catalogue import DUTIES, FLASHPOINTS, INSTITUTIONS, MEASURES
from game.figures import ScenarioError, Sheet
from game.mandate_codes import MANDATE_CODES
from game.records import Seat
from game.scenario import (
    FIRST_RULES,
    RULES,
    RULESETS,
    AdoptionId,
    Mandate,
    Matrix,
    Parameters,
    Routine,
    Row,
    Scenario,
    Window,
)
from game.scenario_additions import ADDITIONS, additions, clock
from game.scenario_folder import (
    json,
    known,
    known_cases,
    presets,
    rules_raw,
    text_of,
    toml,
    version_raw,
    written_over,
)
from game.templates import TEMPLATES

SEATS: tuple[Seat, ...] = ("CN", "KP", "JP", "KR", "RU", "US")
"""Seat order: the order in which things happen inside a round."""


_STATE_CELLS: dict[str, tuple[float, float]] = {
    "gdp": (0.1, 100_000), "milex": (0.01, 5_000), "region_share": (0, 1), "warheads": (0, 20_000),
    "troops": (0, 20), "offence": (0, 1), "sensors": (0, 1), "nationalism": (0, 100), "survival": (0, 1),
    "rivalry": (0, 1), "programme": (0, 2),
}  # fmt: skip
_PAIR_CELLS: dict[str, tuple[float, float]] = {
    "trust": (0, 1), "alliance": (0, 1), "salience": (0, 1), "trade": (0, 5_000), "volume": (0.2, 1.5),
}  # fmt: skip
SWITCHABLE: tuple[str, ...] = (*MEASURES, *DUTIES, *(f"institution:{id_}" for id_ in INSTITUTIONS))
"""What a scenario can go without."""
_ADOPTION: dict[str, AdoptionId] = {name: name for name in get_args(AdoptionId)}
_SWITCHES = ("zhang_sequence", "mandates", "side_deals", "hidden_length")


@cache
def shipped() -> tuple[str, ...]:
    """Return the names of the packaged scenarios: fewest seats first, then by year."""
    return tuple(sorted(known(), key=lambda name: (len(_first(name).seats), _first(name).year)))


@cache
def shipped_cases() -> tuple[str, ...]:
    """Return the names of the packaged games of other kinds, in the order of the kinds, fewest seats first."""
    found = {name: _first(name) for name in known_cases()}
    return tuple(sorted(found, key=lambda name: (RULESETS.index(found[name].ruleset), len(found[name].seats), name)))


def read(name_or_path: str, rules: int = FIRST_RULES) -> Scenario:
    """Return the scenario of a shipped name, or of a path to a file, under a version of the rules."""
    if rules not in RULES:
        raise ScenarioError(f"rules: found version {rules!r}; allowed: {', '.join(map(str, RULES))}")
    if name_or_path.endswith((".toml", ".json")):
        try:
            text = Path(name_or_path).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ScenarioError(f"{name_or_path}: cannot be read: {error}") from None
        return parse(text, name_or_path, rules)
    if name_or_path not in (every := [*known(), *known_cases()]):
        allowed = f"{', '.join(every)}, or the path of a .toml or .json file"
        raise ScenarioError(f"scenario: found {name_or_path!r}; allowed: {allowed}")
    return _shipped(name_or_path, rules)


def _first(name: str) -> Scenario:
    return _shipped(name, FIRST_RULES)


@cache
def _shipped(name: str, rules: int) -> Scenario:
    return made(raw_of(name, rules), f"{name}.toml", rules)


def parse(text: str, file: str, rules: int = FIRST_RULES) -> Scenario:
    """Return the scenario written in `text`; `file` is its name in messages."""
    return made(json(text, file) if file.endswith(".json") else toml(text, file), file, rules)


def raw_of(name: str, rules: int) -> dict[str, Any]:
    """Return what is written of a shipped scenario, with what a version of the rules changes in its own figures."""
    raw = toml(text_of(name), f"{name}.toml")
    return written_over(raw, version_raw(rules).get("scenarios", {}).get(name, {}))


def made(raw: Mapping[str, Any], file: str, rules: int = FIRST_RULES) -> Scenario:
    """Return the scenario that is written as tables; `file` is its name in messages. Raises `ScenarioError`."""
    if (kind := raw.get("ruleset", RULESETS[0])) != RULESETS[0]:
        Sheet(file, {}).choice(kind, "ruleset", RULESETS)
        return case(Sheet(file, {}), raw, rules, _parameters(_sheet_of({}, file), {}, rules), SEATS)
    top = ("id", "title", "year", "seats", "templates", "rounds", "switches", "windows", "columns", "region",
           "flashpoints", "states", "pairs")  # fmt: skip
    Sheet(file, {}).table(raw, "", top, ("ruleset", "parameters", "without", *ADDITIONS))
    if not isinstance(raw["columns"], dict):
        raise Sheet(file, {}).wrong("columns", raw["columns"], "a table", "table")
    return _Reader(_sheet_of(raw["columns"], file), raw, rules).scenario()


def _sheet_of(columns: Mapping[str, Any], file: str) -> Sheet:
    return Sheet(file, {"parameters": rules_raw()["columns"]["parameters"], **columns})


def _parameters(sheet: Sheet, raw: Mapping[str, Any], rules: int) -> Parameters:
    fields = Parameters.__struct_fields__
    later = fields[len(fields) - len(Parameters.__struct_defaults__) :]
    shared = sheet.table(rules_raw()["parameters"], "parameters", fields[: -len(later)], later)
    version = sheet.table(version_raw(rules).get("parameters", {}), "parameters", (), fields)
    own = sheet.table(raw.get("parameters", {}), "parameters", (), fields)
    cells = {**shared, **version, **own}
    known = [name for name in fields if name in cells]
    return Parameters(**{name: sheet.figure(cells[name], f"parameters.{name}", "parameters", 0, 100) for name in known})


class _Reader:
    """Reads one file; each method one part of it."""

    def __init__(self, sheet: Sheet, raw: Mapping[str, Any], rules: int) -> None:
        self.sheet = sheet
        self.raw = raw
        self.rules = rules
        self.seats = sheet.choices(raw["seats"], "seats", SEATS)
        if len(self.seats) < 2 or list(self.seats) != [seat for seat in SEATS if seat in self.seats]:
            order = ", ".join(SEATS)
            raise sheet.wrong("seats", raw["seats"], f"at least two, in the order {order}", "seats", order=order)
        self.n = len(self.seats)

    def scenario(self) -> Scenario:
        sheet, raw, seats = self.sheet, self.raw, self.seats
        without = sheet.choices(raw.get("without", []), "without", SWITCHABLE)
        id_ = sheet.text(raw["id"], "id")
        states = self._table_of(raw["states"], "states", seats)
        cells = {name: tuple(self._state_cell(states, seat, name) for seat in seats) for name in _STATE_CELLS}
        pair = self._pairs()
        nuc = tuple(4 * log2(1 + w) for w in cells["warheads"])
        M0 = tuple(
            6 * sqrt(milex * share) + 8 * sqrt(troops) + w
            for milex, share, troops, w in zip(cells["milex"], cells["region_share"], cells["troops"], nuc, strict=True)
        )
        off = cells["offence"]
        flash = self._flashpoints()
        switches = sheet.table(
            raw["switches"],
            "switches",
            (*_SWITCHES, "slack", "duties_per_package", "wide"),
            ("recession_round", "adoption", "vetoes", "ratification"),
        )
        rounds = sheet.table(raw["rounds"], "rounds", ("default", "least", "most"))
        most = sheet.whole(rounds["most"], "rounds.most", 1, 20)
        least = sheet.whole(rounds["least"], "rounds.least", 1, most)
        duties = sheet.whole(switches["duties_per_package"], "switches.duties_per_package", 1, 12)
        flags: dict[str, Any] = {name: sheet.flag(switches[name], f"switches.{name}") for name in _SWITCHES}
        region = sheet.table(raw["region"], "region", ("vitality",), ("sanctions",) if "KP" in seats else ())
        return Scenario(
            id=id_,
            title=sheet.text(raw["title"], "title"),
            year=sheet.whole(raw["year"], "year", 1900, 2100),
            seats=seats,
            index={seat: i for i, seat in enumerate(seats)},
            others=tuple(tuple(j for j in range(self.n) if j != i) for i in range(self.n)),
            pairs=tuple(combinations(range(self.n), 2)),
            gdp=cells["gdp"],
            M0=M0,
            nuc=nuc,
            A0=tuple(share * m for share, m in zip(off, M0, strict=True)),
            D0=tuple((1 - share) * m for share, m in zip(off, M0, strict=True)),
            off=off,
            v=cells["sensors"],
            N=cells["nationalism"],
            alpha=cells["survival"],
            k=cells["rivalry"],
            prog=cells["programme"],
            burden=tuple(
                min(max(milex / gdp / 0.02, 0.6), 1.2 if seat == "KP" else 2.5)
                for seat, milex, gdp in zip(seats, cells["milex"], cells["gdp"], strict=True)
            ),
            open=tuple(
                min(1.0, sqrt(added(row) / gdp / 0.35)) for row, gdp in zip(pair["trade"], cells["gdp"], strict=True)
            ),
            un_share=self._un_shares(),
            routine=tuple(self._routine(seat, states[seat]) for seat in seats),
            cards=tuple(sheet.choices(states[seat]["cards"], f"states.{seat}.cards", MEASURES) for seat in seats),
            g=pair["salience"],
            L=pair["alliance"],
            T0=pair["trust"],
            X0=pair["volume"],
            s=tuple(tuple(x / (added(row) or 1.0) for x in row) for row in pair["trade"]),
            omega=_omega(pair, M0),
            flashpoints=tuple(flash),
            flashpoint_names={f: name for f, (name, *_) in flash.items()},
            flashpoint_weights=tuple(weights for _, _, weights, _ in flash.values()),
            flashpoint_pairs=tuple(pairs for *_, pairs in flash.values()),
            tau=tuple(tension for _, tension, _, _ in flash.values()),
            V=sheet.figure(region["vitality"], "region.vitality", "vitality", 0, 1),
            UN=int(sheet.figure(region.get("sanctions", 0), "region.sanctions", "sanctions", 0, 3)),
            windows=self._windows(),
            rounds=sheet.whole(rounds["default"], "rounds.default", least, most),
            rounds_least=least,
            rounds_most=most,
            recession_round=(
                sheet.whole(switches["recession_round"], "switches.recession_round", 1, 20)
                if "recession_round" in switches
                else None
            ),
            wide=sheet.whole(switches["wide"], "switches.wide", 2, self.n),
            slack=sheet.whole(switches["slack"], "switches.slack", 0, 2),
            duties_per_package=duties,
            parameters=_parameters(sheet, raw, self.rules),
            briefings={seat: sheet.text(states[seat]["briefing"], f"states.{seat}.briefing") for seat in seats},
            mandate_texts={seat: self._mandates(seat, states[seat]["mandates"]) for seat in seats},
            templates=tuple(
                TEMPLATES[name].fitted(duties)
                for name in sheet.choices(raw["templates"], "templates", TEMPLATES)
                if not TEMPLATES[name].uses() & set(without)
            ),
            presets={name: preset for name, (made_for, preset) in presets().items() if id_ in made_for}
            | clock(sheet, raw),
            sources=tuple(sheet.figures),
            rules=self.rules,
            without=without,
            **additions(sheet, raw, seats),
            adoption=(
                _ADOPTION[sheet.choice(switches["adoption"], "switches.adoption", _ADOPTION)]
                if "adoption" in switches
                else None
            ),
            vetoes=tuple(sheet.choices(switches.get("vetoes", []), "switches.vetoes", seats)),
            ratification=sheet.flag(switches.get("ratification", False), "switches.ratification"),
            **flags,
        )

    def _table_of(self, raw: object, path: str, keys: tuple[str, ...]) -> dict[str, Mapping[str, Any]]:
        table = self.sheet.table(raw, path, keys)
        fields = (*_STATE_CELLS, "cards", "mandates", "briefing")
        return {
            key: self.sheet.table(table[key], f"{path}.{key}", fields, ("routine", "routine_target", "routine_times"))
            for key in keys
        }

    def _state_cell(self, states: Mapping[str, Mapping[str, Any]], seat: Seat, name: str) -> float:
        least, most = _STATE_CELLS[name]
        return self.sheet.figure(states[seat][name], f"states.{seat}.{name}", name, least, most)

    def _pairs(self) -> dict[str, Matrix]:
        keys = tuple(f"{a}-{b}" for a, b in combinations(self.seats, 2))
        table = self.sheet.table(self.raw["pairs"], "pairs", keys)
        start = {"trust": 1.0, "volume": 1.0}
        rows = {name: [[start.get(name, 0.0)] * self.n for _ in self.seats] for name in _PAIR_CELLS}
        for key, (i, j) in zip(keys, combinations(range(self.n), 2), strict=True):
            cells = self.sheet.table(table[key], f"pairs.{key}", _PAIR_CELLS)
            for name, (least, most) in _PAIR_CELLS.items():
                value = self.sheet.figure(cells[name], f"pairs.{key}.{name}", name, least, most)
                rows[name][i][j] = rows[name][j][i] = value
        return {name: tuple(tuple(row) for row in matrix) for name, matrix in rows.items()}

    def _flashpoints(self) -> dict[str, tuple[str, float, Row, tuple[tuple[int, int], ...]]]:
        raw = self.raw["flashpoints"]
        table = self.sheet.table(raw, "flashpoints", (), FLASHPOINTS)
        if not table:
            raise self.sheet.wrong("flashpoints", raw, f"at least one of {', '.join(FLASHPOINTS)}")
        keys = tuple(f"{a}-{b}" for a, b in combinations(self.seats, 2))
        found = {}
        for f in FLASHPOINTS:
            if f not in table:
                continue
            path = f"flashpoints.{f}"
            one = self.sheet.table(table[f], path, ("name", "tension", "weights", "pairs"))
            weights = self.sheet.table(one["weights"], f"{path}.weights", self.seats)
            named = self.sheet.choices(one["pairs"], f"{path}.pairs", keys)
            if not named:
                raise self.sheet.wrong(f"{path}.pairs", [], "at least one pair")
            found[f] = (
                self.sheet.text(one["name"], f"{path}.name"),
                self.sheet.figure(one["tension"], f"{path}.tension", "tension", 0, 100),
                tuple(
                    self.sheet.figure(weights[seat], f"{path}.weights.{seat}", "weight", 0, 1) for seat in self.seats
                ),
                tuple((self.seats.index(name[:2]), self.seats.index(name[3:])) for name in named),
            )
        return found

    def _windows(self) -> dict[int, Window]:
        table = self.sheet.table(self.raw["windows"], "windows", (), [str(r) for r in range(1, 21)])
        kinds = {name: name for name in get_args(Window)}
        return {int(r): kinds[self.sheet.choice(kind, f"windows.{r}", kinds)] for r, kind in table.items()}

    def _routine(self, seat: Seat, state: Mapping[str, Any]) -> Routine | None:
        if "routine" not in state or state["routine"] in self.raw.get("without", []):
            return None
        open_ = [one.id for one in MEASURES.values() if not one.open_to or seat in one.open_to]
        measure = self.sheet.choice(state["routine"], f"states.{seat}.routine", open_)
        times = self.sheet.whole(state.get("routine_times", 1), f"states.{seat}.routine_times", 1, 4)
        path = f"states.{seat}.routine_target"
        if MEASURES[measure].targeted:
            rest = tuple(other for other in self.seats if other != seat)
            return Routine(measure, self.sheet.choice(state.get("routine_target"), path, rest), times)
        if "routine_target" in state:
            raise self.sheet.wrong(path, state["routine_target"], f"no target, as {measure} has none")
        return Routine(measure, times=times)

    def _mandates(self, seat: Seat, raw: object) -> tuple[Mandate, ...]:
        path = f"states.{seat}.mandates"
        if not isinstance(raw, list) or len(raw) != 3:
            raise self.sheet.wrong(path, raw, "a list of three mandates")
        found = []
        for number, one in enumerate(raw):
            table = self.sheet.table(one, f"{path}[{number}]", ("code", "title", "text"), ("test", "least"))
            code, title, text = (
                self.sheet.text(table[key], f"{path}[{number}].{key}") for key in ("code", "title", "text")
            )
            named = "test" if "test" in table else "code"
            test = self.sheet.choice(table[named], f"{path}[{number}].{named}", MANDATE_CODES)
            least = table.get("least")
            if least is not None:
                least = self.sheet.number(least, f"{path}[{number}].least", -100, 100)
            found.append(Mandate(code, title, text, test, least))
        return tuple(found)

    def _un_shares(self) -> Row:
        raw = rules_raw()
        sheet = Sheet("_rules.toml", {"un_shares": raw["columns"]["un_shares"]})
        row = tuple(
            sheet.figure(raw["un_shares"].get(seat, 0), f"un_shares.{seat}", "un_shares", 0, 1) for seat in self.seats
        )
        self.sheet.figures += sheet.figures
        return row


def _omega(pair: Mapping[str, Matrix], M0: Row) -> Matrix:
    """Return the weight of each other seat as a rival: the strong, the feared, the distrusted (Grieco 1988).

    CN>JP is .601407 in the starter.
    """
    rows = []
    for i in range(len(M0)):
        allied, salience, trust = pair["alliance"][i], pair["salience"][i], pair["trust"][i]
        row = [0.0 if i == j else (1 - allied[j]) * salience[j] * M0[j] * (1 - trust[j]) for j in range(len(M0))]
        rows.append(tuple(x / (added(row) or 1.0) for x in row))
    return tuple(rows)
