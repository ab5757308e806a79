"""The debrief, wide and on a phone: a map walked by keyboard, a weight that is moved, a game played otherwise."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_pages import PATIENCE, TOO_WIDE, Axe, Visit, both_sizes, check, play_now, press_ready
from tests.live_server import LiveServer

pytestmark = pytest.mark.browser


async def debrief_of_a_game(visit: Visit, url: str, width: int, height: int) -> Page:
    """Play a game against bots by being ready, and open its debrief."""
    page = await play_now(visit, url, width, height)
    room = page.locator("#room")
    give_up_at = time.monotonic() + PATIENCE
    while await room.get_attribute("data-phase") != "over" and time.monotonic() < give_up_at:
        await press_ready(page)
        await page.wait_for_timeout(150)
    await page.click("#debrief")
    await page.wait_for_selector("#debrief[data-drawn]")
    return page


@both_sizes
async def test_the_debrief_is_sound_and_answers_its_reader(
    visit: Visit, axe: Axe, live_server_url: str, width: int, height: int
) -> None:
    page = await debrief_of_a_game(visit, live_server_url, width, height)
    await check(page, axe)

    # the price of rivalry is told in a sentence, and nothing asks for words that are missing
    await expect(page.locator("#joint")).to_contain_text("Together they gained")
    assert await page.locator(".questions li").count() >= 3
    assert "{" not in await page.inner_text("#debrief")

    # the map is walked with the arrow keys, and says what is chosen
    chosen = page.locator('#map [aria-selected="true"]')
    await chosen.focus()
    first = await chosen.get_attribute("aria-label")
    told = await page.inner_text("#map-detail h3")
    await page.keyboard.press("ArrowRight")
    await expect(chosen).to_be_focused()
    assert await chosen.get_attribute("aria-label") != first
    assert await page.inner_text("#map-detail h3") != told
    await page.select_option("#map-seat", "JP")
    await page.select_option("#map-partner", "CN")
    await expect(page.locator("#map")).to_have_attribute(
        "aria-label", "Texts by worth to Japan (across) and to China (up)"
    )

    # the weight is moved, and the order reckoned anew
    await page.focus("#k")
    await page.keyboard.press("End")
    await expect(page.locator(".slider output")).to_have_text("1.50")
    await page.click("#k-back")
    await expect(page.locator("#k-says")).to_contain_text("The order stays as it was")

    # the game is played otherwise
    await page.select_option("#whatif-CN", "hawk")
    await page.click("#whatif-go")
    await expect(page.locator("#whatif-scores")).to_be_visible()
    await expect(page.locator("#whatif-says")).to_contain_text("From round 1: China held by bot: hawk.")
    await page.evaluate("document.querySelectorAll('#debrief details').forEach((one) => { one.open = true; })")
    await check(page, axe)


GAMES = """
import json, time
from game.events import Seated
from negotiation.rooms import creation, people
from negotiation.rooms.log import writing
from tests.game.bot_room import bot_game

for scenario in ("thaad2017", "camps2023", "six2003"):
    game = bot_game(scenario, 1)
    room = creation.create(wish=creation.Wish(game.opening.settings, teams=True), seed=game.opening.seed)
    bob, _bea = [people.join(room_id=room.pk, name=name, seat="KR") for name in ("Bob", "Beatrix of the delegation")]
    with writing(room.pk, time.time()) as writer:
        writer.record(one for one in game.log if not (isinstance(one, Seated) and one.seat == "KR"))
    print(json.dumps([room.code, bob.token]))
"""
"""Finished games of bots, written into the server's data, with two people on one seat."""


async def test_no_finished_game_is_wider_than_a_phone(own_server: LiveServer, visit: Visit) -> None:
    page = await visit(own_server.url, width=390, height=844)
    for line in (await asyncio.to_thread(own_server.manage, "shell", "-v", "0", "-c", GAMES)).splitlines():
        code, token = json.loads(line)
        await page.context.clear_cookies()
        await page.context.add_cookies([{"name": "seat", "value": token, "url": f"{own_server.url}r/{code}/"}])
        await page.goto(f"{own_server.url}r/{code}/debrief/")
        await page.wait_for_selector("#debrief[data-drawn]")
        await expect(page.locator("#delegations")).to_contain_text("Beatrix")
        assert await page.evaluate(TOO_WIDE) == [], code
