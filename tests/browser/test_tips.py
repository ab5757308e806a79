"""Tips in the room: one at a time at its moment, covering nothing, said aloud once, gone for good when somebody says so, and back when asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Person, host
from tests.browser.test_pages import check, play_now

Visit = Callable[..., Awaitable[Page]]
Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser

COVERED = """() => {
    const tip = document.getElementById("tip").getBoundingClientRect();
    return [...document.querySelectorAll("#room .columns, #room .above, #room .tabs, #ready")]
        .map((one) => one.getBoundingClientRect())
        .filter((box) => box.height && box.bottom > tip.top + 1 && box.top < tip.bottom - 1).length;
}"""
"""How much of the room lies where the tip lies."""


async def told(page: Page, tip: str) -> None:
    """Waits for a tip, which is the only one."""
    await expect(page.locator(".tip")).to_have_attribute("data-tip", tip)
    assert await page.locator(".tip").count() == 1


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)], ids=["wide", "phone"])
async def test_a_newcomer_gets_each_tip_at_its_moment_and_can_have_no_more(
    visit: Visit, axe: Axe, live_server_url: str, width: int, height: int
) -> None:
    page = await play_now(visit, live_server_url, width, height)
    await told(page, "table")
    assert await page.evaluate(COVERED) == 0
    await expect(page.locator("#tip-said")).to_contain_text("Now you can offer something")
    await check(page, axe)
    # It is still there after a reload, but is not said again.
    await page.reload()
    await told(page, "table")
    await page.wait_for_timeout(500)
    await expect(page.locator("#tip-said")).to_be_empty()
    # What was done needs no tip any more.
    await page.click("#b-open")
    await told(page, "forum")
    await page.click("#tip-known")
    await expect(page.locator(".tip")).to_have_count(0)
    await page.click("#b-close")
    await told(page, "sponsor")
    await page.click("#ready")
    await told(page, "vote")
    await page.click("#tip-off")
    await expect(page.locator(".tip")).to_have_count(0)
    # For good, in other rooms as well, until they are asked for.
    await page.goto(live_server_url)
    await page.click("#play-now")
    await page.wait_for_selector("#tip-said", state="attached")
    await expect(page.locator(".tip")).to_have_count(0)
    if width < 1100:
        await page.click('[data-tab="me"]')
    await page.click("#keys")
    await page.click("#tips-again")
    await told(page, "table")


async def test_what_can_be_broken_in_secret_and_what_costs_trust_is_told_when_it_comes_to_that(
    visit: Visit, live_server_url: str
) -> None:
    me, _code = await host(visit, live_server_url, "Ann", "CN", {"JP": "tft", "KR": "tft"})
    page = me.page
    await page.click("#start")
    await told(page, "table")
    await me.table({"by": "CN", "kind": "cap"})
    await page.click("#ready")
    await me.phase("vote")
    for text in await page.locator('article.text:not([data-author="CN"]) [data-vote="no"]').all():
        await text.click()
    await me.phase("orders")
    await told(page, "secret")
    await page.check("#m-sanction-JP")
    await page.click("#seal")
    await me.phase("reveal")
    await told(page, "trust")
    await expect(page.locator(".tip")).to_contain_text("Japan")


async def test_the_lesson_speaks_for_itself(visit: Visit, live_server_url: str) -> None:
    page = await visit(f"{live_server_url}learn/")
    await page.click("#lesson")
    await page.wait_for_selector("#coach")
    await page.wait_for_selector("#tip-said", state="attached")
    await expect(page.locator(".tip")).to_have_count(0)
    # Who leaves it gets what it had not come to.
    await page.click("#coach-leave")
    person = Person(page, "KR")
    await page.click("#b-open")
    await told(page, "forum")
    await person.phase("talk")
