"""What was typed into a form is there again after a reload, a lost line, an ended session; a mistake is told at its field."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_conferences import log_in
from tests.browser.test_pages import play_now
from tests.live_server import LiveServer

Visit = Callable[..., Awaitable[Page]]

pytestmark = pytest.mark.browser


async def test_a_long_form_survives_a_reload_and_an_ended_session_and_goes_when_it_is_taken(
    visit: Visit, shared_server: LiveServer
) -> None:
    teacher = await log_in(visit, shared_server)
    name = await teacher.inner_text(".site span")
    form = f"{shared_server.url}conferences/new/"
    await teacher.goto(form)
    await teacher.fill("#id_title", "Monday class")
    await teacher.select_option("#id_scenario", "thaad2017")
    await teacher.uncheck("#id_pseudonyms")

    # a reload
    await teacher.reload()
    await expect(teacher.locator("#id_title")).to_have_value("Monday class")
    await expect(teacher.locator("#id_scenario")).to_have_value("thaad2017")
    await expect(teacher.locator("#id_pseudonyms")).not_to_be_checked()
    await expect(teacher.locator(".message")).to_contain_text("What you had typed is here again.")

    # a session that ended meanwhile: the log-in comes, and leads back
    await teacher.context.clear_cookies(name="sessionid")
    await teacher.click("#make")
    await teacher.fill("#id_username", name)
    await teacher.fill("#id_password", "wide-river-42")
    await teacher.click("main button.primary")
    await expect(teacher.locator("#id_title")).to_have_value("Monday class")
    await expect(teacher.locator("#id_scenario")).to_have_value("thaad2017")

    # a line that is lost while it is sent
    await teacher.context.set_offline(True)
    await teacher.click("#make", no_wait_after=True)
    await teacher.wait_for_timeout(300)
    await teacher.context.set_offline(False)
    teacher.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the lost line
    await teacher.goto(shared_server.url)
    await teacher.goto(form)
    await expect(teacher.locator("#id_title")).to_have_value("Monday class")

    # a mistake is told at its field, in words that say how to mend it, and nothing else is lost
    await teacher.fill("#id_people", "9999")
    await teacher.click("#make")
    await expect(teacher.locator("#id_people_error")).to_have_text("Write 1000 or less.")
    await expect(teacher.locator("#id_people")).to_have_attribute("aria-describedby", "id_people_error")
    await expect(teacher.locator("#id_people")).to_be_focused()
    await expect(teacher.locator("#id_title")).to_have_value("Monday class")
    teacher.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the 422
    await teacher.fill("#id_people", "5")
    await teacher.click("#make")
    await teacher.wait_for_selector("#console[data-drawn]")
    await teacher.goto(form)
    await expect(teacher.locator("#id_title")).to_have_value("")
    assert not await teacher.locator(".message").count()


async def test_all_that_is_begun_in_a_room_survives_a_reload(visit: Visit, live_server_url: str) -> None:
    page = await play_now(visit, live_server_url, 1280, 900)
    await page.fill("#say", "half a sentence")
    await page.click("#b-open")
    await page.click("#b-add")
    await page.select_option("#d1-kind", index=1)
    kind = await page.input_value("#d1-kind")
    await page.keyboard.press("Escape")
    await page.locator("#line-show").focus()
    await page.keyboard.press("Enter")
    await page.fill("#line", "table abst")
    await page.reload()
    await page.wait_for_selector("#room[data-drawn]")
    await expect(page.locator("#say")).to_have_value("half a sentence")
    await expect(page.locator("#d1-kind")).to_have_value(kind)
    await expect(page.locator("#line")).to_have_value("table abst")


async def test_words_that_are_refused_after_a_reload_come_back_to_where_they_were_written(
    visit: Visit, live_server_url: str
) -> None:
    page = await play_now(visit, live_server_url, 1280, 900)
    await page.fill("#say", "Or do we")
    # As a page leaves it that was closed before the server answered; then the facilitator went back to an earlier phase.
    await page.evaluate(
        """(lines) => {
            const { viewer, epoch } = JSON.parse(document.getElementById("boot").textContent);
            const acts = lines.map((text, k) => (
                { type: "act", id: `left-behind-by-a-page-${k}`, epoch: epoch + 1, decision: { type: "say", text, to: [] } }));
            sessionStorage[`${document.getElementById("room").dataset.code}:${viewer}:acts`] = JSON.stringify(acts);
        }""",
        ["We accept.", "All of it."],
    )
    await page.reload()
    await page.wait_for_selector("#room[data-drawn]")
    await expect(page.locator("#say")).to_have_value("We accept.\nAll of it.\nOr do we")
    await expect(page.locator("#say-form .refusal")).not_to_be_empty()
    await expect(page.locator(".speech", has_text="accept")).to_have_count(0)


async def test_the_key_that_ends_a_composition_sends_nothing(visit: Visit, live_server_url: str) -> None:
    page = await play_now(visit, live_server_url, 1280, 900)
    await page.fill("#say", "東京とソウルは")
    await page.locator("#say").dispatch_event(
        "keydown", {"key": "Enter", "keyCode": 229, "bubbles": True, "cancelable": True}
    )
    await expect(page.locator("#say")).to_have_value("東京とソウルは")
    await page.fill("#say", "half a sign: \ud83d")
    await page.press("#say", "Enter")
    await expect(page.locator(".speech", has_text="half a sign: \ufffd")).to_have_count(1)
    await expect(page.locator(".speech", has_text="東京")).to_have_count(0)
