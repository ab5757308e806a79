"""case: from the tables of a scorable or a matrix game to a `Scenario`.

Such a game lies in a still region: every figure that the dynamics of a region would need is neutral, and its ruleset lets
nothing move. What is read here is who takes part, what they know, what they may choose, and what it is worth to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import prod
from typing import Any

from game.deals import MOST_DEALS, MOST_ISSUES, MOST_OPTIONS, Forbidden, Issue, Option, Scorable, Sheet
from game.figures import Sheet as File
from game.payoffs import MOST_COMBINATIONS, MatrixGame, Move, by_number
from game.records import Seat
from game.scenario import Parameters, Preset, Scenario
from game.scenario_additions import additions, clock

COMMON = ("ruleset", "id", "title", "year", "seats", "rounds", "briefings")
MAY = ("parties", "offices", "translations", "clock", "news")
KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "scorable": (("issues", "scores", "passing"), ("forbidden",)),
    "matrix": (("moves", "payoffs"), ("idle",)),
}
"""What the file of each kind of game must have and may have beside what all have."""
MOST_POINTS = 1_000_000.0
MOST_MOVES = 8


def case(file: File, raw: Mapping[str, Any], rules: int, parameters: Parameters, order: tuple[Seat, ...]) -> Scenario:
    """Return the game written in `raw`; its seats are some of `order`, in that order. Raises `ScenarioError`."""
    kind = file.choice(raw["ruleset"], "ruleset", KEYS)
    needed, optional = KEYS[kind]
    file.table(raw, "", (*COMMON, *needed), (*MAY, *optional))
    seats = file.choices(raw["seats"], "seats", order)
    if len(seats) < 2 or list(seats) != [seat for seat in order if seat in seats]:
        raise file.wrong("seats", raw["seats"], f"at least two, in the order {', '.join(order)}")
    rounds = file.table(raw["rounds"], "rounds", ("default", "least", "most"))
    most = file.whole(rounds["most"], "rounds.most", 1, 20)
    least = file.whole(rounds["least"], "rounds.least", 1, most)
    names = file.table(raw.get("parties", {}), "parties", (), seats)
    briefings = file.table(raw["briefings"], "briefings", seats)
    told = {seat: file.text(briefings[seat], f"briefings.{seat}") for seat in seats}
    scorable = _scorable(file, raw, seats) if kind == "scorable" else None
    matrix = _matrix(file, raw, seats) if kind == "matrix" else None
    added = additions(file, raw, seats)
    return still(
        seats,
        parameters,
        id=file.text(raw["id"], "id"),
        title=file.text(raw["title"], "title"),
        year=file.whole(raw["year"], "year", 1900, 2100),
        rounds=file.whole(rounds["default"], "rounds.default", least, most),
        rounds_least=least,
        rounds_most=most,
        briefings=told,
        presets=clock(file, raw),
        rules=rules,
        ruleset=kind,
        parties={seat: file.text(name, f"parties.{seat}") for seat, name in names.items()},
        scorable=scorable,
        matrix=matrix,
        yes_least=scorable.least if scorable else 0,
        must_agree=scorable.vetoes if scorable else (),
        **added,
    )


def still(seats: tuple[Seat, ...], parameters: Parameters, **own: Any) -> Scenario:
    """Return a scenario in which nothing is afoot between the seats; each weighs all others alike."""
    n = len(seats)
    zero, square = (0.0,) * n, ((0.0,) * n,) * n
    half, one = ((0.5,) * n,) * n, ((1.0,) * n,) * n
    presets: dict[str, Preset] = own.pop("presets")
    return Scenario(
        seats=seats,
        index={seat: i for i, seat in enumerate(seats)},
        others=tuple(tuple(j for j in range(n) if j != i) for i in range(n)),
        pairs=tuple(combinations(range(n), 2)),
        gdp=(1.0,) * n, M0=(1.0,) * n, nuc=zero, A0=zero, D0=(1.0,) * n, off=zero, v=zero, N=zero, alpha=(0.5,) * n,
        k=(parameters.k,) * n, prog=zero, burden=(1.0,) * n, open=zero, un_share=zero,
        routine=(None,) * n, cards=((),) * n, g=square, L=square, T0=half, X0=one, s=square,
        omega=tuple(tuple(0.0 if i == j else 1 / (n - 1) for j in range(n)) for i in range(n)),
        flashpoints=(), flashpoint_names={}, flashpoint_weights=(), flashpoint_pairs=(), tau=(), V=1.0, UN=0,
        windows={}, recession_round=None, wide=2, zhang_sequence=False, slack=0, duties_per_package=1,
        mandates=False, side_deals=False, hidden_length=False, parameters=parameters, mandate_texts={}, templates=(),
        presets=presets, sources=(), **own,
    )  # fmt: skip


def _titled(file: File, raw: object, path: str, *needed: str) -> tuple[str, str]:
    table = file.table(raw, path, ("title", *needed), ("text",))
    text = file.text(table["text"], f"{path}.text") if "text" in table else ""
    return file.text(table["title"], f"{path}.title"), text


def _listed(file: File, raw: object, path: str, least: int, most: int) -> list[Any]:
    if not isinstance(raw, list) or not least <= len(raw) <= most:
        raise file.wrong(path, raw, f"a list of {least} to {most}")
    return raw


def _scorable(file: File, raw: Mapping[str, Any], seats: tuple[Seat, ...]) -> Scorable:
    issues = tuple(
        _issue(file, one, k) for k, one in enumerate(_listed(file, raw["issues"], "issues", 1, MOST_ISSUES))
    )  # fmt: skip
    count = prod(len(issue.options) for issue in issues)
    if count > MOST_DEALS:
        raise file.wrong("issues", f"{count} deals", f"at most {MOST_DEALS}")
    scores = file.table(raw["scores"], "scores", seats)
    passing = file.table(raw["passing"], "passing", ("least",), ("vetoes",))
    found = Scorable(
        issues=issues,
        seats=seats,
        sheets=tuple(_sheet(file, scores[seat], f"scores.{seat}", issues) for seat in seats),
        least=file.whole(passing["least"], "passing.least", 1, len(seats)),
        vetoes=file.choices(passing.get("vetoes", []), "passing.vetoes", seats),
        forbidden=tuple(
            _forbidden(file, one, f"forbidden[{k}]", issues)
            for k, one in enumerate(_listed(file, raw.get("forbidden", []), "forbidden", 0, 20))
        ),
    )
    if next(found.deals(), None) is None:
        raise file.wrong("forbidden", raw["forbidden"], "rules that leave a deal")
    return found


def _issue(file: File, raw: object, k: int) -> Issue:
    path, letter = f"issues[{k}]", chr(ord("A") + k)
    table = file.table(raw, path, ("title", "options"), ("text",))
    options = _listed(file, table["options"], f"{path}.options", 2, MOST_OPTIONS)
    titled = [_titled(file, one, f"{path}.options[{number}]") for number, one in enumerate(options)]
    title, text = _titled(file, {key: value for key, value in table.items() if key != "options"}, path)
    found = tuple(Option(f"{letter}{number}", *one) for number, one in enumerate(titled, 1))
    return Issue(letter, title, found, text)


def _sheet(file: File, raw: object, path: str, issues: tuple[Issue, ...]) -> Sheet:
    table = file.table(raw, path, ("threshold", *(issue.id for issue in issues)))
    rows = []
    for issue in issues:
        row = table[issue.id]
        if not isinstance(row, list) or len(row) != len(issue.options):
            raise file.wrong(f"{path}.{issue.id}", row, f"{len(issue.options)} numbers, one an option")
        rows.append(
            tuple(
                file.number(points, f"{path}.{issue.id}[{k}]", -MOST_POINTS, MOST_POINTS)
                for k, points in enumerate(row)
            )
        )
    return Sheet(tuple(rows), file.number(table["threshold"], f"{path}.threshold", -MOST_POINTS, MOST_POINTS))


def _forbidden(file: File, raw: object, path: str, issues: tuple[Issue, ...]) -> Forbidden:
    table = file.table(raw, path, ("rule", "options"), ("text",))
    known = tuple(option.id for issue in issues for option in issue.options)
    options = file.choices(table["options"], f"{path}.options", known)
    if not options:
        raise file.wrong(f"{path}.options", [], "at least one option")
    text = file.text(table["text"], f"{path}.text") if "text" in table else ""
    return Forbidden(file.text(table["rule"], f"{path}.rule"), options, text)


def _matrix(file: File, raw: Mapping[str, Any], seats: tuple[Seat, ...]) -> MatrixGame:
    moves = tuple(_move(file, one, k) for k, one in enumerate(_listed(file, raw["moves"], "moves", 2, MOST_MOVES)))
    ids = tuple(move.id for move in moves)
    if len(set(ids)) != len(ids):
        raise file.wrong("moves", list(ids), "each move once")
    count = len(moves) ** len(seats)
    if count > MOST_COMBINATIONS:
        raise file.wrong("moves", f"{count} combinations", f"at most {MOST_COMBINATIONS}")
    idle = ids.index(file.choice(raw["idle"], "idle", ids)) if "idle" in raw else 0
    game = MatrixGame(seats, moves, (), idle)
    table = file.table(raw["payoffs"], "payoffs", (), ("own", "table"))
    if len(table) != 1:
        raise file.wrong("payoffs", list(table), "own or table")
    if "own" in table:
        return game._replace(payoffs=_by_number(file, table["own"], ids, len(seats)))
    keys = tuple(" ".join(ids[move] for move in combination) for combination in game.combinations())
    rows = file.table(table["table"], "payoffs.table", keys)
    return game._replace(
        payoffs=tuple(_points(file, rows[key], f"payoffs.table.{key}", len(seats)) for key in keys)
    )  # fmt: skip


def _move(file: File, raw: object, k: int) -> Move:
    path = f"moves[{k}]"
    title, text = _titled(file, raw, path, "id")
    assert isinstance(raw, dict)
    id_ = file.text(raw["id"], f"{path}.id")
    if not (len(id_) <= 20 and id_.isascii() and id_.isidentifier() and id_.islower()):
        raise file.wrong(f"{path}.id", id_, "a short word of small letters")
    return Move(id_, title, text)


def _by_number(file: File, raw: object, ids: tuple[str, ...], seats: int) -> tuple[tuple[float, ...], ...]:
    if len(ids) != 2:
        raise file.wrong("payoffs.own", raw, "a game of two moves")
    rows = file.table(raw, "payoffs.own", ids)
    return by_number(seats, [_points(file, rows[id_], f"payoffs.own.{id_}", seats) for id_ in ids])


def _points(file: File, raw: object, path: str, count: int) -> tuple[float, ...]:
    if not isinstance(raw, list) or len(raw) != count:
        raise file.wrong(path, raw, f"{count} numbers")
    return tuple(file.number(one, f"{path}[{k}]", -MOST_POINTS, MOST_POINTS) for k, one in enumerate(raw))
