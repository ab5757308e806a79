"""The whole starter, two people in two browsers and a bot: bargain, amend, vote, arm in secret, read the debrief."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Visit, enter, go_on, host

Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser

PRIVATE = "between us: the blue folder"


async def test_two_people_and_a_bot_play_the_whole_starter(visit: Visit, axe: Axe, live_server_url: str) -> None:
    # given: a room with a bot in China's seat, Alice for Japan at a desk, Bob for Korea on a phone, Carol watching
    alice, code = await host(visit, live_server_url, "Alice", "JP", {"CN": "tft"})
    bob = await enter(visit, live_server_url, code, "Bob", "KR", width=390, height=844)
    carol = await enter(visit, live_server_url, code, "Carol", "observer", width=1280, height=900)
    await alice.page.click("#start")
    for person in (alice, bob, carol):
        await person.phase("talk")
        # Nobody reads questions to the facilitator in a room that no conference runs.
        await expect(person.page.locator("#hand-raise")).to_have_count(0)

    # when they talk, in public and in private
    await alice.say("Let us begin with the sea.")
    await bob.say(PRIVATE, "JP")
    await alice.show("talk")
    await alice.page.click('[data-thread="KR"]')
    await expect(alice.page.locator(".speech", has_text=PRIVATE)).to_be_visible()
    await alice.page.click('[data-thread="plenary"]')
    await expect(carol.page.locator("#record")).to_contain_text("Let us begin with the sea.")

    # and both table packages with duties, an amount and a condition, and Bob amends his
    await alice.table(
        {"by": "KR", "kind": "abstain", "what": "exercise"},
        {"by": "JP", "kind": "pay", "to": "KR", "amount": "0.2", "if": "1"},
    )
    await bob.table({"by": "JP", "kind": "cap", "amount": "0"}, {"by": "KR", "kind": "open", "to": "JP", "if": "1"})
    own = bob.texts("KR")
    await own.locator('[data-act="amend"]').click()
    await bob.draft({}, {"rounds": "2"})
    await bob.page.click("#b-table")
    await expect(own).to_contain_text("version 2")
    await expect(alice.page.locator("article.text ins").first).to_be_visible()

    # and vote: Bob's text passes, every other falls
    await alice.ready()
    await bob.ready()
    for person in (alice, bob):
        await person.phase("vote")
    await expect(own.locator("[data-weight]")).to_contain_text("If all keep it for 3 rounds: your worth")
    await alice.vote("KR", "yes")
    await bob.vote("JP", "abstain")
    for person in (alice, bob):
        if await person.texts("CN").count():
            await person.vote("CN", "no")
    await alice.phase("orders")
    await expect(alice.page.locator(".adopted, #order")).not_to_have_count(0)

    # and order in secret: Japan arms above the cap it has just promised
    await alice.page.check("#covert")
    await alice.page.check("#posture-2")
    await expect(alice.page.locator("#covert-says")).to_be_visible()
    assert await axe(alice.page) == []
    await alice.page.click("#seal")
    await bob.page.check("#m-exchange-CN")
    await bob.page.check("#suspend")
    assert await axe(bob.page) == []
    assert await bob.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await bob.page.click("#seal")
    for person in (alice, bob, carol):
        await person.phase("reveal")
    await expect(bob.page.locator('[data-region="workspace"]')).to_contain_text(
        "South Korea sent students and visitors to China"
    )

    # then every number can be opened, and the game goes on to its end
    await bob.show("me")
    await bob.page.click("#why")
    await expect(bob.page.locator("#why-box table")).to_be_visible()
    assert await axe(bob.page) == []
    await bob.show("now")
    while await bob.page.get_attribute("#room", "data-phase") != "orders":
        await go_on(alice, bob)
    await bob.page.click("#as-last")
    await expect(bob.page.locator("#m-exchange-CN")).to_be_checked()
    await expect(bob.page.locator("#suspend")).to_be_checked()
    for _ in range(2):
        await go_on(alice, bob)
        while await alice.page.get_attribute("#room", "data-phase") != "reveal":
            await go_on(alice, bob)
    await go_on(alice, bob)
    for person in (alice, bob, carol):
        await person.phase("over")

    # and Carol has learnt nothing in private, nor any but Japan of its arms, until the end
    assert not any(PRIVATE in frame for frame in carol.heard)
    assert PRIVATE not in await carol.page.content()
    before_the_end = [frame for frame in (*bob.heard, *carol.heard) if '"outcome":{' not in frame]
    assert not any('"posture":2' in frame for frame in before_the_end)
    assert any('"posture":2' in frame for frame in alice.heard), "the sealed order came back to its own seat"
    for person in (alice, bob):
        await person.page.click("#debrief")
        await person.page.wait_for_selector("#debrief[data-drawn]")
        assert await axe(person.page) == []
        assert await person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
