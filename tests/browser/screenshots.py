"""python -m tests.browser.screenshots FOLDER: a picture of every page, from real games on a real server.

Each page is taken at 1280 and 390 px, light and dark, as ``<page>-<width>-<scheme>.png``. With ``--docs`` the four looks of
each page are also written, small and side by side, into docs/screens/, and the few that `DOCS` names once more as large as
they are. ``--only`` takes one part: site, room, kinds, class, cup, languages.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright, expect

import play
from game.languages import OFFERED
from tests.browser.person import Person, enter, go_on, host
from tests.browser.test_conferences import log_in, make
from tests.browser.test_languages import choose
from tests.conftest import QUIET_FLAGS
from tests.live_server import LiveServer

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = {1280: 900, 390: 844}
SCHEMES = ("light", "dark")
PANELS = ("table", "talk", "promises", "me", "now")
DOCS = {
    "home-1280-light": "The first page",
    "room-talk-1280-light": "Talk and table: talk on the left, the table and the treaties in the middle, my state on the right",
    "room-builder-1280-dark": "A package is written as sentences with blanks, and weighed after each change",
    "room-vote-390-light": "The vote on a phone",
    "room-orders-390-dark": "Secret orders on a phone",
    "room-reveal-1280-light": "What happened, deed by deed, and what each deed did for me",
    "room-keys-1280-light": "The help sheet of the keyboard, and the command line",
    "debrief-1280-light": "The debrief",
    "class-console-1280-light": "A teacher's console",
    "class-screen-1280-dark": "The projector of a class",
    "cup-standings-390-light": "Standings of a tournament on a phone",
    "scenario-edit-1280-light": "A scenario of one's own",
    "styleguide-1280-contrast": "The tokens in high contrast",
}
"""What is kept in docs/screens/ at its full size, and what it shows."""
SHEET = """<!doctype html><style>
body { margin: 0; display: flex; gap: 8px; background: #808080; width: max-content }
img { height: 450px; display: block }
</style>"""
"""The four looks of a page, side by side at half their size."""


class Camera:
    """Opens pages as people and takes their pictures."""

    def __init__(self, browser: Browser, server: LiveServer, folder: Path, docs: Path | None) -> None:
        self.browser = browser
        self.server = server
        self.url = server.url
        self.folder = folder
        self.docs = docs

    async def visit(self, url: str, *, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = await self.browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        page = await context.new_page()
        await page.goto(url)
        return page

    async def take(self, page: Page, name: str, *, whole: bool = True, panels: bool = False) -> None:
        """Takes a page in all sizes and schemes; of a room on a phone each sheet."""
        before = page.viewport_size or {"width": 1280, "height": 900}
        looks: list[bytes] = []
        for width, height in SIZES.items():
            await page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                if panels and width < 1100:
                    for panel in PANELS[:-1] if scheme == "light" else ():
                        await page.click(f'[data-tab="{panel}"]')
                        await self.write(page, f"{name}-{panel}-{width}-{scheme}", whole)
                    await page.click('[data-tab="now"]')
                await self.write(page, f"{name}-{width}-{scheme}", whole)
                if self.docs:
                    looks.append(await page.screenshot())
        await page.emulate_media(color_scheme="light")
        await page.set_viewport_size({"width": before["width"], "height": before["height"]})
        if self.docs:
            (self.docs / f"{name}.webp").write_bytes(await self.sheet(looks))

    async def sheet(self, looks: list[bytes]) -> bytes:
        """Returns the looks of a page as one small picture."""
        page = await self.browser.new_page(viewport={"width": 1720, "height": 450})
        pictures = [f'<img src="data:image/png;base64,{base64.b64encode(look).decode()}">' for look in looks]
        await page.set_content(SHEET + "".join(pictures), wait_until="load")
        width = await page.evaluate("document.body.scrollWidth")
        await page.set_viewport_size({"width": int(width), "height": 450})
        picture = await webp(page, quality=60)
        await page.close()
        return picture

    async def write(self, page: Page, name: str, whole: bool) -> None:
        await page.wait_for_timeout(120)
        await page.screenshot(path=self.folder / f"{name}.png", full_page=whole)
        if self.docs and name in DOCS:
            (self.docs / f"{name}.webp").write_bytes(await webp(page, quality=82))
        print(name, flush=True)


async def webp(page: Page, quality: int) -> bytes:
    """Returns what the page's window shows; `quality` from 0 to 100."""
    debugger = await page.context.new_cdp_session(page)
    given = await debugger.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
    await debugger.detach()
    return base64.b64decode(given["data"])


async def site(camera: Camera) -> None:
    """The pages that anybody finds, and what they say of mistakes."""
    page = await camera.visit(camera.url)
    await camera.take(page, "home")
    for address, name in (
        ("learn/", "learn"), ("learn/check/", "learn-check"), ("rulebook/", "rulebook"), ("glossary/", "glossary"),
        ("rooms/new/", "create"), ("join/", "join"), ("accounts/login/", "login"), ("scenarios/", "scenario-shelf"),
        ("scenarios/shipped/thaad2017/", "scenario-shipped"), ("scenarios/shipped/thaad2017/roles/", "scenario-roles"),
        ("scenarios/shipped/grid/", "scenario-case"), ("tournaments/ratings/", "cup-ratings"), ("games/", "games-empty"),
        ("nowhere/", "error-404"), ("styleguide/", "styleguide"),
    ):  # fmt: skip
        await page.goto(camera.url + address)
        await camera.take(page, name)
    await page.context.add_cookies([{"name": "theme", "value": "contrast", "url": camera.url}])
    await page.goto(f"{camera.url}styleguide/")
    await camera.write(page, "styleguide-1280-contrast", whole=True)
    await page.context.clear_cookies()
    await page.goto(f"{camera.url}join/")
    await page.fill("#id_code", "ZZZZZZZZ")
    await page.click("#join")
    await camera.take(page, "join-error")
    await page.goto(f"{camera.url}accounts/login/")
    await page.fill("#id_username", "nobody")
    await page.fill("#id_password", "nothing")
    await page.click("main button.primary")
    await camera.take(page, "login-error")
    await page.goto(f"{camera.url}learn/")
    await page.click("#lesson")
    await page.wait_for_selector("#room[data-drawn]")
    await camera.take(page, "lesson", whole=False)


BOTS = {"CN": "bargainer", "KP": "hawk", "RU": "hedger", "US": "bargainer"}


async def room(camera: Camera) -> None:
    """Two people and four bots play THAAD 2017 from the lobby to the debrief."""
    alice, code = await host(camera.visit, camera.url, "Alice", "KR", BOTS, "thaad2017")
    bob = await enter(camera.visit, camera.url, code, "Bob", "JP")
    watcher = await enter(camera.visit, camera.url, code, "Wu", "observer")
    await camera.take(alice.page, "room-lobby", whole=False)
    await enter_page(camera, code)
    await alice.page.click("#start")
    for person in (alice, bob):
        await person.phase("talk")
    await alice.page.click("#role-more summary")
    await alice.page.locator("#role").scroll_into_view_if_needed()
    await camera.take(alice.page, "room-role", whole=False)
    await alice.page.click("#role-more summary")
    await alice.say("Let us begin with the sea, and leave the radar for later.")
    await bob.say("The radar first. We cannot sell anything else at home.")
    await bob.say("Between us: Tokyo could live with a cap.", "KR")
    await bob.table(
        {"by": "KR", "kind": "abstain", "what": "missile_defence"},
        {"by": "JP", "kind": "pay", "to": "KR", "amount": "0.2"},
    )
    await alice.open_builder()
    await alice.draft(
        {"by": "US", "kind": "abstain", "what": "exercise"}, {"by": "KP", "kind": "abstain", "what": "test", "if": "1"}
    )
    await expect(alice.page.locator("#b-check .forecast, #b-check.verdict")).not_to_have_count(0)
    await camera.take(alice.page, "room-builder", whole=False)
    await alice.page.click("#b-table")
    await camera.take(alice.page, "room-talk", whole=False, panels=True)
    await keys(camera, alice)
    await bob.ready()
    await alice.ready()
    await alice.phase("vote")
    await camera.take(alice.page, "room-vote", whole=False)
    while await alice.page.get_attribute("#room", "data-phase") != "orders":
        await go_on(alice, bob)
    await alice.page.check("#posture-1")
    await alice.page.locator(".card input").first.check()
    await camera.take(alice.page, "room-orders", whole=False)
    await alice.page.click("#seal")
    await bob.page.click("#seal")
    await alice.phase("reveal")
    await alice.page.click("#why")
    await camera.take(alice.page, "room-reveal", whole=False, panels=True)
    await watcher.page.goto(f"{watcher.page.url}?view=projector")
    await watcher.page.wait_for_selector("#room[data-drawn]")
    await camera.take(watcher.page, "room-projector", whole=False)
    while await alice.page.get_attribute("#room", "data-phase") != "over":
        await go_on(alice, bob)
    await camera.take(alice.page, "room-over", whole=False)
    await alice.page.click("#debrief")
    await alice.page.wait_for_selector("#debrief[data-drawn]")
    await camera.take(alice.page, "debrief")
    debrief = alice.page.url
    for view in ("projector", "mine"):
        await alice.page.goto(f"{debrief}?view={view}")
        await alice.page.wait_for_selector("#debrief[data-drawn]")
        await camera.take(alice.page, f"debrief-{view}")
    await alice.page.goto(debrief)
    await alice.page.wait_for_selector("#debrief[data-drawn]")
    await published(camera, alice.page)


async def published(camera: Camera, page: Page) -> None:
    """The public page of the game, and what another site embeds."""
    await page.click("#make-public")
    address = await page.get_attribute("#shown-at", "href") or ""
    stranger = await camera.visit(f"{camera.url}{address.removeprefix('/')}")
    await stranger.wait_for_selector("#debrief[data-drawn]")
    await camera.take(stranger, "games-one")
    await stranger.goto(f"{camera.url}{address.removeprefix('/')}embed/")
    await stranger.wait_for_selector("#debrief[data-drawn]")
    await camera.take(stranger, "games-embed")
    await stranger.goto(f"{camera.url}games/")
    await camera.take(stranger, "games")
    await stranger.context.close()


async def enter_page(camera: Camera, code: str) -> None:
    """The door of a room: a name and a seat."""
    door = await camera.visit(f"{camera.url}r/{code}/")
    await camera.take(door, "room-door")
    await door.context.close()


async def keys(camera: Camera, person: Person) -> None:
    """The help sheet and the command line, where they are."""
    if await person.page.locator("#keys").count():
        await person.page.keyboard.press("Escape")
        await person.page.click("#keys")
        await camera.take(person.page, "room-keys", whole=False)
        await person.page.keyboard.press("Escape")


async def classroom(camera: Camera) -> None:
    """A class of five, from the form to the results, and a scenario of the teacher's own."""
    url = camera.url
    teacher = await log_in(camera.visit, camera.server)
    await teacher.goto(f"{url}conferences/new/")
    await camera.take(teacher, "class-create")
    await teacher.fill("#id_people", "9999")
    await teacher.click("#make")
    await camera.take(teacher, "class-create-error")
    await teacher.goto(url)
    code = await make(teacher, people=5)
    await camera.take(teacher, "class-console-empty")
    door = await camera.visit(f"{url}c/{code}/")
    await camera.take(door, "class-door")
    for name in ("Ann", "Bo", "Cleo"):
        door = await camera.visit(f"{url}c/{code}/")
        await door.fill("#id_name", name)
        await door.click("#enter")
        await door.wait_for_selector("#room[data-drawn]")
    await expect(teacher.locator(".person.here")).to_have_count(3)
    await teacher.click("#start")
    await expect(teacher.locator("#end")).to_be_enabled()
    await camera.take(teacher, "class-console")
    for address in ("screen", "roster", "news", "survey", "results", "roles", "erase"):
        await teacher.goto(f"{url}c/{code}/{address}/")
        await camera.take(teacher, f"class-{address}")
    await teacher.goto(f"{url}c/{code}/tables/1/")
    await teacher.wait_for_selector("#room[data-drawn]")
    await camera.take(teacher, "class-table", whole=False)
    await teacher.goto(f"{url}c/{code}/console/")
    await teacher.click("#end")
    await teacher.click("#sure")
    await expect(teacher.locator("#end")).to_be_disabled(timeout=60_000)
    await teacher.goto(f"{url}c/{code}/results/")
    await camera.take(teacher, "class-results-over")
    await door.wait_for_selector("#room[data-phase=over]")
    await door.goto(f"{url}c/{code}/after/")
    await camera.take(door, "class-after")
    await teacher.goto(f"{url}conferences/")
    await camera.take(teacher, "class-mine")
    await teacher.goto(f"{url}scenarios/shipped/cjk/")
    await teacher.click("#copy")
    await teacher.wait_for_selector("#scenario")
    await camera.take(teacher, "scenario-edit")
    await teacher.goto(f"{url}scenarios/")
    await camera.take(teacher, "scenario-shelf-own")


async def cup(camera: Camera) -> None:
    """A tournament of one round, from the form to the standings."""
    url = camera.url
    director = await log_in(camera.visit, camera.server)
    await director.goto(f"{url}tournaments/")
    await camera.take(director, "cup-mine-empty")
    await director.goto(f"{url}tournaments/new/")
    await camera.take(director, "cup-create")
    await director.fill("#id_title", "Spring cup")
    await director.select_option("#id_scenario", "cjk")
    await director.select_option("#id_preset", "")
    await director.fill("#id_rounds_played", "2")
    await director.click("#make")
    home = director.url.removesuffix("desk/")
    await camera.take(director, "cup-desk-empty")
    await director.fill("#id_text", "Ann Ahn, North\nBo Berg, South\nCleo Cho, North\nDan Diaz, South\nEun Eom, North")
    await director.click("#take-list")
    await director.click("#all-here")
    player = await camera.visit(f"{home}register/")
    await camera.take(player, "cup-register")
    await player.fill("#id_name", "Mina")
    await player.click("#register")
    await player.click("#check-in")
    mine = player.url
    await director.goto(f"{home}desk/")
    await director.click("#draft")
    await expect(director.locator("#drafted")).to_be_visible(timeout=60_000)
    await camera.take(director, "cup-desk-draft")
    await director.click("#publish")
    await player.goto(mine)
    await camera.take(player, "cup-player-own")
    await director.click("#open")
    await director.check("[name=despite]")
    await director.click("#confirm")
    await expect(director.locator("#draft")).to_be_visible()
    pages = {"": "standings", "rounds/1/": "round", "crosstable/": "crosstable", "players/6/": "player"}
    desk = {"desk/": "desk", "desk/cards/": "cards", "desk/fair-play/": "fairplay", "desk/erase/": "erase"}
    for address, name in (pages | desk).items():
        await director.goto(home + address)
        await camera.take(director, f"cup-{name}")


async def kinds(camera: Camera) -> None:
    """Games of other kinds: a deal over five issues, and a choice of two moves."""
    ann, _code = await host(
        camera.visit, camera.url, "Ann", "CN", {"KR": "conceder", "RU": "steady", "JP": "steady"}, "fisheries", "1"
    )
    await ann.page.click("#start")
    await ann.phase("talk")
    await ann.page.click("#b-open")
    for option in ("A3", "B2", "C3", "D2", "E4"):
        await ann.page.check(f"#pick-{option}")
    await camera.take(ann.page, "deal-builder", whole=False)
    await ann.page.click("#b-table")
    await camera.take(ann.page, "deal-talk", whole=False)
    while await ann.page.get_attribute("#room", "data-phase") != "over":
        await go_on(ann)
    await ann.page.click("#debrief")
    await ann.page.wait_for_selector("#debrief[data-drawn]")
    await camera.take(ann.page, "deal-debrief")
    bots = {"KR": "kind", "US": "tit_for_tat", "JP": "grudger"}
    ben, _code = await host(camera.visit, camera.url, "Ben", "CN", bots, "winasmuch", "3")
    await ben.page.click("#start")
    for round_ in (1, 2, 3):
        await ben.phase("talk")
        await ben.ready()
        await ben.phase("orders")
        await ben.page.check("#move-x")
        if round_ == 2:
            await camera.take(ben.page, "moves-orders", whole=False)
        await ben.page.click("#seal")
        await ben.phase("reveal")
        if round_ == 2:
            await camera.take(ben.page, "moves-reveal", whole=False)
        await ben.ready()
    await ben.phase("over")
    await ben.page.click("#debrief")
    await ben.page.wait_for_selector("#debrief[data-drawn]")
    await camera.take(ben.page, "moves-debrief")


async def languages(camera: Camera) -> None:
    """The first page, the rulebook and a table in the languages on offer."""
    for language in OFFERED:
        if language.code == "en":
            continue
        page = await camera.visit(camera.url)
        await choose(page, language.code)
        await camera.take(page, f"{language.code}-home")
        await page.goto(f"{camera.url}rulebook/")
        await camera.take(page, f"{language.code}-rulebook")
        await page.goto(camera.url)
        await page.click("#play-now")
        await page.wait_for_selector('#room[data-phase="talk"]')
        await page.click("#b-open")
        await page.wait_for_selector("#builder")
        await camera.take(page, f"{language.code}-room", whole=False)
        await page.context.close()


PARTS: dict[str, Callable[[Camera], Awaitable[None]]] = {
    "site": site, "room": room, "kinds": kinds, "class": classroom, "cup": cup, "languages": languages,
}  # fmt: skip


async def take(folder: Path, docs: Path | None, parts: list[str]) -> None:
    """Starts a server and a browser, and goes through the parts."""
    with tempfile.TemporaryDirectory() as data:
        server = LiveServer(Path(data))
        server.start()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=play.find_browser(), args=QUIET_FLAGS)
                camera = Camera(browser, server, folder, docs)
                for part in parts:
                    await PARTS[part](camera)
                await browser.close()
                if docs:
                    index(docs)
        finally:
            server.kill()


