"""Any screen, any system: narrow by zoom, fingers, no motion, forced colours, and a first view that is light and does not jump."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from negotiation.rooms.scripts import first_scripts
from tests.browser.test_pages import TOO_WIDE, play_now

Visit = Callable[..., Awaitable[Page]]
Axe = Callable[[Page], Awaitable[list[str]]]

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parent.parent.parent

PANELS = ("table", "talk", "promises", "me", "now")
SITE = (
    "", "learn/", "learn/check/", "rulebook/", "glossary/", "styleguide/", "rooms/new/", "join/", "accounts/login/",
    "scenarios/", "scenarios/shipped/cjk/", "tournaments/ratings/",
)  # fmt: skip
ZOOMED = ((640, 450), (320, 256))
"""A window of 1280 by 900 at 200 %, and one of 1280 by 1024 at 400 %."""

CUT = """[...document.querySelectorAll("main button, main a, main label, main h1, main h2, main p, main legend")]
    .filter((one) => one.clientWidth > 8 && one.scrollWidth > one.clientWidth + 2 && !["visible", "auto", "scroll"].includes(getComputedStyle(one).overflowX))
    .map((one) => one.outerHTML.slice(0, 120))"""
"""Words that end at an edge."""

SMALL = """(least) => {
    const box = (one) => {
        const label = one.matches("input[type=checkbox], input[type=radio]") && one.closest("label");
        return (label || one).getBoundingClientRect();
    };
    // A link in a sentence is as high as its line, which the criterion allows.
    const inText = (one) => one.localName === "a" && getComputedStyle(one).display === "inline";
    return [...document.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex='0']")]
        .filter((one) => one.checkVisibility() && !one.closest(".skip, .hidden-text") && one.type !== "hidden" && !inText(one))
        .filter((one) => box(one).width < least || box(one).height < least)
        .map((one) => `${Math.round(box(one).width)}x${Math.round(box(one).height)} ${one.outerHTML.slice(0, 120)}`);
}"""


async def test_at_200_and_400_percent_nothing_is_lost_and_no_page_scrolls_both_ways(
    visit: Visit, live_server_url: str
) -> None:
    page = await visit(live_server_url)
    for address in SITE:
        await page.goto(live_server_url + address)
        for width, height in ZOOMED:
            await page.set_viewport_size({"width": width, "height": height})
            assert await page.evaluate(TOO_WIDE) == [], (address, width)
            assert await page.evaluate(CUT) == [], (address, width)
    await page.goto(live_server_url)
    await page.click("#play-now")
    await page.wait_for_selector("#room[data-drawn]")
    await page.click('[data-tab="now"]')
    await page.click("#b-open")
    await page.click("#b-add")
    for width, height in ZOOMED:
        await page.set_viewport_size({"width": width, "height": height})
        for panel in PANELS:
            await page.click(f'[data-tab="{panel}"]')
            assert await page.evaluate(TOO_WIDE) == [], (panel, width)
            assert await page.evaluate(CUT) == [], (panel, width)
            await expect(page.locator("#ready")).to_be_visible()
            await page.locator(f'[data-panel-name="{panel}"] > div').last.scroll_into_view_if_needed()


async def test_fingers_find_their_targets(visit: Visit, live_server_url: str) -> None:
    page = await visit(live_server_url, width=390, height=844, has_touch=True, is_mobile=True)
    for address in SITE:
        await page.goto(live_server_url + address)
        assert await page.evaluate(SMALL, 24) == [], address
    await page.goto(live_server_url)
    await page.tap("#play-now")
    await page.wait_for_selector("#room[data-drawn]")
    await page.tap("#b-open")
    await page.tap("#b-add")
    for panel in PANELS:
        await page.tap(f'[data-tab="{panel}"]')
        assert await page.evaluate(SMALL, 24) == [], panel
    main = "#ready, .tabs button, #b-table, #b-add, #b-close, .primary, [data-act]"
    boxes = [await one.bounding_box() for one in await page.locator(main).all() if await one.is_visible()]
    assert len(boxes) > 6
    assert [box for box in boxes if box and box["height"] < 44] == []


async def test_no_motion_where_none_is_wanted_and_the_system_s_colours_where_it_insists(
    visit: Visit, axe: Axe, live_server_url: str
) -> None:
    page = await visit(live_server_url, reduced_motion="reduce", forced_colors="active")
    moving = """[...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).transitionDuration.split(", ").some((time) => time !== "0s")
        || getComputedStyle(one).animationName !== "none").map((one) => one.outerHTML.slice(0, 80))"""
    assert await page.evaluate(moving) == []
    page = await visit(live_server_url, reduced_motion="reduce", forced_colors="active")
    await page.click("#play-now")
    await page.wait_for_selector("#room[data-drawn]")
    await expect(page.locator('[data-thread="plenary"]')).to_have_attribute("aria-pressed", "true")
    assert await page.evaluate(moving) == []
    assert await page.evaluate("document.getAnimations().length") == 0
    # what is pressed is told from what is not without a shade
    backs = await page.evaluate(
        """[...document.querySelectorAll(".toggle button")].map((one) => getComputedStyle(one).backgroundColor)"""
    )
    assert len(set(backs)) == 2, backs
    shapes = await page.evaluate(
        """[...document.querySelectorAll(".mark .shape")].map((one) => getComputedStyle(one).fill)"""
    )
    ink = await page.evaluate("getComputedStyle(document.body).color")
    assert set(shapes) == {ink}


MOST_SCRIPT = 100_000
"""Bytes of script, as they stand in the files, until the room can be used."""
FIRST = """() => performance.getEntriesByType("resource")
    .filter((one) => one.name.endsWith(".js") && one.startTime < performance.getEntriesByName("drawn")[0].startTime)
    .map((one) => new URL(one.name).pathname)"""
"""The scripts that were asked for before the room was drawn."""
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300);
})"""


