"""What a socket says and hears: every message is answered, nothing closes it but its own person's fate."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

import msgspec
import pytest
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import User

from game.clauses import Hollow
from game.decisions import Appoint, GiveOrder, Propose, Say
from game.play import Settings
from game.records import Order
from negotiation.asgi import application
from negotiation.rooms import clock, creation, feed, people, plays, pump
from negotiation.rooms.boot import first_view
from negotiation.rooms.creation import Wish
from negotiation.rooms.database import db
from negotiation.rooms.messages import ANSWERS, RefusalView
from negotiation.rooms.models import Delegate, Presence, Room
from tests.rooms.cast import TALKS, Table, new_id
from tests.rooms.conftest import Connect

SAY = {"type": "say", "text": "Good morning."}


@pytest.fixture
def table(fresh: None) -> Table:
    return Table()


def token(table: Table, name: str) -> str:
    return table.joined[name].token


async def test_a_socket_gets_the_whole_view_of_its_seat(table: Table, connect: Connect) -> None:
    bob = await connect(await db(lambda: table.code), token(table, "bob")).open()
    assert bob.welcomes == 1
    assert bob.sections["own"]["seat"] == "JP"
    assert bob.sections["people"]["me"] == 2
    assert [person["name"] for person in bob.sections["people"]["people"]] == ["Alice", "Bob", "Carol"]
    assert "seats" not in bob.sections


async def test_an_act_is_answered_and_reaches_everybody(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    alice = await connect(code, token(table, "alice")).open()
    dora = await connect(code, token(table, "dora")).open()
    answer = await alice.act(SAY)
    assert answer["ok"]
    await alice.until_n(answer["n"])
    await dora.until_n(dora.n + 1)
    assert dora.events("said")[-1]["text"] == "Good morning."


async def test_a_resent_act_gets_the_same_answer(table: Table, connect: Connect) -> None:
    alice = await connect(await db(lambda: table.code), token(table, "alice")).open()
    act_id = new_id()
    assert await alice.act(SAY, id=act_id) == await alice.act(SAY, id=act_id)


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "7", "[" * 3000, '{"type":"cheat"}', '{"type":"ack","n":-1}', "x" * 20_000, '{"type":"hello","protocol":9}'],
)  # fmt: skip
async def test_what_cannot_be_read_is_answered_and_the_socket_stays_open(
    table: Table, connect: Connect, text: str
) -> None:
    alice = await connect(await db(lambda: table.code), token(table, "alice")).open()
    n = (await db(lambda: table.room)).n
    await alice.send(text)
    assert (await alice.hear("error"))["refusal"]["code"]
    assert (await db(lambda: table.room)).n == n
    assert (await alice.act(SAY))["ok"]


async def test_binary_is_answered_and_the_socket_stays_open(table: Table, connect: Connect) -> None:
    alice = await connect(await db(lambda: table.code), token(table, "alice")).open()
    await alice.socket.send_to(bytes_data=b"\x00\x01")
    assert (await alice.hear("error"))["refusal"]["code"] == "malformed"
    assert (await alice.act(SAY))["ok"]


async def test_an_act_late_for_its_epoch_or_from_the_wrong_seat_is_answered(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    alice = await connect(code, token(table, "alice")).open()
    dora = await connect(code, token(table, "dora")).open()
    assert (await alice.act(SAY, epoch=7))["refusal"]["code"] == "stale_epoch"
    assert (await alice.act({"type": "advance"}))["refusal"]["code"] == "not_yours"
    assert (await dora.act(SAY))["refusal"]["code"] == "watching"


async def test_too_many_acts_are_refused_with_how_long_to_wait(table: Table, connect: Connect) -> None:
    alice = await connect(await db(lambda: table.code), token(table, "alice")).open()
    for _ in range(12):
        await alice.send({"type": "act", "id": new_id(), "epoch": 0, "decision": SAY})
    answers = [await alice.hear("answer") for _ in range(12)]
    refused = [answer["refusal"] for answer in answers if not answer["ok"]]
    assert refused
    assert {refusal["code"] for refusal in refused} == {"too_fast"}
    assert refused[0]["params"]["seconds"] > 0


async def test_a_flood_closes_the_socket(table: Table, connect: Connect) -> None:
    alice = await connect(await db(lambda: table.code), token(table, "alice")).open()
    for _ in range(400):
        await alice.send({"type": "ack", "n": 0})
    assert await alice.closed() == 4029


async def test_a_client_that_comes_back_gets_only_what_it_lacks(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    bob = await connect(code, token(table, "bob")).open()
    epoch, last = bob.epoch, bob.n
    await bob.close()
    await db(table.act, "alice", Say("You missed this."))
    back = connect(code, token(table, "bob"))
    back.entries, back.n = bob.entries, bob.n
    await back.open(epoch=epoch, last=last)
    assert back.welcomes == 0
    assert back.n == last + 1
    assert back.events("said")[-1]["text"] == "You missed this."


async def test_a_client_that_comes_back_to_a_fresh_process_gets_only_what_it_lacks(
    table: Table, connect: Connect
) -> None:
    code = await db(lambda: table.code)
    bob = await connect(code, token(table, "bob")).open()
    epoch, last = bob.epoch, bob.n
    await bob.close()
    await db(table.act, "alice", Say("You missed this."))
    feed.close_all()
    plays.forget_all()
    back = connect(code, token(table, "bob"))
    back.entries, back.n = bob.entries, bob.n
    await back.open(epoch=epoch, last=last)
    assert (back.welcomes, back.n) == (0, last + 1)
    assert back.events("said")[-1]["text"] == "You missed this."


@pytest.mark.parametrize(("epoch", "last"), [(0, 9_999), (5, 3), (None, 0)])
async def test_a_client_that_cannot_resume_gets_the_whole_view(
    table: Table, connect: Connect, epoch: int | None, last: int
) -> None:
    bob = await connect(await db(lambda: table.code), token(table, "bob")).open(epoch=epoch, last=last)
    assert bob.welcomes == 1


async def test_a_private_talk_changes_nothing_for_a_third_seat_but_that_they_met(
    table: Table, connect: Connect
) -> None:
    code = await db(lambda: table.code)
    alice = await connect(code, token(table, "alice")).open()
    carol = await connect(code, token(table, "carol")).open()
    before = carol.n
    for i in range(5):
        assert (await alice.act({"type": "say", "text": f"classified {i}", "to": ["JP"]}))["ok"]
    await carol.until_n(before + 1)
    assert carol.entries[-1]["event"] == {"type": "met", "seats": ["CN", "JP"]}
    assert await carol.nothing()
    assert carol.n == before + 1
    assert "classified" not in json.dumps([carol.entries, carol.sections])


async def test_a_team_sees_what_a_member_did_and_others_do_not(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    await db(table.until, "orders")
    alice = await connect(code, token(table, "alice")).open()
    bob = await connect(code, token(table, "bob")).open()
    await db(table.act, "alice", GiveOrder(Order(posture=1)))
    while not alice.events("ordered"):
        await alice.hear("update")
    assert alice.events("ordered")[-1]["by"] == 1
    assert alice.sections["own"]["order"]["posture"] == 1
    while bob.entries[-1]["event"]["type"] != "readied":
        await bob.hear("update")
    assert bob.entries[-1]["event"] == {"type": "readied", "seat": "CN", "ready": True}


async def test_game_over_brings_a_whole_view_of_a_new_epoch(table: Table, connect: Connect) -> None:
    bob = await connect(await db(lambda: table.code), token(table, "bob")).open()
    await db(table.play_all)
    while bob.epoch == 0:
        await bob.hear("welcome", "update")
    assert bob.welcomes == 2
    assert len(bob.sections["outcome"]["seed"]) == 32
    room = await db(lambda: table.room)
    assert bob.sections == (await db(lambda: first_view(room, table.play, "JP", 2)))["sections"]


async def test_a_strangers_socket_is_closed_with_the_reason(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    other = await db(Table)
    for room, key in ((code, None), (code, "guess"), ("AAAAAAAA", "guess"), (code, token(other, "alice"))):
        mallory = connect(room, key)
        await mallory.socket.connect()
        assert await mallory.closed() == 4001


async def test_a_socket_of_another_site_is_refused(table: Table, connect: Connect) -> None:
    client = connect(await db(lambda: table.code), token(table, "alice"))
    client.socket.scope["headers"] = [
        (name, b"http://evil.example" if name == b"origin" else value) for name, value in client.socket.scope["headers"]
    ]
    connected, _ = await client.socket.connect()
    assert not connected


async def test_a_socket_at_a_wrong_address_is_refused_without_a_complaint(caplog: pytest.LogCaptureFixture) -> None:
    headers = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
    connected, _ = await WebsocketCommunicator(application, "/r/../admin/ws/", headers=headers).connect()
    assert not connected
    assert not caplog.records


async def test_the_socket_of_somebody_who_was_removed_closes(table: Table, connect: Connect) -> None:
    bob = await connect(await db(lambda: table.code), token(table, "bob")).open()
    delegate = await db(Delegate.objects.get, pk=table.joined["bob"].delegate.pk)
    await db(people.leave, delegate=delegate)
    assert await bob.closed() == 4001


@pytest.mark.parametrize("end", ["disabled", "new password", "deleted"])
async def test_the_socket_of_a_facilitator_closes_with_the_account(connect: Connect, fresh: None, end: str) -> None:
    def open_room() -> tuple[User, str, str]:
        user = User.objects.create_user("teacher", password="an old one")
        room = creation.create(wish=Wish(Settings(scenario="cjk")), owner=user)
        return user, room.code, people.facilitate(room_id=room.pk, user=user).token

    def finish(user: User) -> None:
        if end == "deleted":
            user.delete()
        elif end == "disabled":
            user.is_active = False
            user.save()
        else:
            user.set_password("a new one")
            user.save()

    user, code, token = await db(open_room)
    teacher = await connect(code, token).open()
    await db(user.save)
    assert (await teacher.act(SAY))["ok"], "another change of the account ends nothing"
    await db(finish, user)
    assert await teacher.closed() == 4001


async def test_a_person_has_four_sockets(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    for _ in range(4):
        await connect(code, token(table, "bob")).open()
    fifth = connect(code, token(table, "bob"))
    await fifth.socket.connect()
    assert await fifth.closed() == 4009


async def test_everybody_sees_who_is_here(table: Table, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "AWAY", 0.05)
    code = await db(lambda: table.code)
    alice = await connect(code, token(table, "alice")).open()
    bob = await connect(code, token(table, "bob")).open()

    def here() -> list[str]:
        return [person["name"] for person in alice.sections["people"]["people"] if person["here"]]

    while here() != ["Alice", "Bob"]:
        await alice.hear("update")
    await bob.close()
    while here() != ["Alice"]:
        await alice.hear("update")


async def test_a_room_with_somebody_in_it_is_never_idle(table: Table, connect: Connect) -> None:
    """As when the machine's clock is put right by a day while people play."""
    code = await db(lambda: table.code)
    bob = await connect(code, token(table, "bob")).open()
    await db(lambda: Room.objects.update(active_at="2020-01-01T00:00:00Z", origin="10.0.0.1", owner=None))
    assert await db(clock.clean) == 0
    feed.close_all()
    await db(lambda: Presence.objects.create(room_id=table.room.pk, worker="another", numbers=[2], until=0.0))
    assert await db(clock.clean) == 0
    await db(lambda: Presence.objects.all().delete())
    assert await db(clock.clean) == 1
    await bob.close()


