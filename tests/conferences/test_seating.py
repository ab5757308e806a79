"""Who comes is at a table at once; who comes late, comes back, is moved or sent away finds the right place, and only that."""

from __future__ import annotations

import pytest

from game.decisions import Advance, End, Ready, Start
from negotiation.conferences import access, roster, seating
from negotiation.conferences.seating import CannotArrive
from negotiation.rooms import people, plays, services
from negotiation.rooms.models import Delegate
from tests.conferences.cast import Class


def test_a_class_of_seven_fills_two_tables_as_planned() -> None:
    monday = Class(people=7)
    monday.come(7)
    assert [sorted(one.seat for one in monday.table(n).participants.all()) for n in (1, 2)] == [
        ["CN", "CN", "JP", "KR"],
        ["CN", "JP", "KR"],
    ]
    assert {plays.fold(monday.table(1).room).holder(seat) for seat in ("CN", "JP", "KR")} == {"people"}


def test_others_see_a_pseudonym_and_the_facilitator_the_name() -> None:
    monday = Class()
    (ann,) = monday.come(1)
    assert ann.delegate is not None
    assert ann.delegate.name == ann.alias != "Student 1"
    assert monday.state()["tables"][0]["seats"] or monday.state()["tables"][1]["seats"]
    labels = [p["label"] for t in monday.state()["tables"] for s in t["seats"] for p in s["people"]]
    assert labels == ["Student 1"]


def test_without_pseudonyms_the_name_is_shown() -> None:
    monday = Class(pseudonyms=False)
    (ann,) = monday.come(1)
    assert ann.delegate is not None
    assert ann.delegate.name == "Student 1"


def test_a_name_that_is_here_already_is_refused_and_one_of_the_list_sits_where_it_was_put() -> None:
    monday = Class(people=6)
    roster.take_over(monday.conference, roster.read("Ann\nBo\nCleo", seats=("CN", "JP", "KR")), "roster")
    placed = monday.person(2)
    came = seating.arrive(monday.conference, "bo")
    assert (came.number, came.table_id, came.seat) == (2, placed.table_id, placed.seat)
    with pytest.raises(CannotArrive, match="here already"):
        seating.arrive(monday.conference, "BO")


def test_a_closed_door_lets_in_only_who_is_on_the_list() -> None:
    monday = Class(people=6)
    roster.take_over(monday.conference, roster.read("Ann", seats=("CN", "JP", "KR")), "roster")
    monday.press(acts_admit(is_open=False))
    with pytest.raises(CannotArrive, match="Nobody more"):
        seating.arrive(monday.conference, "Mallory")
    assert seating.arrive(monday.conference, "Ann").arrived_at


def acts_admit(*, is_open: bool) -> object:
    from negotiation.conferences.acts import Admit

    return Admit(is_open)


def test_late_ones_relieve_bots_then_join_teams_then_watch() -> None:
    monday = Class(people=2)
    monday.come(2)
    assert monday.press(Start()).done == 1
    play = plays.fold(monday.table(1).room)
    (bot,) = [seat for seat in play.scenario.seats if play.holder(seat).startswith("bot:")]
    (late,) = monday.come(1, start=3)
    assert late.seat == bot
    assert plays.fold(monday.table(1).room).holder(bot) == "people"
    more = monday.come(12, start=4)
    assert all(one.seat for one in more)
    assert monday.table(1).participants.filter(seat="CN").count() == 5
    (watcher,) = monday.come(1, start=16)
    assert watcher.seat == ""
    assert watcher.delegate is not None
    assert watcher.delegate.role == Delegate.Role.OBSERVER


def test_when_all_games_are_over_nobody_is_seated() -> None:
    monday = Class(people=2)
    monday.come(2)
    monday.press(Start())
    monday.press(End())
    with pytest.raises(CannotArrive, match="over"):
        seating.arrive(monday.conference, "Late")


def test_one_person_on_two_devices_is_one_delegate() -> None:
    monday = Class()
    (ann,) = monday.come(1)
    first, second = seating.come_back(monday.person(1)), seating.come_back(monday.person(1))
    assert first is not None
    assert second is not None
    assert first.token == second.token
    assert first.delegate.pk == ann.delegate_id
    assert people.delegate_with(first.delegate.room.code, first.token) == first.delegate