def index(docs: Path) -> None:
    """Writes the page that shows what was kept: the few large ones, then every page in its four looks."""
    lines = [
        "# How it looks",
        "",
        "Made by `python -m tests.browser.screenshots FOLDER --docs`, which plays real games with people and bots, and",
        "writes every page at 1280 and 390 px, light and dark, into FOLDER. First a few as large as they are, then the",
        "beginning of each page in its four looks: wide and on a phone, light and dark.",
    ]
    for name, about in DOCS.items():
        if (docs / f"{name}.webp").is_file():
            lines += ["", f"**{about}.**", "", f"![{about}]({name}.webp)"]
    lines += ["", "## Every page"]
    for file in sorted(docs.glob("*.webp")):
        if file.stem not in DOCS:
            lines += ["", f"`{file.stem}`", "", f"![{file.stem}, wide and on a phone, light and dark]({file.name})"]
    (docs / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", description="pictures of every page")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--docs", action="store_true", help="renew docs/screens/ too")
    parser.add_argument("--only", choices=tuple(PARTS), action="append", help="take one part; may be given again")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    docs = ROOT / "docs" / "screens" if arguments.docs else None
    if docs:
        docs.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(arguments.folder, docs, arguments.only or list(PARTS)))


if __name__ == "__main__":
    main()
