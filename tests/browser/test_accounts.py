"""The pages of facilitators' accounts in a real browser: sound, and the one-time link leads in."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page

from tests.browser.test_pages import check_both
from tests.live_server import LiveServer

Visit = Callable[..., Awaitable[Page]]
Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser


async def test_logging_in_is_sound(visit: Visit, axe: Axe, live_server_url: str) -> None:
    await check_both(await visit(f"{live_server_url}accounts/login/"), axe)


async def test_the_first_link_leads_to_an_account(own_server: LiveServer, visit: Visit, axe: Axe) -> None:
    # The server comes first in the arguments, and so goes last: a page must not see it die.
    page = await visit(own_server.first_link)
    assert await axe(page) == []
    await page.fill("#id_username", "alice")
    await page.fill("#id_password1", "short")
    await page.fill("#id_password2", "short")
    await page.click("main button")
    assert await axe(page) == []
    assert await page.locator(".errorlist").is_visible()
    await page.fill("#id_password1", "wide-river-42")
    await page.fill("#id_password2", "wide-river-42")
    await page.click("main button")
    assert page.url == own_server.url
    assert await page.get_by_text("alice").is_visible()
