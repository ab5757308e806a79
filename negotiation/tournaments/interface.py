"""The desk for programs: every action of the page as JSON, with a token; and its description as OpenAPI.

What may be read is open to all and stands in `files`. A token is a keyed digest, so no copy of it is kept; drawing it anew ends the
old one.
"""

from __future__ import annotations

import hmac
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from negotiation.tournaments.actions import ACTIONS
from negotiation.tournaments.desk import CannotDo
from negotiation.tournaments.models import Tournament

LARGEST = 20_000
"""Bytes of a request."""
FIELDS: dict[str, dict[str, str]] = {
    "draft": {},
    "swap": {"one": "player", "other": "player"},
    "publish": {},
    "open": {},
    "confirm": {"despite": "if present, also while tables still play"},
    "add": {"name": "name", "team": "team, may be empty"},
    "check-in": {"player": "player", "gone": "if present, not here any more"},
    "check-in-all": {},
    "withdraw": {"player": "player", "back": "if present, comes back"},
    "miss": {"player": "player", "how": "excused, absent or expected", "reason": "reason"},
    "substitute": {"player": "player", "name": "who plays on"},
    "adjust": {"player": "player", "points": "points", "reason": "reason, public"},
    "rule": {"appeal": "appeal", "upheld": "if present, upheld", "reason": "reason, public"},
    "correct": {
        "round": "round",
        "player": "player",
        "kind": "played, unfinished, excused or absent",
        "total": "new Total, or empty",
        "R": "new relative gain, or empty",
        "reason": "reason, public",
    },
    "finish": {"again": "if present, opened again"},
    "finals": {
        "count": "players that go on",
        "rounds": "rounds of the finals",
        "carry": "per cent of points carried over",
    },
}
"""What each action takes, in words."""


@csrf_exempt  # no cookie is looked at
@require_POST
def act(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Does one thing from the desk; the token comes as a bearer token, the fields as a JSON object of strings."""
    tournament = Tournament.objects.filter(code=code, owner__is_active=True).select_related("owner").first()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if tournament is None or not hmac.compare_digest(tournament.token.encode(), given.encode()):
        return JsonResponse({"error": "Send the token of this tournament: Authorization: Bearer …"}, status=401)
    action = ACTIONS.get(what)
    if action is None:
        return JsonResponse({"error": f"There is no action {what[:40]!r}.", "actions": sorted(ACTIONS)}, status=404)
    try:
        fields = _fields(request.body)
        said = action(tournament, fields, f"token of {tournament.owner.get_username()}")
    except CannotDo as refused:
        return JsonResponse({"error": str(refused)}, status=409)
    except ValidationError as refused:
        return JsonResponse({"error": " ".join(refused.messages)}, status=422)
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({"said": said or []})


def _fields(body: bytes) -> QueryDict:
    if len(body) > LARGEST:
        raise ValueError(f"A request has at most {LARGEST} bytes.")
    try:
        found = json.loads(body or b"{}")
    except RecursionError:
        raise ValueError("It is nested too deeply.") from None
    if not isinstance(found, dict) or not all(isinstance(value, str | int | float) for value in found.values()):
        raise ValueError("Send a JSON object whose values are words or numbers.")
    fields = QueryDict(mutable=True)
    for name, value in found.items():
        fields[name] = str(value)
    return fields


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """Gives the description of what programs may read and do."""
    return JsonResponse(described())


def described() -> dict[str, Any]:
    """Returns the description: OpenAPI 3.1."""
    code = [{"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}]
    paths: dict[str, Any] = {}
    reads = {
        "standings_json": ("Players, published draws and standings", "application/json"),
        "standings_csv": ("Standings, a column a round", "text/csv"),
        "results_csv": ("Every confirmed result", "text/csv"),
        "bundle": ("Everything, to work out again; once the tournament is over", "application/zip"),
    }
    for name, (summary, kind) in reads.items():
        path = reverse(f"tournaments:{name}", kwargs={"code": "CODE"}).replace("CODE", "{code}")
        answer = {"description": summary, "content": {kind: {}}}
        paths[path] = {"get": {"summary": summary, "parameters": code, "responses": {"200": answer}}}
    refusals = {
        "400": "no JSON object",
        "401": "no token, or another's",
        "409": "cannot be done now; the sentence says why",
        "422": "a value that cannot be shown",
    }
    for what, fields in FIELDS.items():
        path = reverse("tournaments:api", kwargs={"code": "CODE", "what": what}).replace("CODE", "{code}")
        properties = {name: {"type": ["string", "number"], "description": about} for name, about in fields.items()}
        schema = {"type": "object", "properties": properties}
        paths[path] = {
            "post": {
                "summary": what,
                "parameters": code,
                "security": [{"token": []}],
                "requestBody": {"content": {"application/json": {"schema": schema}}},
                "responses": {"200": {"description": "done; what is to be said"}}
                | {status: {"description": about} for status, about in refusals.items()},
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tournaments", "version": "1"},
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }
