"""Issue, Option, Sheet, Forbidden, Scorable: a negotiation over several issues whose deals each party scores in secret.

A deal is one option an issue. Owns the data of such a game and the arithmetic of it; knows nothing of rooms, votes or files.
The form is that of Susskind's scorable games (Program on Negotiation, Harvard), as Abdelnabi et al. (2024,
"LLM-Deliberation") let language models play them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from game.addition import added
from game.records import OptionId, Record, Seat

Deal = tuple[OptionId, ...]
MOST_ISSUES = 12
MOST_OPTIONS = 20
MOST_DEALS = 10_000
"""Deals of one game: all of them are looked through by bots and by the analysis."""


class Option(Record, frozen=True):
    """A way of settling an issue."""

    id: OptionId
    title: str
    text: str = ""


class Issue(Record, frozen=True):
    """What is to be settled; its options are numbered from 1 after its letter."""

    id: str
    title: str
    options: tuple[Option, ...]
    text: str = ""


class Sheet(NamedTuple):
    """What a party secretly makes of a deal: points by issue and option, and the `threshold`, the worth of no agreement.

    Fisher and Ury (1981) call that worth the BATNA, Raiffa (1982) the reservation value.
    """

    scores: tuple[tuple[float, ...], ...]
    threshold: float


class Forbidden(Record, frozen=True):
    """A rule of the game by its name: these options may not stand in one deal."""

    rule: str
    options: tuple[OptionId, ...]
    text: str = ""


class Scorable(NamedTuple):
    """A scorable game. `sheets` are in seat order; None stands for what a viewer may not know.

    A deal passes with `least` parties at or over their thresholds, all `vetoes` among them.
    """

    issues: tuple[Issue, ...]
    seats: tuple[Seat, ...]
    sheets: tuple[Sheet | None, ...]
    least: int
    vetoes: tuple[Seat, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()

    def sheet(self, i: int) -> Sheet:
        """Return the sheet of the party in place `i`. Raises `LookupError` where it may not be known."""
        found = self.sheets[i]
        if found is None:
            raise LookupError(f"the scores of {self.seats[i]} are secret")
        return found

    def known_to(self, seat: Seat) -> Scorable:
        """Return the game as that party knows it: without the scores of the others."""
        return self._replace(
            sheets=tuple(sheet if one == seat else None for one, sheet in zip(self.seats, self.sheets, strict=True))
        )

    def worth(self, deal: Deal, i: int) -> float:
        """Return the points of the deal for the party in place `i`."""
        return added(row[int(option[1:]) - 1] for row, option in zip(self.sheet(i).scores, deal, strict=True))

    def worths(self, deal: Deal) -> tuple[float, ...]:
        """Return the points of the deal for all parties, in seat order."""
        return tuple(self.worth(deal, i) for i in range(len(self.seats)))

    def thresholds(self) -> tuple[float, ...]:
        """Return the thresholds of all parties, in seat order."""
        return tuple(self.sheet(i).threshold for i in range(len(self.seats)))

    def passes(self, deal: Deal) -> bool:
        """Tell whether the deal would pass if everybody agreed to what is worth its threshold, and to nothing else."""
        content = {
            seat for i, seat in enumerate(self.seats) if self.worth(deal, i) >= self.sheet(i).threshold
        }  # fmt: skip
        return len(content) >= self.least and content.issuperset(self.vetoes)

    def broken_by(self, deal: Deal) -> Forbidden | None:
        """Return the first rule of the game that the deal breaks, or None."""
        return next((rule for rule in self.forbidden if set(rule.options) <= set(deal)), None)

    def deals(self) -> Iterator[Deal]:
        """Yield every deal that no rule forbids, the last issue turning fastest."""
        every = product(*(tuple(option.id for option in issue.options) for issue in self.issues))
        return (deal for deal in every if self.broken_by(deal) is None) if self.forbidden else every

    def worth_of_all(self, i: int) -> list[float]:
        """Return what each of `deals` is worth to the party in place `i`, in their order."""
        points = map(added, product(*self.sheet(i).scores))
        if not self.forbidden:
            return list(points)
        every = product(*(tuple(option.id for option in issue.options) for issue in self.issues))
        return [worth for worth, deal in zip(points, every, strict=True) if self.broken_by(deal) is None]
