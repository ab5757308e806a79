"""Choosing a theme, and the page of the design: every token, mark, control and state in every theme."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from negotiation.appearance.themes import COOKIE, COOKIE_SECONDS, THEMES

COLOURS = (
    "paper", "sheet", "wash", "ink", "ink-soft", "line", "line-strong",
    "seal", "on-seal", "seal-wash", "good", "warn", "bad",
)  # fmt: skip
SEATS = ("CN", "KP", "JP", "KR", "RU", "US")


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keeps the theme in a cookie and goes back to where it was chosen."""
    back = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    theme = request.POST.get("theme", "")
    if theme and theme in THEMES:
        response.set_cookie(COOKIE, theme, max_age=COOKIE_SECONDS, secure=settings.HTTPS, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE)
    return response


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Shows the tokens and what is made of them, side by side in light, dark and high contrast."""
    return render(
        request,
        "appearance/styleguide.html",
        {"colours": COLOURS, "seats": SEATS, "shown": ("light", "dark", "contrast")},
    )
