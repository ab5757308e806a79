"""Line, standings, teams: who stands where after some rounds, and why.

Pure. A line is the sum of its rounds, 50 being an average one. What a round without a game is worth is stated here and nowhere
else; ties are broken in the stated order, and what no rule breaks is shared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from game.addition import added
from negotiation.tournaments.scores import AVERAGE, Kind, Pars, Points, Result, Rules, over_the_mean, points

EXCUSED_AT_MOST = AVERAGE
"""An excused absence is worth the mean of one's own games, but no more than an average round."""
BYE_AT_LEAST = AVERAGE
"""Who sits out because the numbers are odd gets the mean of the own games, and no less than an average round."""
CLOSE = 1e-9

TIE_BREAKS = ("U", "TR", "joint", "breaches")
"""In this order: gains over the mean of one's seats, trust earned over it, the region's gain at one's tables over the mean of all,
fewer own breaches that were seen. What is equal then is shared."""


class Entry(NamedTuple):
    """A player of a tournament. `entered` is the first round; `withdrew` the first one that is not played any more, or none."""

    number: int
    team: str = ""
    entered: int = 1
    withdrew: int | None = None
    carried: float = 0.0
    """Points from before a cut."""


class Adjustment(NamedTuple):
    """A bonus or a penalty, which everybody may read."""

    player: int
    points: float
    reason: str


class Share(NamedTuple):
    """A round of a line: what it is worth, how it came, and whether it was dropped as one of the worst."""

    round: int
    value: float
    kind: Kind
    parts: tuple[tuple[str, float], ...]
    field: int
    is_dropped: bool


class Line(NamedTuple):
    """Where a player stands. `decided_by` names the tie-break that puts the player above the next; empty: none was needed."""

    rank: int
    is_shared: bool
    player: int
    score: float
    rounds: tuple[Share, ...]
    carried: float
    adjusted: float
    ties: tuple[float, ...]
    decided_by: str
    has_withdrawn: bool


def standings(
    entries: Sequence[Entry],
    results: Sequence[Result],
    rules: Rules,
    *,
    rounds: int,
    adjustments: Sequence[Adjustment] = (),
    pars: Pars | None = None,
) -> list[Line]:
    """Returns the lines after the first `rounds` rounds, the best first; who withdrew comes after all others."""
    counted = [one for one in results if one.round <= rounds]
    of_player: dict[int, dict[int, Points]] = defaultdict(dict)
    for one in points(counted, rules, pars):
        of_player[one.player][one.round] = one
    breaks = _ties(counted)
    extra: dict[int, float] = defaultdict(float)
    for adjustment in adjustments:
        extra[adjustment.player] += adjustment.points
    lines = []
    for entry in entries:
        shares = _shares(entry, of_player[entry.number], rounds, rules.drop)
        carried = rules.carry * entry.carried
        score = carried + added(share.value for share in shares if not share.is_dropped) + extra[entry.number]
        ties = breaks.get(entry.number, (0.0,) * len(TIE_BREAKS))
        gone = entry.withdrew is not None and entry.withdrew <= rounds
        lines.append(
            Line(
                rank=0,
                is_shared=False,
                player=entry.number,
                score=score,
                rounds=shares,
                carried=carried,
                adjusted=extra[entry.number],
                ties=ties,
                decided_by="",
                has_withdrawn=gone,
            )
        )
    return _ranked(lines)


def _shares(entry: Entry, played: Mapping[int, Points], rounds: int, drop: int) -> tuple[Share, ...]:
    own = [one.value for one in played.values() if one.kind == "played"]
    mean = fmean(own) if own else AVERAGE
    shares = []
    for number in range(1, rounds + 1):
        one = played.get(number)
        if entry.withdrew is not None and number >= entry.withdrew:
            kind: Kind = "withdrawn"
        elif number < entry.entered:
            kind = "not_entered"
        else:
            kind = one.kind if one is not None else "absent"
        value = one.value if one is not None and kind == "played" else worth(kind, mean)
        parts, field = (one.parts, one.field) if one is not None and kind == "played" else ((), 0)
        shares.append(Share(number, value, kind, parts, field, is_dropped=False))
    worst = sorted(shares, key=lambda share: (share.value, share.round))[: drop if rounds > drop else 0]
    dropped = {share.round for share in worst}
    return tuple(share._replace(is_dropped=share.round in dropped) for share in shares)


def worth(kind: Kind, mean: float) -> float:
    """Returns what a round without a result of one's own is worth to somebody whose games bring `mean`."""
    match kind:
        case "bye":
            return max(mean, BYE_AT_LEAST)
        case "excused":
            return min(mean, EXCUSED_AT_MOST)
        case "unfinished":
            return AVERAGE
        case _:
            return 0.0


def _ties(results: Sequence[Result]) -> dict[int, tuple[float, ...]]:
    gains, trust, joint = (over_the_mean(results, lens) for lens in ("U", "TR", "joint"))
    breaches: dict[int, int] = defaultdict(int)
    for one in results:
        if one.kind == "played":
            breaches[one.player] += one.breaches
    return {player: (gains[player], trust[player], joint[player], float(-breaches[player])) for player in gains}


def _ranked(lines: list[Line]) -> list[Line]:
    # Sums of the same rounds in another order differ in the last bits; what is that close is equal.
    def order(line: Line) -> tuple[object, ...]:
        return (line.has_withdrawn, -round(line.score, 9), *(-round(tie, 9) for tie in line.ties))

    lines = sorted(lines, key=lambda line: (order(line), line.player))
    ranked: list[Line] = []
    for place, line in enumerate(lines):
        before = ranked[-1] if ranked else None
        same = before is not None and order(before) == order(line)
        ranked.append(line._replace(rank=before.rank if same and before else place + 1, is_shared=same))
        if same and before:
            ranked[-2] = before._replace(is_shared=True)
        elif before and before.has_withdrawn == line.has_withdrawn and abs(before.score - line.score) < CLOSE:
            ranked[-2] = before._replace(decided_by=_decider(before, line))
    return ranked


def _decider(first: Line, second: Line) -> str:
    return next(
        (name for name, a, b in zip(TIE_BREAKS, first.ties, second.ties, strict=True) if round(a, 9) != round(b, 9)), ""
    )


class Team(NamedTuple):
    """Where a team stands: the mean of its members' scores, or of the best of them."""

    rank: int
    name: str
    score: float
    members: tuple[int, ...]


def teams(lines: Sequence[Line], entries: Sequence[Entry], rules: Rules) -> list[Team]:
    """Returns the teams, the best first. Where teams are of different size, a number of best members makes them equal."""
    name_of = {entry.number: entry.team for entry in entries if entry.team}
    members: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.player in name_of:
            members[name_of[line.player]].append(line)
    found = []
    for name, its in members.items():
        best = sorted((line.score for line in its), reverse=True)[: rules.best_of_team or None]
        found.append(Team(0, name, fmean(best), tuple(line.player for line in its)))
    found.sort(key=lambda team: (-round(team.score, 9), team.name))
    ranked: list[Team] = []
    for place, team in enumerate(found):
        same = ranked and round(ranked[-1].score, 9) == round(team.score, 9)
        ranked.append(team._replace(rank=ranked[-1].rank if same else place + 1))
    return ranked
