"""What anybody may read of a finished game: what its host made public, and never who sat there or what was said in private."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client as Browser

from game.decisions import Offer, Reserve, Say, SetAgenda
from negotiation.gallery import showings
from negotiation.gallery.models import Showing
from negotiation.rooms import forgetting, people
from negotiation.rooms.consumers import COOKIE
from negotiation.rooms.models import Room
from tests.rooms.cast import TALKS, Table

NEVER = ("Alice", "Bob", "Carol", "Dora", "Between us")


def browser_of(table: Table, name: str) -> Browser:
    browser = Browser()
    browser.cookies[COOKIE] = table.joined[name].token
    return browser


def finished() -> Table:
    table = Table(rounds=1)
    table.play_all()
    return table


def read(path: str) -> tuple[int, str]:
    answer = Browser().get(path)
    return answer.status_code, answer.content.decode()


def addresses(code: str) -> tuple[str, str]:
    return f"/games/{code}/", f"/games/{code}/embed/"


def post(table: Table, name: str, **fields: str) -> int:
    return browser_of(table, name).post(f"/r/{table.code}/show/", fields).status_code


def test_a_finished_game_is_not_public_by_itself() -> None:
    table = finished()
    assert 'class="games"' not in read("/games/")[1]
    assert [read(path)[0] for path in addresses(table.code)] == [404, 404]


@pytest.mark.parametrize("started", [False, True])
def test_a_game_that_goes_on_is_never_shown_even_if_its_host_asks(started: bool) -> None:
    table = Table(started=started)
    post(table, "alice", names="pseudonyms")
    assert not Showing.objects.exists()
    showing = showings.show(room=table.room, names="hidden", has_talk=True)
    assert [read(path)[0] for path in addresses(showing.code)] == [404, 404]
    assert showing.code not in read("/games/")[1]


def test_a_game_whose_room_only_says_that_it_is_over_is_not_shown() -> None:
    table = Table()
    showing = showings.show(room=table.room, names="hidden", has_talk=True)
    Room.objects.filter(pk=table.pk).update(phase="over")
    assert [read(path)[0] for path in addresses(showing.code)] == [404, 404]
    assert showing.code not in read("/games/")[1]


@pytest.mark.parametrize("names", ["hidden", "pseudonyms"])
def test_names_private_talk_and_the_rooms_own_code_are_on_no_public_page(names: str) -> None:
    table = finished()
    post(table, "alice", names=names, talk="on")
    showing = Showing.objects.get()
    for path in ("/games/", *addresses(showing.code)):
        status, page = read(path)
        assert status == 200
        # Whole words: a form's token, drawn by lot, may hold three letters of anything.
        assert not [word for word in (*NEVER, table.code) if re.search(rf"\b{word}\b", page)], path
    # All that was hidden in the game is opened, as the debrief opens it.
    assert '"outcome":' in read(addresses(showing.code)[0])[1].replace(": ", ":")


def test_what_was_said_to_all_is_shown_only_if_that_was_chosen() -> None:
    table = finished()
    post(table, "alice", names="hidden")
    page = addresses(Showing.objects.get().code)[0]
    assert "Good morning." not in read(page)[1]
    post(table, "alice", names="hidden", talk="on")
    assert "Good morning." in read(page)[1]


def test_pseudonyms_tell_how_many_sat_where_and_no_more() -> None:
    table = finished()
    showing = showings.show(room=table.room, names="pseudonyms", has_talk=False)
    cast = showings.public_view(showing, table.play)["sections"]["people"]["people"]
    assert [person["seat"] for person in cast] == ["CN", "JP", "KR"]
    assert len({person["name"] for person in cast}) == 3
    showing.names = "hidden"
    assert showings.public_view(showing, table.play)["sections"]["people"]["people"] == []


def test_only_the_host_and_whoever_runs_the_room_may_show_it() -> None:
    table = finished()
    assert [post(table, name, names="hidden") for name in ("bob", "carol", "dora")] == [403, 403, 403]
    assert Browser().post(f"/r/{table.code}/show/", {"names": "hidden"}).headers["Location"].endswith("/join/")
    assert not Showing.objects.exists()
    for name in ("bob", "dora"):
        assert 'id="make-public"' not in browser_of(table, name).get(f"/r/{table.code}/debrief/").content.decode()
    assert 'id="make-public"' in browser_of(table, "alice").get(f"/r/{table.code}/debrief/").content.decode()
    facilitator = people.facilitate(room_id=table.pk, user=User.objects.create_user("fay"))
    browser = Browser()
    browser.cookies[COOKIE] = facilitator.token
    assert browser.post(f"/r/{table.code}/show/", {"names": "hidden"}).status_code == 302
    assert Showing.objects.get().room_id == table.pk


def test_a_game_taken_back_is_gone_and_comes_back_under_another_address() -> None:
    table = finished()
    post(table, "alice", names="hidden")
    code = Showing.objects.get().code
    assert code in read("/games/")[1]
    post(table, "alice", take_back="1")
    assert [read(path)[0] for path in addresses(code)] == [404, 404]
    assert code not in read("/games/")[1]
    post(table, "alice", names="hidden")
    assert Showing.objects.get().code != code


def test_a_game_whose_people_were_forgotten_is_shown_no_more() -> None:
    table = finished()
    post(table, "alice", names="hidden", talk="on")
    code = Showing.objects.get().code
    forgetting.forget(table.room)
    assert [read(path)[0] for path in addresses(code)] == [404, 404]


def test_only_the_embedded_page_may_stand_in_a_frame_and_it_asks_for_no_cookie() -> None:
    table = finished()
    post(table, "alice", names="hidden")
    page, frame = (Browser().get(path) for path in addresses(Showing.objects.get().code))
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers
    assert not frame.cookies
    assert "<form" not in frame.content.decode()
    assert "csrf" not in frame.content.decode()
    for other in (page, Browser().get("/games/")):
        assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
        assert other.headers["X-Frame-Options"] == "DENY"


def test_a_page_of_the_gallery_that_does_not_exist_is_the_last_one() -> None:
    table = finished()
    post(table, "alice", names="hidden")
    assert Showing.objects.get().code in read("/games/?page=99")[1]
    assert Showing.objects.get().code in read("/games/?page=x")[1]


def test_a_rewritten_choice_keeps_its_address() -> None:
    table = finished()
    post(table, "alice", names="hidden")
    code = Showing.objects.get().code
    post(table, "alice", names="no such choice", talk="on")
    again = Showing.objects.get()
    assert (again.code, again.names, again.has_talk) == (code, "hidden", True)


def test_private_words_of_the_facilitator_are_not_public() -> None:
    table = Table(rounds=1)
    table.facilitate(Say("To China alone: think again.", to=("CN",)))
    table.facilitate(Say("To all: think again."))
    table.play_all()
    post(table, "alice", names="hidden", talk="on")
    page = read(addresses(Showing.objects.get().code)[0])[1]
    assert "To all: think again." in page
    assert "To China alone" not in page


def test_what_a_chair_wrote_and_others_reserved_is_shown_only_if_talk_is() -> None:
    table = Table(rounds=1, third=("CH",))
    table.joined["chair"] = people.join(room_id=table.pk, name="Mia", seat="CH")
    table.until("talk")
    assert table.act("chair", SetAgenda("First the patrols.")).ok
    assert table.act("chair", Offer(TALKS, brackets=(0,))).ok
    assert table.act("bob", Reserve(0, "Not in our waters.")).ok
    table.play_all()
    showing = showings.show(room=table.room, names="hidden", has_talk=False)
    texts = showings.public_view(showing, table.play)["sections"]["texts"]
    assert (texts["agenda"], texts["single"]) == ("", None)
    page = addresses(showing.code)[0]
    words = ("First the patrols.", "Not in our waters.")
    assert not [one for one in words if one in read(page)[1]]
    showings.show(room=table.room, names="hidden", has_talk=True)
    assert all(one in read(page)[1] for one in words)
