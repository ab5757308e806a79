"""Order in a room beside its game: hidden messages, reports, raised hands, letters, forbidden words, votes inside a delegation."""

from __future__ import annotations

import asyncio
import json

import pytest
from django.test import Client as Browser

from game import rules
from game.decisions import Propose, Publish, Say, ThirdParty
from game.play import Settings
from negotiation.rooms import conduct, creation, exports, forgetting, house, people, plays, verification
from negotiation.rooms.conduct import Trouble
from negotiation.rooms.creation import Wish
from negotiation.rooms.database import db
from negotiation.rooms.log import is_whole, writing
from negotiation.rooms.models import Delegate, Entry, Letter, Report, Room
from tests.rooms.cast import TALKS, Table
from tests.rooms.conftest import Connect

UGLY = "You are all fools."


@pytest.fixture
def table(fresh: None) -> Table:
    return Table()


def said(table: Table, text: str) -> int:
    """Returns the place of an entry by its words."""
    return Entry.objects.get(room=table.pk, words=text).n


async def test_a_hidden_message_leaves_the_log_the_screens_and_those_who_come_later(
    table: Table, connect: Connect
) -> None:
    code = await db(lambda: table.code)
    alice, bob, carol = [await connect(code, table.joined[name].token).open() for name in ("alice", "bob", "carol")]
    await db(table.act, "alice", Say(UGLY))
    await db(table.act, "alice", Say("Between us: fools.", to=("JP",)))
    await bob.until_n(bob.n + 3)
    at = next(entry["at"] for entry in bob.entries if entry["event"].get("text") == UGLY)

    assert await db(house.hide, room_id=table.pk, entry=await db(said, table, UGLY)) == UGLY
    await carol.until_n(bob.n)
    assert carol.entries[-1]["event"] == {"type": "hidden", "seat": "CN", "at": at}
    private = await db(said, table, "Between us: fools.")
    before = carol.n
    await db(house.hide, room_id=table.pk, entry=private)
    await bob.until_n(bob.n + 1)
    assert await carol.nothing(), "that something private was hidden is not the third's to know"
    assert carol.n == before

    late = await connect(code, table.joined["bob"].token).open()
    everything = json.dumps(late.entries)
    assert "fools" not in everything
    assert "fools" not in (await page_of(code, table.joined["bob"].token))
    room = await db(lambda: table.room)
    assert await db(is_whole, room)
    await db(plays.forget_all)
    assert not (await db(lambda: verification.check_room(table.room))).wrong
    await alice.close()


async def page_of(code: str, token: str) -> str:
    def page() -> str:
        browser = Browser()
        browser.cookies["seat"] = token
        return browser.get(f"/r/{code}/").content.decode()

    return await db(page)


def test_what_is_not_a_message_cannot_be_hidden(table: Table) -> None:
    table.act("carol", Propose(TALKS))
    for entry in (0, 1, table.room.n, 10_000):
        with pytest.raises(house.NothingThere):
            house.hide(room_id=table.pk, entry=entry)
    table.act("alice", Say(UGLY))
    entry = said(table, UGLY)
    house.hide(room_id=table.pk, entry=entry)
    with pytest.raises(house.NothingThere):
        house.hide(room_id=table.pk, entry=entry)


def test_a_report_names_a_message_by_its_number_in_the_own_record(table: Table) -> None:
    table.act("alice", Say("Nobody else reads this.", to=("JP",)))
    table.act("alice", Say(UGLY))
    browser = Browser()
    browser.cookies["seat"] = table.joined["carol"].token
    # Carol does not see the private talk, so her numbers are others than the room's.
    shown = exports.game_log(table.room, table.play, "KR").entries
    n = next(one.n for one in shown if one.event.get("text") == UGLY)
    assert browser.post(f"/r/{table.code}/report/", {"n": n, "reason": "rude"}).status_code == 200
    assert browser.post(f"/r/{table.code}/report/", {"n": n, "reason": "again"}).status_code == 200
    (report,) = Report.objects.all()
    assert (report.entry, report.reason, report.is_settled) == (said(table, UGLY), "rude", False)
    for wrong in ("0", "99", "-1", "x", "1"):
        assert browser.post(f"/r/{table.code}/report/", {"n": wrong}).status_code == 404
    assert browser.get(f"/r/{table.code}/report/").status_code == 405
    assert Browser().post(f"/r/{table.code}/report/", {"n": n}).status_code == 302
    house.hide(room_id=table.pk, entry=report.entry)
    report.refresh_from_db()
    assert report.is_settled


