"""The debrief, wide and on a phone: a map walked by keyboard, a weight that is moved, a game played otherwise."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Finished
from tests.browser.test_pages import TOO_WIDE, Axe, Visit, check_both

pytestmark = pytest.mark.browser


async def sit_down(page: Page, url: str, game: Finished) -> str:
    """Makes the page that of the game's Korea, and returns the address of its debrief."""
    await page.context.clear_cookies()
    await page.context.add_cookies([{"name": "seat", "value": game.token, "url": f"{url}r/{game.code}/"}])
    return f"{url}r/{game.code}/debrief/"


async def test_the_debrief_is_sound_and_answers_its_reader(
    visit: Visit, axe: Axe, live_server_url: str, finished_games: dict[str, Finished]
) -> None:
    page = await visit(live_server_url, width=390, height=844)
    await page.goto(await sit_down(page, live_server_url, finished_games["cjk"]))
    await page.wait_for_selector("#debrief[data-drawn]")
    await check_both(page, axe)

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
    await check_both(page, axe)


async def test_no_finished_game_is_wider_than_a_phone(
    visit: Visit, live_server_url: str, finished_games: dict[str, Finished]
) -> None:
    page = await visit(live_server_url, width=390, height=844)
    for scenario in ("thaad2017", "camps2023", "six2003"):
        await page.goto(await sit_down(page, live_server_url, finished_games[scenario]))
        await page.wait_for_selector("#debrief[data-drawn]")
        await expect(page.locator("#delegations")).to_contain_text("Beatrix")
        assert await page.evaluate(TOO_WIDE) == [], scenario
