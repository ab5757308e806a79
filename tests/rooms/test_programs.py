"""A stranger's program sits at a seat by a token: under everybody's rules, seen as a program, and named where it hinders others."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from django.contrib.auth.models import User
from django.test import Client as Browser

from game.decisions import Ready, Start
from game.play import Settings
from negotiation.rooms import conduct, people, plays, programs, pump, services
from negotiation.rooms.conduct import Conduct, Trouble
from negotiation.rooms.creation import Wish, create
from negotiation.rooms.database import db
from negotiation.rooms.models import Delegate, Entry, Room
from tests.rooms.cast import new_id
from tests.rooms.client import Client


class Program(Client):
    """A socket that bears a token, as a program opens it: without cookies and without an Origin."""

    def __init__(self, code: str, token: str | None, origin: str = "") -> None:
        super().__init__(code, None)
        headers = [(b"host", b"localhost"), (b"authorization", f"Bearer {token}".encode())]
        self.socket.scope["headers"] = headers + ([(b"origin", origin.encode())] if origin else [])


class Host:
    """A room for three that Ann made without an account and sits in for China; Japan is a bot's."""

    def __init__(self, preset: str | None = None) -> None:
        room = create(wish=Wish(Settings(scenario="cjk", preset=preset, crises=False), bots={"JP": "tft"}))
        self.pk, self.code = room.pk, room.code
        self.ann = people.join(room_id=room.pk, name="Ann", seat="CN", is_host=True)
        self.bob = people.join(room_id=room.pk, name="Bob", seat=None)

    def post(self, joined: people.Joined | None = None, **fields: Any) -> Any:
        browser = Browser()
        browser.cookies["seat"] = (joined or self.ann).token
        return browser.post(f"/r/{self.code}/program/", fields)

    def start(self) -> None:
        by = services.who(Delegate.objects.get(pk=self.ann.delegate.pk))
        assert services.act(room_id=self.pk, by=by, decision=Start(), act_id=new_id(), epoch=0).ok

    def trouble(self, number: int) -> str:
        return Delegate.objects.get(room=self.pk, number=number).trouble


Enter = Callable[[Client], Client]


@pytest_asyncio.fixture(loop_scope="session")
async def enter() -> AsyncIterator[Enter]:
    """Takes sockets in, to be closed at the end."""
    entered: list[Client] = []

    def take(client: Client) -> Client:
        entered.append(client)
        return client

    yield take
    for client in entered:
        await client.close()


@pytest.fixture
def host(fresh: None) -> Host:
    return Host()


def test_a_host_makes_a_token_that_is_shown_once_and_kept_as_a_digest(host: Host) -> None:
    made = host.post(seat="KR", name="Deep Thought").json()
    assert made["ok"]
    found = people.delegate_with(host.code, made["token"], is_program=True)
    assert found is not None
    assert (found.seat, found.name, found.number) == ("KR", "Deep Thought", made["id"])
    row = " ".join(str(value) for value in Delegate.objects.filter(pk=found.pk).values_list()[0])
    assert made["token"] not in row
    page = Browser()
    page.cookies["seat"] = host.ann.token
    assert made["token"] not in page.get(f"/r/{host.code}/").content.decode()


def test_only_who_runs_or_made_the_room_lets_programs_in_or_ends_them(host: Host) -> None:
    made = host.post(seat="KR", name="Eve").json()
    for fields in ({"seat": "JP", "name": "Mallory"}, {"end": made["id"]}):
        assert host.post(host.bob, **fields).status_code == 403
    assert Delegate.objects.filter(room=host.pk, is_program=True, left_at=None).count() == 1


@pytest.mark.parametrize(
    ("seat", "name"), [("CN", "Taken"), ("XX", "Nowhere"), ("", "Nothing"), ("KR", ""), ("KR", "a\x07b"), ("KR", "ann")]
)
def test_a_seat_that_is_not_free_or_a_name_that_cannot_be_shown_is_refused_with_a_sentence(
    host: Host, seat: str, name: str
) -> None:
    answer = host.post(seat=seat, name=name)
    assert answer.status_code == 422
    assert len(answer.json()["error"]) > 10


def test_a_program_relieves_a_bot_and_nobody_ends_a_person_in_this_way(host: Host) -> None:
    assert host.post(seat="JP", name="Relief").json()["ok"]
    assert host.post(end=host.bob.delegate.number).status_code == 404
    assert Delegate.objects.get(pk=host.bob.delegate.pk).left_at is None


