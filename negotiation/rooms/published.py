"""document, protocol_json: the wire as an AsyncAPI document, made of the records that read and write it."""

from __future__ import annotations

import functools
import hashlib
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from game import refusals as rules
from game import words
from negotiation.rooms import exports, messages, protocol
from negotiation.rooms.refusals import Reason

SENT: dict[str, type[msgspec.Struct]] = {
    "hello": protocol.Hello,
    "act": protocol.ActMessage,
    "ask": protocol.Ask,
    "ack": protocol.Ack,
    "beat": protocol.Beat,
}
HEARD: dict[str, type[msgspec.Struct]] = {
    "welcome": messages.Welcome,
    "update": messages.Update,
    "answer": messages.Answered,
    "reply": messages.Reply,
    "beat": messages.Heartbeat,
    "error": messages.Error,
}
FURTHER: tuple[type[msgspec.Struct], ...] = (
    messages.WhyAnswer,
    messages.CheckAnswer,
    messages.Allowed,
    messages.RecordAnswer,
    exports.LogFile,
)
"""What an `answer` of a reply can be, and files."""

CLOSES = {
    "1000": "closed by the client",
    "1011": "a mistake of ours; come back",
    "1012": "the server restarts; come back",
    "4001": "no delegate of this room, or not any more",
    "4008": "nothing was drawn for 15 s, or nothing heard for 90 s; come back",
    "4009": "more than 4 sockets of one person, or 300 of one room",
    "4013": "the database is away; come back",
    "4029": "a flood of messages; come back slower",
}


def document() -> dict[str, Any]:
    """Returns the document; its schemas are JSON Schema 2020-12."""
    types = (*SENT.values(), *HEARD.values(), *FURTHER)
    _, schemas = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    told = {**_told("client", SENT), **_told("server", HEARD)}
    channel = {f"{name}": {"$ref": f"#/components/messages/{name}"} for name in told}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Talks on Northeast Asia",
            "version": str(protocol.VERSION),
            "description": "One WebSocket a page. docs/protocol.md tells the story; this file holds the forms.",
        },
        "channels": {
            "room": {
                "address": "/r/{code}/ws/",
                "parameters": {
                    "code": {"description": "The room's code; the cookie `seat` of its path says who comes."}
                },
                "messages": channel,
            }
        },
        "operations": {
            "hear": {"action": "receive", **_part("client", SENT)},
            "send": {"action": "send", **_part("server", HEARD)},
        },
        "components": {"messages": told, "schemas": schemas},
        "x-refusals": {code: words.say(f"refusal.{code}") for code in refusal_codes()},
        "x-closes": CLOSES,
    }


def refusal_codes() -> list[str]:
    """Returns every code that an answer can carry: the rules' and the server's."""
    return [*(code.value for code in rules.Refusal), *(code.value for code in Reason)]


def _told(side: str, types: dict[str, type[msgspec.Struct]]) -> dict[str, Any]:
    return {
        f"{side}.{name}": {
            "name": name,
            "summary": (type_.__doc__ or "").strip(),
            "contentType": "application/json",
            "payload": {"$ref": f"#/components/schemas/{type_.__name__}"},
        }
        for name, type_ in types.items()
    }


def _part(side: str, types: dict[str, type[msgspec.Struct]]) -> dict[str, Any]:
    references = [{"$ref": f"#/channels/room/messages/{side}.{name}"} for name in types]
    return {"channel": {"$ref": "#/channels/room"}, "messages": references}


@functools.cache
def _body() -> bytes:
    return msgspec.json.format(msgspec.json.encode(document()), indent=1)


def _etag(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(_body()).hexdigest()[:16]}"'


@require_safe
@cache_control(public=True, max_age=300)
@condition(etag_func=_etag)
def protocol_json(request: HttpRequest) -> HttpResponse:
    """Gives the forms of all messages, for machines; anybody may fetch them from anywhere."""
    return HttpResponse(_body(), content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})
