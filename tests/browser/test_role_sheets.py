"""Role sheets: a page of paper a state for whoever runs a class, and the own one in the room, in every phase."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from game import words
from tests.browser.test_languages import choose
from tests.browser.test_pages import Axe, Visit, check

pytestmark = pytest.mark.browser


async def test_each_state_has_a_page_of_paper_in_the_longest_language_too(
    visit: Visit, axe: Axe, live_server_url: str
) -> None:
    page = await visit(f"{live_server_url}scenarios/shipped/camps2023/roles/", width=390, height=844)
    await check(page, axe)
    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.emulate_media(color_scheme="dark")
    await check(page, axe)
    for language in ("en", "ru", "ja"):
        await choose(page, language)
        paper = await page.pdf(prefer_css_page_size=True)
        assert paper.count(b"/Type /Page\n") == 6, language


async def test_my_role_is_read_in_the_briefing_and_again_later(visit: Visit, axe: Axe, live_server_url: str) -> None:
    # given: a room with a phase for reading, in which everybody else is a bot
    page = await visit(f"{live_server_url}rooms/new/", width=390, height=844, locale="en-GB")
    await choose(page, "ko")
    await page.select_option("#id_preset", "class50")
    await page.click("#make")
    await page.fill("#id_name", "민지")
    await page.check('input[name="seat"][value="KR"]')
    await page.click("#enter")
    await page.wait_for_selector("#room[data-drawn]")

    # in the lobby it is folded, and asked for when it is opened
    await expect(page.locator("#role")).to_have_count(0)
    await page.click("#role-more summary")
    await expect(page.locator("#role h4")).to_have_count(4)
    await page.click("#start")

    # in the briefing it is laid out, in the reader's language, without anything that jumps
    await page.wait_for_selector('#room[data-phase="briefing"]')
    await page.reload()
    await page.wait_for_selector("#room[data-drawn]")
    await expect(page.locator("#role h4").nth(2)).to_have_text(words.say("ui.role_red_lines", language="ko"))
    await expect(page.locator("#role")).to_contain_text("1965년 일본과")
    await expect(page.locator("#role li").last).to_have_text(
        "Trilateral Cooperation Vision for the Next Decade, Chengdu, 24 December 2019"
    )
    await check(page, axe)
    await page.emulate_media(color_scheme="dark")
    await check(page, axe)

    # and in the talks it is a click away
    await page.click("#ready")
    await page.wait_for_selector('#room[data-phase="talk"]')
    await page.click("#first-briefing > summary")
    await page.click("#role-more summary")
    await expect(page.locator("#role")).to_be_visible()