def test_a_program_ends_with_the_host_who_let_it_in(host: Host) -> None:
    token = host.post(seat="KR", name="Deep Thought").json()["token"]
    people.leave(delegate=host.bob.delegate)
    assert people.delegate_with(host.code, token, is_program=True)
    people.leave(delegate=host.ann.delegate)
    assert people.delegate_with(host.code, token, is_program=True) is None
    play = plays.fold(Room.objects.get(pk=host.pk))
    assert [play.holder(seat) for seat in ("CN", "KR")] == ["vacant", "vacant"]


def test_a_program_ends_with_the_account_of_the_facilitator_and_not_with_a_logout(fresh: None) -> None:
    owner = User.objects.create_user("tess", password="wide-river-42")
    room = create(wish=Wish(Settings(scenario="cjk")), owner=owner)
    browser = Browser()
    browser.force_login(owner)
    browser.get(f"/r/{room.code}/")
    token = browser.post(f"/r/{room.code}/program/", {"seat": "KR", "name": "Deep Thought"}).json()["token"]

    def program() -> Delegate | None:
        return people.delegate_with(room.code, token, is_program=True)

    browser.post("/accounts/logout/")
    found = program()
    assert found is not None
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert program() is None, "even where nothing tells of it"
    act = {"decision": Ready(), "act_id": new_id(), "epoch": 0}
    with pytest.raises(services.Gone):
        services.act(room_id=room.pk, by=services.who(found), **act)
    owner.save()
    assert program() is not None
    owner.is_active = False
    owner.save()
    assert Delegate.objects.get(pk=found.pk).left_at is not None


async def test_a_token_opens_the_socket_as_a_bearer_alone_and_a_cookie_opens_none_as_a_bearer(
    host: Host, enter: Enter
) -> None:
    made = await db(programs.let_in, room_id=host.pk, name="Relay", seat="KR")
    program = await enter(Program(host.code, made.token)).open()
    assert program.sections["own"]["seat"] == "KR"
    for wrong in (Client(host.code, made.token), Program(host.code, host.ann.token), Program(host.code, "nothing")):
        connected, _ = await enter(wrong).socket.connect(timeout=5)
        assert connected
        assert await wrong.closed() == 4001
    elsewhere = enter(Program(host.code, made.token, origin="http://elsewhere.example"))
    connected, _ = await elsewhere.socket.connect(timeout=5)
    assert not connected


async def test_all_see_that_it_is_a_program_and_whether_it_is_there(host: Host, enter: Enter) -> None:
    made = await db(programs.let_in, room_id=host.pk, name="Relay", seat="KR")
    bob = await enter(Client(host.code, host.bob.token)).open()

    def shown() -> Any:
        return next(one for one in bob.sections["people"]["people"] if one["seat"] == "KR")

    assert (shown().get("program"), shown()["here"]) == (True, False)
    await enter(Program(host.code, made.token)).open()
    await bob.hear("update")
    assert (shown()["program"], shown()["here"]) == (True, True)
    assert not any("program" in one for one in bob.sections["people"]["people"] if one["seat"] != "KR")


async def test_a_token_that_is_ended_closes_the_socket_and_opens_no_other(host: Host, enter: Enter) -> None:
    made = await db(programs.let_in, room_id=host.pk, name="Relay", seat="KR")
    program = await enter(Program(host.code, made.token)).open()
    assert (await db(host.post, end=made.delegate.number)).json()["ok"]
    assert await program.closed() == 4001
    again = enter(Program(host.code, made.token))
    await again.socket.connect(timeout=5)
    assert await again.closed() == 4001


LIES = {
    "an act for another seat": ({"type": "vote", "text": "1a", "choice": "yes", "seat": "CN"}, "malformed"),
    "what only a facilitator may do": ({"type": "end"}, "not_yours"),
    "a holder of its liking": ({"type": "appoint", "seat": "JP", "holder": "vacant"}, "not_yours"),
}  # fmt: skip


