"""docs/protocol.md holds what it says: its examples are sent, received or executed, and its lists are complete."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from negotiation.rooms import limits, protocol, published
from negotiation.rooms.exports import LogEntry
from negotiation.rooms.messages import ANSWERS, ServerMessage
from tests.faults.wire import Wire
from tests.live_server import LiveServer

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
FORM = ("malformed", "unknown_type", "bad_characters", "too_large")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def examples(kind: str) -> list[Any]:
    """Returns the JSON values of all blocks of a kind; a block may hold several."""
    found, decoder = [], json.JSONDecoder()
    for block in blocks(f"json {kind}"):
        rest = block.strip()
        while rest:
            value, end = decoder.raw_decode(rest)
            found.append(value)
            rest = rest[end:].strip()
    return found


def test_no_example_is_left_out() -> None:
    fences = re.findall(r"^```(.+)$", PAGE, re.MULTILINE)
    assert set(fences) == {"python", "json client", "json server", "json decision", "json entry"}


def test_every_message_and_decision_has_an_example() -> None:
    assert {one["type"] for one in examples("client")} == set(published.SENT)
    assert {one["type"] for one in examples("server")} == set(published.HEARD)
    schemas = published.document()["components"]["schemas"]
    kinds = {schemas[ref.rsplit("/", 1)[1]]["properties"]["type"]["enum"][0] for ref in decisions(schemas)}
    assert {one["type"] for one in examples("decision")} == kinds


def decisions(schemas: dict[str, Any]) -> list[str]:
    return [one["$ref"] for one in schemas["ActMessage"]["properties"]["decision"]["anyOf"]]


@pytest.mark.parametrize("example", examples("server"), ids=lambda one: one["type"])
def test_what_the_server_is_said_to_send_is_of_the_published_form(example: Any) -> None:
    message = msgspec.json.decode(json.dumps(example), type=ServerMessage)
    for question in examples("client"):
        if example["type"] == "reply" and example["ok"] and question.get("id") == example["id"]:
            msgspec.convert(example["answer"], ANSWERS[question["question"]["type"]])
    assert message


def test_the_entry_of_a_file_is_of_the_published_form_and_its_digests_are_as_the_page_says() -> None:
    (example,) = examples("entry")
    entry = msgspec.convert(example, LogEntry)
    assert hashlib.sha256(f"{entry.salt}\n{entry.event['text']}".encode()).hexdigest() == entry.sealed
    event = json.dumps(entry.event | {"text": entry.sealed}, separators=(",", ":"))
    assert hashlib.sha256(f"\n{entry.epoch}\n{entry.at}\n{event}".encode()).hexdigest() == entry.digest


def test_every_code_of_a_refusal_is_in_the_table() -> None:
    told = re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE)
    assert told == published.refusal_codes()


def test_every_code_of_a_close_is_in_the_table() -> None:
    assert {code for code in published.CLOSES if code != "1000"} <= set(re.findall(r"\b[14]0\d\d\b", PAGE))


def test_the_limits_are_those_of_the_server() -> None:
    allowance = limits.Allowance()
    for bucket, sentence in (
        (allowance.acts, "{rate} acts a second ({burst} at once)"),
        (allowance.talk, "{rate} word a second ({burst} at once)"),
        (allowance.asks, "{rate} questions a second ({burst} at once)"),
        (allowance.messages, "{rate} messages a second of any kind ({burst} at once)"),
    ):
        assert sentence.format(rate=bucket.rate, burst=bucket.burst) in PAGE
    assert f"at most {limits.MESSAGE_BYTES // 1024} KB" in PAGE
    assert f"{limits.INBOX} messages may wait" in PAGE
    assert f"more than {limits.SOCKETS_PER_DELEGATE} sockets of one person, or {limits.SOCKETS_PER_ROOM}" in PAGE


@pytest.fixture(scope="module")
def room(live_server_url: str) -> dict[str, Any]:
    """Runs the page's code in a stranger's place and returns what it got."""
    got: dict[str, Any] = {"HOME": live_server_url}
    for block in blocks("python"):
        exec(block, got)
    return got


def test_the_code_of_the_page_makes_a_room_and_comes_in(room: dict[str, Any]) -> None:
    assert room["log"]["room"] == room["code"]
    assert room["log"]["viewer"] == "KR"
    assert room["scores"].startswith("seat,")


async def test_what_a_client_is_said_to_send_is_understood(room: dict[str, Any], live_server_url: str) -> None:
    wire = Wire(live_server_url, room["code"], room["token"])
    await wire.open()
    acts = [one for one in examples("client") if one["type"] in ("act", "ask")]
    acts += [
        {"type": "act", "id": f"a-decision-{i:05d}", "epoch": wire.epoch, "decision": decision}
        for i, decision in enumerate(examples("decision"))
    ]
    for message in (one for one in examples("client") if one["type"] in ("ack", "beat")):
        await wire.send(message)
    for message in acts:
        await wire.send(message)
        answer = await wire.hear("answer", "reply", "error")
        assert answer.get("id") == message["id"]
        assert answer["ok"] or answer["refusal"]["code"] not in FORM, answer
    for message in (one for one in examples("client") if one["type"] == "hello"):
        await wire.send(message)
        assert await wire.hear("welcome", "update")
    wire.cut()


def test_every_example_of_a_client_is_read_by_the_server() -> None:
    for example in examples("client"):
        protocol.decode(json.dumps(example))


async def test_the_example_of_a_program_plays_a_game_to_its_end_by_its_token_alone(live_server_url: str) -> None:
    got: dict[str, Any] = {"HOME": live_server_url}
    page = blocks("python")[0].replace('name="Ann", seat="KR"', 'name="Host", seat="observer"')
    exec(page, got)
    exec(blocks("python")[1], got)
    player = await asyncio.create_subprocess_exec(
        *(sys.executable, str(ROOT / "examples" / "bot.py"), live_server_url, got["code"]),
        env=os.environ | {"TALKS_TOKEN": got["program"]["token"]},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    host = await Wire(live_server_url, got["code"], got["token"]).open()
    async with asyncio.timeout(30):
        while not any(one.get("program") and one["here"] for one in host.sections["people"]["people"]):
            await host.hear("update")
    assert (await host.act("the-host-starts-1", {"type": "start"}))["ok"]
    printed, complained = await asyncio.wait_for(player.communicate(), 40)
    assert player.returncode == 0, complained.decode()
    assert re.findall(r"^(\w\w)  total [+-]\d", printed.decode(), re.MULTILINE) == ["CN", "JP", "KR"]
    async with asyncio.timeout(10):
        while host.sections["room"]["phase"] != "over":
            await host.hear("update", "welcome")
    events = [entry["event"] for entry in host.entries.values()]
    done = {event["type"] for event in events if event.get("seat") == "JP"}
    assert {"readied", "voted"} <= done, done
    host.cut()
    assert len((ROOT / "examples" / "bot.py").read_text(encoding="utf-8").splitlines()) < 100


async def test_the_example_of_a_client_plays_a_game_to_its_end(live_server_url: str, shared_server: LiveServer) -> None:
    got: dict[str, Any] = {"HOME": live_server_url}
    page = blocks("python")[0].replace('name="Ann", seat="KR"', 'name="Host", seat="observer"')
    exec(page, got)
    player = await asyncio.create_subprocess_exec(
        *(sys.executable, str(ROOT / "examples" / "client.py"), live_server_url, got["code"], "KR", "Ann"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    host = await Wire(live_server_url, got["code"], got["token"]).open()
    async with asyncio.timeout(30):
        while "KR" not in {person["seat"] for person in host.sections["people"]["people"]}:
            await host.hear("update")
    assert (await host.act("the-host-starts-1", {"type": "start"}))["ok"]
    printed, complained = await asyncio.wait_for(player.communicate(), 40)
    assert player.returncode == 0, complained.decode()
    assert re.findall(r"^(\w\w)  total [+-]\d", printed.decode(), re.MULTILINE) == ["CN", "JP", "KR"]
    host.cut()