async def test_a_client_that_draws_nothing_is_cut_off(
    table: Table, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pump, "PATIENCE", 0.3)
    code = await db(lambda: table.code)
    bob = connect(code, token(table, "bob"))
    bob.acks = False
    await bob.open()
    # It talks all the time, as the one did that daphne's own ping never noticed.
    await bob.send({"type": "beat", "n": 0, "digests": {}})
    assert await bob.closed() == 4008


async def test_a_client_may_wait_with_its_ack_and_still_hears_the_beat(
    table: Table, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pump, "BEAT", 0.2)
    bob = connect(await db(lambda: table.code), token(table, "bob"))
    bob.acks = False
    await bob.open()
    for i in range(3):
        await db(table.act, "alice", Say(f"{i}"))
    while len(bob.events("said")) < 3:
        await bob.hear("update")
    beat = await bob.hear("beat")
    await bob.send({"type": "beat", "n": beat["n"], "digests": beat["digests"]})
    bob.acks = True
    await bob.send({"type": "ack", "n": bob.n})
    assert (await bob.act(SAY))["ok"]
    assert bob.welcomes == 1


async def test_a_socket_that_says_no_hello_costs_nothing_while_it_waits(
    table: Table, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pump, "BEAT", 0.1)
    looks: list[None] = []
    monkeypatch.setattr(feed.Feed, "is_current", lambda *_: looks.append(None) or True)
    bob = connect(await db(lambda: table.code), token(table, "bob"))
    await bob.socket.connect(timeout=5)
    await asyncio.sleep(0.5)
    assert len(looks) < 20