def test_a_personal_token_is_nobody_elses_and_cannot_be_guessed_from_it() -> None:
    monday = Class()
    monday.come(2)
    ann, bo = monday.person(1), monday.person(2)
    assert access.participant_of(monday.conference, ann.link_token) == ann
    forged = f"2-{ann.link_token.partition('-')[2]}"
    assert access.participant_of(monday.conference, forged) is None
    for wrong in ("", None, "1", "1-", "-", "²-x", f"{bo.link_token}x", "9" * 9 + "-x", "1-é"):
        assert access.participant_of(monday.conference, wrong) is None


def test_who_is_moved_sits_there_and_the_old_place_is_gone() -> None:
    monday = Class(people=6)
    ann = monday.come(6)[0]
    assert ann.delegate is not None
    old, token = ann.delegate, ann.seat_token
    other = 2 if ann.table == monday.table(1) else 1
    seating.move(monday.person(1), monday.table(other), "KR")
    moved = monday.person(1)
    assert moved.delegate is not None
    assert (moved.table, moved.seat) == (monday.table(other), "KR")
    assert people.delegate_with(old.room.code, token) is None
    assert people.delegate_with(moved.delegate.room.code, moved.seat_token) == moved.delegate


def test_two_change_places() -> None:
    monday = Class(people=6)
    monday.come(6)
    one, other = monday.person(1), monday.person(2)
    seating.swap(one, other)
    assert (monday.person(1).table_id, monday.person(1).seat) == (other.table_id, other.seat)
    assert (monday.person(2).table_id, monday.person(2).seat) == (one.table_id, one.seat)


def test_two_who_change_places_change_offices() -> None:
    monday = Class(people=9, per_seat=3, offices=True)
    came = monday.come(9)
    head = next(one for one in came if one.seat == "CN" and one.delegate and one.delegate.office == "head")
    purse = next(one for one in came if one.seat == "JP" and one.delegate and one.delegate.office == "economy")
    seating.swap(head, purse)
    after = [monday.person(one.number) for one in (head, purse)]
    assert [(one.seat, one.delegate and one.delegate.office) for one in after] == [("JP", "economy"), ("CN", "head")]


def test_a_place_that_is_none_is_refused_and_nobody_is_moved() -> None:
    monday = Class(people=3)
    monday.come(3)
    with pytest.raises(CannotArrive, match="no such place"):
        seating.move(monday.person(1), monday.table(1), "US")
    assert monday.person(1).seat


def test_who_is_sent_away_stays_away() -> None:
    monday = Class(people=3)
    monday.come(1)
    seating.dismiss(monday.person(1))
    assert seating.come_back(monday.person(1)) is None
    state = monday.state()
    assert state["arrived"] == 0
    assert seating.arrive(monday.conference, "Student 1").number == 2


def test_a_place_kept_for_somebody_who_does_not_come_is_given_away_once_the_talks_are_open() -> None:
    monday = Class(people=3)
    roster.take_over(monday.conference, roster.read("Ann\nBo\nCleo", seats=("CN", "JP", "KR")), "roster")
    seating.arrive(monday.conference, "Ann")
    monday.press(Start())
    dan = seating.arrive(monday.conference, "Dan")
    assert dan.seat in ("JP", "KR")
    assert plays.fold(monday.table(1).room).holder(dan.seat) == "people"
    bo = seating.arrive(monday.conference, "Bo")
    assert bo.seat == "JP"


def test_the_caretaker_leaves_when_the_person_acts_again() -> None:
    monday = Class(people=3)
    ann = monday.come(3)[0]
    monday.press(Start())
    monday.press(Advance())
    table = monday.table(1)
    assert ann.delegate is not None
    people.leave(delegate=Delegate.objects.get(pk=ann.delegate_id))
    assert plays.fold(monday.table(1).room).holder(ann.seat) == "caretaker"
    back = seating.come_back(monday.person(1))
    assert back is not None
    play = plays.fold(monday.table(1).room)
    assert play.holder(ann.seat) == "people"
    answer = services.act(
        room_id=table.room_id, by=services.who(back.delegate), decision=Ready(), act_id="ready-00", epoch=play.epoch
    )
    assert answer.ok


def test_once_talks_are_open_late_ones_sit_with_bots_before_they_open_a_table_of_their_own() -> None:
    monday = Class(people=6)
    monday.come(2)
    monday.press(Start())
    begun = {table["number"] for table in monday.state()["tables"] if table["phase"] != "lobby"}
    late = [monday.come(1, start=3 + n)[0] for n in range(4)]
    at_running = [one for one in late if one.table and one.table.number in begun]
    assert len(at_running) == 3 * len(begun) - 2
