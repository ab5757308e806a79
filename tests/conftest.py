"""Fixtures for every test: real servers in their own processes, and a real browser.

- `shared_server`, `live_server_url`: one server for all tests of a worker; leave no rooms behind that others trip over
- `own_server`: a server for one test alone, which may `kill()` and `start()` it
- `postgres`, `valkey`: real ones for all tests of a worker; who stops or pauses them lets them go on
- `browser`: Chromium for all tests; `visit(url)` opens a page with cookies of its own and fails on console errors
- `axe(page)`: what the accessibility checker finds wrong
"""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import axe_playwright_python
import hypothesis
import pytest
import pytest_asyncio
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, async_playwright

import play
from tests.emptying import empty
from tests.groups import Groups
from tests.live_server import ROOT, LiveServer
from tests.servers import Postgres, RealServer, Valkey, clear_orphans

UNWANTED = [
    # The pages of its own that Chromium draws for the address bar of every window, which nobody sees.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # What Playwright asks for, as only the last list counts.
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *(
        "DestroyProfileOnBrowserClose",
        "HttpsFirstBalancedModeAutoEnable",
        "HttpsUpgrades",
        "LensOverlay",
        "MediaRouter",
    ),
    *("NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    *("TcpPortRandomizationWin", "ThirdPartyStoragePartitioning"),
]
"""Features of Chromium that cost time here."""

QUIET_FLAGS = [
    f"--disable-features={','.join(UNWANTED)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A run in the background is begun with Ctrl-C ignored, and so would be the servers that the tests end by it.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Where bytecode is not wanted beside the sources, each server would compile all it imports anew, which takes longer than its start.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".pytest_cache" / "bytecode"))

TransactionTestCase._fixture_teardown = empty  # type: ignore[method-assign]

Real = TypeVar("Real", bound=RealServer)

# The same examples at each run, and no time limit for one: a loaded machine is no fault of the code.
hypothesis.settings.register_profile("project", deadline=None, derandomize=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "project"))


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    yield from running(LiveServer(tmp_path_factory.mktemp("shared")))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keeps the test database in a folder that goes with the run, one for each worker."""
    for connection in connections.all():
        if connection.vendor == "sqlite":
            name = tmp_path_factory.mktemp("database") / "test.sqlite3"
            connection.settings_dict["TEST"]["NAME"] = str(name)


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A test in another language leaves the next one its own."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def live_server_url(shared_server: LiveServer) -> str:
    return shared_server.url


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in its newest form that holds nothing; `shared_server` and `tests/test_play.py` make theirs by themselves."""
    empty = LiveServer(tmp_path_factory.mktemp("migrated"))
    empty.manage("migrate", "-v", "0")
    with contextlib.closing(sqlite3.connect(empty.database)) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return empty.database


@pytest.fixture
def own_server(tmp_path: Path, migrated: Path) -> Iterator[LiveServer]:
    server = LiveServer(tmp_path / "data")
    server.data.mkdir(mode=0o700)
    shutil.copy(migrated, server.database)
    yield from running(server)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    clear_orphans()
    yield from lent(Postgres())


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    clear_orphans()
    yield from lent(Valkey())


def lent(server: Real) -> Iterator[Real]:
    """Starts a server of another make, and removes it with all it holds."""
    try:
        server.start()
        yield server
    finally:
        server.remove()


def running(server: LiveServer) -> Iterator[LiveServer]:
    """Starts the server, ends it, and fails where it had something to complain about."""
    server.start()
    yield server
    server.kill()
    assert not server.complaints, server.output


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    program = play.find_browser()
    if not program:
        pytest.fail(f"No browser found. Install one: {play.INSTALL_BROWSER}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=QUIET_FLAGS)
        yield browser
        await browser.close()


Visit = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """Opens an address as one more person: own cookies, own storage.

    `await visit(url, width=1280, height=900, **context_options)`. At the end the console of every page must be clean;
    a test that provokes a complaint removes it from `page.complaints`, a list of texts.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    async def open_page(url: str, *, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = await browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = await context.new_page()
        listen(page, complaints)
        page.complaints = complaints  # type: ignore[attr-defined]
        await page.goto(url)
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert not complaints, complaints


def listen(page: Page, complaints: list[str]) -> None:
    """Notes every error and warning of the page's console, script errors, and requests that leave this machine."""

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type}: {message.text} {message.location['url']}")

    def request(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "http://localhost:", "ws://127.0.0.1:", "data:", "blob:")):
            complaints.append(f"left this machine: {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("request", request)


SOUND = """async () => {
    const found = await axe.run({ resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } });
    return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html)}`);
}"""
"""All that does not depend on colour."""

KIND = """() => {
    const path = location.pathname.replace(/[A-Z0-9]{8}|[0-9]+(?=\\/)/g, "*").replace(/\\/p\\/.*/, "/p/");
    return `${path} ${innerWidth > 1099}`;
}"""
"""What kind of page it is: what lies over what is the same on pages of one kind."""

CONTRAST = """async ([kind, known]) => {
    const names = ["class", "role", "type", "disabled", "open", "data-phase", "data-state", "data-status", "data-lost",
        "aria-pressed", "aria-selected", "aria-current", "aria-disabled", "aria-invalid"];
    const own = (one) => one.localName + names.map((name) => one.getAttribute(name) ?? "").join("|");
    const all = [...document.body.querySelectorAll("*")];
    const hasWords = (one) => one.matches("input, select, textarea")
        || (one.localName !== "option" && [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
    const looks = new Map(all.filter((one) => hasWords(one) && one.checkVisibility()).map((one) => [one, ""]));
    const page = document.documentElement;
    const worn = page.dataset.theme;
    const themes = ["light", "dark", "contrast"];
    for (const theme of themes) {
        page.dataset.theme = theme;
        const grounds = new Map([[null, ""]]);
        const ground = (one) => {
            if (!grounds.has(one)) {
                const { backgroundColor: colour, backgroundImage: image, opacity, position } = getComputedStyle(one);
                const lies = position === "static" || position === "relative" ? "" : kind + position;
                const isOpaque = !/rgba|\\//.test(colour) && image === "none" && opacity === "1";
                const mine = colour === "rgba(0, 0, 0, 0)" ? "" : colour;
                const over = `${mine}${image === "none" ? "" : image}${opacity === "1" ? "" : opacity}${lies}`;
                grounds.set(one, isOpaque ? colour : ground(one.parentElement) + over);
            }
            return grounds.get(one);
        };
        for (const [one, look] of looks) {
            const { color, fontSize, fontWeight } = getComputedStyle(one);
            looks.set(one, `${look}${color} ${fontSize} ${fontWeight} on ${ground(one)};`);
        }
    }
    const judged = new Set(known), fresh = new Set(), wanted = new Set();
    const here = (one) => `${kind} ${own(one.parentElement)} > ${own(one)} ${looks.get(one)}`;
    for (const [one, look] of looks) {
        if (judged.has(look) || judged.has(here(one))) continue;
        judged.add(here(one));
        fresh.add(one);
        for (let up = one; up; up = up.parentElement) wanted.add(up);
    }
    const found = [], passed = [];
    if (fresh.size) {
        const exclude = all.filter((one) => !wanted.has(one) && wanted.has(one.parentElement));
        for (const theme of themes) {
            page.dataset.theme = theme;
            const { violations, passes } = await axe.run({ exclude }, {
                runOnly: ["color-contrast"], resultTypes: ["violations", "passes"], elementRef: true });
            for (const { nodes } of violations) found.push(...nodes.map((node) => `${theme}: ${node.html}: ${node.failureSummary}`));
            passed.push(new Set(passes.flatMap(({ nodes }) => nodes.map(({ element }) => element))));
        }
    }
    if (worn === undefined) delete page.dataset.theme;
    else page.dataset.theme = worn;
    const sound = [...fresh].filter((one) => passed.every((some) => some.has(one)));
    return [sound.map((one) => looks.get(one)), [...fresh].map(here), found];
}"""
"""What changes with the theme: contrast, in each theme that a browser can choose.

Of words in the same colours, size and weight on the same ground, one is judged. What the checker passed counts on every page,
what it could not judge (because something lay over it, say) only where the elements are called alike on a page of one kind.
"""


EVERY = ""
"""The kind of what counts on all pages."""


class Looks:
    """What has been judged, on pages of a kind or on all, by any worker of this run: each adds to a file of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder

    def of(self, kind: str) -> list[str]:
        """Returns the looks; a line of which another worker has written only the beginning does not count yet."""
        told = [
            json.loads(line)
            for file in self.folder.iterdir()
            for line in file.read_text(encoding="utf-8").splitlines(keepends=True)
            if line.endswith("\n")
        ]
        return [look for one, looks in told if one in (kind, EVERY) for look in looks]

    def add(self, kind: str, looks: list[str]) -> None:
        if looks:
            with (self.folder / f"{os.getpid()}").open("a", encoding="utf-8") as file:
                file.write(json.dumps([kind, looks]) + "\n")


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Page], Awaitable[list[str]]]:
    """Returns what the accessibility checker finds on a page, one line a rule with the elements.

    Contrast takes the most time by far; it is judged in every theme wherever words look as none have looked before.
    """
    script = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    base = tmp_path_factory.getbasetemp()
    known = Looks((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "looks")

    async def violations(page: Page) -> list[str]:
        if not await page.evaluate("'axe' in window"):
            # Through the debugger, so that the page keeps its content policy while it is judged.
            debugger = await page.context.new_cdp_session(page)
            await debugger.send("Runtime.evaluate", {"expression": script})
            await debugger.detach()
        found: list[str] = await page.evaluate(SOUND)
        kind = await page.evaluate(KIND)
        passed, seen, faint = await page.evaluate(CONTRAST, [kind, known.of(kind)])
        known.add(EVERY, passed)
        known.add(kind, seen)
        return [*found, *faint]

    return violations


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Groups | None:
    """Keeps groups together, where the run is to have any."""
    return Groups(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_unconfigure() -> None:
    """Clears what SQLite leaves beside a test database that is removed while a thread still holds it open."""
    for left in Path(tempfile.gettempdir()).glob(f"negotiation-test-{os.getpid()}.*"):
        left.unlink(missing_ok=True)
