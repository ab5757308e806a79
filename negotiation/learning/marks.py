"""PARTS, has, give, missing: what the person at this browser has learned, in a signed cookie and nowhere else.

Whoever plays without an account can show it at every door, and nobody can look up who has learned what.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PARTS = ("lesson", "check")
"""A round played at a table with hints, and five questions answered rightly."""
COOKIE = "learned"
SECONDS = 365 * 86_400


def has(request: HttpRequest) -> tuple[str, ...]:
    """Returns the parts that are done."""
    said = request.get_signed_cookie(COOKIE, default="", max_age=SECONDS) or ""
    return tuple(part for part in PARTS if part in said.split("-"))


def give(request: HttpRequest, response: HttpResponse, part: str) -> None:
    """Notes that a part is done."""
    done = {*has(request), part}
    response.set_signed_cookie(
        COOKIE,
        "-".join(one for one in PARTS if one in done),
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def missing(request: HttpRequest, wanted: str) -> str:
    """Returns the first of the parts wanted ("lesson", "check" or "lesson-check") that is not done, or nothing."""
    done = has(request)
    return next((part for part in PARTS if part in wanted.split("-") and part not in done), "")
