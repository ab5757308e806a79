"""binding, Fall, voters, needed, voting_order: whose yes a package takes, and what it then binds.

Consent is the whole of enforcement here: no seat is bound by a duty it did not vote for, and no
majority founds an institution over the heads of those who stay out (rules.md section 3, "Consent").
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from game.adoption import Fall as Fall
from game.adoption import objection
from game.catalogue import INSTITUTIONS
from game.clauses import obligors
from game.decisions import Choice
from game.records import Package, Seat
from game.scenario import Scenario

UN_VETO: tuple[Seat, ...] = ("CN", "RU", "US")
"""The seats whose yes passes a resolution of the Security Council, alone."""


def binding(scenario: Scenario, package: Package, votes: Mapping[Seat, Choice]) -> Package | Fall:
    """Return the package as it binds those who consent, or why it falls.

    A seat missing from `votes` abstains. Institution members that did not vote yes are left out of
    the returned package.
    """
    for seat in scenario.must_agree:
        if votes.get(seat) != "yes":
            return Fall("veto_used", {"seat": seat})
    for seat in needed(scenario, package):
        if votes.get(seat) != "yes":
            return Fall("no_consent", {"seat": seat})
    institution = package.institution
    if package.side or (institution is not None and institution.id == "un_resolution"):
        return package
    objected = objection(scenario, votes)
    if objected is not None:
        return objected
    if institution is None:
        return package
    members = tuple(seat for seat in members_named(scenario, package) if votes.get(seat) == "yes")
    if len(members) < 2:
        return Fall("too_few_join", {"id": institution.id, "seats": list(members_named(scenario, package))})
    return msgspec.structs.replace(package, institution=msgspec.structs.replace(institution, members=members))


def can_still_pass(scenario: Scenario, package: Package, votes: Mapping[Seat, Choice]) -> bool:
    """Tell whether the votes not yet cast could still carry the package."""
    hoped: dict[Seat, Choice] = {seat: votes.get(seat, "yes") for seat in scenario.seats}
    return isinstance(binding(scenario, package, hoped), Package)


def members_named(scenario: Scenario, package: Package) -> tuple[Seat, ...]:
    """Return the seats an institution is offered to, in seat order; empty without an institution."""
    institution = package.institution
    if institution is None or institution.id == "un_resolution":
        return ()
    named = institution.members or INSTITUTIONS[institution.id].members(scenario)
    return tuple(seat for seat in scenario.seats if seat in named)


def parties(scenario: Scenario, package: Package) -> tuple[Seat, ...]:
    """Return obligors and named beneficiaries in seat order: the parties of a side deal."""
    named = {seat for duty in package.duties for seat in (*obligors(duty), duty.to)}
    return tuple(seat for seat in scenario.seats if seat in named)


def share_a_party(scenario: Scenario, one: Package, other: Package) -> bool:
    """Tell whether two side deals have a party in common: a seat signs one a round."""
    return not set(parties(scenario, one)).isdisjoint(parties(scenario, other))


def needed(scenario: Scenario, package: Package) -> tuple[Seat, ...]:
    """Return the seats without whose yes the package falls, in seat order."""
    if package.side:
        return parties(scenario, package)
    wanted = {seat for duty in package.duties for seat in obligors(duty)}
    wanted.update(scenario.must_agree)
    if package.institution is not None and package.institution.id == "un_resolution":
        wanted.update(UN_VETO)
    return tuple(seat for seat in scenario.seats if seat in wanted)


def voters(scenario: Scenario, package: Package) -> tuple[Seat, ...]:
    """Return who may vote: the parties of a side deal, else everybody."""
    return parties(scenario, package) if package.side else scenario.seats


def voting_order(scenario: Scenario, round_: int) -> tuple[Seat, ...]:
    """Return the seats in the order in which their texts are counted: the chair rotates by round, from 1."""
    first = (round_ - 1) % len(scenario.seats)
    return scenario.seats[first:] + scenario.seats[:first]
