"""OFFICES, holders: who of a delegation does what, where its members have offices.

The head may do everything. What another member may not do is refused only while somebody who may is here: an office whose
holder has gone away is everybody's, so that no delegation ever waits for one who does not come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from game.decisions import AnyDecision, Decision, GiveOrder, Propose, Sponsor, Vote, Withdraw

OFFICES = ("head", "defence", "economy", "press", "intelligence")
"""In the order in which they are given out."""

MAY: dict[type[Decision], tuple[str, ...]] = {
    Propose: ("head", "economy"),
    Sponsor: ("head", "economy"),
    Withdraw: ("head", "economy"),
    Vote: ("head",),
    GiveOrder: ("head", "defence"),
}
"""Whose work it is; everybody may talk, draft and be ready."""


class Member(Protocol):
    """What this needs to know of a person of the room."""

    @property
    def number(self) -> int: ...

    @property
    def seat(self) -> str: ...

    @property
    def office(self) -> str: ...


def holders(decision: AnyDecision, by: Member, everybody: Iterable[Member], here: Collection[int]) -> tuple[str, ...]:
    """Returns the offices to which this decision is left, for their holders are here; empty where `by` may decide it."""
    wanted = MAY.get(type(decision), ())
    if not wanted or not by.office or by.office in wanted:
        return ()
    present = {one.office for one in everybody if one.seat == by.seat and one.number in here}
    return tuple(office for office in wanted if office in present)
