"""A teacher and a class in real browsers: from the log-in to the running class, from the code to the table, and every page."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from playwright.async_api import Page, Route, expect
from playwright.async_api import TimeoutError as TooLate

from tests.browser.test_pages import check_both
from tests.live_server import LiveServer

Visit = Callable[..., Awaitable[Page]]
Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser

KEYSTROKE = 150
"""Milliseconds between two keys of somebody who types on a phone."""
_names = itertools.count(1)


async def log_in(visit: Visit, server: LiveServer, **size: int) -> Page:
    name, password = server.make_facilitator(f"teacher{next(_names)}x{time.time_ns() % 10**6}")
    page = await visit(f"{server.url}accounts/login/", **size)
    await page.fill("#id_username", name)
    await page.fill("#id_password", password)
    await page.press("#id_password", "Enter")
    await page.wait_for_url(server.url)
    return page


async def make(page: Page, people: int = 3, **fields: str) -> str:
    await page.click("#conference")
    await page.fill("#id_title", "Monday class")
    await page.select_option("#id_scenario", fields.pop("scenario", "cjk"))
    await page.select_option("#id_preset", fields.pop("preset", "starter15"))
    await page.fill("#id_people", str(people))
    await expect(page.locator("#plan")).to_contain_text("table")
    await page.click("#make")
    await page.wait_for_selector("#console[data-drawn]")
    return await page.get_attribute("#console", "data-code") or ""


async def come(visit: Visit, url: str, code: str, name: str, keystroke: int = 0) -> Page:
    page = await visit(f"{url}join/", width=390, height=844)
    await page.type("#id_code", code.lower(), delay=keystroke)
    await page.click("#join")
    await page.type("#id_name", name, delay=keystroke)
    await page.click("#enter")
    await page.wait_for_selector("#room[data-drawn]")
    return page


async def test_a_class_runs_within_two_minutes_and_a_newcomer_sits_within_thirty_seconds(
    visit: Visit, shared_server: LiveServer
) -> None:
    began = time.monotonic()
    teacher = await log_in(visit, shared_server)
    code = await make(teacher, people=4)

    async def newcomer(name: str) -> Page:
        at_the_door = time.monotonic()
        student = await come(visit, shared_server.url, code, f"{name} of the class", KEYSTROKE)
        assert time.monotonic() - at_the_door < 30
        return student

    students = await asyncio.gather(*(newcomer(name) for name in ("Ann", "Bo", "Cleo")))
    await expect(teacher.locator(".person.here")).to_have_count(3)
    await teacher.click("#start")
    for student in students:
        await expect(student.locator("#room")).to_have_attribute("data-phase", "briefing")
    await expect(teacher.locator(".card .phase", has_text="Briefing")).to_have_count(1)
    assert time.monotonic() - began < 120

    # The fourth comes late, and is at the table within ten seconds in the place of a bot or beside somebody.
    late = time.monotonic()
    await come(visit, shared_server.url, code, "Dan")
    assert time.monotonic() - late < 10
    await expect(teacher.locator(".person.here")).to_have_count(4)

    # Who goes away is seen to be away, and who comes back is where they were.
    where = students[0].url
    await students[0].close()
    await expect(teacher.locator(".person.away")).to_have_count(1, timeout=10_000)
    back = await students[0].context.new_page()
    await back.goto(f"{shared_server.url}c/{code}/")
    await back.wait_for_selector("#room[data-drawn]")
    assert back.url == where
    await expect(teacher.locator(".person.away")).to_have_count(0, timeout=10_000)


async def test_people_are_moved_by_keys_and_led_to_their_new_table(visit: Visit, shared_server: LiveServer) -> None:
    teacher = await log_in(visit, shared_server)
    code = await make(teacher, people=6)
    ann = await come(visit, shared_server.url, code, "Ann")
    bo = await come(visit, shared_server.url, code, "Bo")
    rooms = {await page.get_attribute("#room", "data-code") for page in (ann, bo)}
    await expect(teacher.locator(".person.here")).to_have_count(2)
    await teacher.locator(".person", has_text="Ann").focus()
    await teacher.keyboard.press("Enter")
    await expect(teacher.locator("#move-table")).to_be_focused()
    other = await teacher.locator(".card", has=teacher.locator(".person", has_text="Ann")).get_attribute("id")
    to = "2" if other == "table-1" else "1"
    await teacher.select_option("#move-table", to)
    await teacher.select_option("#move-seat", "KR")
    await teacher.press("#move-seat", "Tab")
    await teacher.keyboard.press("Enter")
    await expect(teacher.locator(f"#table-{to} [data-seat=KR] .person", has_text="Ann")).to_be_visible()
    await expect(ann.locator("#room[data-drawn] .whoami")).to_contain_text("South Korea")
    now = await ann.get_attribute("#room", "data-code")
    assert now not in rooms or len(rooms) == 2
    await teacher.locator(".person", has_text="Ann").click()
    await teacher.click("#dismiss")
    await teacher.click("#dismiss")
    await expect(ann.locator("main")).to_contain_text("taken you off the list")
    ann.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the 403


async def test_what_hurts_is_asked_twice_and_two_facilitators_see_the_same(
    visit: Visit, shared_server: LiveServer
) -> None:
    teacher = await log_in(visit, shared_server)
    code = await make(teacher, people=3)
    ann = await come(visit, shared_server.url, code, "Ann")
    other = await teacher.context.new_page()
    await other.goto(teacher.url)
    await teacher.click("#start")
    await expect(other.locator("#pause")).to_be_enabled()
    await teacher.click("#pause")
    await expect(ann.locator("#clock")).to_contain_text("paused", ignore_case=True)
    await expect(other.locator("#resume")).to_be_enabled()
    await other.click("#resume")
    await other.click("#advance")
    await expect(other.locator("#sure")).to_be_focused()
    await other.click("#not-sure")
    await expect(ann.locator("#room")).to_have_attribute("data-phase", "briefing")
    await other.click("#advance")
    await other.click("#sure")
    await expect(ann.locator("#room")).to_have_attribute("data-phase", "talk")
    await teacher.fill("#words-text", "Ten minutes are left.")
    await teacher.click("#words-send")
    await expect(teacher.locator("#words-text")).to_have_value("")
    await ann.click('[data-tab="talk"]')
    await expect(ann.locator(".speech, .entry, li", has_text="Ten minutes are left.").first).to_be_visible()
    await teacher.locator("[id^=nudge-1-]").first.click()
    await expect(ann.locator(".speech, .entry, li", has_text="The others wait for you").first).to_be_visible()
    await teacher.select_option("#rewind", "1")
    await teacher.click("#sure")
    await expect(ann.locator("#room")).to_have_attribute("data-phase", "briefing")


def lost(*, done: bool) -> Callable[[Route], Awaitable[None]]:
    """Returns a way to the server on which every answer is lost, and where it is not `done` the question too."""

    async def lose(route: Route) -> None:
        if done:
            await route.fetch()
        await route.abort()

    return lose


async def test_words_of_a_press_that_is_not_heard_stay_and_nothing_is_done_twice(
    visit: Visit, shared_server: LiveServer
) -> None:
    teacher = await log_in(visit, shared_server)
    code = await make(teacher, people=3)
    ann = await come(visit, shared_server.url, code, "Ann")
    answer, press = teacher.locator('[data-part="answer"]'), "**/press/"
    note = "A private note that took three minutes."

    await teacher.locator(".person.here").click()
    await teacher.fill("#write-text", note)
    await teacher.route(press, lost(done=False))
    await teacher.click("#write-send")
    await expect(answer).to_contain_text("not heard")
    await expect(teacher.locator("#write-text")).to_have_value(note)
    await teacher.unroute(press)
    await teacher.click("#start")
    await expect(ann.locator("#room")).to_have_attribute("data-phase", "briefing")
    await expect(teacher.locator("#write-text")).to_have_value(note)
    await teacher.click("#handled")
    await teacher.locator(".person.here").click()
    await expect(teacher.locator("#write-text")).to_have_value(note)

    # One answer alone is lost: the page asks again by itself.
    await teacher.route(press, lost(done=True), times=1)
    await teacher.click("#write-send")
    await expect(teacher.locator("#handling")).to_have_count(0)
    await teacher.locator(".person.here").click()
    await expect(teacher.locator("#write-text")).to_have_value("")

    # All are lost, also what the tables look like: the same press again is the same.
    state = (
        f"fetch('/c/{code}/console.json').then((answer) => answer.json()).then(({{ tables }}) => tables[0].deadline_at)"
    )
    before = await teacher.evaluate(state)
    await teacher.route("**/console.json*", lost(done=False))
    await teacher.fill("#words-text", "News for all.")
    for button in ("#words-send", "#extend"):
        await teacher.route(press, lost(done=True))
        await teacher.click(button)
        await expect(answer).to_contain_text("not heard")
        await teacher.unroute(press)
        await teacher.click(button)
        await expect(answer).to_contain_text("Done")
    await teacher.unroute("**/console.json*")
    assert await teacher.evaluate(state) == before + 60
    await ann.click('[data-tab="talk"]')
    for words in (note, "News for all."):
        await expect(ann.locator("#room").get_by_text(words)).to_have_count(1)
    teacher.complaints.clear()  # type: ignore[attr-defined]  # the browser notes what is lost


async def test_a_projector_that_hears_nothing_says_so_until_it_hears_again(
    visit: Visit, shared_server: LiveServer
) -> None:
    teacher = await log_in(visit, shared_server)
    code = await make(teacher, people=3)
    screen = await visit(f"{shared_server.url}c/{code}/screen/", width=1600)
    said = screen.get_by_text("The server is not heard.")
    await expect(screen.locator(".count")).to_be_visible()
    await expect(said).to_have_count(0)
    await screen.route("**/screen.json", lost(done=False))
    await expect(said).to_be_visible()
    await screen.unroute("**/screen.json")
    await expect(said).to_have_count(0)
    screen.complaints.clear()  # type: ignore[attr-defined]  # the browser notes what is lost


async def play_out(teacher: Page) -> None:
    """Ends phase after phase until no table runs; one may end by itself between the look and the tap."""
    await teacher.wait_for_selector("#console[data-drawn]")
    async with asyncio.timeout(120):
        while not await teacher.locator("#advance:disabled").count():
            with suppress(TooLate):
                await teacher.click("#advance", timeout=2000)
                await teacher.click("#sure", timeout=2000)
            await teacher.wait_for_timeout(100)  # each press is answered with how things are now


async def test_every_page_of_a_conference_is_sound(visit: Visit, axe: Axe, shared_server: LiveServer) -> None:
    url = shared_server.url
    teacher = await log_in(visit, shared_server, width=390, height=844)
    await teacher.click("#conference")
    await check_both(teacher, axe)
    await teacher.goto(url)
    code = await make(teacher, people=5)
    await check_both(teacher, axe)
    door = await visit(f"{url}c/{code}/", width=390, height=844)
    await check_both(door, axe)
    await door.fill("#id_name", "Ann")
    await door.click("#enter")
    await door.wait_for_selector("#room[data-drawn]")
    await expect(teacher.locator(".person.here")).to_have_count(1)
    await teacher.locator(".person").click()
    await teacher.locator("#more summary").click()
    await check_both(teacher, axe)
    await teacher.click("#start")
    await expect(teacher.locator("#end")).to_be_enabled()
    await teacher.click("#end")
    await check_both(teacher, axe)
    await teacher.click("#not-sure")
    for address in (f"c/{code}/screen/", f"c/{code}/roster/", f"c/{code}/news/", f"c/{code}/results/", "conferences/"):
        await teacher.goto(url + address)
        await check_both(teacher, axe)
    await teacher.goto(f"{url}c/{code}/roster/")
    await teacher.fill("#id_text", "Bo\nbo\n,x")
    await teacher.click("#look")
    await expect(teacher.locator(".problems li")).to_have_count(2)
    await check_both(teacher, axe)
    teacher.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the 422
    await teacher.fill("#id_text", "Bo,red\nCleo,blue")
    await teacher.click("#look")
    await check_both(teacher, axe)
    await teacher.click("#take")
    await expect(teacher.locator("table.list tr", has_text="Cleo")).to_be_visible()
    await check_both(teacher, axe)
    await teacher.goto(f"{url}c/{code}/console/")
    await play_out(teacher)
    await teacher.goto(f"{url}c/{code}/results/")
    await expect(teacher.locator(".winners")).to_be_visible()
    await check_both(teacher, axe)


async def test_a_scenario_is_copied_changed_tried_and_played(visit: Visit, axe: Axe, shared_server: LiveServer) -> None:
    teacher = await log_in(visit, shared_server)
    await teacher.goto(f"{shared_server.url}scenarios/")
    await check_both(teacher, axe)
    await teacher.goto(f"{shared_server.url}scenarios/shipped/thaad2017/")
    await check_both(teacher, axe)
    await teacher.click("#copy")
    await teacher.wait_for_selector("#scenario")
    await check_both(teacher, axe)
    await teacher.click("#erase")
    await check_both(teacher, axe)
    await teacher.go_back()
    await teacher.fill("#title", "My peninsula")
    await teacher.fill('[name="states.CN.gdp"]', "-4")
    note = teacher.locator('[id="states.CN.gdp_error"]')
    await expect(note).to_have_text("Write a number from 0.1 to 100000.")
    await expect(teacher.locator('[name="states.CN.gdp"]')).to_have_attribute("aria-describedby", "states.CN.gdp_error")
    await expect(teacher.locator("#mistakes")).to_be_hidden()
    # What is refused comes back with a list that leads to each field, also in a folded part of the page.
    await teacher.locator("summary", has_text="A clock of its own").click()
    await teacher.fill('[name="clock.talk"]', "60")
    await teacher.click("#save")
    await expect(teacher.locator("#mistakes li")).to_have_count(2)
    await expect(teacher.locator("#mistakes")).to_be_focused()
    teacher.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the 422
    await check_both(teacher, axe)
    await teacher.locator("summary", has_text="A clock of its own").click()
    await teacher.click('#mistakes a[href="#clock.rounds"]')
    await expect(teacher.locator('[name="clock.rounds"]')).to_be_focused()
    await expect(teacher.locator('[name="clock.talk"]')).to_have_value("60")
    await teacher.fill('[name="clock.rounds"]', "4")
    for name, value in (("states.CN.gdp", "14000"), ("states.US.milex", "650"), ("states.KP.warheads", "5"),
                        ("rounds.default", "3"), ("states.KR.nationalism", "30")):  # fmt: skip
        await teacher.fill(f'[name="{name}"]', value)
    await expect(teacher.locator("#mistakes")).to_be_hidden()
    await expect(note).to_have_count(0)
    await teacher.locator("summary", has_text="Promises that can be made").click()
    await teacher.uncheck('[name="with"][value="pay"]')
    await teacher.click("#save")
    await expect(teacher.locator(".message")).to_contain_text("edition 2")
    await teacher.click("#try")
    await expect(teacher.locator("#trial table")).to_be_visible(timeout=120_000)
    await check_both(teacher, axe)
    await teacher.click("#play")
    await expect(teacher.locator("#id_scenario option:checked")).to_have_text("My peninsula")
    await teacher.select_option("#id_preset", "")
    await teacher.click("#make")
    await teacher.wait_for_selector("#room[data-phase=lobby]")
    await teacher.click("#start")
    await expect(teacher.locator("#room")).to_have_attribute("data-phase", "talk")
    await expect(teacher.locator("h1")).to_contain_text("My peninsula")


async def test_a_teacher_sees_who_helps_and_takes_a_helper_out(visit: Visit, shared_server: LiveServer) -> None:
    helper, password = shared_server.make_facilitator(f"helper{time.time_ns() % 10**6}")
    teacher = await log_in(visit, shared_server, width=390, height=844)
    code = await make(teacher)
    await teacher.locator("#more summary").click()
    await teacher.fill("#invite-account", helper)
    await teacher.press("#invite-account", "Enter")
    await expect(teacher.locator("#helpers button")).to_have_text(f"Take {helper} out")
    second = await visit(f"{shared_server.url}accounts/login/?next=/c/{code}/console/")
    await second.fill("#id_username", helper)
    await second.fill("#id_password", password)
    await second.press("#id_password", "Enter")
    await second.locator("#more summary").click()
    await expect(second.locator("#helpers")).to_have_text(helper)
    await expect(second.locator("#helpers button")).to_have_count(0)
    await teacher.locator("#helpers button").click()
    await expect(teacher.locator("#helpers")).to_have_count(0)
    await expect(second.locator("#console")).to_have_count(0)
    second.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the 404
