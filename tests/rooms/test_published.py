"""The wire as it is published: one document, made of the records, and complete."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from django.test import Client as Browser

from game.decisions import AnyDecision
from negotiation.rooms import protocol, published
from negotiation.rooms.messages import ANSWERS, ServerMessage
from tests.rooms.cast import TALKS, Table
from tests.rooms.conftest import Connect


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def test_the_document_is_served_to_anybody_and_linked() -> None:
    answer = Browser().get("/protocol.json")
    assert answer.json() == json.loads(msgspec.json.encode(published.document()))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = Browser().get("/protocol.json", HTTP_IF_NONE_MATCH=answer.headers["ETag"])
    assert again.status_code == 304
    assert 'rel="service-desc" href="/protocol.json"' in Browser().get("/").content.decode()


def test_every_reference_leads_somewhere() -> None:
    document = json.loads(msgspec.json.encode(published.document()))
    for reference in references(document):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place


def test_every_message_and_decision_is_in_it() -> None:
    schemas = published.document()["components"]["schemas"]
    types: list[Any] = [*protocol.Message.__args__, *ServerMessage.__args__, *AnyDecision.__args__]  # type: ignore[attr-defined]
    assert not [one.__name__ for one in types if one.__name__ not in schemas]
    assert {one.__struct_config__.tag for one in protocol.Message.__args__} == set(published.SENT)  # type: ignore[attr-defined]
    assert {one.__struct_config__.tag for one in ServerMessage.__args__} == set(published.HEARD)  # type: ignore[attr-defined]


def test_a_schema_carries_its_bounds() -> None:
    schemas = published.document()["components"]["schemas"]
    assert schemas["ActMessage"]["properties"]["id"]["pattern"] == "^[0-9a-zA-Z_-]{16,40}$(?!\\n)"
    assert schemas["ActMessage"]["additionalProperties"] is False
    assert schemas["Say"]["properties"]["text"]["maxLength"] == 2000


def test_every_refusal_has_its_code_and_its_sentence() -> None:
    refusals = published.document()["x-refusals"]
    assert set(refusals) == set(published.refusal_codes())
    assert not [code for code, sentence in refusals.items() if " " not in sentence]


async def test_what_a_whole_game_sends_is_as_published(connect: Connect) -> None:
    """`Client.hear` holds every message against the records; here somebody sees a game to its end."""
    from negotiation.rooms.database import db

    table = await db(Table)
    token = table.joined["carol"].token
    code = await db(lambda: table.code)
    client = await connect(code, token).open()
    await db(table.play_all)
    while "outcome" not in client.sections or client.sections["outcome"] is None:
        await client.hear("welcome", "update")
    questions = (
        {"type": "why", "round": 1},
        {"type": "record", "before": 10, "limit": 5},
        {"type": "cost", "order": {}},
        {"type": "check", "package": msgspec.to_builtins(TALKS)},
    )
    for question in questions:
        reply = await client.ask(question)
        if reply["ok"]:
            msgspec.convert(reply["answer"], ANSWERS[question["type"]])  # type: ignore[index]
