"""kill -9 of the real server in the middle of a round: what was acknowledged is there, what is resent counts once."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest

from tests.faults.wire import Cut, Wire
from tests.live_server import LiveServer

pytestmark = [pytest.mark.faults, pytest.mark.slow]


class Visitor:
    """A browser without scripts: cookies, forms, redirects."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self.opener.open(self.home.rstrip("/") + path) as page:
            self.address = page.url
            return str(page.read().decode())

    def post(self, path: str, form: dict[str, str]) -> str:
        """Sends the form as the page at the path would, and follows where it leads."""
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))[0]
        action = self.home.rstrip("/") + path
        data = urlencode(form | {"csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(action, data, {"Origin": self.home.rstrip("/")})
        with self.opener.open(request) as page:
            self.address = page.url
            return str(page.read().decode())

    def seat(self) -> str:
        return next(str(cookie.value) for cookie in self.jar if cookie.name == "seat")


def open_room(server: LiveServer, preset: str = "starter15") -> tuple[str, dict[str, str]]:
    """Makes a room for three people and starts nothing; returns its code and the token of each seat."""
    code, tokens = "", {}
    for name, seat in (("Alice", "CN"), ("Bob", "JP"), ("Carol", "KR")):
        visitor = Visitor(server.url)
        if not code:
            visitor.post("/rooms/new/", {"scenario": "cjk", "observers": "on", "preset": preset})
            code = re.findall(r"/r/(\w{8})/", visitor.address)[0]
        visitor.post(f"/r/{code}/join/", {"name": name, "seat": seat})
        tokens[seat] = visitor.seat()
    return code, tokens


def texts_said(server: LiveServer) -> list[str]:
    with sqlite3.connect(server.database) as rows:
        return [words for (words,) in rows.execute("SELECT words FROM rooms_entry WHERE kind = 'said' ORDER BY n")]


async def test_acknowledged_acts_survive_a_kill_and_resent_ones_count_once(own_server: LiveServer) -> None:
    code, tokens = await asyncio.to_thread(open_room, own_server)
    alice, bob, carol = [await Wire(own_server.url, code, tokens[seat]).open() for seat in ("CN", "JP", "KR")]
    assert (await alice.act("start-0000000000001", {"type": "start"}))["ok"]
    while (deadline := alice.sections["room"]["deadline_at"]) is None:
        await alice.hear("update", "welcome")

    acknowledged: set[str] = set()
    unanswered: dict[str, str] = {}
    enough = asyncio.Event()

    async def talk(who: Wire, name: str) -> None:
        # Within the allowance of talk, so that every refusal would be news.
        for i in range(9):
            act_id, text = f"{name}-talk-{i:012d}", f"{name} {i}"
            unanswered[act_id] = text
            try:
                answer = await who.act(act_id, {"type": "say", "text": text})
            except Cut:
                return
            assert answer["ok"], answer
            del unanswered[act_id]
            acknowledged.add(text)
            if len(acknowledged) == 8:
                enough.set()

    talking = [asyncio.create_task(talk(who, name)) for who, name in ((alice, "alice"), (bob, "bob"), (carol, "carol"))]
    await enough.wait()
    own_server.kill()
    await asyncio.gather(*talking)
    assert len(unanswered) == 3, "each was in the middle of an act"

    await asyncio.to_thread(own_server.start)
    for wire in (alice, bob, carol):
        await wire.come_back()
    said = await asyncio.to_thread(texts_said, own_server)
    assert acknowledged <= set(said)
    assert set(said) - acknowledged <= set(unanswered.values())
    assert alice.sections["room"]["deadline_at"] == deadline, "a clock goes on, it does not begin anew"

    for act_id, text in list(unanswered.items()):
        wire = {"alice": alice, "bob": bob, "carol": carol}[text.split()[0]]
        for _ in range(3):
            assert (await wire.act(act_id, {"type": "say", "text": text}))["ok"]
    said = await asyncio.to_thread(texts_said, own_server)
    assert sorted(said) == sorted(acknowledged | set(unanswered.values()))

    for wire in (alice, bob, carol):
        while len([entry for entry in wire.entries.values() if entry["event"]["type"] == "said"]) < len(said):
            await wire.hear("update", "welcome")
    views = [[wire.entries[n]["event"].get("text") for n in sorted(wire.entries)] for wire in (alice, bob, carol)]
    assert views[0] == views[1] == views[2]
    shared = [{name: wire.sections[name] for name in ("room", "world", "texts", "promises")} for wire in (alice, bob)]
    assert json.dumps(shared[0]) == json.dumps(shared[1])
    for wire in (alice, bob, carol):
        wire.cut()


async def test_bots_go_on_after_a_kill(own_server: LiveServer) -> None:
    visitor = Visitor(own_server.url)
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', await asyncio.to_thread(visitor.get, "/"))[0]
    request = urllib.request.Request(
        own_server.url + "play/",
        urlencode({"csrfmiddlewaretoken": token}).encode(),
        {"Origin": own_server.url.rstrip("/")},
    )
    with await asyncio.to_thread(visitor.opener.open, request) as page:
        code = re.findall(r"/r/(\w{8})/", page.url)[0]
    own_server.kill()
    await asyncio.to_thread(own_server.start)
    korea = await Wire(own_server.url, code, visitor.seat()).open()

    def done() -> list[bool]:
        return [chair["ready"] for chair in korea.sections["room"]["seats"] if chair["holder"].startswith("bot:")]

    async with asyncio.timeout(40):
        while not all(done()):
            await korea.hear("update", "welcome", seconds=40)
    korea.cut()


async def test_the_end_tells_pages_to_come_back(own_server: LiveServer) -> None:
    code, tokens = await asyncio.to_thread(open_room, own_server)
    wire = await Wire(own_server.url, code, tokens["KR"]).open()

    async def end() -> int | None:
        try:
            while True:
                await wire.hear("nothing")
        except Cut as cut:
            return cut.code

    ending = asyncio.create_task(end())
    assert await asyncio.to_thread(own_server.stop) == 0
    assert await ending == 1012, "a page takes it as a restart and comes back by itself"
    await asyncio.to_thread(own_server.start)
    await wire.come_back()
    wire.cut()
    await asyncio.sleep(0)
