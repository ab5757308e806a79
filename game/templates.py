"""TEMPLATES: ready-made packages that the tabling form offers filled in, every field editable.

A scenario's file lists those it offers. To add one, add a `Template` here and its name to that list.
"""

from __future__ import annotations

import msgspec

from game.records import Duty, InstitutionClause, Package, Seat


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A bargain with a name: who promises what in which order, and what it founds.

    `short` takes the place of `duties` where a package holds fewer, as in the starter.
    """

    id: str
    duties: tuple[Duty, ...] = ()
    short: tuple[Duty, ...] = ()
    institution: InstitutionClause | None = None
    side: bool = False

    def package(self, sponsor: Seat) -> Package:
        """Return the package as `sponsor` would table it."""
        return Package(sponsor=sponsor, side=self.side, duties=self.duties, institution=self.institution)

    def uses(self) -> set[str]:
        """Return the kinds of duties, the measures and the institution that it is made of."""
        parts = {part for duty in (*self.duties, *self.short) for part in (duty.kind, duty.what) if part is not None}
        return parts | ({f"institution:{self.institution.id}"} if self.institution else set())

    def fitted(self, most: int) -> Template:
        """Return the template with at most `most` duties."""
        return self if len(self.duties) <= most else msgspec.structs.replace(self, duties=self.short)


def _abstain(by: Seat, what: str, *conditions: int, to: Seat | None = None, rounds: int | None = None) -> Duty:
    return Duty(by=by, kind="abstain", what=what, to=to, rounds=rounds, conditions=conditions)


def _cap(by: Seat, amount: int, *conditions: int) -> Duty:
    return Duty(by=by, kind="cap", amount=amount, conditions=conditions)


def _pay(by: Seat, to: Seat, amount: float, *conditions: int, rounds: int | None = None) -> Duty:
    return Duty(by=by, kind="pay", to=to, amount=amount, rounds=rounds, conditions=conditions)


def _open(by: Seat, to: Seat) -> Duty:
    return Duty(by=by, kind="open", to=to)


def _relieve(by: Seat, *conditions: int) -> Duty:
    return Duty(by=by, kind="relieve", to="KP", conditions=conditions)


def _admit(by: Seat) -> Duty:
    return Duty(by=by, kind="admit")


_TEMPLATES = (
    Template(
        id="freeze_for_freeze",
        duties=(_abstain("KP", "test"), _abstain("US", "exercise", 1), _abstain("KR", "exercise", 1)),
        institution=InstitutionClause("crisis"),
    ),
    Template(
        id="tests_for_fuel",
        duties=(_abstain("KP", "test"), _pay("US", "KP", .2, 1), _pay("KR", "KP", .2, 1), _pay("JP", "KP", .2, 1)),
    ),
    Template(
        id="tests_for_relief",
        duties=(_abstain("KP", "test"), _relieve("CN", 1), _relieve("US", 1), _relieve("RU", 1), _admit("KP")),
    ),
    Template(
        id="small_step",
        duties=(_abstain("KP", "test", rounds=2), _pay("KR", "KP", .1, 1, rounds=2)),
        side=True,
    ),
    Template(
        id="strait_calm",
        duties=(_abstain("CN", "strait_drill"), _abstain("US", "taiwan"), _abstain("US", "exercise", rounds=2)),
        institution=InstitutionClause("dialogue"),
    ),
    Template(
        id="thaad_swap",
        duties=(_abstain("KR", "missile_defence"), _abstain("CN", "sanction", to="KR"),
                _abstain("CN", "radar_long"), _abstain("JP", "missile_defence", 2)),
        short=(_abstain("KR", "missile_defence"), _abstain("CN", "sanction", 1, to="KR")),
    ),
    Template(
        id="east_sea",
        duties=(_abstain("CN", "patrol", to="JP"), _abstain("JP", "exercise", 1), _admit("CN"), _admit("JP")),
        short=(_abstain("CN", "patrol", to="JP"), _abstain("JP", "exercise", 1)),
        institution=InstitutionClause("crisis"),
    ),
    Template(
        id="pause_the_doubling",
        duties=(_abstain("JP", "programme"), _abstain("CN", "programme", 1), _cap("CN", 0), _cap("JP", 0)),
        short=(_abstain("JP", "programme"), _abstain("CN", "programme", 1)),
    ),
    # Russia is left out: with six caps the package would break the limit of five duties.
    Template(
        id="mutual_cap",
        duties=(_cap("CN", 0), _cap("JP", 0), _cap("KR", 0), _cap("US", 0), _cap("KP", 0, 1, 2, 3, 4)),
        short=(_cap("CN", 0), _cap("JP", 0)),
    ),
    Template(
        id="verified_cap",
        duties=(_cap("CN", 0), _admit("CN"), _cap("US", 0), _admit("US")),
        short=(_cap("CN", 0), _admit("CN")),
    ),
    Template(
        id="trade_opening",
        duties=(_open("CN", "JP"), _open("CN", "KR"), _open("JP", "CN"), _open("KR", "CN")),
        short=(_open("CN", "JP"), _open("JP", "CN")),
        institution=InstitutionClause("trade"),
    ),
    Template(
        id="energy_link",
        duties=(Duty(by="RU", kind="do", what="energy_project", to="KR"), _pay("KR", "RU", .1, 1)),
        side=True,
    ),
    Template(id="enforce_or_talk", institution=InstitutionClause("un_resolution", delta=1)),
    Template(
        id="inspection_for_peace",
        duties=(_admit("KP"), _cap("KP", 0), _abstain("US", "exercise"), _cap("US", 0), _relieve("CN", 1)),
        institution=InstitutionClause("guarantee"),
    ),
    Template(
        id="twin_track",
        duties=(_cap("KP", -1), _relieve("US"), _pay("KR", "KP", .2)),
        institution=InstitutionClause("denuke"),
    ),
    Template(
        id="reform_alliances",
        duties=(_abstain("US", "tighten"), _abstain("CN", "tighten"), _abstain("RU", "tighten")),
        institution=InstitutionClause("alliance_transform"),
    ),
)  # fmt: skip

TEMPLATES: dict[str, Template] = {template.id: template for template in _TEMPLATES}
