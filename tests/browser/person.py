"""Person: somebody at a table, who acts through the page alone and hears every frame that comes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Error, Locator, Page, WebSocket, expect

Visit = Callable[..., Awaitable[Page]]


class Person:
    """A page and the seat it sits in; ``heard`` holds every frame that came over its sockets."""

    def __init__(self, page: Page, seat: str) -> None:
        self.page = page
        self.seat = seat
        self.heard: list[str] = []
        page.on("websocket", self.listen)

    def listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.heard.append(str(frame)))

    async def show(self, panel: str) -> None:
        tab = self.page.locator(f'[data-tab="{panel}"]')
        if await tab.is_visible():
            await tab.click()

    async def phase(self, name: str) -> None:
        await expect(self.page.locator("#room")).to_have_attribute("data-phase", name)

    async def say(self, text: str, thread: str = "plenary") -> None:
        await self.show("talk")
        await self.page.click(f'[data-thread="{thread}"]')
        await self.page.fill("#say", text)
        await self.page.press("#say", "Enter")
        await expect(self.page.locator(".speech", has_text=text)).to_be_visible()
        await self.show("now")

    async def draft(self, *duties: dict[str, str]) -> None:
        """Fill the open builder with duties, each a choice for every blank it names."""
        page = self.page
        for n, duty in enumerate(duties, 1):
            if not await page.locator(f"#d{n}-by").count():
                await page.click("#b-add")
            for blank, choice in duty.items():
                await page.select_option(f"#d{n}-{blank}", choice)

    async def table(self, *duties: dict[str, str]) -> None:
        await self.open_builder()
        await self.draft(*duties)
        await expect(self.page.locator("#b-check")).to_contain_text(
            "This can be tabled. If all keep it for 3 rounds: your worth"
        )
        await self.page.click("#b-table")

    async def open_builder(self) -> None:
        """Open an empty sheet; a text that arrives just now may push the button away from under the finger."""
        for _ in range(3):
            await self.page.click("#b-open")
            try:
                await self.page.wait_for_selector("#builder", timeout=3000)
            except Error:
                continue
            return
        raise AssertionError("the builder does not open")

    def texts(self, author: str) -> Locator:
        return self.page.locator(f'article.text[data-author="{author}"]')

    async def vote(self, author: str, choice: str) -> None:
        await self.texts(author).locator(f'[data-vote="{choice}"]').click()

    async def ready(self) -> None:
        await self.page.click("#ready")


async def enter(visit: Visit, url: str, code: str, name: str, seat: str, **size: int) -> Person:
    page = await visit(f"{url}join/", **size)
    person = Person(page, seat)
    await page.fill("#id_code", code)
    await page.click("#join")
    await page.fill("#id_name", name)
    await page.check(f'input[name="seat"][value="{seat}"]')
    await page.click("#enter")
    await page.wait_for_selector("#room[data-drawn]")
    return person


async def go_on(*people: Person) -> None:
    """Do the least that these people must do in this phase, and wait until it is over for all of them."""
    phase = await people[0].page.get_attribute("#room", "data-phase") or ""
    for person in people:
        await person.phase(phase)
        await person.page.click("#seal" if phase == "orders" else "#ready")
    for person in people:
        await expect(person.page.locator("#room")).not_to_have_attribute("data-phase", phase)


async def host(
    visit: Visit, url: str, name: str, seat: str, bots: dict[str, str], scenario: str = "cjk", rounds: str = ""
) -> tuple[Person, str]:
    """Make a room, sit down in it, and return the host and the room's code."""
    page = await visit(f"{url}rooms/new/")
    person = Person(page, seat)
    await page.select_option("#id_scenario", scenario)
    for chair, bot in bots.items():
        await page.select_option(f"#id_seat_{chair}", bot)
    await page.fill("#id_rounds", rounds)
    await page.click("#make")
    await page.fill("#id_name", name)
    await page.check(f'input[name="seat"][value="{seat}"]')
    await page.click("#enter")
    await page.wait_for_selector("#room[data-drawn]")
    return person, await page.inner_text("#code")
