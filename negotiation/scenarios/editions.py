"""publish, erase: what is kept of the scenarios of somebody's own, and how it goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from django.apps import apps
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, QuerySet
from django.utils.translation import gettext as _

from game.figures import ScenarioError
from game.scenario import NEWEST_RULES, Scenario
from negotiation.scenarios import trials
from negotiation.scenarios.models import Edition, new_code

MOST_SCENARIOS = 200
KEPT_EDITIONS = 50
"""Editions of a scenario that stay for being the newest; older ones stay for who names them."""


def publish(user: User, raw: Mapping[str, Any], found: Scenario, *, base: str, after: Edition | None = None) -> Edition:
    """Keeps what is written as the first edition of a scenario, or as the next after another.

    Old editions that nothing was made with make room for it. Raises `ScenarioError` where no more scenarios fit.
    """
    if after is None and _codes_of(user) >= MOST_SCENARIOS:
        raise ScenarioError(_("You keep %(most)d scenarios; no more fit.") % {"most": MOST_SCENARIOS})
    agreements = trials.agreements_of(found)
    with transaction.atomic():
        newest = Edition.objects.filter(code=after.code).order_by("-number").first() if after else None
        edition = Edition.objects.create(
            code=newest.code if newest else new_code(),
            number=newest.number + 1 if newest else 1,
            owner=user,
            title=str(raw["title"])[:80],
            base=base,
            rules=after.rules if after else NEWEST_RULES,
            written=msgspec.json.encode(raw).decode(),
            agreements=agreements,
        )
        _delete_unnamed(Edition.objects.filter(code=edition.code, number__lte=edition.number - KEPT_EDITIONS))
    return edition


@transaction.atomic
def erase(user: User, code: str) -> None:
    """Takes a scenario from its owner: editions that nothing was made with are deleted, the rest stay, and are nobody's."""
    _delete_unnamed(Edition.objects.filter(code=code, owner=user))
    Edition.objects.filter(code=code, owner=user).update(owner=None)


def _codes_of(user: User) -> int:
    return Edition.objects.filter(owner=user).values("code").distinct().order_by().count()


def _delete_unnamed(editions: QuerySet[Edition]) -> None:
    keys = {edition.name: edition.pk for edition in editions.only("code", "number")}
    if unnamed := keys.keys() - _named(keys):
        Edition.objects.filter(pk__in=[keys[name] for name in unnamed]).delete()


def _named(names: Collection[str]) -> set[str]:
    """Returns those of the names that a room, a conference or a tournament bears, or whatever else comes to have a scenario."""
    holders = [
        model
        for model in apps.get_models()
        if any(field.name == "scenario" and isinstance(field, CharField) for field in model._meta.get_fields())
    ]
    return {
        name
        for model in holders
        for name in model._default_manager.filter(scenario__in=names).values_list("scenario", flat=True)
    }