def test_one_person_has_twenty_reports_open_and_no_more(table: Table) -> None:
    for k in range(21):
        assert table.act("alice", Say(f"{UGLY} {k}")).ok
    carol, play, shown = table.joined["carol"].delegate, table.play, table.room.counts[2]

    def report(back: int) -> None:
        house.report(delegate=carol, play=play, viewer="KR", n=shown - back, reason="rude")

    for back in range(20):
        report(back)
    with pytest.raises(house.NothingThere):
        report(20)
    house.report(delegate=table.joined["bob"].delegate, play=play, viewer="JP", n=shown, reason="rude")
    house.settle(room_id=table.pk, entry=said(table, f"{UGLY} 20"))
    report(20)
    assert Report.objects.filter(number=carol.number).count() == 21


async def test_a_raised_hand_is_seen_by_all_and_its_question_by_nobody_at_the_table(
    table: Table, connect: Connect
) -> None:
    code = await db(lambda: table.code)
    bob = await connect(code, table.joined["bob"].token).open()
    alice = await db(lambda: Delegate.objects.get(pk=table.joined["alice"].delegate.pk))
    await db(house.raise_hand, delegate=alice, question="What is a cap?")
    while not any(person.get("hand") for person in bob.sections["people"]["people"]):
        await bob.hear("update")
    hands = {person["name"]: person.get("hand", False) for person in bob.sections["people"]["people"]}
    assert hands == {"Alice": True, "Bob": False, "Carol": False}
    assert "cap?" not in json.dumps(bob.sections)
    await db(house.lower_hand, delegate=alice)
    while any(person.get("hand") for person in bob.sections["people"]["people"]):
        await bob.hear("update")


async def test_a_letter_reaches_one_person_on_every_device_and_nobody_else(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    alice, again, bob = [await connect(code, table.joined[name].token).open() for name in ("alice", "alice", "bob")]
    delegate = await db(lambda: Delegate.objects.get(pk=table.joined["alice"].delegate.pk))
    await db(house.write, delegate=delegate, text="You do well.")
    for device in (alice, again):
        while "letters" not in device.sections["people"]:
            await device.hear("update")
        assert [letter["text"] for letter in device.sections["people"]["letters"]] == ["You do well."]
    await db(table.act, "bob", Say("Hello"))
    await bob.until_n(bob.n + 1)
    assert "letters" not in bob.sections["people"]
    late = await connect(code, table.joined["alice"].token).open()
    assert late.sections["people"]["letters"][0]["text"] == "You do well."
    assert "You do well." in await page_of(code, table.joined["alice"].token)
    assert "You do well." not in await page_of(code, table.joined["bob"].token)
    await db(lambda: forgetting.forget(table.room))
    assert await db(Letter.objects.count) == 0


async def test_nobody_else_is_sent_anything_when_somebody_gets_a_letter_or_is_noted_as_trouble(
    table: Table, connect: Connect
) -> None:
    code = await db(lambda: table.code)
    alice, bob = [await connect(code, table.joined[name].token).open() for name in ("alice", "bob")]
    while not all(person["here"] for person in bob.sections["people"]["people"] if person["seat"] != "KR"):
        await bob.hear("update")
    await bob.nothing()
    delegate = await db(lambda: Delegate.objects.get(pk=table.joined["alice"].delegate.pk))
    await db(house.write, delegate=delegate, text="You do well.")
    while "letters" not in alice.sections["people"]:
        await alice.hear("update")
    assert await bob.nothing()
    await conduct.tell(table.pk, table.joined["carol"].delegate.number, Trouble.FLOOD)
    while "troubles" not in alice.sections["people"]:
        await alice.hear("update")
    assert await bob.nothing()
    # What all see afterwards passes nobody by.
    await db(house.raise_hand, delegate=delegate, question="?")
    for client in (alice, bob):
        while not any(person.get("hand") for person in client.sections["people"]["people"]):
            await client.hear("update")


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["fool"], "You FOOL!", "fool"),
        (["fool"], "foolish", None),
        (["fool"], "ＦＯＯＬ", "fool"),
        (["bad word"], "a bad word", "bad word"),
        (["笨蛋"], "你是笨蛋吧", "笨蛋"),
        (["바보"], "바보", "바보"),
        (["a+b"], "aab", None),
        ([], "anything", None),
    ],
)
def test_a_forbidden_word_is_found_as_people_write_it(words: list[str], text: str, found: str | None) -> None:
    assert house.Filter(house.words_of(words)).found_in(text) == found


