"""A whole tournament through the real server: a director with a browser's requests, every player with a real socket.

    python -m bench.tournament [--players 36] [--rounds 6] [--absent 0.1] [--late 5] [--withdraw 3] [--correct 2] [--pace 5]

Prints how long each step took and how long acts waited. Then the file of the tournament is checked by `proof`, and its standings
are compared with a recount that was written apart, from the logs alone. Exits 1 where one of them disagrees.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from tests.faults.wire import Cut, Message, Wire
from tests.live_server import LiveServer
from tests.tournaments.recount import recount

SEATS = ("CN", "KP", "JP", "KR", "RU", "US")


class Browser:
    """Asks for pages and sends forms, with cookies of its own."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> tuple[str, str]:
        """Returns where the request ended, and the page."""
        with self.opener.open(urllib.parse.urljoin(self.home, path)) as page:
            return page.url, page.read().decode()

    def bytes(self, path: str) -> bytes:
        with self.opener.open(urllib.parse.urljoin(self.home, path)) as page:
            return bytes(page.read())

    def post(self, path: str, **fields: str) -> tuple[str, str]:
        token = next((cookie.value for cookie in self.jar if cookie.name == "csrftoken"), "") or ""
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(urllib.parse.urljoin(self.home, path), body, {"Origin": self.home.rstrip("/")})
        with self.opener.open(request) as page:
            return page.url, page.read().decode()


class Player(Wire):
    """A player who is ready as soon as may be, tables now and then, and orders something."""

    def __init__(self, home: str, link: str, luck: random.Random, waits: list[float], pace: float) -> None:
        super().__init__(home, "", "")
        self.pace = pace
        self.browser, self.link, self.luck, self.waits = Browser(home), link, luck, waits
        self.acts = 0

    async def sit(self) -> bool:
        """Goes to the seat by the own page; False where there is none in this round."""
        _, page = await asyncio.to_thread(self.browser.get, self.link)
        found = re.search(r'id="to-the-table" href="([^"]+)"', page)
        if not found:
            return False
        url, _ = await asyncio.to_thread(self.browser.get, found[1])
        self.path = f"/r/{url.split('/r/')[1].strip('/')}/ws/"
        self.token = next(cookie.value or "" for cookie in self.browser.jar if cookie.name == "seat")
        await self.open()
        return True

    @property
    def phase(self) -> str:
        return str(self.sections["room"]["phase"])

    async def play(self) -> None:
        done = (-1, -1, "")
        while self.phase != "over":
            here = (self.sections["room"]["epoch"], self.sections["room"]["phase_no"], self.phase)
            try:
                if here != done and self.phase != "lobby":
                    done = here
                    for decision in self.decisions():
                        self.acts += 1
                        if self.pace:
                            await asyncio.sleep(self.luck.uniform(0, 2 * self.pace))
                        began = time.monotonic()
                        await self.act(f"p-{id(self):x}-{self.acts:08d}"[-36:], decision)
                        self.waits.append(time.monotonic() - began)
                    continue
                await self.hear("update", "welcome", "beat", seconds=5)
            except TimeoutError:
                continue
            except Cut:
                await self.open()
        self.cut()

    def decisions(self) -> list[Message]:
        me = self.sections["own"]["seat"]
        other = self.luck.choice([seat for seat in SEATS if seat != me])
        if self.phase == "talk" and self.luck.random() < 0.3:
            duty = {"by": other, "kind": "abstain", "what": "exercise", "to": me}
            text = {"type": "propose", "package": {"sponsor": me, "duties": [duty], "institution": {"id": "dialogue"}}}
            return [{"type": "say", "text": f"{other} first."}, text, {"type": "ready"}]
        if self.phase == "vote":
            open_ = [one["id"] for one in self.sections["texts"]["texts"] if one["status"] == "open"]
            votes = [{"type": "vote", "text": one, "choice": self.luck.choice(["yes", "yes", "no"])} for one in open_]
            return [*votes, {"type": "ready"}]
        if self.phase == "orders":
            return [{"type": "order", "order": {"posture": self.luck.choice([0, 0, 1])}}]
        return [{"type": "ready"}]


class Director:
    """Runs the tournament from its desk."""

    def __init__(self, server: LiveServer) -> None:
        self.browser = Browser(server.url)
        name, password = server.make_facilitator("director")
        self.browser.get("accounts/login/")
        self.browser.post("accounts/login/", username=name, password=password)
        self.home = ""

    def make(self, rounds: int, scenario: str) -> None:
        _, page = self.browser.get("tournaments/new/")
        fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
        fields = {name: value for name, value in fields.items() if name in ("weight", "drop", "best_of_team")}
        url, page = self.browser.post(
            "tournaments/new/",
            title="Bench cup", rounds_played=str(rounds), scenario=scenario, preset="", rounds="1", system="cycle",
            filling="bots", method="matchpoints", registration="on", crises="on", windows="on", names="both", talk="full",
            talk_briefing="", **fields,
        )  # fmt: skip
        if "/desk/" not in url:
            sys.exit("The form was refused: " + " ".join(re.findall(r"errorlist[^>]*>(.*?)</ul>", page, re.DOTALL)))
        self.home = url.split("desk/")[0]

    def do(self, what: str, **fields: str) -> str:
        return self.browser.post(f"{self.home}desk/{what}/", **fields)[1]

    def draw(self) -> float:
        began = time.monotonic()
        self.do("draft")
        while True:
            state = json.loads(self.browser.get(f"{self.home}desk/progress.json")[1])
            if state["state"] == "draft":
                return time.monotonic() - began
            if state.get("refusal"):
                sys.exit(state["refusal"])
            time.sleep(0.3)

    def links(self) -> dict[int, str]:
        text = self.browser.bytes(f"{self.home}desk/links.csv").decode("utf-8-sig")
        return {
            int(row["player"]): urllib.parse.urlsplit(row["link"]).path for row in csv.DictReader(io.StringIO(text))
        }


