"""A director and players in real browsers: from the form to the final standings, every page on a wide screen and on a phone."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.test_conferences import log_in
from tests.browser.test_pages import check
from tests.live_server import LiveServer

Visit = Callable[..., Awaitable[Page]]
Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser


async def look(page: Page, axe: Axe, name: str) -> None:
    """Judges a page on a wide screen and on a phone, one in light and one in dark; keeps pictures where `SHOTS` names a folder."""
    folder = os.environ.get("SHOTS")
    for width, height, scheme in ((1280, 900, "light"), (390, 844, "dark"), (390, 844, "light"), (1280, 900, "dark")):
        await page.set_viewport_size({"width": width, "height": height})
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await check(page, axe)
        if folder:
            await page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
        elif scheme == "dark":
            break
    await page.set_viewport_size({"width": 1280, "height": 900})


async def test_a_tournament_is_made_drawn_played_and_every_page_is_sound(
    visit: Visit, shared_server: LiveServer, axe: Axe
) -> None:
    director = await log_in(visit, shared_server)
    await director.goto(f"{shared_server.url}tournaments/new/")
    await look(director, axe, "tournament-new")
    await director.fill("#id_title", "Spring cup")
    await director.select_option("#id_scenario", "cjk")
    await director.select_option("#id_preset", "")
    await director.fill("#id_rounds_played", "2")
    await director.click("#make")
    await expect(director.locator("h1")).to_have_text("Spring cup")
    home = director.url.removesuffix("desk/")
    await director.fill("#id_text", "Ann Ahn, North\nBo Berg, South\nbo berg, South")
    await director.click("#take-list")
    await expect(director.locator(".problems")).to_contain_text("same name")
    director.complaints.clear()  # type: ignore[attr-defined]  # the refusal itself
    await director.fill("#id_text", "Ann Ahn, North\nBo Berg, South\nCleo Cho, North\nDan Diaz, South\nEun Eom, North")
    await director.click("#take-list")
    await director.click("#all-here")

    player = await visit(f"{home}register/", width=390, height=844)
    await look(player, axe, "tournament-register")
    await player.fill("#id_name", "Mina")
    await player.click("#register")
    await player.click("#check-in")
    await expect(player.locator("main")).to_contain_text("You are checked in.")
    mine = player.url

    await director.goto(f"{home}desk/")
    unheard: list[str] = []

    async def lose(route: Route) -> None:
        unheard.append(route.request.url)
        await route.abort()

    await director.route("**/progress.json", lose, times=1)
    await director.click("#draft")
    await expect(director.locator("#drafted")).to_be_visible(timeout=120_000)
    assert unheard, "one look at how far it is was lost"
    director.complaints.clear()  # type: ignore[attr-defined]  # the browser notes it
    await look(director, axe, "tournament-draft")
    await player.goto(f"{home}rounds/1/")
    await expect(player.locator("h1")).to_have_text("There is nothing here.")
    player.complaints.clear()  # type: ignore[attr-defined]  # the refusal itself
    await director.click("#publish")
    await expect(director.locator("#open")).to_be_visible()
    await look(director, axe, "tournament-desk")
    await director.goto(f"{home}desk/cards/")
    await look(director, axe, "tournament-cards")
    await player.goto(mine)
    await look(player, axe, "tournament-mine")
    await player.click("#to-the-table")
    await player.wait_for_selector("#room[data-drawn]")

    await director.goto(f"{home}desk/")
    await director.click("#open")
    await expect(director.locator("#confirm")).to_be_visible()
    await director.check("[name=despite]")
    await director.click("#confirm")
    await expect(director.locator("#draft")).to_be_visible()
    for page in ("", "rounds/1/", "crosstable/", "players/6/"):
        await director.goto(f"{home}{page}")
        await look(director, axe, f"tournament-{page.strip('/').replace('/', '-') or 'standings'}")
    for page in ("t-fair", "t-ratings"):
        await director.goto(
            f"{home}desk/fair-play/" if page == "t-fair" else f"{shared_server.url}tournaments/ratings/"
        )
        await look(director, axe, f"tournament-{page}")
    await player.goto(mine)
    await player.fill("#id_text", "The bell rang too early.")
    await player.get_by_role("button", name="Send to the director").click()
    await expect(player.locator("main")).to_contain_text("The bell rang too early.")
    await look(player, axe, "tournament-player")
    await director.goto(f"{home}desk/")
    await expect(director.locator("main")).to_contain_text("The bell rang too early.")
    await look(director, axe, "tournament-appeal")
