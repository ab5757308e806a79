"""COOKIE, THEMES, worn: the colours that a browser chose, said in the page itself, so that its first paint is right.

Who chose nothing gets what the system asks for: light or dark, and more contrast where that is wanted.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

COOKIE = "theme"
COOKIE_SECONDS = 31_536_000
THEMES = {"": _("As the system"), "light": _("Light"), "dark": _("Dark"), "contrast": _("High contrast")}
"""By the value of the cookie and of ``data-theme``."""
_SCHEMES = {"light": "light", "dark": "dark"}


def worn(request: HttpRequest) -> dict[str, Any]:
    """Tells every template which themes there are to choose from, and which one this browser chose."""
    chosen = request.COOKIES.get(COOKIE, "")
    theme = chosen if chosen in THEMES else ""
    return {"themes": THEMES.items(), "theme": theme, "color_scheme": _SCHEMES.get(theme, "light dark")}
