"""Six parties: all rounds of a long game reach every page, and six browsers at one table keep their secrets apart."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.person import Person, Visit, enter, go_on, host
from tests.browser.test_pages import check

Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser

BOTS = {"CN": "bargainer", "KP": "bargainer", "RU": "hedger", "US": "bargainer"}


async def test_two_people_and_four_bots_play_all_rounds_of_thaad2017(
    visit: Visit, axe: Axe, live_server_url: str
) -> None:
    alice, code = await host(visit, live_server_url, "Alice", "JP", BOTS, "thaad2017")
    bob = await enter(visit, live_server_url, code, "Bob", "KR", width=390, height=844)
    await alice.page.click("#start")
    for person in (alice, bob):
        await person.phase("talk")
    for _ in range(30):
        if await alice.page.get_attribute("#room", "data-phase") == "over":
            break
        await go_on(alice, bob)
    for person in (alice, bob):
        await person.phase("over")
        # A page that comes back is told the whole game at once.
        await person.page.reload()
        await person.page.wait_for_selector("#room[data-drawn]")
        await expect(person.page.locator(".offline")).to_have_count(0)
        await person.page.click("#debrief")
        await person.page.wait_for_selector("#debrief[data-drawn]")
        await check(person.page, axe)
    assert max(map(len, alice.heard)) > 40_000, "a long game makes long messages, and they arrive"


SEATS = ("CN", "KP", "JP", "KR", "RU", "US")
SECRET = "between us: {seat} is ready to give way"


async def test_six_people_play_a_round_of_camps2023_and_nobody_sees_what_is_anothers(
    visit: Visit, live_server_url: str
) -> None:
    began = time.monotonic()
    # given: six browsers, each in by the code
    cn, code = await host(visit, live_server_url, "CN", "CN", {}, "camps2023")
    rest = await asyncio.gather(*(enter(visit, live_server_url, code, seat, seat) for seat in SEATS[1:]))
    people = dict(zip(SEATS, (cn, *rest), strict=True))
    await cn.page.click("#start")
    await everybody(people, lambda person: person.phase("talk"))

    # when one talks to all, three pairs talk in private, and two table a text
    await cn.say("Let us begin.")
    await asyncio.gather(
        *(people[a].say(SECRET.format(seat=a), b) for a, b in (("KP", "RU"), ("JP", "US"), ("KR", "CN")))
    )
    await people["US"].table(
        {"by": "US", "kind": "abstain", "what": "exercise"}, {"by": "KP", "kind": "abstain", "what": "test"}
    )
    await people["RU"].table({"by": "CN", "kind": "abstain", "what": "strait_drill"})
    await everybody(people, lambda person: expect(person.texts("RU")).to_be_visible())
    await everybody(people, Person.ready)
    await everybody(people, lambda person: person.phase("vote"))
    await everybody(people, votes)
    await everybody(people, lambda person: person.phase("orders"))

    # and each gives an order of its own
    await everybody(people, orders)

    # then all see what happened, and nobody has seen another's mandate, order or private word before
    await everybody(people, lambda person: person.phase("reveal"))
    await everybody(people, lambda person: expect(person.page.locator(".deeds")).to_be_visible())
    for seat, person in people.items():
        heard = "".join(person.heard)
        assert f'"own":{{"seat":"{seat}"' in heard
        assert not [other for other in SEATS if other != seat and f'"own":{{"seat":"{other}"' in heard]
        assert '"seats":{' not in heard, "the facilitator's section is for nobody here"
        told = {a for a, b in (("KP", "RU"), ("JP", "US"), ("KR", "CN")) if SECRET.format(seat=a) in heard}
        assert told == {a for a, b in (("KP", "RU"), ("JP", "US"), ("KR", "CN")) if seat in (a, b)}
    assert time.monotonic() - began < 90  # half of that alone; other tests run beside it


async def everybody(people: dict[str, Person], does: Callable[[Person], Awaitable[None]]) -> None:
    await asyncio.gather(*(does(person) for person in people.values()))


async def votes(person: Person) -> None:
    # The phase is over as soon as all are for the first text, so that vote comes last.
    await person.vote("RU", "no" if person.seat == "CN" else "abstain")
    if person.seat != "US":  # whose own text it is has said yes
        await person.vote("US", "yes")


async def orders(person: Person) -> None:
    await person.page.check("#posture-1")
    await person.page.click("#seal")
