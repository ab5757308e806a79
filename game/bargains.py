"""Bargain, BargainMap, bargain_map: every text that was ever tabled, what it was worth to whom, and who stood in its way.

Worth is the one that bots reckon with (`bots.values`): what each promise alone would have brought a seat over the rounds
then left, in points of utility. It is an estimate from the start of the game, and knows neither luck nor answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game import consent
from game.addition import added
from game.bots.values import SMALL_PAYMENT, DutyKey, ValueTable, key_of, value_table
from game.decisions import Choice
from game.play import Play, Text
from game.records import Duty, Identifier, Package, Record, Seat
from game.refusals import Params
from game.scenario import Scenario

WORTHWHILE = 0.1
"""Points of joint worth from which something counts as left on the table."""


class Bargain(Record, frozen=True, omit_defaults=False):
    """One version of a text: its fate, and its worth to each seat in points of utility when it was tabled.

    `blockers` are those whose consent it lacked, or who took it back; `pivots` each could have carried it with one
    vote more. `status` is ``"replaced"`` for a version that gave way to a newer one before it was voted on.
    """

    text: Identifier
    version: int
    round: int
    package: Package
    author: Seat
    status: str
    votes: dict[Seat, Choice]
    worth: dict[Seat, float]
    blockers: tuple[Seat, ...]
    pivots: tuple[Seat, ...]
    reason: str | None
    reason_params: Params

    @property
    def joint(self) -> float:
        """Return what it was worth to all together."""
        return added(self.worth.values())


class Left(Record, frozen=True, omit_defaults=False):
    """The best that was tabled and fell: `code` is ``"all"`` if it was worth something to everybody, or ``"joint"``."""

    code: str
    text: Identifier
    version: int
    joint: float
    losers: tuple[Seat, ...]
    blockers: tuple[Seat, ...]


class Untabled(Record, frozen=True, omit_defaults=False):
    """The promise worth most to all together among those that nobody ever tabled, from round 1 on."""

    duty: Duty
    joint: float
    own: float


class BargainMap(Record, frozen=True, omit_defaults=False):
    """Every bargain in the order tabled, and what was left on the table."""

    bargains: tuple[Bargain, ...]
    left: Left | None
    untabled: Untabled | None


def bargain_map(play: Play) -> BargainMap:
    """Return the map of the play so far; pure, and made of nothing that was ever hidden."""
    table = value_table(play.scenario, play.rounds)
    bargains = tuple(_bargain(play.scenario, table, round_, text, is_last) for round_, text, is_last in _texts(play))
    return BargainMap(bargains, _left(bargains), _untabled(play.scenario, table, bargains))


def _texts(play: Play) -> Iterator[tuple[int, Text, bool]]:
    """Yield round, text and whether it is the last version, in the order tabled."""
    rounds = [(done.resolved.report.round, done.texts) for done in play.played]
    if play.round > len(play.played):
        rounds.append((play.round, play.texts))
    for round_, texts in rounds:
        for text in texts:
            # A text's id begins with its round, so no two texts of a game share one.
            yield from ((round_, old, False) for old in play.superseded if old.id == text.id)
            yield round_, text, True


def _bargain(scenario: Scenario, table: ValueTable, round_: int, text: Text, is_last: bool) -> Bargain:
    status: str = text.status
    reason, params = text.reason, text.reason_params
    if not is_last:
        fall = consent.binding(scenario, text.package, text.votes)
        lost = text.status == "failed" or not consent.can_still_pass(scenario, text.package, text.votes)
        status = "failed" if lost else "replaced"
        if lost and reason is None and isinstance(fall, consent.Fall):
            reason, params = fall.code, fall.params
    share = table.left(round_)
    worth = [share * points for points in table.package(text.package)]
    fell = status == "failed" and reason not in ("another_adopted", "one_side_deal")
    return Bargain(
        text=text.id,
        version=text.version,
        round=round_,
        package=text.package,
        author=text.author,
        status=status,
        votes=text.votes,
        worth=dict(zip(scenario.seats, worth, strict=True)),
        blockers=(text.author,) if status == "withdrawn" else _blockers(scenario, text) if fell else (),
        pivots=_pivots(scenario, text) if fell else (),
        reason=reason,
        reason_params=params,
    )


def _blockers(scenario: Scenario, text: Text) -> tuple[Seat, ...]:
    """Return the seats whose yes was needed and missing, and those who voted no where that was too many."""
    package, votes = text.package, text.votes
    without = {seat for seat in consent.needed(scenario, package) if votes.get(seat) != "yes"}
    against = {seat for seat, choice in votes.items() if choice == "no"}
    if len(against) > scenario.slack and not package.side:
        without |= against
    if not without:  # too few would join
        without = {seat for seat in consent.members_named(scenario, package) if votes.get(seat) != "yes"}
    return tuple(seat for seat in scenario.seats if seat in without)


def _pivots(scenario: Scenario, text: Text) -> tuple[Seat, ...]:
    def carried_by(seat: Seat) -> bool:
        votes: Mapping[Seat, Choice] = {**text.votes, seat: "yes"}
        return isinstance(consent.binding(scenario, text.package, votes), Package)

    voters = consent.voters(scenario, text.package)
    return tuple(seat for seat in voters if text.votes.get(seat) != "yes" and carried_by(seat))


def _left(bargains: tuple[Bargain, ...]) -> Left | None:
    """Return the best bargain that came to nothing, one good for everybody before one good on the whole."""
    taken = [bargain.package for bargain in bargains if bargain.status == "adopted"]
    lost = [one for one in bargains if one.status in ("failed", "withdrawn") and not _came_anyway(one.package, taken)]
    worthwhile = [one for one in lost if one.joint >= WORTHWHILE]
    good_for_all = [one for one in worthwhile if min(one.worth.values()) >= 0]
    best = max(good_for_all or worthwhile, key=lambda one: one.joint, default=None)
    if best is None:
        return None
    losers = tuple(seat for seat, points in best.worth.items() if points < 0)
    return Left("joint" if losers else "all", best.text, best.version, best.joint, losers, best.blockers)


def _came_anyway(package: Package, taken: list[Package]) -> bool:
    """Tell whether all of the package was adopted in some text or other."""
    promised = {key_of(duty) for one in taken for duty in one.duties}
    founded = {one.institution.id for one in taken if one.institution is not None}
    clause = package.institution
    return promised.issuperset(map(key_of, package.duties)) and (clause is None or clause.id in founded)


def _untabled(scenario: Scenario, table: ValueTable, bargains: tuple[Bargain, ...]) -> Untabled | None:
    tabled: set[DutyKey] = set()
    for bargain in bargains:
        for duty in bargain.package.duties:
            by, kind, what, to, amount = key_of(duty)
            tabled |= {(by, kind, what, to, amount), (by, kind, what, None, amount)}
    best: Untabled | None = None
    for key, worth in table.duties.items():
        by, kind, what, to, amount = key
        share = SMALL_PAYMENT if kind == "pay" else 1.0
        joint = share * added(worth)
        if key not in tabled and joint >= WORTHWHILE and (best is None or joint > best.joint):
            duty = Duty(by, kind, what, to, SMALL_PAYMENT if kind == "pay" else amount)
            best = Untabled(duty, joint, share * worth[scenario.index[by]])
    return best
