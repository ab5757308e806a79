"""told: what a draw says of itself, as a sentence in the reader's language.

A draw is made beside the server, where nobody reads anything: it says ``{"code": …}`` and figures. Draws made before there were
codes kept their sentences, and are shown as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def told(said: str | Mapping[str, Any]) -> str:
    """Returns the sentence of a reason or a refusal; a code without a sentence is shown as it is."""
    if isinstance(said, str):
        return said
    code = said["code"]
    sentences = {
        "too_few": _("%(here)d of at least %(least)d people are here. Check people in, or end the tournament."),
        "no_table": _(
            "%(here)d people do not fill a table of %(seats)d. Let bots fill up tables, or wait for more people."
        ),
        "failed": _("The draw failed: %(error)s. Draw again."),
        "must_repeat": _(
            "In %(rounds)d rounds everybody meets %(each)d opponents, and there are only %(others)d: repeats cannot be avoided."
        ),
        "no_squares": _(
            "Six tables of six cannot be drawn for four rounds without a repeat: that would need two orthogonal Latin squares "
            "of order 6, and there are none (Tarry 1900)."
        ),
        "large_teams": _("Some teams have more members than there are tables, so some of them meet: %(teams)d."),
        "best": _("No draw is better: the cost is the bound."),
        "above": _("The cost is %(share)d %% above a bound that perhaps no draw reaches."),
    }
    return sentences[code] % said if code in sentences else str(code)
