"""python -m bench.first_view: how long a slow phone waits for its room, how much script that takes, and whether anything jumps.

Chromium at 390 px with its processor slowed down four times opens a running game anew, with an empty cache, as often as asked.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright

import play
from tests.conftest import QUIET_FLAGS
from tests.live_server import LiveServer

SECONDS = 1.5
SLOWER = 4
LOOK = """() => {
    const at = performance.getEntriesByName("drawn")[0].startTime;
    const scripts = performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".js") && one.startTime < at);
    return { at, bytes: scripts.reduce((sum, one) => sum + one.decodedBodySize, 0), files: scripts.length };
}"""


async def look(browser: Browser, url: str, times: int) -> list[dict[str, float]]:
    """Returns for each opening the milliseconds until the room was drawn, and the bytes and files of script until then."""
    context = await browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = await context.new_page()
    await page.goto(url)
    await page.click("#play-now")
    await page.wait_for_selector("#room[data-drawn]")
    debugger = await context.new_cdp_session(page)
    await debugger.send("Network.enable")
    await debugger.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await debugger.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    found = []
    for _ in range(times):
        await page.reload()
        await page.wait_for_selector("#room[data-drawn]")
        found.append(await page.evaluate(LOOK))
    await context.close()
    return found


async def measure(times: int) -> list[dict[str, float]]:
    with tempfile.TemporaryDirectory() as data:
        server = LiveServer(Path(data))
        server.start()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=play.find_browser(), args=QUIET_FLAGS)
                found = await look(browser, server.url, times)
                await browser.close()
        finally:
            server.kill()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.first_view")
    parser.add_argument("--times", type=int, default=7)
    found = asyncio.run(measure(parser.parse_args().times))
    middle = statistics.median(one["at"] for one in found) / 1000
    print(f"script until the room is drawn: {found[-1]['bytes'] / 1000:.1f} kB in {found[-1]['files']:.0f} files")
    every = " ".join(f"{one['at'] / 1000:.2f}" for one in found)
    print(f"drawn after, seconds at a {SLOWER} times slower processor: median {middle:.2f}, all {every}")
    if middle > SECONDS:
        raise SystemExit(f"more than {SECONDS} s")


if __name__ == "__main__":
    main()
