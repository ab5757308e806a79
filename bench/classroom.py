"""A class of 150 in 25 rooms plays a whole game: sockets that act like people, six real browsers, one teacher at the console.

    python -m bench.classroom [--people 150] [--tables 25] [--browsers 6]

A tenth comes late, a tenth drops out at a random moment, half of them for good. Prints how long the teacher and the newcomers
took, how far the console lagged behind what players saw, how soon it knew who had gone, and whether the exports say what the
logs say. Exits 1 if a room is stuck, the console lags more than 2 s or presence more than 10 s, or an export differs.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import csv
import io
import json
import random
import re
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import zipfile
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import TimeoutError as PlaywrightTimeout

import play
from bench.servers import say
from tests.faults.wire import Cut, Message, Wire
from tests.live_server import LiveServer

MOST = {"minutes": 20.0, "console lag": 2.0, "presence": 10.0}
SEATS = ("CN", "JP", "KR")


class Ledger:
    """When players first saw a phase of a table, when the console first showed it, and who is gone since when."""

    def __init__(self) -> None:
        self.players: dict[tuple[str, int, int], float] = {}
        self.console: dict[tuple[str, int, int], float] = {}
        self.gone: dict[str, float] = {}
        self.told: list[float] = []
        self.answers = {"done": 0, "refused": 0}
        self.codes: dict[str, int] = {}


def enter(home: str, code: str, name: str) -> tuple[str, str, float]:
    """Comes in by the code as a phone does; returns the room, the token of the seat, and the seconds it took."""
    began = time.monotonic()
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with opener.open(f"{home}c/{code}/") as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert token
    body = urllib.parse.urlencode({"name": name, "csrfmiddlewaretoken": token[1]}).encode()
    request = urllib.request.Request(f"{home}c/{code}/", body, {"Origin": home.rstrip("/")})
    with opener.open(request) as page:
        room = page.url.split("/r/")[1].strip("/")
        page.read()
    seat = next(cookie.value for cookie in jar if cookie.name == "seat")
    assert seat
    return room, seat, time.monotonic() - began


class Student(Wire):
    """Somebody who reads, talks, tables, votes and orders, at the pace of a person in a hurry."""

    def __init__(self, home: str, name: str, ledger: Ledger, luck: random.Random) -> None:
        super().__init__(home, "", "")
        self.home, self.name, self.ledger, self.luck = home, name, ledger, luck
        self.acts = 0
        self.seconds = 0.0

    async def come(self, code: str) -> None:
        room, self.token, self.seconds = await asyncio.to_thread(enter, self.home, code, self.name)
        self.path = f"/r/{room}/ws/"
        self.room = room
        await self.come_back()

    @property
    def phase(self) -> str:
        return str(self.sections["room"]["phase"])

    async def _draw(self, message: Message) -> None:
        await super()._draw(message)
        if "room" in message["sections"]:
            room = message["sections"]["room"]
            self.ledger.players.setdefault((self.room, room["epoch"], room["phase_no"]), time.monotonic())

    async def live(self, leaves_at: float | None, *, for_good: bool) -> None:
        """Plays until the game is over; drops out at `leaves_at` (monotonic), and comes back after a minute or not at all."""
        while not self.sections or self.phase != "over":
            listening = asyncio.create_task(self._listen())
            try:
                await self._act_until(listening, leaves_at)
            except (Cut, OSError):
                pass
            finally:
                listening.cancel()
            if leaves_at is not None and time.monotonic() >= leaves_at:
                self.cut()
                self.ledger.gone[self.name] = time.monotonic()
                if for_good:
                    return
                leaves_at = None
                await asyncio.sleep(60)
            if self.phase != "over":
                self.ledger.gone.pop(self.name, None)
                await self.come_back()

    async def _listen(self) -> None:
        while True:
            message = json.loads(await self._frame())
            if message["type"] in ("welcome", "update"):
                await self._draw(message)
            elif message["type"] == "beat":
                await self.send({"type": "beat", "n": message["n"], "digests": message["digests"]})
            elif message["type"] == "error":
                raise SystemExit(f"the server did not understand: {message}")
            elif message["type"] == "answer":
                self.ledger.answers["done" if message["ok"] else "refused"] += 1
                if not message["ok"]:
                    code = message["refusal"]["code"]
                    self.ledger.codes[code] = self.ledger.codes.get(code, 0) + 1

    async def _act_until(self, listening: asyncio.Task[None], leaves_at: float | None) -> None:
        while self.phase != "over":
            await asyncio.wait([listening], timeout=self.luck.uniform(4, 14))
            if listening.done():
                listening.result()  # a cut is no fault, anything else is
            if leaves_at is not None and time.monotonic() >= leaves_at:
                return
            if (decision := self._decision()) is not None:
                self.acts += 1
                act = {"type": "act", "id": f"{self.name}-{self.acts:012d}".replace(" ", "-"), "epoch": self.epoch}
                await self.send(act | {"decision": decision})

    def _decision(self) -> Message | None:
        me = self.sections["own"] and self.sections["own"]["seat"]
        if me is None:
            return None
        texts = [one for one in self.sections["texts"]["texts"] if one["status"] == "open"]
        other = self.luck.choice([seat for seat in SEATS if seat != me])
        lot = self.luck.random()
        match self.phase:
            case "briefing" | "reveal":
                return {"type": "ready"}
            case "talk" if lot < 0.4:
                return {"type": "say", "text": f"{self.name} thinks that {other} should go first."}
            case "talk" if lot < 0.55:
                return {"type": "say", "text": f"Between us: {self.acts}.", "to": [other]}
            case "talk" if lot < 0.75:
                duty = {"by": other, "kind": "abstain", "what": "patrol", "to": me}
                return {"type": "propose", "package": {"sponsor": me, "duties": [duty]}}
            case "vote" if texts:
                return {
                    "type": "vote",
                    "text": self.luck.choice(texts)["id"],
                    "choice": self.luck.choice(["yes", "no"]),
                }
            case "orders":
                return {"type": "order", "order": {"posture": self.luck.choice([0, 0, 1])}}
            case "lobby" | "over":
                return None
        return {"type": "ready"}


async def teach(page: Page, home: str, name: str, password: str, people: int, tables: int) -> tuple[str, float]:
    """Logs in and makes the class; returns its code, and when that began (monotonic)."""
    began = time.monotonic()
    await page.goto(f"{home}accounts/login/")
    await page.fill("#id_username", name)
    await page.fill("#id_password", password)
    await page.press("#id_password", "Enter")
    await page.wait_for_url(home)
    await page.click("#conference")
    await page.fill("#id_title", "A class")
    await page.select_option("#id_scenario", "cjk")
    await page.select_option("#id_preset", "starter15")
    await page.set_checked("#id_first_untimed", checked=False)
    await page.fill("#id_people", str(people))
    await page.fill("#id_per_seat", str(round(people / tables / len(SEATS))))
    await page.click("#make")
    await page.wait_for_selector("#console[data-drawn]")
    return await page.get_attribute("#console", "data-code") or "", began


async def browse(browser: Browser, home: str, code: str, name: str, seconds: list[float], ended: asyncio.Event) -> None:
    """A person with a phone: types the code and a name, and then presses whatever is to be pressed."""
    page = await (await browser.new_context(viewport={"width": 390, "height": 844})).new_page()
    began = time.monotonic()
    await page.goto(f"{home}join/")
    await page.fill("#id_code", code)
    await page.click("#join")
    await page.fill("#id_name", name)
    await page.click("#enter")
    await page.wait_for_selector("#room[data-drawn]")
    seconds.append(time.monotonic() - began)
    while not ended.is_set():
        await page.wait_for_timeout(5000)
        phase = await page.get_attribute("#room", "data-phase")
        if phase == "over":
            return
        for button in ("#ready[aria-pressed=false]", "#seal"):
            if await page.locator(button).is_visible():
                # The phase may end under the finger; a person then taps again.
                with contextlib.suppress(PlaywrightTimeout):
                    await page.locator(button).click(timeout=3000)
                break


async def watch(page: Page, home: str, code: str, ledger: Ledger, ended: asyncio.Event) -> list[dict[str, Any]]:
    """Asks for the console's state twice a second and notes what it shows; returns the tables when all games are over."""
    names: dict[str, bool] = {}
    while True:
        response = await page.context.request.get(f"{home}c/{code}/console.json")
        state = await response.json()
        now = time.monotonic()
        for table in state["tables"]:
            ledger.console.setdefault((table["room"], table["epoch"], table["phase_no"]), now)
            for chair in table["seats"]:
                names |= {person["label"]: person["here"] for person in chair["people"]}
        for name, since in list(ledger.gone.items()):
            if not names.get(name, True):
                ledger.told.append(now - since)
                del ledger.gone[name]
        # Tables that filled up late wait for the teacher to open their talks, too.
        if any(alert["code"] == "waiting" for table in state["tables"] for alert in table["alerts"]):
            await page.click("#start", timeout=5000)
            await asyncio.sleep(1)
        began = [table for table in state["tables"] if table["phase"] != "lobby"]
        # A table to which nobody came is never opened.
        if began and all(table["phase"] == "over" for table in began):
            ended.set()
            return began
        await asyncio.sleep(0.5)


