"""A power cut in the middle of a round: every browser comes back by itself, and nothing is lost or said twice."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Visit, enter, host
from tests.live_server import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.faults]

PATIENCE = 40_000


async def seen(page: Page) -> dict[str, str]:
    """Return what every region of the page says, the clock and the one-line advice apart."""
    return await page.evaluate(
        """() => Object.fromEntries(["table", "talk", "workspace", "promises", "me", "scores"].map(
            (name) => [name, document.querySelector(`[data-region="${name}"]`).textContent]))"""
    )


async def settled(page: Page) -> dict[str, str]:
    """The same, once nothing of it has changed for a second: the bot has said what it has to say."""
    was: dict[str, str] = {}
    while (now := await seen(page)) != was:
        was = now
        await page.wait_for_timeout(1000)
    return now


async def test_every_browser_comes_back_to_the_same_view(own_server: LiveServer, visit: Visit) -> None:
    # given: Alice, Bob and an observer in the first talk, with a text on the table and a private word
    alice, code = await host(visit, own_server.url, "Alice", "JP", {"CN": "passive"})
    bob = await enter(visit, own_server.url, code, "Bob", "KR")
    carol = await enter(visit, own_server.url, code, "Carol", "observer")
    people = (alice, bob, carol)
    await alice.page.click("#start")
    for person in people:
        await person.phase("talk")
    await alice.table({"by": "JP", "kind": "open", "to": "KR"})
    await bob.say("Only between us.", "JP")
    await bob.page.click('[data-thread="plenary"]')
    await expect(carol.page.locator("article.text")).to_have_count(1)
    before = [await settled(person.page) for person in people]

    # when the power fails, and Bob goes on writing meanwhile
    own_server.kill()
    await expect(bob.page.locator(".offline")).to_be_visible(timeout=PATIENCE)
    lines = ["Is anybody there?", *(f"Line {k} of many" for k in range(13))]
    for line in lines:
        await bob.page.fill("#say", line)
        await bob.page.press("#say", "Enter")
    own_server.start()

    # then all are back by themselves, each of Bob's words has arrived once and in its order, though they are more than may be
    # said at once, and nothing else has changed
    for person in people:
        await expect(person.page.locator(".offline")).to_have_count(0, timeout=PATIENCE)
        await expect(person.page.locator(".speech", has_text=lines[-1])).to_have_count(1, timeout=PATIENCE)
        said = await person.page.locator(".speech").all_inner_texts()
        assert [line for text in said for line in lines if line in text] == lines
    for person, was in zip(people, before, strict=True):
        now = await seen(person.page)
        for region in ("table", "workspace", "promises", "me", "scores"):
            assert now[region] == was[region], f"{person.seat}: {region}"
    assert not any("Only between us." in frame for frame in carol.heard)

    # and a page loaded afresh shows the same as the one that lived through it
    for person in people:
        lived = await seen(person.page)
        await person.page.reload()
        await person.page.wait_for_selector("#room[data-drawn]")
        fresh = await seen(person.page)
        for region in ("table", "promises", "me", "scores"):
            assert fresh[region] == lived[region], f"{person.seat}: {region}"
        await expect(person.page.locator(".speech", has_text="Is anybody there?")).to_have_count(1)
    alice.page.complaints.clear()  # type: ignore[attr-defined]  # the browser notes every connection that was refused