async def run(asked: argparse.Namespace, server: LiveServer) -> bool:
    luck = random.Random(asked.seed)
    director = Director(server)
    director.make(asked.rounds, asked.scenario)
    names = "\n".join(f"Player {n}, Team {n % 6}" for n in range(1, asked.players + 1))
    director.browser.post(f"{director.home}desk/players/", text=names)
    director.do("check-in-all")
    waits: list[float] = []
    print("round  players  tables  drawn  published  seated  played  confirmed (s)")
    for number in range(1, asked.rounds + 1):
        drawn = await asyncio.to_thread(director.draw)
        began = time.monotonic()
        await asyncio.to_thread(director.do, "publish")
        published = time.monotonic() - began
        links = director.links()
        players = [
            Player(server.url, link, random.Random(f"{asked.seed}/{number}/{n}"), waits, asked.pace)
            for n, link in links.items()
            if luck.random() >= asked.absent
        ]
        began = time.monotonic()
        gate = asyncio.Semaphore(8)

        async def sit(player: Player, gate: asyncio.Semaphore = gate) -> bool:
            async with gate:
                return await player.sit()

        sat = await asyncio.gather(*map(sit, players))
        seated = time.monotonic() - began
        began = time.monotonic()
        here = [player for player, has in zip(players, sat, strict=True) if has]
        games = [asyncio.create_task(player.play()) for player in here]
        await asyncio.to_thread(director.do, "open")
        await asyncio.wait_for(asyncio.gather(*games), 1200)
        played = time.monotonic() - began
        await asyncio.sleep(1.5)
        began = time.monotonic()
        page = await asyncio.to_thread(director.do, "confirm")
        if "are confirmed" not in page:
            # A table where nobody came is played by bots alone; it is given a moment, and then counted as it stands.
            await asyncio.sleep(5)
            await asyncio.to_thread(director.do, "confirm", despite="1")
        confirmed = time.monotonic() - began
        tables = json.loads(director.browser.get(f"{director.home}standings.json")[1])["draws"][-1]["tables"]
        print(
            f"{number:5} {len(here):8} {len(tables):7} {drawn:6.1f} {published:10.1f} {seated:7.1f} {played:7.1f} {confirmed:10.1f}",
            flush=True,
        )
        if number == 1:
            for late in range(asked.late):
                director.do("add", name=f"Late {late}")
        if number == 2:
            for _ in range(asked.withdraw):
                director.do("withdraw", player=str(luck.randint(1, asked.players)))
        if number >= 2 and asked.correct > number - 2:
            one = next(
                p
                for p in json.loads(director.browser.get(f"{director.home}standings.json")[1])["standings"]
                if p["rounds"][-1]["kind"] == "played"
            )
            director.do(
                "correct",
                round=str(number),
                player=str(one["player"]),
                kind="played",
                total="1.25",
                R="0.5",
                reason="A miscount.",
            )
        # The tenth that did not come is asked to come again.
        director.do("check-in-all")
    director.do("finish")
    opened = await asyncio.to_thread(pages, director)
    waits.sort()
    print(
        f"{len(waits)} acts: median {statistics.median(waits) * 1000:.0f} ms, 99 % {waits[int(len(waits) * 0.99)] * 1000:.0f} ms, most {waits[-1] * 1000:.0f} ms"
    )
    print(f"{opened} pages opened")
    return judged(director)


def pages(director: Director) -> int:
    """Opens every page of the tournament; a page that fails raises."""
    _, page = director.browser.get(director.home)
    seen = {""} | {path for path in re.findall(r'href="(/t/[^"#?]+)"', page) if "desk" not in path}
    for path in seen:
        director.browser.bytes(path or director.home)
    return len(seen)


def judged(director: Director) -> bool:
    """Tells whether proof and recount agree with the standings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiation.settings")
    import django

    data = director.browser.bytes(f"{director.home}tournament.zip")
    standings: list[dict[str, Any]] = json.loads(director.browser.get(f"{director.home}standings.json")[1])["standings"]
    counted = dict(recount(data))
    off = [line["player"] for line in standings if abs(line["score"] - float(counted[line["player"]])) > 1e-6]
    print(
        f"recount: {len(standings) - len(off)} of {len(standings)} scores are those of the logs; the file has {len(data) / 1e6:.1f} MB"
    )
    django.setup()
    from negotiation.tournaments import proof

    began = time.monotonic()
    report = proof.check(data)
    print(
        f"proof: {'sound' if report.is_sound else 'WRONG'} in {time.monotonic() - began:.1f} s",
        *report.wrong[:5],
        sep="\n  ",
    )
    return not off and report.is_sound


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--players", type=int, default=36)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--scenario", default="six2003")
    parser.add_argument(
        "--pace", type=float, default=0.0, help="seconds that a player thinks on the mean before each act"
    )
    parser.add_argument("--absent", type=float, default=0.0)
    for name in ("late", "withdraw", "correct", "seed"):
        parser.add_argument(f"--{name}", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder))
        server.start()
        try:
            sound = asyncio.run(run(asked, server))
        finally:
            server.kill()
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
