"""Delegates at one table, each in a language of their own; pages in every language fit a phone."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from game import languages, words
from game.languages import OFFERED
from tests.browser.person import Person, go_on
from tests.browser.test_pages import TOO_WIDE, Visit, panels

pytestmark = pytest.mark.browser

WIDE_SIGNS = [one for one in OFFERED if one.code != "en"]
CUT_OFF = """() => [...document.querySelectorAll("button, .button, th, .tabs *, h1, h2, h3, .nowline")]
    .filter((one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline" && one.offsetParent)
    .map((one) => one.outerHTML.slice(0, 160))"""
"""What stands wider than the box that it is in."""

FORMS = """async ([lang, forms, values]) => {
    document.documentElement.lang = lang;
    const { phrase } = await import(`/static/room/words.js?${lang}`);
    return values.map((value) => phrase(`{x|${forms.join("|")}}`, { x: value })[0]);
}"""


def said(code: str, language: str, **params: object) -> str:
    return words.say(code, language=language, **params)


def partners() -> tuple[str, str]:
    """The two languages at the table: Chinese, and Korean as soon as people may choose it."""
    codes = {one.code for one in OFFERED}
    return "zh-hans", "ko" if "ko" in codes else "en"


async def choose(page: Page, language: str) -> None:
    if await page.locator(".settings:not([open])").count():
        await page.click(".settings summary")
    await page.click(f'.languages button[value="{language}"]')
    await expect(page.locator("html")).to_have_attribute("lang", language)


async def enter(page: Page, seat: str, name: str) -> Person:
    await page.fill("#id_name", name)
    await page.check(f'input[name="seat"][value="{seat}"]')
    await page.click("#enter")
    await page.wait_for_selector("#room[data-drawn]")
    return Person(page, seat)


async def test_two_delegates_play_a_round_each_in_their_own_language(visit: Visit, live_server_url: str) -> None:
    ours, theirs = partners()
    page = await visit(f"{live_server_url}rooms/new/", locale="en-GB")
    await choose(page, ours)
    await page.select_option("#id_seat_CN", "tft")
    await page.click("#make")
    host = await enter(page, "JP", "小林")
    code = await page.inner_text("#code")
    page = await visit(f"{live_server_url}r/{code}/join/", width=390, height=844, locale="en-GB")
    await choose(page, theirs)
    guest = await enter(page, "KR", "민지")
    await host.page.click("#start")
    await guest.phase("talk")

    # The bot greets each in the language of the listener; so do the briefing and the title.
    for person, language in ((host, ours), (guest, theirs)):
        await person.show("talk")
        await expect(person.page.locator(".speech").first).to_have_text(said("bot.greet", language))
        await expect(person.page.locator("h1")).to_contain_text(said("scenario.cjk", language))
        await person.show("now")

    # One text, tabled in one language, is read in the other; the guest may change language in mid-game.
    await host.open_builder()
    await host.draft({"by": "JP", "kind": "pay", "to": "KR", "amount": "0.2"})
    await host.page.click("#b-table")
    for language in (theirs, "en", theirs):
        await guest.show("me")
        await choose(guest.page, language)
        await guest.page.wait_for_selector("#room[data-drawn]")
        await guest.show("now")
        text = guest.texts("JP").locator(".treaty li").first
        names = {seat: said(f"seat.{seat}", language) for seat in ("JP", "KR")}
        await expect(text).to_contain_text(names["JP"])
        wanted = said("duty.pay", language, by="JP", to="KR", amount=0.2)
        assert squeezed(wanted) in squeezed(await text.inner_text())
    assert squeezed(said("duty.pay", ours, by="JP", to="KR", amount=0.2)) in squeezed(
        await host.texts("JP").locator(".treaty li").first.inner_text()
    )

    await go_on(host, guest)
    await host.vote("JP", "yes")
    await guest.vote("JP", "yes")
    await go_on(host, guest)
    await go_on(host, guest)
    for person, language in ((host, ours), (guest, theirs)):
        await expect(person.page.locator("#now")).to_have_text(said("now.reveal", language))
        await expect(person.page.locator(".signed")).to_contain_text(said("ui.adopted_head", language))


async def test_a_deal_is_read_by_each_in_their_own_language(visit: Visit, live_server_url: str) -> None:
    page = await visit(f"{live_server_url}rooms/new/", locale="en-GB")
    await page.select_option("#id_scenario", "fisheries")
    for seat in ("KR", "RU"):
        await page.select_option(f"#id_seat_{seat}", "steady")
    await page.click("#make")
    host = await enter(page, "CN", "Ann")
    code = await page.inner_text("#code")
    page = await visit(f"{live_server_url}r/{code}/join/", width=390, height=844, locale="en-GB")
    await choose(page, "ko")
    guest = await enter(page, "JP", "민지")
    await host.page.click("#start")
    await guest.phase("talk")
    await expect(guest.page.locator("h1")).to_contain_text("어업과 핫라인")
    await guest.page.click("#b-open")
    builder = guest.page.locator("#builder")
    await expect(builder.locator("[data-issue=A] legend")).to_have_text("A. 공동 수역의 어획량")
    for option in ("B3", "C1"):
        await guest.page.check(f"#pick-{option}")
    await expect(builder.locator("[role=alert]")).to_contain_text("핫라인 없이 공동 선박 없음")
    await guest.page.click("#b-table")
    await expect(guest.page.locator("#texts-refusal")).to_contain_text("핫라인 없이 공동 선박 없음")
    await guest.page.check("#pick-C3")
    await guest.page.click("#b-table")
    # the same deal, in English and in Korean; an update of the room keeps the words
    for person, said in ((host, "B3 A joint ship"), (guest, "B3 공동 선박")):
        await expect(person.texts("JP").locator(".treaty, .deal").first).to_contain_text(said)
    await guest.show("promises")
    await expect(guest.page.locator('[data-region="promises"]')).to_contain_text("금어기에는 기금이 필요함")
    assert await guest.page.evaluate(TOO_WIDE) == []


def squeezed(text: str) -> str:
    """Without spaces, for a seat's mark stands apart from the words around it."""
    return "".join(text.split())


@pytest.mark.parametrize("language", WIDE_SIGNS, ids=lambda one: one.code)
async def test_pages_and_room_fit_a_phone(visit: Visit, live_server_url: str, language: languages.Language) -> None:
    page = await visit(live_server_url, width=390, height=844, locale="en-GB")
    await choose(page, language.code)
    for path in ("", "rooms/new/", "join/", "scenarios/", "scenarios/shipped/cjk/", "glossary/", "accounts/login/"):
        await page.goto(live_server_url + path)
        assert await page.evaluate(TOO_WIDE) == [], path
        assert await page.evaluate(CUT_OFF) == [], path
    await page.goto(live_server_url)
    await page.click("#play-now")
    await page.wait_for_selector("#room[data-drawn]")
    await page.click("#b-open")
    await page.click("#b-add")
    for panel in await panels(page, 390):
        await page.click(f'[data-tab="{panel}"]')
        assert await page.evaluate(TOO_WIDE) == [], panel
        assert await page.evaluate(CUT_OFF) == [], panel


@pytest.mark.parametrize(
    ("language", "forms", "values"),
    [
        ("ru", ["один", "мало", "много"], [0, 1, 2, 5, 11, 12, 21, 104, 111, 1.5]),
        ("en", ["round", "rounds"], [0, 1, 2, 0.5]),
        ("zh-hans", ["轮"], [0, 1, 5]),
        ("ko", ["은", "는"], ["일본", "러시아", "서울", "3", "2", "1a", "10"]),
        ("ko", ["으로", "로"], ["일본", "러시아", "서울", "1", "3"]),
    ],
)
async def test_the_page_bends_words_as_the_rules_do(
    visit: Visit, live_server_url: str, language: str, forms: list[str], values: list[object]
) -> None:
    page = await visit(live_server_url)
    one = languages.of(language)
    expected = [languages.forms_of(one, forms, value, str(value)) for value in values]
    assert await page.evaluate(FORMS, [language, forms, values]) == expected