def compare(bundle: bytes, server: LiveServer, tables: list[dict[str, Any]], people: int) -> list[str]:
    """Returns where the exported sheets differ from the logs in the database."""
    archive = zipfile.ZipFile(io.BytesIO(bundle))
    sheets = {
        name: list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"))))
        for name in ("people", "results", "events", "votes", "packages", "talk")
    }
    wrong = []
    if len(sheets["people"]) != people or any(not row["arrived_at"] for row in sheets["people"]):
        wrong.append("people are missing")
    for table in tables:
        number, room = str(table["number"]), table["room"]
        of = "FROM rooms_entry e JOIN rooms_room r ON r.id = e.room_id WHERE r.code = "
        kinds = dict(server.ask(f"SELECT kind, count(*) {of} '{room}' GROUP BY kind"))
        counts = {name: sum(row["table"] == number for row in sheets[name]) for name in sheets if name != "people"}
        wanted = {
            "events": sum(kinds.values()),
            "votes": kinds.get("voted", 0),
            "packages": kinds.get("proposed", 0),
            "talk": kinds.get("said", 0) + kinds.get("injected", 0),
            "results": len(SEATS),
        }
        wrong += [
            f"table {number}: {name} {counts[name]} of {most}" for name, most in wanted.items() if counts[name] != most
        ]
        ((body,),) = server.ask(f"SELECT body {of} '{room}' AND kind = 'ended'")
        totals = {one["seat"]: one["total"] for one in json.loads(body)["outcome"]["scores"]}
        shown = {row["seat"]: float(row["total"]) for row in sheets["results"] if row["table"] == number}
        if totals != shown:
            wrong.append(f"table {number}: totals {shown}, log {totals}")
    return wrong


