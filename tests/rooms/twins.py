"""Twin: one of two games that differ only in what China does in secret, with everything that others are sent.

Both twins have the same seed and the same public script. What a viewer is sent is kept step by step, raw: frames in their
order, answers to its own acts and questions, pages and files. Instants, room codes and the digests of sealed orders
(commitments, which must differ) are written alike. Equal streams mean that the secret moved nothing.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client as Browser

from game.decisions import AnyDecision, Draft, GiveOrder, Propose, Ready, Say, Start, Vote
from game.records import Duty, Order, OrderedMeasure, Package
from negotiation.rooms import plays
from negotiation.rooms.database import db
from negotiation.rooms.masks import bit_of
from negotiation.rooms.models import Room
from tests.rooms.cast import HOLD_BACK, TALKS, Table
from tests.rooms.client import Client

SEED = "5eed" * 8
QUIET = 0.04
SEATS = ("CN", "JP", "KR")
WATCHERS = {"bob": "JP", "carol": "KR", "dora": "observer"}
MEASURES = ((), (OrderedMeasure("exchange", "KR"),), (OrderedMeasure("visit"), OrderedMeasure("radar")))
INSTANTS = re.compile(r"\b1[7-9]\d{8}(\.\d+)?|\d\d:\d\d:\d\d GMT")
DIGESTS = re.compile(r"""['\"]digests['\"]: ?\{[^}]*\}""")
# A page carries a form token that is new with each answer, and Django a header of the hour.
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')

Secret = list[AnyDecision | str]
"""What China does at one moment; ``"device"`` opens and closes a second page."""


class Twin:
    """One game. `streams` holds, for each watcher, a list of what came in each step."""

    def __init__(self, table: Table, code: str, luck: random.Random, secrets: list[Secret]) -> None:
        self.table, self.code, self.luck, self.secrets = table, code, luck, iter(secrets)
        self.streams: dict[str, list[list[str]]] = {name: [] for name in WATCHERS}
        self.clients = {name: Client(self.code, table.joined[name].token) for name in WATCHERS}
        self.china = Client(self.code, table.joined["alice"].token)
        """That somebody is here is public, so China always is."""

    async def begin(self) -> None:
        for client in (self.china, *self.clients.values()):
            await client.open()

    async def end(self) -> None:
        for client in (self.china, *self.clients.values()):
            await client.close()

    def tidy(self, text: str) -> str:
        for pattern, instead in ((INSTANTS, "0"), (DIGESTS, '"digests":{}'), (TOKENS, "token")):
            text = pattern.sub(instead, text)
        return text.replace(self.code, "ROOMCODE")

    async def settle(self) -> None:
        """Keeps what each watcher is sent until all of it is there and all is quiet."""
        counts = (await db(Room.objects.get, pk=self.table.pk)).counts
        await self.drain(self.china, 0)
        heard = await asyncio.gather(
            *(self.drain(client, counts[bit_of(SEATS, WATCHERS[name])]) for name, client in self.clients.items())
        )
        for stream, frames in zip(self.streams.values(), heard, strict=True):
            stream.append(frames)

    async def drain(self, client: Client, least: int) -> list[str]:
        frames = []
        while client.n < least or not await client.nothing(QUIET):
            text = await client.socket.receive_from(timeout=5)
            frames.append(self.tidy(text))
            await client._take(json.loads(text))
        return frames

    async def act(self, name: str, decision: AnyDecision) -> None:
        answer = await db(self.table.act, name, decision)
        assert answer.ok or name == "alice", answer
        await self.settle()

    async def secret(self) -> None:
        """Does what this twin's China does here."""
        for deed in next(self.secrets):
            if isinstance(deed, str):
                second = await Client(self.code, self.table.joined["alice"].token).open()
                await second.close()
            else:
                await db(self.table.act, "alice", deed)
        await self.settle()

    async def through(self, phase: str) -> None:
        """Lets all get ready, in turn, until the phase has come."""
        while (await db(lambda: self.table.play.phase)) != phase:
            for name in ("bob", "carol", "alice"):
                await self.act(name, Ready())

    async def probe(self, name: str) -> None:
        """Tries, as a watcher, all that might tell more than it should."""
        client, own = self.clients[name], self.streams[name]
        asked: list[dict[str, Any]] = [
            {"type": "record", "before": 99, "limit": 60},
            {"type": "record", "before": 9, "limit": 20},
        ]
        if name != "dora":
            asked += [{"type": "why", "round": 1}, {"type": "check", "package": {"sponsor": WATCHERS[name]}}]
        for i, question in enumerate(asked):
            await client.send({"type": "ask", "id": f"probe-{i:014d}", "question": question})
            own.append([self.tidy(str(await client.hear("reply")))])
        votes = [{"type": "vote", "text": text, "choice": "yes"} for text in ("1a", "1b", "9z")]
        for i, decision in enumerate([*votes, {"type": "say", "text": "Is anybody there?"}]):
            await client.send({"type": "act", "id": f"probing-{i:012d}", "epoch": 0, "decision": decision})
            own.append([self.tidy(str(await client.hear("answer")))])
        token = self.table.joined[name].token
        own.append(await db(self.pages, token))
        again = await Client(self.code, token).open()
        own.append([self.tidy(str([again.n, again.sections, again.entries]))])
        await again.close()
        await self.settle()

    def pages(self, token: str) -> list[str]:
        """Returns the room's page and files as the watcher's browser gets them, with their headers."""
        browser = Browser(headers={"host": "localhost"})
        browser.cookies["seat"] = token
        answers = [browser.get(f"/r/{self.code}/{path}") for path in ("", "log.json", "scores.csv", "debrief/")]
        return [
            # Of the length, the instants' digits are a part; the body itself is compared.
            self.tidy(f"{answer.status_code} {sorted({**answer.headers, 'Content-Length': ''}.items())} {body(answer)}")
            for answer in answers
        ]

    async def play(self) -> None:
        """Plays the script: two rounds, the second up to its orders, with six moments for secrets."""
        await self.settle()
        await self.secret()
        await self.act("bob", Say(f"Good morning {self.luck.random():.3f}."))
        await self.secret()
        await self.act("carol", Propose(self.luck.choice((TALKS, HOLD_BACK))))
        await self.through("vote")
        await self.secret()
        for name in ("bob", "carol"):
            await self.act(name, Vote("1a", self.luck.choice(("yes", "no", "abstain"))))
        await self.through("orders")
        await self.secret()
        for name in ("bob", "carol"):
            await self.act(name, GiveOrder(Order(measures=self.luck.choice(MEASURES[::2]))))
        await self.through("talk")
        await self.secret()
        await self.through("orders")
        await self.secret()
        for name in WATCHERS:
            await self.probe(name)


