"""A finished game looked at: a replay by keyboard, a wall, one state's page, files, a public page, a frame on another site."""

from __future__ import annotations

import contextlib
import json
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Finished
from tests.browser.test_debrief import sit_down
from tests.browser.test_pages import Axe, Visit, check
from tests.live_server import LiveServer

pytestmark = pytest.mark.browser


async def drawn(page: Page, address: str) -> None:
    await page.goto(address)
    await page.wait_for_selector("#debrief[data-drawn]")
    assert "{" not in await page.inner_text("#debrief")


async def worths(page: Page) -> list[str]:
    return await page.locator(".replay-figures tbody td:nth-child(2)").all_inner_texts()


def content(file: Path) -> bytes:
    return file.read_bytes()


async def saved(page: Page, name: str, within: str) -> bytes:
    async with page.expect_download() as waiting:
        await page.locator(within).get_by_role("button", name=name).first.click()
    return content(await (await waiting.value).path())


async def test_a_finished_game_can_be_replayed_projected_saved_and_shown(
    shared_server: LiveServer, finished_games: dict[str, Finished], visit: Visit, axe: Axe
) -> None:
    page = await visit(shared_server.url, width=1280, height=900)
    debrief = await sit_down(page, shared_server.url, finished_games["cjk"])
    await drawn(page, debrief)
    await check(page, axe)
    await replayed(page)
    await taken_home(page)
    await projected(page, axe, debrief)

    # A phone reads one state's page.
    await page.set_viewport_size({"width": 390, "height": 844})
    await drawn(page, f"{debrief}?view=mine")
    await expect(page.locator('[data-part="mine_gain"] h2')).to_contain_text("South Korea gained")
    await check(page, axe)
    await page.set_viewport_size({"width": 1280, "height": 900})
    await shown(page, visit, axe, shared_server, debrief)


async def replayed(page: Page) -> None:
    """The slider moves table, figures and record together, by keys and by itself, until somebody stops it."""
    slider, says = page.locator("#replay-at"), page.locator("#replay-says")
    begun = await worths(page)
    last = int(await slider.get_attribute("max") or 0)
    await slider.focus()
    await page.keyboard.press("End")
    await expect(slider).to_have_value(str(last))
    assert await worths(page) != begun
    await expect(page.locator("#replay-end")).to_have_attribute("aria-current", "step")
    picture = await page.locator(".replay-table .picture").inner_html()
    await page.keyboard.press("Home")
    assert await worths(page) == begun
    assert await page.locator(".replay-table .picture").inner_html() != picture
    await expect(page.locator(".reel .entries > li")).to_have_count(0)
    await page.focus("#replay-2")
    await page.keyboard.press("Enter")
    await expect(says).to_contain_text("round 2")
    await expect(page.locator('.reel [aria-current="step"]')).to_be_in_viewport()
    at = int(await slider.input_value())
    await page.focus("#replay-on")
    await page.keyboard.press("Enter")
    await expect(slider).to_have_value(str(at + 1))
    await page.click("#replay-play")
    await expect(slider).not_to_have_value(str(at + 1))
    await page.click("#replay-play")
    stopped = await slider.input_value()
    await page.wait_for_timeout(1500)
    await expect(slider).to_have_value(stopped)


async def taken_home(page: Page) -> None:
    """Every chart and table is a file, under a policy that lets no picture come out of a script."""
    svg = (await saved(page, "SVG: Arms by round", '[data-part="spiral"]')).decode()
    assert svg.startswith("<svg")
    assert 'fill="#' in svg
    assert "class=" not in svg
    assert "oklch" not in svg
    png = await saved(page, "PNG: The bargaining map", '[data-part="bargains"]')
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", png[16:20])[0] == 1600
    csv = (await saved(page, "CSV: All together", '[data-part="total"]')).decode("utf-8-sig").splitlines()
    assert csv[0].startswith("State,Gain,")
    assert len(csv) == 4
    rows: list[dict[str, Any]] = json.loads(await saved(page, "JSON: All together", '[data-part="total"]'))
    assert {row["State"] for row in rows} == {"China", "Japan", "South Korea"}
    assert all(isinstance(row["Gain"], float) for row in rows)
    assert f"{rows[0]['Gain']}" in csv[1]
    async with page.expect_download() as waiting:
        await page.click("#all-json")
    everything = json.loads(content(await (await waiting.value).path()))
    assert {"history", "outcome", "promises", "review"} <= set(everything)


async def projected(page: Page, axe: Axe, debrief: str) -> None:
    """A wall shows one section after another, by keys, and keeps its place."""
    await drawn(page, f"{debrief}?view=projector")
    await check(page, axe)
    visible = page.locator("#debrief > section:visible")
    await expect(visible).to_have_count(1)
    await expect(visible).to_have_attribute("data-part", "lenses")
    await page.keyboard.press("ArrowRight")
    await expect(visible).to_have_attribute("data-part", "total")
    await page.reload()
    await page.wait_for_selector("#debrief[data-drawn]")
    await expect(visible).to_have_attribute("data-part", "total")
    await page.keyboard.press("End")
    await expect(visible).to_have_attribute("data-part", "questions")
    await expect(page.locator("#page-on")).to_be_disabled()
    await page.keyboard.press("Home")
    await expect(visible).to_have_attribute("data-part", "lenses")


@contextlib.contextmanager
def blog(line: str) -> Iterator[str]:
    """Serves a page of another origin that holds the line."""

    class Blog(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/"
            self.send_response(200 if found else 204)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if found:
                self.wfile.write(f'<!doctype html><html lang="en"><title>A blog</title>{line}</html>'.encode())

        def log_message(self, *arguments: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Blog) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


async def shown(page: Page, visit: Visit, axe: Axe, server: LiveServer, debrief: str) -> None:
    """Made public, the game is found, read and embedded by a stranger; taken back, it is gone."""
    await drawn(page, debrief)
    await page.check('input[name="names"][value="pseudonyms"]')
    await page.click("#make-public")
    address = await page.get_attribute("#shown-at", "href") or ""

    stranger = await visit(f"{server.url}games/", width=390, height=844)
    await check(stranger, axe)
    await stranger.click(".games a")
    await stranger.wait_for_selector("#debrief[data-drawn]")
    await check(stranger, axe)
    assert "Bob" not in await stranger.content()
    line = await stranger.input_value("#embed")

    with blog(line) as place:
        elsewhere = await visit(place, width=800, height=700)
        frame = elsewhere.frame_locator("iframe")
        await expect(frame.locator("#debrief[data-drawn] #replay-play")).to_be_visible()
        await frame.locator("#replay-end").click()
        await expect(frame.locator("#replay-on")).to_be_disabled()
        assert await elsewhere.context.cookies() == []
        await elsewhere.close()
        elsewhere.complaints.clear()  # type: ignore[attr-defined]  # that site has no icon, and may be gone when it is asked for

    await page.click("#take-back")
    await expect(page.locator("#shown-at")).to_have_count(0)
    await page.wait_for_selector("#debrief[data-drawn]")
    gone = await stranger.goto(f"{server.url}{address.removeprefix('/')}")
    assert gone is not None
    assert gone.status == 404
    stranger.complaints.clear()  # type: ignore[attr-defined]  # the browser notes the 404
