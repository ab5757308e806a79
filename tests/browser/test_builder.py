"""The builder: every blank of a promise, what it does to one's own position, and what a new version changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Person, Visit, enter, host

Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser

BOTS = {"CN": "bargainer", "RU": "hedger", "US": "bargainer", "JP": "bargainer"}


async def sound(page: Page, axe: Axe) -> None:
    assert await axe(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "only the sheets scroll"


async def test_a_promise_has_obligors_a_start_and_stages_and_a_version_shows_its_changes(
    visit: Visit, axe: Axe, live_server_url: str
) -> None:
    # given: two people among six states, one of them on a phone
    alice, code = await host(visit, live_server_url, "Alice", "KR", BOTS, "six2003")
    bob = await enter(visit, live_server_url, code, "Bob", "KP", width=390, height=844)
    await alice.page.click("#start")
    for person in (alice, bob):
        await person.phase("talk")

    # when Alice writes what several states pay in stages from next round on, if something is said and kept
    page = alice.page
    await alice.open_builder()
    await alice.draft(
        {"by": "KP", "kind": "abstain", "what": "test"},
        {"by": "KR", "kind": "pay", "to": "KP", "if": "1"},
        {"by": "KP", "kind": "declare", "what": "denuclearise"},
    )
    await expect(page.locator("#b-check .forecast")).to_contain_text("If all keep it for 3 rounds: your worth")
    # and is warned of a promise that would run out while it waits
    await page.select_option("#d2-rounds", "1")
    await expect(page.locator("#b-check .hollow")).to_contain_text("Promise 2 runs out before it begins")
    await page.select_option("#d2-rounds", "")
    await expect(page.locator("#b-check .hollow")).to_have_count(0)
    await page.click("#d2-more summary")
    await page.check("#d2-and-JP")
    await page.select_option("#d2-start", "1")
    await page.click("#d2-stage-add")
    await page.click("#d2-stage-add")
    await page.select_option("#d2-stage2", "0.4")

    # then her position is weighed anew after each change, and what she cannot ask of others is not offered
    await expect(page.locator("#b-check")).to_contain_text("moved your worth by")
    await page.click("#d1-more summary")
    assert not await page.locator("#d1-more input").count(), "nobody else tests"
    await sound(page, axe)
    await page.click("#b-table")
    await expect(alice.texts("KR")).to_contain_text(
        "Each of South Korea, Japan pays North Korea 0.2, 0.4 a round starting next round if 1 is kept."
    )

    # and Bob, on his phone, amends it: what he changes stands in words and in ink
    await amends(bob, axe)
    await expect(bob.texts("KP")).to_contain_text("reworded")
    await sound(bob.page, axe)


async def amends(bob: Person, axe: Axe) -> None:
    page = bob.page
    await bob.texts("KR").locator('[data-act="amend"]').click()
    await page.select_option("#d1-rounds", "3")
    await page.click("#d3-remove")
    told = page.locator("#builder .changes")
    await expect(told).to_contain_text("Changed: promise 1 reworded; one promise dropped.")
    await expect(told.locator("ins")).to_contain_text("added: for 3 rounds")
    await expect(told.locator("del").last).to_contain_text("dropped:")
    await sound(page, axe)
    await page.click("#b-table")


async def test_the_room_says_how_a_text_is_adopted_and_shows_the_region_both_ways(
    visit: Visit, axe: Axe, live_server_url: str
) -> None:
    page = await visit(f"{live_server_url}rooms/new/", width=390, height=844)
    # given: the form shows the seats of the chosen scenario alone
    await expect(page.locator("#id_seat_US")).to_be_hidden()
    await page.select_option("#id_preset", "starter15")
    await expect(page.locator("#timetable")).to_contain_text("In all 15 minutes")
    await page.select_option("#id_scenario", "six2003")
    await expect(page.locator("#id_seat_US")).to_be_visible()
    await page.select_option("#id_preset", "class75")
    await page.check("#id_first_untimed")
    await page.click("form details > summary")
    await page.select_option("#id_adoption", "qualified")
    await page.check('[name="vetoes"][value="US"]')
    await page.check("#id_ratification")
    assert await axe(page) == []
    await page.click("#make")
    await page.fill("#id_name", "Alice")
    await page.check('input[name="seat"][value="KR"]')
    await page.click("#enter")
    await page.wait_for_selector("#room[data-drawn]")
    await page.click("#start")

    # then the briefing says the rules and its sources
    alice = Person(page, "KR")
    await alice.phase("briefing")
    await page.click(".rulebook >> nth=0")
    await expect(page.locator(".briefing .rules")).to_contain_text("A text needs 4 yes of 6.")
    await expect(page.locator(".briefing .rules")).to_contain_text("A no of United States is a veto.")
    await expect(page.locator(".briefing")).to_contain_text("Sources of your figures")
    await alice.ready()
    await alice.phase("talk")
    await expect(page.locator("#clock")).to_have_text("No clock in the first round")
    await expect(page.locator("#ruling")).to_contain_text("After the vote each state that promises something")

    # and the picture's facts stand in a table too
    await alice.show("table")
    await expect(page.locator(".picture svg").first).to_be_visible()
    await page.click("#as_figures")
    await expect(page.locator("#figures")).to_contain_text("Tension: Taiwan Strait")
    await sound(page, axe)


async def test_who_is_overtaken_while_writing_can_go_on(visit: Visit, axe: Axe, live_server_url: str) -> None:
    # given: Bob amends a text of Alice's
    alice, code = await host(visit, live_server_url, "Alice", "KR", {"CN": "hawk"})
    bob = await enter(visit, live_server_url, code, "Bob", "JP", width=390, height=844)
    await expect(bob.page.locator("#now")).to_contain_text("Whoever made this room opens them.")
    await alice.page.click("#start")
    for person in (alice, bob):
        await person.phase("talk")
    await alice.open_builder()
    await alice.draft({"by": "JP", "kind": "abstain", "what": "exercise"})
    await alice.page.click("#b-table")
    await bob.texts("KR").locator('[data-act="amend"]').click()
    await bob.page.select_option("#d1-rounds", "2")
    await expect(bob.page.locator("#b-table")).to_be_enabled()

    # when Alice tables another version meanwhile
    await alice.texts("KR").locator('[data-act="amend"]').click()
    await alice.page.select_option("#d1-rounds", "3")
    await alice.page.click("#b-table")

    # then Bob is told, and puts his changes on the new one
    told = bob.page.locator("#builder .obstacle")
    await expect(told).to_contain_text("is now version 2")
    await expect(bob.page.locator("#b-table")).to_be_disabled()
    await sound(bob.page, axe)
    await bob.page.click("#b-over")
    await expect(told).to_have_count(0)
    await bob.page.click("#b-table")
    await expect(bob.texts("JP")).to_contain_text("reworded")

    # and when he writes one of his own beside it, or the text that he amends again is gone, he is told what he can do
    await bob.open_builder()
    await expect(told).to_contain_text("on the table, and a seat has one main text at a time")
    await bob.page.click("#b-close")
    await bob.texts("KR").locator('[data-act="amend"]').click()
    await expect(told).to_have_count(0)
    await expect(bob.page.locator("#b-gives-way")).to_contain_text("goes off the table when you table this")
    await alice.texts("KR").locator('[data-act="withdraw"]').click()
    await expect(told).to_contain_text("is no longer open.")
    await bob.page.click("#b-own")
    await bob.page.click("#b-withdraw")
    await expect(told).to_have_count(0)
    await bob.page.click("#b-table")
    await expect(bob.page.locator('article.text[data-author="JP"][data-status="open"]')).to_have_count(1)


async def test_the_host_gives_a_clock_to_a_phase_that_somebody_holds_up(
    visit: Visit, axe: Axe, live_server_url: str
) -> None:
    # given: a room without a clock, and one who went away without a word
    alice, code = await host(visit, live_server_url, "Alice", "KR", {"CN": "hawk"})
    bob = await enter(visit, live_server_url, code, "Bob", "JP")
    await alice.page.click("#start")
    for person in (alice, bob):
        await person.phase("talk")

    # when
    await alice.ready()
    assert not await bob.page.locator("#bar-clock").count()
    await alice.page.click("#bar-clock")

    # then the clock runs for both, and what the host may do now is to stop it
    for person in (alice, bob):
        await expect(person.page.locator('[data-region="header"]')).to_contain_text("1:5")
    await expect(alice.page.locator("#bar-pause")).to_be_visible()
    assert not await alice.page.locator("#bar-clock").count()
    await sound(alice.page, axe)
