"""Every page, wide and on a phone: nothing the accessibility checker minds, a clean console, nothing that scrolls sideways."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from playwright.async_api import Page, expect
from playwright.async_api import TimeoutError as TooLate

Visit = Callable[..., Awaitable[Page]]
Axe = Callable[[Page], Awaitable[list[str]]]

PATIENCE = 300.0
"""Seconds for a whole game in which bots answer as fast as people, each phase judged in two sizes."""

pytestmark = pytest.mark.browser

SIZES = ((390, 844), (1280, 900))
"""A phone and a desk. No script asks for the width, so one page is looked at in both."""


TOO_WIDE = """
    const scrolls = (one) => {
        // What lies in a box that scrolls by itself widens nothing, unless it is placed past that box.
        for (let box = one.parentElement; box; box = box.parentElement) {
            if (getComputedStyle(box).overflowX !== "visible") {
                const isPlaced = getComputedStyle(one).position === "absolute" && !box.contains(one.offsetParent);
                return !isPlaced;
            }
        }
        return false;
    };
    document.documentElement.scrollWidth <= innerWidth
        ? []
        : [...document.querySelectorAll("body *")]
              .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one))
              .map((one) => one.outerHTML.slice(0, 160))
"""
"""What makes a page scroll sideways."""


async def check(page: Page, axe: Axe) -> None:
    assert await axe(page) == []
    assert await page.evaluate(TOO_WIDE) == []


async def check_both(page: Page, axe: Axe) -> None:
    """Judges a page on a phone and on a wide screen, and leaves it as it was."""
    before = page.viewport_size
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        await check(page, axe)
    if before:
        await page.set_viewport_size(before)


async def play_now(visit: Visit, url: str, width: int, height: int) -> Page:
    page = await visit(url, width=width, height=height)
    await page.click("#play-now")
    await page.wait_for_selector("#room[data-drawn]")
    return page


async def press_ready(page: Page) -> None:
    """Says that the phase is done, if there is one to be done with: the button may go between the look and the tap."""
    with suppress(TooLate):
        await page.locator('#ready[aria-pressed="false"]').click(timeout=500)


async def panels(page: Page, width: int) -> list[str]:
    """Returns the sheets to look at one after another: all at once on a wide screen."""
    return ["now"] if width > 1100 else ["table", "talk", "promises", "me", "now"]


async def test_home_says_what_this_is(visit: Visit, axe: Axe, live_server_url: str) -> None:
    page = await visit(live_server_url)
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        await expect(page.locator("h1")).to_be_visible()
        await expect(page.locator("#play-now")).to_be_visible()
        await check(page, axe)


async def test_join_says_at_the_field_what_is_wrong(visit: Visit, axe: Axe, live_server_url: str) -> None:
    page = await visit(f"{live_server_url}join/", width=390, height=844)
    await check_both(page, axe)
    await page.fill("#id_code", "ZZZZZZZZ")
    await page.click("#join")
    await expect(page.locator(".errorlist")).to_be_visible()
    await check_both(page, axe)
    page.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the 404 of the wrong code


async def test_a_new_room_leads_over_the_door_into_the_lobby(visit: Visit, axe: Axe, live_server_url: str) -> None:
    page = await visit(f"{live_server_url}rooms/new/", width=390, height=844)
    await check_both(page, axe)
    await page.select_option("#id_scenario", "cjk")
    await page.click("#make")
    await page.fill("#id_name", "Alice")
    await page.check('input[name="seat"][value="JP"]')
    await check_both(page, axe)
    await page.click("#enter")
    await page.wait_for_selector("#room[data-phase=lobby]")
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        await expect(page.locator("#code")).to_be_visible()
        await expect(page.locator("#start")).to_be_visible()
        await check(page, axe)


async def test_the_room_is_sound_in_every_phase_and_ends_in_the_debrief(
    visit: Visit, axe: Axe, live_server_url: str
) -> None:
    page = await play_now(visit, live_server_url, 390, 844)
    room = page.locator("#room")
    seen: set[str] = set()
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        phase = await room.get_attribute("data-phase")
        if phase == "over":
            break
        if phase and phase not in seen:
            seen.add(phase)
            for width, height in SIZES:
                await page.set_viewport_size({"width": width, "height": height})
                for panel in await panels(page, width):
                    if width <= 1100:
                        await page.click(f'[data-tab="{panel}"]')
                    await check(page, axe)
            # The rest of the game is played on a phone, as far as the debrief.
            await page.set_viewport_size({"width": 390, "height": 844})
        await press_ready(page)
        await page.wait_for_timeout(100)
    assert {"talk", "orders", "reveal"} <= seen
    await page.click("#debrief")
    await page.wait_for_selector("#debrief[data-drawn]")
    await check_both(page, axe)


async def test_a_draft_and_its_focus_survive_what_others_do(visit: Visit, live_server_url: str) -> None:
    page = await play_now(visit, live_server_url, 1280, 900)
    await page.fill("#say", "half a sentence")
    await page.focus("#say")
    await page.click('[data-thread="CN"]')
    await expect(page.locator("#say")).to_have_value("")
    await page.click('[data-thread="plenary"]')
    await expect(page.locator("#say")).to_have_value("half a sentence")
    await page.reload()
    await expect(page.locator("#say")).to_have_value("half a sentence")


async def test_what_was_said_appears_and_can_be_no_markup(visit: Visit, live_server_url: str) -> None:
    page = await play_now(visit, live_server_url, 1280, 900)
    await page.fill("#say", "<b>peace</b>")
    await page.press("#say", "Enter")
    await expect(page.locator(".speech", has_text="<b>peace</b>")).to_be_visible()
    await expect(page.locator("#say")).to_have_value("")
