"""Probes: /healthz, /readyz and /metrics, answered before Django is asked, so that a busy database thread delays no answer.

- `/healthz`: 200 while this process answers at all
- `/readyz`: 200 while the database and, where there is one, the layer between processes answer within 2 s; else 503
- `/metrics`: for this machine, or for whoever has the token of NEGOTIATION_METRICS_TOKEN; else 403
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection

from negotiation.rooms import bell, metrics
from negotiation.rooms.database import db

PATIENCE = 2.0

Answer = tuple[int, str]
Scope = dict[str, Any]


class Probes:
    """Answers the three addresses and passes everything else on."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        probe = PROBES.get(scope["path"])
        if probe is None:
            await self.application(scope, receive, send)
            return
        status, text = (405, "Use GET.\n") if scope["method"] not in ("GET", "HEAD") else await probe(scope)
        headers = [
            (b"content-type", b"text/plain; version=0.0.4; charset=utf-8"),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else text.encode()})


async def healthz(scope: Scope) -> Answer:
    return 200, "ok\n"


async def readyz(scope: Scope) -> Answer:
    """Tells which part does not answer, and nothing of why: that stands in the log of the part."""
    parts = {"database": db(_ping), "layer": _publish()}
    found = {name: await _answers(asked) for name, asked in parts.items()}
    lines = "".join(f"{name} {'ok' if well else 'does not answer'}\n" for name, well in found.items())
    return (200 if all(found.values()) else 503), lines


async def _answers(asked: Awaitable[None]) -> bool:
    try:
        await asyncio.wait_for(asked, PATIENCE)
    except Exception:  # noqa: BLE001 (whatever ails the part, it is not ready)
        return False
    return True


def _ping() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


async def _publish() -> None:
    if bell.crosses():
        layer = get_channel_layer()
        assert layer is not None
        await layer.group_send("rooms.probe", {"type": "probe"})


async def figures(scope: Scope) -> Answer:
    if not may_read(scope):
        return 403, "Ask from this machine, or send the token: Authorization: Bearer ...\n"
    return 200, metrics.exposition(settings.DATA / "metrics" if bell.crosses() else None)


def may_read(scope: Scope) -> bool:
    """Tells whether somebody may read the figures: with the token; without one set, from this machine and past no proxy."""
    headers = dict(scope["headers"])
    if settings.METRICS_TOKEN:
        given = headers.get(b"authorization", b"").removeprefix(b"Bearer ")
        return hmac.compare_digest(given, settings.METRICS_TOKEN.encode())
    if b"x-forwarded-for" in headers or b"forwarded" in headers:
        return False  # a proxy on this machine brings the whole world
    try:
        return ipaddress.ip_address((scope.get("client") or ("",))[0]).is_loopback
    except ValueError:
        return False


PROBES: dict[str, Callable[[Scope], Awaitable[Answer]]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": figures,
}
