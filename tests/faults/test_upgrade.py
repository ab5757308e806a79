"""A new version of the program on the data of an old one, with open rooms: the old form becomes the new, and the game goes on."""

from __future__ import annotations

import asyncio

import pytest

from tests.faults.test_kill import open_room
from tests.faults.wire import Cut, Wire
from tests.live_server import LiveServer

pytestmark = [pytest.mark.faults, pytest.mark.slow]


async def test_a_room_of_an_older_form_of_the_data_plays_on_after_the_upgrade(own_server: LiveServer) -> None:
    code, tokens = await asyncio.to_thread(open_room, own_server, preset="")
    china = await Wire(own_server.url, code, tokens["CN"]).open()
    assert (await china.act("start-0000000000001", {"type": "start"}))["ok"]
    assert (await china.act("say-00000000000001", {"type": "say", "text": "Before the upgrade."}))["ok"]
    assert await asyncio.to_thread(own_server.stop) == 0
    with pytest.raises(Cut) as cut:
        await china.hear("answer")
    assert cut.value.code in (1012, 1001, None)
    seen, n = dict(china.sections), china.n

    # given: the data as a program wrote them that knew neither conferences nor scenarios of one's own, nor several workers
    for app, number in (("conferences", "zero"), ("scenarios", "zero"), ("rooms", "0001")):
        await asyncio.to_thread(own_server.manage, "migrate", app, number, "-v0")
    tables = {name for (name,) in own_server.ask("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "conferences_conference" not in tables

    await asyncio.to_thread(own_server.start, own_server.port)
    assert "the old one is kept in" in own_server.output
    again = Wire(own_server.url, code, tokens["CN"])
    await again.open()
    assert again.n == n
    for name in ("world", "texts", "promises", "own", "may"):
        assert again.sections[name] == seen[name], name
    # An old tab that resends what it had sent is told the same, and goes on where it was.
    china.host = again.host
    await china.come_back()
    assert (await china.act("say-00000000000001", {"type": "say", "text": "Before the upgrade."}))["ok"]
    assert china.n == n
    assert (await china.act("say-00000000000002", {"type": "say", "text": "After it."}))["ok"]
    assert "whole" in await asyncio.to_thread(own_server.manage, "verify", code)
    for wire in (china, again):
        wire.cut()


async def test_a_tab_that_speaks_another_protocol_is_told_to_load_again(own_server: LiveServer) -> None:
    code, tokens = await asyncio.to_thread(open_room, own_server, preset="")
    old = Wire(own_server.url, code, tokens["CN"])
    await old.shake_hands()
    await old.send({"type": "hello", "protocol": 0, "epoch": None, "last": 0})
    error = await old.hear("error")
    assert error["refusal"]["code"] == "old_protocol"
    old.cut()
