"""MAY, MIRROR, holders, lacks_counsel: who of a delegation does what, where its members have offices.

The head may do everything. What another member may not do is refused only while somebody who may is here: an office whose
holder has gone away is everybody's, so that no delegation ever waits for one who does not come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from game.decisions import AnyDecision, Decision, GiveOrder, Propose, Sponsor, Vote, Withdraw
from game.play import Play

MAY: dict[type[Decision], tuple[str, ...]] = {
    Propose: ("head", "economy"),
    Sponsor: ("head", "economy"),
    Withdraw: ("head", "economy"),
    Vote: ("head",),
    GiveOrder: ("head", "defence"),
}
"""Whose work it is; everybody may talk, draft and be ready."""


MIRROR = "mirror"
"""The office of one who sits beside a delegate: advises and drafts, and does all the rest if the delegate goes away."""


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
    if by.office == MIRROR and "" in present:
        return ("delegate",)
    return tuple(office for office in wanted if office in present)


def lacks_counsel(
    play: Play, decision: AnyDecision, by: Member, everybody: Iterable[Member], here: Collection[int]
) -> tuple[int, int] | None:
    """Returns how many of how many members here are for signing, where most must be before `by` may sign; None: sign.

    Whoever signs is for it, whatever was said before.
    """
    if not play.settings.internal_vote or not isinstance(decision, Sponsor | Vote):
        return None
    if isinstance(decision, Vote) and decision.choice != "yes":
        return None
    said = play.counsel.get((by.seat, decision.text), {})
    members = {one.number for one in everybody if one.seat == by.seat and one.number in here} | {by.number}
    agree = {number for number in members if said.get(number) == "yes"} | {by.number}
    return None if 2 * len(agree) > len(members) else (len(agree), len(members))
