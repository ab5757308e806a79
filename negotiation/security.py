"""What guards every page and socket: the content policy, and the origin of a socket.

`ContentSecurityPolicyMiddleware`, `SameOriginSocket`, `is_same_origin`.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase
from django.http.request import split_domain_port, validate_host

DEFAULT_PORTS = {"http": 80, "https": 443}


class ContentSecurityPolicyMiddleware:
    """Allows a page its own files and its own sockets, and nothing else: no inline script, no frame, no other host."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if self.is_async:
            return self.answer_later(request)
        response: HttpResponseBase = self.get_response(request)
        return self.guarded(request, response)

    async def answer_later(self, request: HttpRequest) -> HttpResponseBase:
        return self.guarded(request, await self.get_response(request))

    def guarded(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Security-Policy", policy(request))
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response


def policy(request: HttpRequest, ancestors: str = "'none'") -> str:
    """Returns the policy for a page of this request's host; `ancestors` are the sites that may show it in a frame."""
    try:
        # Older Safari does not take 'self' to cover sockets.
        socket = f" {'wss' if request.is_secure() else 'ws'}://{request.get_host()}"
    except DisallowedHost:
        socket = ""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "manifest-src 'self'",
            f"connect-src 'self'{socket}",
            "form-action 'self'",
            "base-uri 'self'",
            f"frame-ancestors {ancestors}",
            # No script of ours makes markup out of text, so no policy may. Django's own admin pages do.
            *(
                []
                if request.path.startswith("/admin/")
                else ["require-trusted-types-for 'script'", "trusted-types 'none'"]
            ),
        ]
    )


class SameOriginSocket:
    """Denies a socket whose Origin is not exactly the site it connects to: scheme, host and port.

    A browser sends our cookies to our sockets from any page, so another site could speak for a player.
    Channels' own check ignores the port, where another program of the same machine may serve pages. A program that bears a token
    has no cookies that a page could borrow, and no page can make its browser send that header: it may leave the Origin out.
    """

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode("latin1")
        host = headers.get(b"host", b"").decode("latin1")
        is_program = b"origin" not in headers and headers.get(b"authorization", b"").lower().startswith(b"bearer ")
        is_allowed = is_served(host) if is_program else is_same_origin(origin, host)
        chosen = self.application if is_allowed else WebsocketDenier()
        await chosen(scope, receive, send)


def is_served(host: str) -> bool:
    """Returns whether the Host header names a site that we serve."""
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def is_same_origin(origin: str, host: str) -> bool:
    """Returns whether the Origin header names the site of the Host header, which must be one that we serve."""
    scheme = "https" if settings.HTTPS else "http"
    domain, port = split_domain_port(host)
    if not is_served(host):
        return False
    try:
        parts = urlsplit(origin)
        there = (parts.scheme, (parts.hostname or "").strip("[]"), parts.port or DEFAULT_PORTS[scheme])
        here = (scheme, domain.strip("[]").rstrip("."), int(port or DEFAULT_PORTS[scheme]))
    except ValueError:  # a port that is no number
        return False
    return there == here