@pytest.mark.parametrize(("decision", "code"), LIES.values(), ids=LIES)
async def test_a_program_that_lies_gets_the_ordinary_refusal(
    host: Host, enter: Enter, decision: dict[str, Any], code: str
) -> None:
    made = await db(programs.let_in, room_id=host.pk, name="Liar", seat="KR")
    await db(host.start)
    before = (await db(Room.objects.get, pk=host.pk)).n
    program = await enter(Program(host.code, made.token)).open()
    answer = await program.act(decision)
    assert answer["refusal"]["code"] == code
    # Japan's bot goes on meanwhile; of what was asked for, nothing has happened.
    since = await db(lambda: set(Entry.objects.filter(room_id=host.pk, n__gt=before).values_list("kind", flat=True)))
    assert not since & {"voted", "ended", "seated"}


async def test_a_package_in_anothers_name_is_tabled_in_the_own(host: Host, enter: Enter) -> None:
    made = await db(programs.let_in, room_id=host.pk, name="Liar", seat="KR")
    await db(host.start)
    program = await enter(Program(host.code, made.token)).open()
    package = {"sponsor": "CN", "institution": {"id": "dialogue"}}
    answer = await program.act({"type": "propose", "package": package})
    await program.until_n(answer["n"])
    assert program.events("proposed")[0]["package"]["sponsor"] == "KR"


async def test_whoever_forges_sections_or_tries_others_acts_is_named_to_the_host_alone(
    host: Host, enter: Enter
) -> None:
    made = await db(programs.let_in, room_id=host.pk, name="Liar", seat="KR")
    await db(host.start)
    ann, bob = (
        await enter(Client(host.code, host.ann.token)).open(),
        await enter(Client(host.code, host.bob.token)).open(),
    )
    program = await enter(Program(host.code, made.token)).open()
    forged = json.dumps({"type": "update", "sections": {"world": {}}, "entries": []})
    for _ in range(6):
        await program.send(forged)
        assert (await program.hear("error"))["refusal"]["code"] == "unknown_type"
    async with asyncio.timeout(5):
        while not (told := ann.sections["people"].get("troubles")):
            await ann.hear("update")
    assert [(one["id"], one["what"]) for one in told] == [(made.delegate.number, "unreadable")]
    late = await enter(Client(host.code, host.bob.token)).open()
    assert "troubles" not in late.sections["people"]
    assert "troubles" not in bob.sections["people"]


async def test_a_program_that_floods_is_cut_off_named_and_let_in_again(host: Host, enter: Enter) -> None:
    made = await db(programs.let_in, room_id=host.pk, name="Flood", seat="KR")
    program = await enter(Program(host.code, made.token)).open()
    for _ in range(400):
        await program.send({"type": "ack", "n": 0})
    assert await program.closed() == 4029
    async with asyncio.timeout(5):
        while await db(host.trouble, made.delegate.number) != "flood":  # noqa: ASYNC110 (a row of the database)
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)  # as docs/protocol.md says: come back slower
    again = await enter(Program(host.code, made.token)).open()
    assert again.sections["own"]["seat"] == "KR"


async def test_a_program_that_draws_nothing_is_cut_off_and_named_and_the_clock_goes_on_without_it(
    fresh: None, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = await db(Host, "starter15")
    monkeypatch.setattr(pump, "PATIENCE", 0.3)
    made = await db(programs.let_in, room_id=host.pk, name="Stone", seat="KR")
    program = Program(host.code, made.token)
    program.acks = False
    enter(program)
    await program.open()
    await db(host.start)
    assert await program.closed() == 4008
    async with asyncio.timeout(5):
        while await db(host.trouble, made.delegate.number) != "slow":  # noqa: ASYNC110 (a row of the database)
            await asyncio.sleep(0.02)
    play = await db(lambda: plays.fold(Room.objects.get(pk=host.pk)))
    for _ in range(8):
        if play.phase == "orders" or play.deadline_at is None:
            break
        await db(services.tick, room_id=host.pk, now=play.deadline_at + 2)
        play = await db(lambda: plays.fold(Room.objects.get(pk=host.pk)))
    assert play.phase == "orders", "nobody waited for it longer than its clock"


def test_a_few_mistakes_are_nobodys_business_and_a_flood_is_told_once() -> None:
    own = Conduct()
    most = conduct.BORNE[Trouble.UNREADABLE]
    assert not any(own.is_news(Trouble.UNREADABLE, 0.0) for _ in range(most))
    assert own.is_news(Trouble.UNREADABLE, 0.0)
    assert not any(own.is_news(Trouble.UNREADABLE, 1.0) for _ in range(100))
    assert not own.is_news(Trouble.FLOOD, 1.0)
    assert own.is_news(Trouble.FLOOD, conduct.AGAIN)
