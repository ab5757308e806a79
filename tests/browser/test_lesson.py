"""A newcomer on a phone: the lesson from its first hint to its last, the questions, the rulebook on two sheets of paper."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from game import quiz
from tests.browser.test_pages import check
from tests.live_server import LiveServer

Visit = Callable[..., Awaitable[Page]]
Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser


async def test_a_newcomer_goes_through_the_lesson_and_the_questions(
    visit: Visit, axe: Axe, shared_server: LiveServer
) -> None:
    page = await visit(f"{shared_server.url}learn/?next=/learn/", width=390, height=844)
    await check(page, axe)
    await page.click("#lesson")
    await page.wait_for_selector("#room[data-drawn]")
    await check(page, axe)
    hint = page.locator("#coach")
    await page.click("#coach-next")
    await expect(hint).to_contain_text("put something on the table")
    await page.click("#coach-next")
    await page.click("#ready")
    await expect(page.locator("#room")).to_have_attribute("data-phase", "vote")
    await expect(hint).to_contain_text("Vote on each text")
    await page.reload()
    await expect(hint).to_contain_text("Vote on each text")
    await page.click("#bar-take_back")
    await expect(page.locator("#room")).to_have_attribute("data-phase", "talk")
    await page.click("#ready")
    await expect(page.locator("#room")).to_have_attribute("data-phase", "vote")
    await page.click("#ready")
    await page.wait_for_selector("#seal")
    await expect(hint).to_contain_text("your secret order")
    await page.click("#seal")
    await expect(page.locator("#room")).to_have_attribute("data-phase", "reveal")
    await page.click('[data-tab="me"]')
    await page.click("#why")
    await expect(hint).to_contain_text("That was a round")
    await page.click("#coach-check")
    await check(page, axe)
    for question in quiz.QUESTIONS:
        await page.check(f'[name="{question.code}"][value="{question.right}"]')
    await page.click("#answer")
    await expect(page.locator("#verdict")).to_contain_text("All five are right")
    await check(page, axe)
    await page.click("#onward")
    await expect(page.locator("h2 .good")).to_have_count(2)


async def test_the_rulebook_is_two_pages_of_paper(visit: Visit, axe: Axe, shared_server: LiveServer) -> None:
    page = await visit(f"{shared_server.url}rulebook/", width=390, height=844)
    await check(page, axe)
    await page.set_viewport_size({"width": 1280, "height": 900})
    await check(page, axe)
    paper = await page.pdf(format="A4")
    assert paper.count(b"/Type /Page\n") == 2