def body(answer: HttpResponse) -> str:
    return answer.content.decode()


def secrets_of(luck: random.Random) -> tuple[list[Secret], list[Secret]]:
    """Returns what each of two Chinas does at the six moments; what becomes public in the end is the same in both."""
    last = Order(posture=luck.choice((0, 1)), measures=luck.choice(MEASURES))
    others = [Order(posture=posture, measures=done) for posture in (-1, 2) for done in MEASURES]

    def talk() -> Secret:
        # That the two spoke in private is public; how often, and how long, is theirs.
        return [Say("x" * luck.choice((1, 20, 900)), to=("JP",)) for _ in range(luck.choice((1, 2, 9)))]

    def idle() -> Secret:
        drafts = [Draft(luck.choice((TALKS, HOLD_BACK, Package(sponsor="CN", duties=(Duty(by="JP", kind="admit"),)))))]
        wrong = [
            Vote("7z", "yes"),
            GiveOrder(Order(measures=(OrderedMeasure("tighten"), OrderedMeasure("missile_defence")))),
        ]
        return luck.sample([*drafts, *wrong, "device"], luck.randrange(4))

    def orders(final: Order | None) -> Secret:
        changes = [GiveOrder(luck.choice(others)) for _ in range(luck.choice((0, 1, 5)))]
        return [*changes, GiveOrder(final or luck.choice(others))]

    def china() -> list[Secret]:
        return [talk(), idle(), idle(), [*orders(last), *idle()], idle(), [*orders(None), *idle()]]

    return china(), china()


async def streams(seed: int, secrets: list[Secret], blind: tuple[str, ...] = ("bob",)) -> dict[str, list[list[str]]]:
    """Plays one twin and returns what everybody but China, and whom China spoke to, was sent."""

    def make() -> tuple[Table, str]:
        table = Table(started=False)
        Room.objects.filter(pk=table.pk).update(seed=SEED)
        plays.forget_all()
        table.act("alice", Start())
        return table, table.code

    table, code = await db(make)
    twin = Twin(table, code, random.Random(seed), secrets)
    try:
        await twin.begin()
        await twin.play()
    finally:
        await twin.end()
    return {name: stream for name, stream in twin.streams.items() if name not in blind}
