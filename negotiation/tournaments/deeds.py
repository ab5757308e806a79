"""deeds, failed: the small forms of the desk, each a deed of `actions`, and one of them as it comes back when it was refused.

They only show: what is sent is read and judged by the deed itself, by the page's form and by a program's request alike.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from negotiation.rooms.people import NAME_LENGTH

KIND_WORDS = {
    "played": _("played"),
    "unfinished": _("average round"),
    "excused": _("excused"),
    "absent": _("did not come"),
}


def _words(label: Any, most: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"maxlength": most}))


def _figure(label: Any, size: int = 4, initial: int | None = None, mode: str = "numeric") -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": mode, "size": size})
    return forms.CharField(label=label, required=False, initial=initial, widget=widget)


class FinalsForm(forms.Form):
    """Another tournament for the best."""

    count = _figure(_("Finals of the best"), initial=6)
    rounds = _figure(_("Rounds"), size=3, initial=3)
    carry = _figure(_("Per cent of points carried over"), initial=50)


class RuleForm(forms.Form):
    """The reason of a ruling."""

    reason = _words(_("Reason, for everybody to read"), 1000)


class AddForm(forms.Form):
    """One more player."""

    name = _words(_("Name"), NAME_LENGTH)
    team = _words(_("Team"), 40)


class SubstituteForm(forms.Form):
    """Who plays on for a player."""

    player = _figure(_("No."))
    name = _words(_("is played on by"), NAME_LENGTH)


class AdjustForm(forms.Form):
    """A bonus or a penalty."""

    player = _figure(_("No."))
    points = _figure(_("Points"), size=6, mode="decimal")
    reason = _words(_("Reason, for everybody to read"), 200)


class CorrectForm(forms.Form):
    """A result that was written down wrongly."""

    round = _figure(_("Round"), size=3)
    player = _figure(_("No."))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=list(KIND_WORDS.items()))
    total = _figure(_("Total"), size=7, mode="decimal")
    R = _figure(_("Relative"), size=7, mode="decimal")
    reason = _words(_("Reason, for everybody to read"), 200)


DEEDS: dict[str, type[forms.Form]] = {
    "finals": FinalsForm,
    "rule": RuleForm,
    "add": AddForm,
    "substitute": SubstituteForm,
    "adjust": AdjustForm,
    "correct": CorrectForm,
}


def deed(what: str, number: int | None = None) -> forms.Form:
    """Returns an empty form; its fields have ids of their own, for several stand on one page. `number`: of what it is about."""
    return DEEDS[what](auto_id=_ids(what, number))


def failed(what: str, post: QueryDict, field: str, said: str, about: int | None) -> forms.Form | None:
    """Returns the form as it was sent, with what was refused at its field; None where no field is to blame.

    `about` is the number of what it is about, where a page has several of the kind.
    """
    kind = DEEDS.get(what)
    if kind is None or field not in kind.base_fields:
        return None
    form = kind(post, auto_id=_ids(what, about))
    form.add_error(field, said)
    return form


def _ids(what: str, number: int | None) -> str:
    return f"{what}{'' if number is None else number}_%s"
