"""A training day in real browsers: a chair with a single text, the press, raised hands, letters, reports, forbidden words."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Person
from tests.browser.test_conferences import come, log_in
from tests.live_server import LiveServer

Visit = Callable[..., Awaitable[Page]]
Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser

SIZES = {"wide": (1280, 900), "phone": (390, 844)}


async def look(page: Page, axe: Axe, name: str) -> None:
    """The page is sound on a wide screen and on a phone, in light and dark; with `SHOTS` naming a folder, it is drawn there."""
    before = page.viewport_size
    folder = os.environ.get("SHOTS")
    views = [("wide", "light"), ("phone", "dark"), *([("wide", "dark"), ("phone", "light")] if folder else [])]
    for size, scheme in views:
        width, height = SIZES[size]
        await page.set_viewport_size({"width": width, "height": height})
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert not await axe(page), (name, size, scheme)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, size)
        if folder:
            await page.screenshot(path=f"{folder}/{name}-{size}-{scheme}.png")
    await page.emulate_media(color_scheme="light")
    if before:
        await page.set_viewport_size(before)


async def give(teacher: Page, name: str, seat: str) -> None:
    """The teacher gives somebody another place at table 1."""
    await teacher.locator(".person", has_text=name).click()
    await teacher.select_option("#move-table", "1")
    await teacher.select_option("#move-seat", seat)
    await teacher.click("#move")
    await expect(teacher.locator(f"#table-1 [data-seat={seat}] .person", has_text=name)).to_be_visible()


async def test_a_chair_mediates_the_press_publishes_and_the_teacher_keeps_order(
    visit: Visit, shared_server: LiveServer, axe: Axe
) -> None:
    teacher = await log_in(visit, shared_server)
    await teacher.click("#conference")
    await teacher.fill("#id_title", "Training day")
    await teacher.select_option("#id_scenario", "cjk")
    await teacher.select_option("#id_preset", "")
    await teacher.fill("#id_people", "3")
    await teacher.uncheck("#id_pseudonyms")
    await teacher.locator("details > summary").first.click()
    await teacher.locator("#third label", has_text="Chair").locator("input").check()
    await teacher.locator("#third label", has_text="Press").locator("input").check()
    await teacher.fill("#id_forbidden", "fool")
    await look(teacher, axe, "create")
    await teacher.click("#make")
    await teacher.wait_for_selector("#console[data-drawn]")
    code = await teacher.get_attribute("#console", "data-code") or ""
    names = ("Ann", "Bo", "Cleo", "Mia", "Pat")
    pages = dict(zip(names, [await come(visit, shared_server.url, code, name) for name in names], strict=True))
    await expect(teacher.locator(".person.here")).to_have_count(5)
    await give(teacher, "Mia", "CH")
    await give(teacher, "Pat", "PR")
    mia, pat = Person(pages["Mia"], "CH"), Person(pages["Pat"], "PR")
    await expect(mia.page.locator("#room[data-drawn] .whoami")).to_contain_text("Chair")
    await teacher.click("#start")
    await expect(mia.page.locator("#room")).to_have_attribute("data-phase", "talk")

    # Agenda, single text with a bracket.
    await mia.show("talk")
    await mia.page.locator("#agenda-form summary").click()
    await mia.page.fill("#agenda-text", "Patrols\nMoney")
    await mia.page.locator("#agenda-form button").click()
    await mia.show("now")
    await mia.page.click("#b-open")
    await mia.draft(
        {"by": "CN", "kind": "abstain", "what": "patrol"}, {"by": "JP", "kind": "pay", "to": "CN", "amount": "0.2"}
    )
    await mia.page.locator("#b-brackets label", has_text="2").locator("input").check()
    await expect(mia.page.locator("#b-check")).to_contain_text("This can be offered")
    await look(mia.page, axe, "chair-builder")
    await mia.page.click("#b-table")
    await expect(mia.page.locator("#single")).to_contain_text("in brackets: 1")

    # Who sits for Japan has a reservation; whoever wants tables what is agreed.
    seats = {}
    for name in ("Ann", "Bo", "Cleo"):
        who = await pages[name].locator(".whoami").inner_text()
        seats[{"China": "CN", "Japan": "JP", "South Korea": "KR"}[who.removeprefix("you are").strip()]] = Person(
            pages[name], name
        )
    japan, korea, china = seats["JP"], seats["KR"], seats["CN"]
    await japan.page.click("#reserve-2")
    await japan.page.fill("[name=reservation]", "Parliament would not pay.")
    await japan.page.press("[name=reservation]", "Enter")
    await expect(mia.page.locator(".reservation")).to_contain_text("Parliament would not pay.")
    await look(korea.page, axe, "single-text")
    await korea.page.click("#single-table")
    await expect(korea.page.locator("#b-check")).to_contain_text("your worth")
    await korea.page.click("#b-table")
    await expect(japan.texts("KR")).to_contain_text("China")
    assert "pay" not in await japan.texts("KR").locator(".treaty").inner_text()

    # The press asks in private and publishes; what is said in private stays there.
    await pat.say("Off the record?", thread="KR")
    await korea.show("talk")
    await expect(korea.page.locator('[data-thread="PR"] .count')).to_be_visible()
    await pat.show("talk")
    await pat.page.click('[data-thread="plenary"]')
    await pat.page.fill("#say", "Talks move: a text without money.")
    await pat.page.click("#publish")
    await expect(korea.page.locator(".bulletin")).to_contain_text("Talks move")
    assert not any("Off the record" in frame for frame in china.heard)
    await look(pat.page, axe, "press")

    # The projector shows the table whole, with what all may see.
    screen = await visit(f"{shared_server.url}c/{code}/screen/", width=1600)
    await teacher.click("#show-1")
    await expect(screen.locator(".whole")).to_contain_text("Text 1a")
    await look(screen, axe, "projector")
    assert "Off the record" not in await screen.content()
    await teacher.click("#show-1")
    await expect(screen.locator(".boards")).to_be_visible()

    # A crisis is let happen, after a second look.
    await teacher.select_option("#stage", label="Crisis at East China Sea, severity 3")
    await teacher.click("#sure")
    await expect(china.page.locator(".record")).to_contain_text("Crisis: East China Sea")

    # A forbidden word is refused by name and stays in the box; a rude one without it is reported and hidden.
    await china.show("talk")
    await china.page.fill("#say", "You are a fool.")
    await china.page.press("#say", "Enter")
    await expect(china.page.locator("#say-form .refusal")).to_contain_text("“fool” is not allowed")
    await expect(china.page.locator("#say")).to_have_value("You are a fool.")
    await china.say("You are a donkey.")
    rude = korea.page.locator(".said", has_text="donkey")
    await rude.locator("button", has_text="…").click()
    await rude.locator("[name=reason]").fill("rude")
    await look(korea.page, axe, "report")
    await rude.locator("button", has_text="Report").last.click()
    await expect(rude).to_contain_text("Reported.")
    await expect(teacher.locator(".report")).to_contain_text("donkey")

    # A raised hand, an answer for one alone.
    await korea.page.click("#hand-raise")
    await korea.page.fill("#question", "What is a bracket?")
    await korea.page.press("#question", "Enter")
    await expect(korea.page.locator("#hand")).to_be_visible()
    await expect(teacher.locator(".raised")).to_have_count(1)
    await teacher.locator(".person", has=teacher.locator(".raised")).click()
    await expect(teacher.locator("#handling")).to_contain_text("What is a bracket?")
    await look(teacher, axe, "console")
    await teacher.fill("#write-text", "What is not agreed yet.")
    await teacher.press("#write-text", "Enter")
    await korea.show("me")
    await expect(korea.page.locator("#letters")).to_contain_text("What is not agreed yet.")
    await expect(japan.page.locator("#letters")).to_have_count(0)
    await teacher.locator(".person", has=teacher.locator(".raised")).click()
    await teacher.click("#lower-hand")
    await expect(teacher.locator(".raised")).to_have_count(0)
    await teacher.locator(".report button", has_text="Take it off").click()
    await expect(teacher.locator(".report")).to_have_count(0)
    for person in (china, korea, japan, mia):
        await person.show("talk")
        await expect(person.page.locator(".record")).not_to_contain_text("donkey")
    await expect(korea.page.locator(".speech", has_text="taken away")).to_be_visible()
