"""Six parties: all rounds of a long game reach every page, however much there is to tell."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Visit, enter, go_on, host

Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser

BOTS = {"CN": "bargainer", "KP": "bargainer", "RU": "hedger", "US": "bargainer"}


async def test_two_people_and_four_bots_play_all_rounds_of_thaad2017(
    visit: Visit, axe: Axe, live_server_url: str
) -> None:
    alice, code = await host(visit, live_server_url, "Alice", "JP", BOTS, "thaad2017")
    bob = await enter(visit, live_server_url, code, "Bob", "KR", width=390, height=844)
    await alice.page.click("#start")
    for person in (alice, bob):
        await person.phase("talk")
    for _ in range(30):
        if await alice.page.get_attribute("#room", "data-phase") == "over":
            break
        await go_on(alice, bob)
    for person in (alice, bob):
        await person.phase("over")
        # A page that comes back is told the whole game at once.
        await person.page.reload()
        await person.page.wait_for_selector("#room[data-drawn]")
        await expect(person.page.locator(".offline")).to_have_count(0)
        await person.page.click("#debrief")
        await person.page.wait_for_selector("#debrief[data-drawn]")
        assert await axe(person.page) == []
        assert await person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert max(map(len, alice.heard)) > 40_000, "a long game makes long messages, and they arrive"