STRAY = """() => [...document.querySelectorAll("#room :is(div, section, aside, article)")].flatMap((one) => [...one.childNodes])
    .filter((node) => node.nodeType === Node.TEXT_NODE && /^(0|false|true|null|undefined|NaN)$/.test(node.textContent.trim()))
    .map((node) => node.parentElement.outerHTML)"""
"""What stands between blocks though it is no word: a condition that was drawn."""


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)], ids=["wide", "phone"])
async def test_the_first_view_is_light_and_does_not_jump(
    visit: Visit, live_server_url: str, width: int, height: int
) -> None:
    page = await play_now(visit, live_server_url, width, height)
    for phase in ("talk", "orders"):
        await page.reload()
        await page.wait_for_selector("#room[data-drawn]")
        first = await page.evaluate(FIRST)
        weight = sum((ROOT / name.lstrip("/")).stat().st_size for name in first)
        assert 50_000 < weight < MOST_SCRIPT, (phase, weight, first)
        named = [f"/static/{name}" for name in first_scripts(phase)]  # type: ignore[arg-type]
        late = set(first) - set(named) - {"/static/room/room.js", "/static/room/briefing.js"}
        assert (late, set(named) - set(first)) == (set(), set())
        assert await page.evaluate(SHIFTS) < 0.05, phase
        assert await page.evaluate(STRAY) == [], phase
        if phase == "talk":
            await page.click("#ready")
            await page.wait_for_selector('#room:not([data-phase="talk"])')
            if await page.get_attribute("#room", "data-phase") == "vote":
                await page.click("#ready")
            await page.wait_for_selector('#room[data-phase="orders"]')


async def test_high_contrast_is_seven_to_one(visit: Visit, live_server_url: str) -> None:
    page = await visit(f"{live_server_url}styleguide/")
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        ratios = await page.evaluate(RATIOS)
        for name in ("ink", "ink-soft", "seal", "good", "warn", "bad"):
            assert min(ratios[name]) >= 7, (scheme, name, ratios[name])
        for name in ("line", "line-strong"):
            assert min(ratios[name][:2]) >= 3, (scheme, name, ratios[name])


RATIOS = """() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
    const luminance = (colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const worn = document.querySelector('.wearing[data-theme="contrast"]');
    const colour = (name) => getComputedStyle(worn.querySelector(`.swatch-${name}`)).backgroundColor;
    const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const grounds = ["paper", "sheet", "wash"].map((name) => luminance(colour(name)));
    return Object.fromEntries(["ink", "ink-soft", "seal", "good", "warn", "bad", "line", "line-strong"].map((name) => [name, grounds.map((ground) => ratio(ground, luminance(colour(name))))]));
}"""


async def test_a_theme_is_chosen_kept_and_worn_from_the_first_paint(visit: Visit, live_server_url: str) -> None:
    page = await visit(live_server_url)
    assert await page.get_attribute("html", "data-theme") is None
    await page.click('.themes [value="contrast"]')
    await expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
    await page.click("#play-now")
    await page.wait_for_selector("#room[data-drawn]")
    await expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
    await page.locator(".settings summary").click()
    await page.click('.themes [value=""]')
    await page.wait_for_selector("#room[data-drawn]")
    assert await page.get_attribute("html", "data-theme") is None
