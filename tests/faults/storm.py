"""Lets trouble befall the real server again and again while people act, and reads what they recorded.

    python -m tests.faults.storm [--setup sqlite] [--troubles 200] [--rooms 4] [--workers 4]

Each person keeps saying, tabling, voting, ordering and getting ready over a socket of their own; some words are private.
On SQLite the server is killed (-9) and starts anew on the same data; on PostgreSQL and Valkey, with workers, these are
killed, stopped, paused, flushed and locked too (`troubles`). Pages come back and send again what was not answered. In
the end `history.check` reads everything. Prints faults by kind; exits 1 if there are any.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.faults.history import Fault, Heard, History, Kept, Sent, check
from tests.faults.test_kill import open_room
from tests.faults.troubles import Trouble, of_many, of_one
from tests.faults.wire import Cut, Message, Wire
from tests.live_server import LiveServer
from tests.servers import Postgres, Valkey
from tests.workers.cluster import Cluster

SEATS = ("CN", "JP", "KR")
AGAIN = {"busy", "fault", "storage_full", "too_fast"}
"""Refusals that are not kept: the same act is sent again."""


class Person(Wire):
    """A page that writes down all it sends and hears."""

    def __init__(self, home: str, code: str, seat: str, token: str, history: History, luck: random.Random) -> None:
        super().__init__(home, code, token)
        self.code, self.seat, self.history, self.luck = code, seat, history, luck
        self.acts = 0

    async def _frame(self) -> bytes:
        frame = await super()._frame()
        self.history.frames.append((self.code, self.seat, frame.decode()))
        return frame

    async def _draw(self, message: Message) -> None:
        for entry in message["entries"]:
            self.history.heard.append(Heard(self.code, self.seat, message["epoch"], entry["n"], entry["event"]))
        await super()._draw(message)

    async def live(self, end: asyncio.Event) -> None:
        """Acts until the end, comes back after every cut, and sends again what has no answer."""
        while not end.is_set():
            await self.get_through(self.next_decision())
            await asyncio.sleep(self.luck.uniform(0.1, 0.6))

    async def get_through(self, decision: Message) -> None:
        """Sends one act until it is answered for good."""
        self.acts += 1
        text = decision["text"] if decision["type"] == "say" else None
        sent = Sent(self.code, self.seat, f"{self.seat}-{self.code}-{self.acts:06d}", text)
        self.history.sent.append(sent)
        epoch = self.epoch
        while not sent.answers:
            try:
                await self.send({"type": "act", "id": sent.id, "epoch": epoch, "decision": decision})
                while (answer := await self.hear("answer"))["id"] != sent.id:
                    pass
            except (Cut, OSError, TimeoutError):
                await self.come_back()
                continue
            if answer["ok"] or answer["refusal"]["code"] not in AGAIN:
                sent.answers.append(answer)
            else:
                await asyncio.sleep(0.5)
        if self.luck.random() < 0.1 and epoch == self.epoch:
            await self.ask_again(sent, epoch, decision)

    async def ask_again(self, sent: Sent, epoch: int | None, decision: Message) -> None:
        """Sends an answered act once more, as a page does that was cut before the answer came."""
        try:
            await self.send({"type": "act", "id": sent.id, "epoch": epoch, "decision": decision})
            while (answer := await self.hear("answer"))["id"] != sent.id:
                pass
            if answer["ok"] or answer["refusal"]["code"] not in AGAIN:
                sent.answers.append(answer)
        except (Cut, OSError, TimeoutError):
            await self.come_back()

    def next_decision(self) -> Message:
        phase, luck = self.sections["room"]["phase"], self.luck
        others = [seat for seat in SEATS if seat != self.seat]
        if luck.random() < 0.15:
            return {"type": "order", "order": {}} if phase == "orders" else {"type": "ready"}
        texts = [text for text in self.sections["texts"]["texts"] if text["status"] == "open"]
        if phase == "vote" and texts and luck.random() < 0.6:
            return {"type": "vote", "text": luck.choice(texts)["id"], "choice": luck.choice(["yes", "no", "abstain"])}
        if phase == "talk" and luck.random() < 0.15:
            duty = {
                "by": luck.choice(SEATS),
                "kind": "cap",
                "amount": luck.choice([0, 1]),
                "rounds": luck.choice([1, 2]),
            }
            return {"type": "propose", "package": {"sponsor": self.seat, "duties": [duty]}}
        if phase == "orders" and luck.random() < 0.3:
            return {"type": "order", "order": {"posture": luck.choice([-1, 0, 1])}}
        text, to = f"{self.seat} {self.acts}", None
        if luck.random() < 0.4:
            to = [luck.choice(others)]
            text += f" ~{'.'.join(sorted([self.seat, *to]))}~"
        return {"type": "say", "text": text} | ({"to": to} if to else {})


async def storm(
    server: LiveServer, troubles: list[Trouble], *, count: int, rooms: int, seed: int, calm: float = 1.5
) -> list[Fault]:
    """Let so many troubles befall the server, which runs, while people act; return what is wrong with what they recorded.

    Every trouble comes once before any comes again.
    """
    luck, history, people = random.Random(seed), History(), []
    for _ in range(rooms):
        code, tokens = await asyncio.to_thread(open_room, server)
        those = [
            await Person(server.url, code, seat, tokens[seat], history, random.Random(luck.random())).open()
            for seat in SEATS
        ]
        await those[0].get_through({"type": "start"})
        people += those
    end = asyncio.Event()
    living = [asyncio.create_task(person.live(end)) for person in people]
    coming: list[Trouble] = []
    for i in range(1, count + 1):
        await asyncio.sleep(luck.uniform(0.2, calm))
        coming = coming or luck.sample(troubles, len(troubles))
        trouble = coming.pop()
        await trouble.befall()
        if i % 10 == 0 or len(troubles) > 1:
            print(f"{i} of {count}: {trouble.name}; {len(history.sent)} acts", file=sys.stderr, flush=True)
    await asyncio.sleep(3)
    end.set()
    await asyncio.gather(*living)
    await asyncio.sleep(1)
    await look_at_all(people, history)
    history.kept, history.overdue = await asyncio.to_thread(kept_by, server)
    for person in people:
        person.cut()
    acknowledged = sum(act.is_acknowledged for act in history.sent)
    print(
        f"{len(history.sent)} acts, {acknowledged} acknowledged, {len(history.kept)} kept", file=sys.stderr, flush=True
    )
    return check(history)


async def look_at_all(people: list[Person], history: History) -> None:
    """Writes down what each page shows, and what a new page of the same seat is given."""
    for person in people:
        # An answer comes after everything before it, so the page is as new as the server when it is read.
        await person.get_through({"type": "vote", "text": "no such text", "choice": "yes"})
    for person in people:
        fresh = Person(f"http://{person.host}/", person.code, person.seat, person.token, history, person.luck)
        await fresh.open()
        history.views += [(one.code, one.seat, one.sections) for one in (person, fresh)]
        fresh.cut()


def kept_by(server: LiveServer) -> tuple[list[Kept], list[str]]:
    """Returns the logs, and the rooms that should have moved on."""
    log = server.ask(
        "SELECT code, e.n, e.epoch, at, body, words FROM rooms_entry e JOIN rooms_room r ON r.id = e.room_id ORDER BY 1, 2"
    )
    overdue = server.ask(f"SELECT code FROM rooms_room WHERE deadline_at < {time.time() - 5}")
    kept = [Kept(code, n, epoch, at, event(body), words) for code, n, epoch, at, body, words in log]
    return kept, [code for (code,) in overdue]


def event(body: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body)
    return found


@contextlib.contextmanager
def server_on(setup: str, workers: int) -> Iterator[LiveServer]:
    """Runs a server of that kind, with what it needs, until the block ends."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        if setup == "sqlite":
            server = LiveServer(Path(folder) / "data")
        else:
            helpers = Postgres(), Valkey()
            for one in helpers:
                stack.callback(one.remove)
                one.start()
            server = Cluster(Path(folder) / "data", *helpers, workers=workers)
        stack.callback(server.kill)
        server.start()
        yield server


def main() -> None:
    parser = argparse.ArgumentParser(description="Let trouble befall a server while people act.")
    parser.add_argument("--setup", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--troubles", type=int, default=200)
    parser.add_argument("--rooms", type=int, default=4)
    parser.add_argument("--workers", type=int, default=4, help="of the server on PostgreSQL and Valkey")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with server_on(asked.setup, asked.workers) as server:
        troubles = of_many(server, random.Random(asked.seed)) if isinstance(server, Cluster) else of_one(server)
        faults = asyncio.run(storm(server, troubles, count=asked.troubles, rooms=asked.rooms, seed=asked.seed))
    for fault in faults[:40]:
        print(*fault)
    found = Counter(fault.kind for fault in faults)
    print(
        f"{asked.troubles} troubles: " + (", ".join(f"{count} {kind}" for kind, count in found.items()) or "no fault")
    )
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
