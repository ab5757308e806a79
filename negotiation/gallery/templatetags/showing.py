"""showing_switch: on a debrief, for who may: makes the game public, or takes it back."""

from __future__ import annotations

from typing import Any

from django import template

from negotiation.gallery import showings
from negotiation.gallery.models import Showing

register = template.Library()


@register.inclusion_tag("gallery/switch.html", takes_context=True)
def showing_switch(context: dict[str, Any]) -> dict[str, Any]:
    """Draws the switch for the delegate of the page, or nothing."""
    delegate = context["delegate"]
    return {
        "may": showings.may_show(delegate),
        "code": delegate.room.code,
        "showing": showings.showing_of(delegate.room),
        "names": Showing.Names.choices,
        "csrf_token": context.get("csrf_token"),
    }
