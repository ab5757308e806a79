"""A whole round without a mouse: once by Tab and arrows, once through the command line, by what a screen reader is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_pages import play_now

Visit = Callable[..., Awaitable[Page]]
Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser

MOST_STOPS = 150
REACHED = """(wanted) => {
    const now = document.activeElement;
    if (!now || now === document.body) return "";
    const ring = getComputedStyle(now);
    if (!now.matches(":focus-visible") || ring.outlineStyle === "none") return "no ring: " + now.outerHTML.slice(0, 120);
    return now.matches(wanted) ? "there" : "";
}"""


async def tab_to(page: Page, wanted: str, key: str = "Tab") -> None:
    """Presses Tab until the focus is there, and sees a ring around every stop."""
    for _ in range(MOST_STOPS):
        await page.keyboard.press(key)
        said = await page.evaluate(REACHED, wanted)
        assert not said.startswith("no ring"), said
        if said:
            return
    raise AssertionError(f"{wanted} is not reached by {key}")


async def press(page: Page, wanted: str, key: str = "Enter") -> None:
    await tab_to(page, wanted)
    await page.keyboard.press(key)


async def phase(page: Page, name: str) -> None:
    await expect(page.locator("#room")).to_have_attribute("data-phase", name)


async def test_a_round_is_played_with_the_keyboard_alone(visit: Visit, axe: Axe, live_server_url: str) -> None:
    page = await visit(live_server_url)
    await press(page, "#play-now")
    await page.wait_for_selector("#room[data-keys]")

    # the sheet says the keys, and turns them off; what is typed is never taken for one
    await expect(page.locator("#keysheet")).to_be_hidden()
    await page.keyboard.press("?")
    sheet = page.locator("#keysheet")
    await expect(sheet).to_be_visible()
    assert await axe(page) == []
    await tab_to(page, "#keys-on", "Shift+Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await expect(sheet).to_be_hidden()
    await press(page, "#keys")
    await tab_to(page, "#keys-on", "Shift+Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Escape")
    await page.keyboard.press("t")
    await page.keyboard.type("Is anybody there? /nmr")
    await page.keyboard.press("Enter")
    await expect(page.locator(".speech", has_text="Is anybody there? /nmr")).to_be_visible()
    await expect(sheet).to_be_hidden()

    # a package of one promise
    await page.keyboard.press("Tab")
    await page.keyboard.press("n")
    await press(page, "#b-open")
    await press(page, "#b-add")
    await tab_to(page, "#d1-what, #d1-kind")
    await page.keyboard.press("ArrowDown")
    await tab_to(page, "#b-close")
    await expect(page.locator("#b-table")).to_be_enabled()
    await tab_to(page, "#b-table", "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator('article.text[data-author="KR"]')).to_have_count(1)

    # the button that had the focus is gone, and the focus is not lost with it
    await expect(page.locator("#work-title")).to_be_focused()

    # the vote
    await page.keyboard.press("r")
    await expect(page.locator("#ready")).to_be_focused()
    await page.keyboard.press("Enter")
    await phase(page, "vote")
    while await page.locator('[data-vote="no"][aria-pressed="false"]').count() and await at(page, "vote"):
        await press(page, '[data-vote="no"][aria-pressed="false"]', "Space")
        await page.wait_for_timeout(150)
    if await at(page, "vote"):
        await page.keyboard.press("r")
        await page.keyboard.press("Enter")

    # the order
    await phase(page, "orders")
    await press(page, '[name="posture"]', "ArrowRight")
    await expect(page.locator("#posture-1")).to_be_checked()
    await press(page, ".card input", "Space")
    await press(page, "#seal")
    await phase(page, "reveal")

    # and why it came so
    await press(page, "#why")
    await expect(page.locator("#why-box table")).to_be_visible()
    await page.keyboard.press("r")
    await page.keyboard.press("Enter")
    await phase(page, "talk")


async def at(page: Page, name: str) -> bool:
    return await page.get_attribute("#room", "data-phase") == name


NAMELESS = {"button", "link", "textbox", "combobox", "checkbox", "radio", "switch", "table", "log", "region", "dialog"}


async def nameless(page: Page) -> list[str]:
    """What a screen reader could only call by its role."""
    debugger = await page.context.new_cdp_session(page)
    tree = await debugger.send("Accessibility.getFullAXTree")
    await debugger.detach()
    shown = [one for one in tree["nodes"] if not one["ignored"]]
    return [
        one["role"]["value"]
        for one in shown
        if one.get("role", {}).get("value") in NAMELESS and not one.get("name", {}).get("value", "").strip()
    ]


async def test_a_round_is_played_through_the_command_line(visit: Visit, axe: Axe, live_server_url: str) -> None:
    page = await play_now(visit, live_server_url, 1280, 900)
    told = page.locator("#told")

    async def type_line(line: str, answer: str) -> None:
        await page.fill("#line", line)
        await page.press("#line", "Enter")
        await expect(told.locator("> div").last).to_contain_text(line)
        await expect(told.locator("> div").last).to_contain_text(answer)

    await page.locator("#line-show").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#line")).to_be_focused()
    await type_line("help", "vote 1a yes: yes, no or abstain")
    await type_line("where", "round 1 of 3")
    await type_line("seats", "China")
    await type_line("me", "Secret mandate")
    await type_line("may CN", "abstain CN")
    await type_line("say CN Good morning.", "Said in private to China.")
    await type_line("say Good morning to all.", "Said to the table.")
    await type_line("table abstain CN patrl", "“patrl” is not understood here.")
    await expect(page.locator("#line")).to_have_value("table abstain CN patrl")
    await type_line("check abstain CN patrol JP; pay JP CN 0.2 if 1; dialogue", "This can be tabled.")
    await type_line("table abstain CN patrol JP; pay JP CN 0.2 if 1; dialogue", "Done.")
    mine = page.locator('article.text[data-author="KR"]')
    await expect(mine).to_contain_text("China will not patrol waters disputed with Japan.")
    await expect(mine).to_contain_text("Japan pays China 0.2 a round if 1 is kept.")
    await expect(mine).to_contain_text("Regional dialogue")
    number = await mine.get_attribute("data-text") or ""
    await type_line(f"read {number}", "2. Japan pays China 0.2 a round if 1 is kept.")
    await type_line(f"amend {number} China will not patrol Japan for 2", "Done.")
    await expect(mine).to_contain_text("for 2 rounds")

    # what a screen reader finds: headings in their order, the field, and a log that says new answers only
    tree = await page.locator("#room").aria_snapshot()
    for line in ('heading "China, Japan, Korea" [level=1]', 'heading "Command line" [level=2]', 'log "Answers"',
                 'textbox "Command line"', 'heading "On the table now" [level=2]', f'heading "Text {number}" [level=3]',
                 'log "Record"', 'table'):  # fmt: skip
        assert line in tree, tree
    assert await nameless(page) == []
    assert await axe(page) == []
    loud = await page.evaluate("[...document.querySelectorAll('[aria-live=assertive]')].length")
    assert loud == 0
    lines = await told.locator("> div").count()
    assert lines <= 4, "old answers are not read again"

    await type_line("ready", "Done.")
    await phase(page, "vote")
    for text in await page.locator("article.text[data-status=open]").all():
        if await at(page, "vote"):
            await type_line(f"vote {await text.get_attribute('data-text')} no", "Done.")
    if await at(page, "vote"):
        await type_line("ready", "Done.")
    await phase(page, "orders")
    await type_line("order", "Missile defence")
    await type_line("order hold exchange CN, radar", "Done. Hold, People-to-people exchange toward China")
    await phase(page, "reveal")
    await type_line("why", "Before")
    await type_line("record 9", "What happened")
    await type_line("ready", "Done.")
    await phase(page, "talk")
