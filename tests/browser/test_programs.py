"""A host lets a program in on the lobby's page, sees it play and misbehave, and ends its token."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Visit, enter, host
from tests.browser.test_pages import check
from tests.faults.wire import Wire

Axe = Callable[[Page], Awaitable[list[str]]]
ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.browser


async def test_a_host_lets_a_program_in_and_ends_its_token(visit: Visit, axe: Axe, live_server_url: str) -> None:
    # given: a room with one free seat, and a token that is shown once
    ann, code = await host(visit, live_server_url, "Ann", "CN", {"JP": "tft"}, "cjk", "1")
    page = ann.page
    await page.click("#door")
    await expect(page.locator("#door")).to_have_text("Open the door")
    await page.click("#door")
    await expect(page.locator("#door")).to_have_text("Shut the door")
    await page.click("#programs summary")
    await page.select_option("#program-seat", "KR")
    await page.fill("#program-name", "ann")
    await page.click("#program-make")
    await expect(page.locator("#programs .refusal")).to_contain_text("has this name")
    page.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the 422
    await page.fill("#program-name", "Deep Thought")
    await page.click("#program-make")
    token = await page.locator("#program-token").inner_text()
    await expect(page.locator('.seating [data-seat="KR"]')).to_contain_text("Deep Thought (program)")
    await expect(page.locator("#programs")).to_contain_text("Deep Thought, not connected")
    await check(page, axe)
    await page.set_viewport_size({"width": 390, "height": 844})
    await check(page, axe)
    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.click("#program-kept")
    assert token not in await page.content()

    # when the example plays there
    player = await asyncio.create_subprocess_exec(
        *(sys.executable, str(ROOT / "examples" / "bot.py"), live_server_url, code),
        env=os.environ | {"TALKS_TOKEN": token},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    await expect(page.locator("#programs")).to_contain_text("Deep Thought, connected")
    watcher = await enter(visit, live_server_url, code, "Ben", "observer", width=390, height=844)
    await page.click("#start")
    await watcher.show("table")
    await expect(watcher.page.locator(".standing tr", has_text="South Korea")).to_contain_text("Deep Thought (program)")
    assert await watcher.page.locator("#programs").count() == 0

    # and a second socket of it sends what nobody can read
    wire = Wire(live_server_url, code, token)
    wire.proof = f"Authorization: Bearer {token}"
    await wire.open()
    for _ in range(6):
        await wire.send({"type": "update", "sections": {}, "entries": []})
        await wire.hear("error")
    await expect(page.locator("#troubles")).to_contain_text("Deep Thought: sends what the server cannot read")
    await check(page, axe)
    assert await watcher.page.locator("#troubles").count() == 0

    # then the token is ended, and both sockets with it; the caretaker has the seat
    await page.locator("#programs summary").click()
    await page.locator('[id^="program-end-"]').click()
    await asyncio.wait_for(player.communicate(), 20)
    assert player.returncode == 1
    await expect(page.locator("#programs")).to_have_count(0 if not await page.locator("#troubles").count() else 1)
    log = json.loads(await page.evaluate(f"fetch('/r/{code}/log.json').then((file) => file.text())"))
    holders = [one["event"].get("holder") for one in log["entries"] if one["event"]["type"] == "seated"]
    assert holders[-1] == "caretaker"
    wire.cut()