async def run(options: argparse.Namespace, server: LiveServer) -> bool:
    """Lets the class play; returns whether all went well."""
    luck, ledger, ended = random.Random(options.seed), Ledger(), asyncio.Event()
    name, password = server.make_facilitator()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=play.find_browser(), args=["--no-sandbox"])
        teacher = await (await browser.new_context()).new_page()
        code, began = await teach(teacher, server.url, name, password, options.people, options.tables)
        seconds: list[float] = []
        phones = [
            asyncio.create_task(browse(browser, server.url, code, f"Phone {n}", seconds, ended))
            for n in range(options.browsers)
        ]
        while len(seconds) < options.browsers:
            await asyncio.sleep(0.2)
            for phone in phones:
                if phone.done():
                    phone.result()
        students = [
            Student(server.url, f"Student {n}", ledger, random.Random(luck.random()))
            for n in range(options.people - options.browsers)
        ]
        late = set(luck.sample(range(len(students)), options.people // 10))
        leaving = luck.sample([n for n in range(len(students)) if n not in late], options.people // 10)
        first = [student for n, student in enumerate(students) if n not in late]
        for some in (first[i : i + 12] for i in range(0, len(first), 12)):
            await asyncio.gather(*(student.come(code) for student in some))
        await teacher.click("#start")
        await teacher.wait_for_selector("[data-part=answer] .done")
        started = time.monotonic()
        say(
            f"{len(first) + len(seconds)} are here; the class runs {started - began:.0f} s after the teacher came to log in"
        )
        watching = asyncio.create_task(watch(teacher, server.url, code, ledger, ended))

        async def whole(n: int, student: Student) -> None:
            if n in late:
                await asyncio.sleep(random.Random(n).uniform(20, 240))
                await student.come(code)
            leaves_at = started + random.Random(n).uniform(20, 300) if n in leaving else None
            await student.live(leaves_at, for_good=n in leaving[::2])

        playing = [asyncio.create_task(whole(n, student)) for n, student in enumerate(students)]
        tables = await asyncio.wait_for(watching, 60 * options.minutes)
        minutes = (time.monotonic() - started) / 60
        await asyncio.sleep(2)
        failed = [task.exception() for task in [*playing, *phones] if task.done() and task.exception()]
        response = await teacher.context.request.get(f"{server.url}c/{code}/everything.zip")
        wrong = compare(await response.body(), server, tables, options.people)
        for task in [*playing, *phones]:
            task.cancel()
        await browser.close()
    lags = sorted(max(0.0, ledger.console[key] - at) for key, at in ledger.players.items() if key in ledger.console)
    missed = [key for key in ledger.players if key not in ledger.console]
    entered = sorted([*seconds, *(student.seconds for student in students)])
    say(f"all {len(tables)} games over after {minutes:.1f} minutes; {ledger.answers} {ledger.codes}")
    say(
        f"code to table: browsers {max(seconds):.1f} s at most, all {entered[len(entered) // 2]:.2f} s median, {entered[-1]:.2f} s at most"
    )
    say(
        f"console behind players: median {lags[len(lags) // 2]:.2f} s, at most {lags[-1]:.2f} s of {len(lags)} phases; {len(missed)} went by between two looks"
    )
    say(f"who is gone is known after {max(ledger.told, default=0):.1f} s at most ({len(ledger.told)} who left)")
    say(f"exports: {wrong or 'as the logs'}; failures {failed}; complaints of the server {server.complaints}")
    is_slow = (
        minutes > MOST["minutes"] or lags[-1] > MOST["console lag"] or max(ledger.told, default=0) > MOST["presence"]
    )
    return not (is_slow or wrong or failed or server.complaints)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=150)
    parser.add_argument("--tables", type=int, default=25)
    parser.add_argument("--browsers", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=25.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder))
        server.start()
        try:
            sys.exit(not asyncio.run(run(options, server)))
        finally:
            server.kill()


if __name__ == "__main__":
    main()