async def test_what_is_in_flight_is_bounded_and_nothing_is_lost(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    bob = connect(code, token(table, "bob"))
    await bob.open()
    bob.acks = False
    for i in range(200):
        await db(table.act, "alice", Say(f"{i}"))
    await asyncio.sleep(0.3)
    while not await bob.nothing(0.05):
        await bob._take(json.loads(await bob.socket.receive_from()))
    assert 0 < len(bob.events("said")) < 200
    bob.acks = True
    await bob.send({"type": "ack", "n": bob.n})
    while len(bob.events("said")) < 200:
        await bob.hear("update", "welcome")
    assert [event["text"] for event in bob.events("said")] == [str(i) for i in range(200)]


async def test_who_asks_for_the_whole_view_again_and_again_gets_no_more_than_is_drawn(
    table: Table, connect: Connect
) -> None:
    bob = connect(await db(lambda: table.code), token(table, "bob"))
    bob.acks = False
    await bob.open()
    for _ in range(60):
        await bob.send({"type": "hello", "protocol": 1})
        await asyncio.sleep(0.005)
    heard = [json.loads(await bob.socket.receive_from()) for _ in range(60) if not await bob.nothing(0.02)]
    kinds = Counter(message["type"] for message in heard)
    assert kinds["welcome"] < pump.FRAMES
    assert heard[-1]["refusal"]["code"] == "too_fast"
    await bob.send({"type": "ack", "n": bob.n})
    await bob.hear("welcome")


async def test_a_beat_is_echoed_once(
    table: Table, connect: Connect, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pump, "BEAT", 0.2)
    bob = await connect(await db(lambda: table.code), token(table, "bob")).open()
    await bob.hear("beat")
    for _ in range(20):
        await bob.send({"type": "beat", "n": 0, "digests": {"world": "other"}})
    await bob.hear("beat")
    assert bob.welcomes == 2
    assert caplog.text.count("diverged") == 1


async def test_a_beat_comes_with_digests_and_a_wrong_echo_brings_the_whole_view(
    table: Table, connect: Connect, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pump, "BEAT", 0.2)
    bob = await connect(await db(lambda: table.code), token(table, "bob")).open()
    beat = await bob.hear("beat")
    assert set(beat["digests"]) == set(bob.sections)
    await bob.send({"type": "beat", "n": beat["n"], "digests": beat["digests"]})
    assert (await bob.hear("beat"))["digests"] == beat["digests"]
    await bob.send({"type": "beat", "n": beat["n"], "digests": {"world": "other"}})
    await bob.hear("welcome")
    assert "diverged" in caplog.text


async def test_a_commit_that_rang_no_bell_is_found_by_the_poll(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    bob = await connect(code, token(table, "bob")).open()
    from negotiation.rooms import bell

    heard, bell._here = bell._here, {}
    await db(table.act, "alice", Say("In silence."))
    bell._here = heard
    assert await bob.nothing()
    await feed.poll()
    await bob.hear("update")
    assert bob.events("said")[-1]["text"] == "In silence."


async def test_the_clock_fires_a_deadline_and_everybody_hears_of_it(connect: Connect, fresh: None) -> None:
    table = await db(Table, clock=True)
    play = await db(lambda: table.play)
    bob = await connect(await db(lambda: table.code), token(table, "bob")).open()
    from game.decisions import Extend

    left = play.deadline_at - play.began_at
    assert (await db(table.facilitate, Extend(-int(left) + 1))).ok
    async with asyncio.timeout(10):
        while bob.sections["room"]["phase_no"] == play.phase_no:
            await clock.fire_due()
            if not await bob.nothing(0.2):
                await bob._take(json.loads(await bob.socket.receive_from()))


async def test_what_a_draft_and_a_text_are_worth_is_answered_in_the_published_form(
    table: Table, connect: Connect
) -> None:
    await db(table.act, "carol", Propose(TALKS))
    bob = await connect(await db(lambda: table.code), token(table, "bob")).open()
    waits = {"by": "JP", "kind": "pay", "to": "CN", "amount": 0.2, "rounds": 1, "if": [1]}
    draft = {"sponsor": "JP", "duties": [{"by": "CN", "kind": "cap", "amount": 0}, waits]}
    checked = await bob.ask({"type": "check", "package": draft})
    assert msgspec.convert(checked["answer"], ANSWERS["check"]).hollow == (Hollow(2, 2),)
    weighed = await bob.ask({"type": "weigh", "text": "1a"})
    assert msgspec.convert(weighed["answer"], ANSWERS["weigh"]).rounds == 3
    carol = await connect(await db(lambda: table.code), token(table, "carol")).open()
    second = await carol.ask({"type": "check", "package": {"sponsor": "KR", "institution": {"id": "dialogue"}}})
    told = msgspec.convert(second["answer"], ANSWERS["check"])
    assert (told.allowed, told.hindrance) == (False, RefusalView("one_main_text", {"id": "1a"}))
    bad = await carol.ask(
        {"type": "check", "package": {"sponsor": "KR", "duties": [{"by": "KR", "kind": "cap", "amount": 99}]}}
    )
    assert not bad["ok"], "what is a fault of the package is refused, as before"


async def test_questions_are_answered_and_change_nothing(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    await db(table.play_round)
    bob = await connect(code, token(table, "bob")).open()
    n = (await db(lambda: table.room)).n
    why = await bob.ask({"type": "why", "round": 1})
    assert why["ok"]
    assert sum(cause["change"] for cause in why["answer"]["causes"]) == pytest.approx(
        why["answer"]["after"] - why["answer"]["before"], abs=1e-9
    )
    assert (await bob.ask({"type": "why", "round": 9}))["refusal"]["code"] == "no_such_round"
    assert (await bob.ask({"type": "why", "round": 1, "seat": "CN"}))["refusal"]["code"] == "not_yours"
    empty = await bob.ask({"type": "check", "package": {"sponsor": "JP"}})
    assert empty["refusal"]["code"] == "empty_package"
    assert (await bob.ask({"type": "cost", "order": {"posture": 1}}))["ok"]
    weighed = await bob.ask({"type": "weigh", "text": "1a"})
    checked = await bob.ask({"type": "check", "package": {"sponsor": "JP", "institution": {"id": "exchange"}}})
    assert weighed["answer"]["rounds"] == 3
    assert checked["answer"]["hindrance"]["code"] == "not_now", "it cannot be tabled now"
    assert not checked["answer"]["allowed"]
    assert checked["answer"]["forecast"]["rounds"] == 3, "but weighed at any time"
    assert (await bob.ask({"type": "weigh", "text": "9z"}))["refusal"]["code"] == "unknown_text"
    page = await bob.ask({"type": "record", "before": bob.n, "limit": 3})
    assert [entry["n"] for entry in page["answer"]["entries"]] == [bob.n - 3, bob.n - 2, bob.n - 1]
    assert page["answer"]["entries"] == bob.entries[-4:-1]
    first = await bob.ask({"type": "record", "before": 3, "limit": 50})
    assert [entry["n"] for entry in first["answer"]["entries"]] == [1, 2]
    assert not first["answer"]["more"]
    assert (await db(lambda: table.room)).n == n


async def test_a_person_whose_seat_goes_to_a_bot_sees_what_observers_see_until_it_is_given_back(
    table: Table, connect: Connect
) -> None:
    # given: Bob sits for Japan, and knows its mandate and what was said to it in private
    code = await db(lambda: table.code)
    await db(table.act, "alice", Say("Between us: the blue folder.", to=("JP",)))
    bob = await connect(code, token(table, "bob")).open()
    mandate = bob.sections["own"]["mandate"]
    before = bob.n

    # when a bot is put into the seat
    await db(table.facilitate, Appoint("JP", "bot:tft"))
    welcome = await bob.hear("welcome")

    # then all that was Japan's alone is gone, from the sections and from the record
    assert welcome["viewer"] == "observer"
    assert bob.sections["own"] is None
    assert bob.sections["may"] is None
    assert not any("blue folder" in json.dumps(entry) for entry in bob.entries)
    await db(table.act, "alice", Say("Between us: the red folder.", to=("JP",)))
    await db(table.act, "alice", Say("Good morning, all."))
    heard = ""
    while "Good morning, all." not in heard:
        heard += json.dumps(await bob.hear("update"))
    assert "red folder" not in heard
    assert (await bob.ask({"type": "why", "round": 1}))["refusal"]["code"] == "bot_sits"
    assert (await bob.ask({"type": "check", "package": {"sponsor": "JP"}}))["refusal"]["code"] == "bot_sits"

    # and a page loaded anew knows no more, nor does one that comes back with what it had
    again = await connect(code, token(table, "bob")).open()
    assert again.sections["own"] is None
    back = await connect(code, token(table, "bob")).open(epoch=0, last=before, viewer="JP")
    assert back.welcomes == 1
    assert back.sections["own"] is None
    boot = await db(lambda: first_view(table.room, table.play, table.who("bob").viewer(table.play), 2))
    assert boot["sections"]["own"] is None

    # when it is given back, all of it comes back
    await db(table.facilitate, Appoint("JP", "people"))
    assert (await bob.hear("welcome"))["viewer"] == "JP"
    assert bob.sections["own"]["mandate"] == mandate
    assert any("red folder" in json.dumps(entry) for entry in bob.entries)
    assert (await bob.act({"type": "ready"}))["ok"]
