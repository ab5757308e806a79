"""The check of access finds what it is there to find, also on a page of a kind that it has seen before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page

from tests.browser.person import Visit

pytestmark = pytest.mark.browser

FAINT = """() => {
    const faint = document.createElement("p");
    faint.className = "faint";
    faint.textContent = "hardly to be read";
    faint.style.setProperty("color", "#888");
    faint.style.setProperty("background-color", "#777");
    document.querySelector("main").append(faint);
}"""
NAMELESS = """() => document.querySelector("main").append(document.createElement("button"))"""


async def test_what_is_faint_or_nameless_is_found_on_a_page_that_was_sound(
    visit: Visit, axe: Callable[[Page], Awaitable[list[str]]], live_server_url: str
) -> None:
    page = await visit(live_server_url)
    assert await axe(page) == []
    await page.evaluate(FAINT)
    found = await axe(page)
    assert [one.split(":")[0] for one in found] == ["light", "dark", "contrast"], found
    assert all("hardly to be read" in one for one in found)
    await page.evaluate(NAMELESS)
    assert any(one.startswith("button-name") for one in await axe(page))
