"""Games of other kinds in the browser: a deal over five issues and a choice of two moves, each played to its debrief."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Person, Visit, enter, host
from tests.browser.test_pages import check

Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser

FAIR = ("A3", "B2", "C3", "D2", "E4")
JAPANS_SCORES = '"scores":[[0.0,14.0,26.0,20.0]'


async def put_together(person: Person, *options: str) -> None:
    await person.page.click("#b-open")
    for option in options:
        await person.page.check(f"#pick-{option}")
    await person.page.click("#b-table")


async def test_a_deal_is_made_over_five_issues_and_laid_open(visit: Visit, axe: Axe, live_server_url: str) -> None:
    # given: China at a desk, Japan on a phone, bots that hold out elsewhere
    ann, code = await host(visit, live_server_url, "Ann", "CN", {"KR": "conceder", "RU": "steady"}, "fisheries", "1")
    ben = await enter(visit, live_server_url, code, "Ben", "JP", width=390, height=844)
    await ann.page.click("#start")
    await ann.phase("talk")
    await ben.phase("talk")
    await expect(ann.page.locator("#sheet-CN")).to_contain_text("64 points to you: your threshold")

    # when Ann asks for too much, is told what the rules forbid, and tables a deal
    await ann.page.click("#b-open")
    await ann.page.check("#pick-B3")
    await ann.page.check("#pick-C1")
    await expect(ann.page.locator("#builder [role=alert]")).to_contain_text("no joint ship without a hotline")
    await ann.page.click("#b-table")
    await expect(ann.page.locator("#texts-refusal")).to_contain_text("no joint ship without a hotline")
    for option in FAIR:
        await ann.page.check(f"#pick-{option}")
    await expect(ann.page.locator("#b-check")).to_contain_text("71 points for you · 7 over your threshold")
    await check(ann.page, axe)
    await ann.page.click("#b-table")
    await expect(ann.texts("CN").locator(".weight")).to_contain_text("71 points for you")

    # and Ben amends it on his phone to see what changed, and takes that back
    await ben.texts("CN").locator('[data-act="amend"]').click()
    await ben.page.check("#pick-E2")
    await check(ben.page, axe)
    await ben.page.click("#b-table")
    await expect(ben.texts("JP").locator("ins")).to_contain_text("E2 By catch")
    await ben.texts("JP").locator('[data-act="withdraw"]').click()

    # then the deal is voted on, and a yes of China, Japan and one more is enough
    for person in (ann, ben):
        await person.ready()
    for person in (ann, ben):
        await person.phase("vote")
    await ben.vote("CN", "yes")
    for person in (ann, ben):
        if await person.page.get_attribute("#room", "data-phase") == "vote":
            await person.ready()
    await ann.phase("reveal")

    # and as long as it lasts, nobody has heard the scores of another party
    assert not any(JAPANS_SCORES in frame for frame in ann.heard)
    assert JAPANS_SCORES not in await ann.page.content()
    await expect(ann.page.locator(".signed")).to_contain_text("E4 By wealth")
    for person in (ann, ben):
        await person.phase("reveal")
        await person.ready()
    for person in (ann, ben):
        await person.phase("over")
        await person.page.click("#debrief")
        await person.page.wait_for_selector("#debrief[data-drawn]")
        await expect(person.page.locator(".dealpicture circle.ours")).to_have_count(1)
        await expect(person.page.locator("#totals")).to_contain_text("China71")
        await expect(person.page.locator(".lensgrid [data-lens]")).to_have_count(4)
        await expect(person.page.locator(".dealpicture circle.pareto").first).to_be_visible()
        await expect(person.page.locator("#sheets")).to_contain_text("A3 A quarter less")
        await check(person.page, axe)


async def test_moves_are_sealed_and_the_lenses_name_their_winners(visit: Visit, axe: Axe, live_server_url: str) -> None:
    ann, code = await host(visit, live_server_url, "Ann", "CN", {"KR": "kind", "US": "kind"}, "winasmuch", "2")
    ben = await enter(visit, live_server_url, code, "Ben", "JP", width=390, height=844)
    await ann.page.click("#start")
    await ann.phase("talk")
    await expect(ann.page.locator("#b-open")).to_have_count(0)
    await check(ben.page, axe)
    for round_ in (1, 2):
        for person in (ann, ben):
            await person.phase("talk")
            await person.ready()
        for person, move in ((ann, "x"), (ben, "y")):
            await person.phase("orders")
            await person.page.check(f"#move-{move}")
            await person.page.click("#seal")
        for person in (ann, ben):
            await person.phase("reveal")
        await expect(ben.page.locator(".deeds li").first).to_contain_text("China: X")
        await expect(ann.page.locator("#played tr")).to_have_count(round_ + 1)
        for person in (ann, ben):
            await person.ready()
    for person in (ann, ben):
        await person.phase("over")
    await ben.show("me")
    await expect(ben.page.locator("#score-table tr.mine")).to_contain_text("−2.0")
    await ann.page.click("#debrief")
    await ann.page.wait_for_selector("#debrief[data-drawn]")
    await expect(ann.page.locator('[data-lens="absolute"]')).to_contain_text("China+6")
    await expect(ann.page.locator('[data-lens="relative"]')).to_contain_text("China+8")
    await expect(ann.page.locator('[data-lens="spread"]')).to_contain_text("the table8")
    await expect(ann.page.locator('[data-lens="joint"]')).to_contain_text("the table0")
    await check(ann.page, axe)