async def test_a_forbidden_word_is_refused_by_name_and_nothing_is_said(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    alice = await connect(code, table.joined["alice"].token).open()
    await db(house.forbid, room_id=table.pk, words=["Fool", " ", "fool"])
    answer = await alice.act({"type": "say", "text": "you fool"})
    while answer["ok"]:  # the list reaches the socket's process with its next look
        await asyncio.sleep(0.25)  # or else whoever asks is too fast before that
        answer = await alice.act({"type": "say", "text": "you fool"})
    assert answer["refusal"] == {"code": "word_not_allowed", "params": {"word": "fool"}}
    assert (await alice.act({"type": "say", "text": "you foolish one"}))["ok"]
    assert (await db(lambda: Room.objects.get(pk=table.pk).forbidden)) == ["fool"]


def test_a_forbidden_name_is_refused_at_the_door(fresh: None) -> None:
    room = creation.create(wish=Wish(Settings(scenario="cjk"), forbidden=("fool",)))
    with pytest.raises(people.CannotJoin, match="fool"):
        people.join(room_id=room.pk, name="A fool", seat="KR")


async def test_a_delegation_of_two_signs_only_together(connect: Connect, fresh: None) -> None:
    def seated() -> tuple[Room, list[people.Joined]]:
        room = creation.create(wish=Wish(Settings(scenario="cjk", internal_vote=True), teams=True))
        names = (("Ann", "KR"), ("Ben", "KR"), ("Cho", "JP"), ("Dan", "CN"))
        return room, [people.join(room_id=room.pk, name=name, seat=seat, is_host=name == "Ann") for name, seat in names]

    room, joined = await db(seated)
    ann, ben, cho, dan = [await connect(room.code, one.token).open() for one in joined]
    assert (await ann.act({"type": "start"}))["ok"]
    assert (await cho.act({"type": "propose", "package": {"sponsor": "JP", "institution": {"id": "dialogue"}}}))["ok"]
    refused = await ann.act({"type": "sponsor", "text": "1a"})
    assert refused["refusal"] == {"code": "not_agreed", "params": {"yes": 1, "count": 2}}
    assert (await dan.act({"type": "sponsor", "text": "1a"}))["ok"], "one alone asks nobody"
    assert (await ben.act({"type": "counsel", "text": "1a", "choice": "yes"}))["ok"]
    assert (await ann.act({"type": "sponsor", "text": "1a"}))["ok"]
    while not ann.sections["own"]["counsel"]:
        await ann.hear("update")
    assert ann.sections["own"]["counsel"] == {"1a": {"2": "yes"}}
    assert cho.sections["own"]["counsel"] == {}
    # Whoever has gone away is not waited for.
    await ben.close()


async def test_third_parties_have_places_sockets_and_views_of_their_own(connect: Connect, fresh: None) -> None:
    def seated() -> tuple[Room, dict[str, people.Joined]]:
        room = creation.create(wish=Wish(Settings(scenario="cjk", third=("CH", "PR"))))
        seats = {"Ann": "KR", "Ben": "JP", "Cho": "CN", "Mia": "CH", "Pat": "PR"}
        return room, {
            name: people.join(room_id=room.pk, name=name, seat=seat, is_host=name == "Ann")
            for name, seat in seats.items()
        }

    room, joined = await db(seated)
    ann, ben, mia, pat = [await connect(room.code, joined[name].token).open() for name in ("Ann", "Ben", "Mia", "Pat")]
    assert mia.sections["room"]["third"] == ["CH", "PR"]
    assert (mia.sections["own"], pat.sections["may"]) == (None, None)
    assert (await ann.act({"type": "start"}))["ok"]
    assert (await ann.act({"type": "say", "text": "We could.", "to": ["CH"]}))["ok"]
    answer = await mia.act(
        {"type": "offer", "package": {"sponsor": "CN", "institution": {"id": "dialogue"}}, "brackets": [0]}
    )
    assert answer["ok"]
    await mia.until_n(answer["n"])
    assert mia.events("said")[-1]["text"] == "We could."
    assert ben.events("said") == []
    assert pat.events("said") == []
    checked = await mia.ask({"type": "check", "package": {"sponsor": "CN", "institution": {"id": "dialogue"}}})
    assert (checked["ok"], checked["answer"]["forecast"]) == (True, None)
    assert (await pat.ask({"type": "check", "package": {"sponsor": "CN"}}))["refusal"]["code"] == "watching"
    assert (await pat.act({"type": "publish", "text": "Talks begin."}))["ok"]
    assert (await pat.act({"type": "vote", "text": "1a", "choice": "yes"}))["refusal"]["code"] == "not_yours"
    assert (await ben.act({"type": "reserve", "part": 0, "text": "Where?"}))["ok"]
    await db(lambda: people.leave(delegate=joined["Mia"].delegate))
    await db(plays.forget_all)
    assert not (await db(lambda: verification.check_room(Room.objects.get(pk=room.pk)))).wrong


def test_bulletins_and_reservations_are_forgotten_with_all_words(fresh: None) -> None:
    room = creation.create(wish=Wish(Settings(scenario="cjk", third=("PR",))))
    people.join(room_id=room.pk, name="Pat", seat="PR")

    with writing(room.pk, 1.0) as writer:
        writer.record(rules.decide(writer.play, ThirdParty("PR", 1), Publish("Talks begin."), 1.0))
    assert forgetting.forget(Room.objects.get(pk=room.pk)).words == 1
    assert "Talks begin" not in json.dumps(list(Entry.objects.values_list("body", "words")))


def test_the_door_offers_places_without_a_state_and_a_page_for_each(fresh: None) -> None:
    room = creation.create(wish=Wish(Settings(scenario="cjk", third=("CH", "PR", "TT")), observers=False))
    browser = Browser()
    page = browser.get(f"/r/{room.code}/join/").content.decode()
    for name in ("Chair", "Press", "Second track"):
        assert name in page
    assert browser.post(f"/r/{room.code}/join/", {"name": "Mia", "seat": "CH"}).status_code == 302
    assert "My part" in browser.get(f"/r/{room.code}/").content.decode()
    for path in ("log.json", "scores.csv"):
        assert browser.get(f"/r/{room.code}/{path}").status_code == 200
    assert Browser().post(f"/r/{room.code}/join/", {"name": "Eve", "seat": "XX"}).status_code == 422


async def test_hands_and_reports_are_not_for_floods(table: Table, connect: Connect) -> None:
    code = await db(lambda: table.code)
    await connect(code, table.joined["alice"].token).open()

    def flood() -> list[int]:
        browser = Browser()
        browser.cookies["seat"] = table.joined["alice"].token
        return [browser.post(f"/r/{code}/hand/", {"question": "?"}).status_code for _ in range(14)]

    codes = await db(flood)
    assert codes[0] == 200
    assert 429 in codes


def test_signs_that_nothing_shows_are_left_out(table: Table) -> None:
    table.act("alice", Say(UGLY))
    browser = Browser()
    browser.cookies["seat"] = table.joined["bob"].token
    assert browser.post(f"/r/{table.code}/hand/", {"question": "What\x00 is\x07 this?"}).status_code == 200
    delegate = Delegate.objects.get(pk=table.joined["bob"].delegate.pk)
    assert delegate.hand == "What is this?"
    n = next(one.n for one in exports.game_log(table.room, table.play, "JP").entries if one.event.get("text") == UGLY)
    assert browser.post(f"/r/{table.code}/report/", {"n": n, "reason": "\x00rude"}).status_code == 200
    house.write(delegate=delegate, text="Well\x00 done.")
    house.forbid(room_id=table.pk, words=["\x00bad", "\x00"])
    assert Letter.objects.get().text == "Well done."
    assert Room.objects.get(pk=table.pk).forbidden == ["bad"]
