"""One act: once, in time, by the right person, or answered with the reason why not."""

from __future__ import annotations

import time
from typing import Any

import pytest

from game.decisions import (
    Advance,
    Appoint,
    Extend,
    Pause,
    Propose,
    Ready,
    Resume,
    Rewind,
    Say,
    Start,
    Vote,
)
from game.play import Play
from negotiation.rooms import chain, log, people, plays, services
from negotiation.rooms.models import Act, Delegate, Entry, Room
from negotiation.rooms.services import Answer, Gone
from tests.rooms.cast import TALKS, Table, new_id


def code_of(answer: Answer) -> str:
    assert not answer.ok
    assert answer.refusal is not None
    return answer.refusal.code


def test_an_act_sent_twice_gets_the_same_answer_and_has_one_effect() -> None:
    table, act_id = Table(), new_id()
    first = table.act("alice", Say("Once."), act_id=act_id)
    n = table.room.n
    assert table.act("alice", Say("Once."), act_id=act_id) == first
    assert first.ok
    assert table.room.n == n


def test_a_refused_act_sent_again_is_refused_again_even_if_it_were_allowed_by_now() -> None:
    table, act_id = Table(), new_id()
    assert code_of(table.act("alice", Vote("1a", "yes"), act_id=act_id)) == "unknown_text"
    table.act("carol", Propose(TALKS))
    table.until("vote")
    assert code_of(table.act("alice", Vote("1a", "yes"), act_id=act_id)) == "unknown_text"


def test_what_was_decided_on_a_room_that_has_moved_on_is_not_written_and_decided_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table, decide, overtakers = Table(), services._decided, ["First.", "Second."]

    def slowly(*args: Any, **kwargs: Any) -> Answer:
        answer = decide(*args, **kwargs)
        if overtakers:
            # Another process commits between our reading and our writing.
            monkeypatch.setattr(services, "_decided", decide)
            assert table.act("bob", Say(overtakers.pop(0))).ok
            monkeypatch.setattr(services, "_decided", slowly)
        return answer

    monkeypatch.setattr(services, "_decided", slowly)
    before = table.room.n
    answer = table.act("alice", Say("Third."))
    assert answer.ok
    assert table.room.n == before + 3
    said = Entry.objects.filter(room=table.room, kind="said").order_by("n")
    assert list(said.values_list("words", flat=True)) == ["First.", "Second.", "Third."]
    assert log.is_whole(table.room)


def test_an_act_overtaken_again_and_again_is_busy_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table, decide, said = Table(), services._decided, []

    def slowly(*args: Any, **kwargs: Any) -> Answer:
        answer = decide(*args, **kwargs)
        monkeypatch.setattr(services, "_decided", decide)
        said.append(table.act("bob", Say(f"{len(said)}")).ok)
        monkeypatch.setattr(services, "_decided", slowly)
        return answer

    monkeypatch.setattr(services, "_decided", slowly)
    monkeypatch.setattr(services, "TRIES", 3)
    act_id = new_id()
    assert code_of(table.act("alice", Say("Me too."), act_id=act_id)) == "busy"
    assert said == [True] * 4, "once on what was at hand, and three times on what was read"
    monkeypatch.setattr(services, "_decided", decide)
    assert table.act("alice", Say("Me too."), act_id=act_id).ok, "busy is not kept"


def test_the_id_of_an_act_cannot_be_used_for_another_act() -> None:
    table, act_id = Table(), new_id()
    table.act("alice", Say("One."), act_id=act_id)
    n = table.room.n
    assert code_of(table.act("alice", Say("Two."), act_id=act_id)) == "id_reused"
    assert table.room.n == n


def test_two_people_may_use_the_same_id() -> None:
    table, act_id = Table(), new_id()
    assert table.act("alice", Say("One."), act_id=act_id).ok
    assert table.act("bob", Say("Two."), act_id=act_id).ok


def test_an_act_of_an_older_epoch_is_stale() -> None:
    table = Table()
    table.until("orders")
    assert table.facilitate(Rewind(phase_no=1)).ok
    answer = table.act("alice", Say("From yesterday."), epoch=0)
    assert code_of(answer) == "stale_epoch"
    assert answer.refusal is not None
    assert answer.refusal.params == {"epoch": 1}


def test_an_act_on_an_older_version_of_a_text_is_stale() -> None:
    table = Table()
    table.act("carol", Propose(TALKS))
    assert table.act("carol", Propose(TALKS, amends="1a")).ok
    table.until("vote")
    assert code_of(table.act("alice", Vote("1a", "yes"), expect=1)) == "stale"
    assert table.act("alice", Vote("1a", "yes"), expect=2).ok


def test_a_seat_cannot_decide_what_the_facilitator_decides() -> None:
    table = Table()
    assert code_of(table.act("bob", Advance())) == "not_yours"
    assert code_of(table.act("bob", Pause())) == "not_yours"
    assert code_of(table.act("alice", Advance())) == "not_yours"


def test_who_made_a_room_without_an_account_may_start_pause_and_resume_it() -> None:
    table = Table(started=False)
    assert table.act("alice", Start()).ok
    assert table.act("alice", Pause()).ok
    assert table.act("alice", Resume()).ok


def test_the_host_may_set_a_clock_where_there_is_none_and_no_more() -> None:
    table = Table()
    table.until("talk")
    assert code_of(table.act("bob", Extend(120))) == "not_yours"
    assert table.act("alice", Extend(120)).ok
    assert table.room.deadline_at is not None
    assert code_of(table.act("alice", Extend(120))) == "not_yours"


def test_an_observer_cannot_act() -> None:
    assert code_of(Table().act("dora", Say("I am only watching."))) == "watching"


def test_who_has_left_cannot_act() -> None:
    table = Table()
    bob = table.who("bob")
    people.leave(delegate=Delegate.objects.get(pk=table.joined["bob"].delegate.pk))
    with pytest.raises(Gone):
        services.act(room_id=table.pk, by=bob, decision=Say("Still here."), act_id=new_id(), epoch=0)


def test_a_person_whose_seat_a_bot_holds_cannot_act_for_it() -> None:
    table = Table()
    assert table.facilitate(Appoint("JP", "bot:tft")).ok
    assert code_of(table.act("bob", Ready())) == "bot_sits"
    assert table.facilitate(Appoint("JP", "people")).ok
    assert table.act("bob", Ready()).ok


def test_a_mistake_of_the_rules_changes_nothing_and_is_answered(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table()
    n = table.room.n

    def broken(play: Play, *_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("game.rules.decide", broken)
    assert code_of(table.act("alice", Say("the secret words"))) == "fault"
    assert table.room.n == n
    assert "the secret words" not in caplog.text


def test_a_deadline_fires_once_however_often_the_clock_looks() -> None:
    table = Table(clock=True)
    deadline = table.play.deadline_at
    assert deadline is not None
    assert not services.tick(room_id=table.pk, now=deadline + 0.9)
    assert services.tick(room_id=table.pk, now=deadline + 1.1)
    phase_no, n = table.play.phase_no, table.room.n
    assert not services.tick(room_id=table.pk, now=deadline + 1.1)
    assert (table.play.phase_no, table.room.n) == (phase_no, n)


def test_an_act_received_within_a_second_after_the_deadline_counts() -> None:
    table = Table(clock=True)
    table.until("talk")
    deadline = table.play.deadline_at
    assert deadline is not None
    assert table.act("carol", Propose(TALKS), now=deadline + 0.9).ok
    assert table.play.phase == "talk"


def test_a_later_act_finds_the_phase_over_though_no_clock_ran() -> None:
    table = Table(clock=True)
    table.until("talk")
    deadline = table.play.deadline_at
    assert deadline is not None
    assert code_of(table.act("carol", Propose(TALKS), now=deadline + 1.5)) == "not_now"
    assert table.play.phase == "orders"


def test_a_pause_moves_the_deadline_by_the_time_lost() -> None:
    table = Table(clock=True)
    began, deadline = table.play.began_at, table.play.deadline_at
    assert deadline is not None
    table.act("alice", Pause(), now=began + 5)
    assert table.room.deadline_at is None
    assert not services.tick(room_id=table.pk, now=deadline + 10)
    table.act("alice", Resume(), now=began + 105)
    assert table.room.deadline_at == pytest.approx(deadline + 100)


def test_after_a_minute_of_downtime_the_room_pauses_instead_of_firing() -> None:
    table = Table(clock=True)
    phase_no, deadline = table.play.phase_no, table.play.deadline_at
    assert deadline is not None
    assert services.tick(room_id=table.pk, now=deadline + 300)
    assert table.play.phase_no == phase_no
    assert table.play.pause_reason == "downtime"
    table.act("alice", Resume(), now=deadline + 400)
    assert table.room.deadline_at is not None
    assert table.room.deadline_at > deadline + 400


def test_more_time_moves_the_projection_with_the_play() -> None:
    table = Table(clock=True)
    deadline = table.play.deadline_at
    assert deadline is not None
    table.facilitate(Extend(60))
    assert table.room.deadline_at == pytest.approx(deadline + 60)


def test_a_rewind_opens_an_epoch_and_deletes_nothing() -> None:
    table = Table()
    table.play_round()
    entries = table.room.n
    assert table.facilitate(Rewind(phase_no=1)).ok
    room = table.room
    assert (room.epoch, room.phase, room.n) == (1, "briefing" if room.phase == "briefing" else "talk", entries + 1)
    assert Entry.objects.filter(room=room).count() == room.n


def test_the_play_kept_in_the_process_is_the_one_that_the_log_replays_to() -> None:
    table = Table()
    table.play_all()
    live = table.play
    plays.forget_all()
    assert table.play == live


def test_a_play_kept_from_before_another_process_wrote_is_brought_up_to_date() -> None:
    table = Table()
    old = plays._kept[table.pk]
    table.play_round()
    live = table.play
    plays._kept[table.pk] = old
    assert table.play == live


def test_an_act_decided_on_an_old_play_is_decided_anew_on_what_the_room_is() -> None:
    table = Table()
    old, epoch = plays._kept[table.pk], table.play.epoch
    assert table.act("alice", Say("First.")).ok
    n = table.room.n
    plays._kept[table.pk] = old
    assert table.act("bob", Say("Second.")).ok
    assert (table.room.n, table.play.epoch) == (n + 1, epoch)
    assert log.is_whole(table.room)


def test_whoever_was_shut_out_without_word_to_this_process_commits_nothing() -> None:
    table = Table()
    by = table.who("alice")
    # As an administrator does it: no count of the room's people changes, so the play at hand is still the room's.
    Delegate.objects.filter(pk=table.joined["alice"].delegate.pk).update(version=by.version + 1)
    n = table.room.n
    with pytest.raises(Gone):
        services.act(room_id=table.pk, by=by, decision=Say("Still here?"), act_id=new_id(), epoch=0)
    assert table.room.n == n


def test_a_play_kept_of_another_history_is_not_used() -> None:
    table, other = Table(), Table()
    table.play_round()
    right = table.play
    kept = plays._kept[other.pk]
    plays._kept[table.pk] = kept
    assert table.play == right


def test_the_chain_shows_a_changed_entry_and_holds_when_words_are_erased() -> None:
    table = Table()
    table.act("alice", Say("Something private about Bob."))
    entry = Entry.objects.filter(room_id=table.pk, kind="said").get()
    assert log.is_whole(table.room)
    chain.erase(entry)
    assert log.is_whole(table.room)
    assert chain.event_of(Entry.objects.get(pk=entry.pk)).text == ""  # type: ignore[union-attr]
    Entry.objects.filter(pk=entry.pk).update(body=entry.body.replace("CN", "JP"))
    assert not log.is_whole(table.room)


def test_changed_words_break_the_chain() -> None:
    table = Table()
    table.act("alice", Say("We agree."))
    Entry.objects.filter(room_id=table.pk, kind="said").update(words="We disagree.")
    assert not log.is_whole(table.room)


def test_words_stand_in_no_other_column() -> None:
    table = Table()
    table.act("alice", Say("a very telling phrase", to=("JP",)))
    said = Entry.objects.filter(room_id=table.pk, kind="said").get()
    assert "telling" not in said.body
    assert not Act.objects.filter(answer__contains="telling").exists()


def test_a_room_that_is_gone_takes_no_act() -> None:
    table = Table()
    alice = table.who("alice")
    Room.objects.all().delete()
    with pytest.raises(Gone):
        services.act(room_id=table.pk, by=alice, decision=Ready(), act_id=new_id(), epoch=0, received_at=time.time())


def test_the_first_round_waits_for_the_delegates_or_the_facilitator_and_the_second_for_the_clock() -> None:
    table = Table(clock=True, first_untimed=True)
    table.until("talk")
    assert table.play.deadline_at is None
    assert not services.tick(room_id=table.pk, now=time.time() + 86_400), "no clock, no end"
    assert table.facilitate(Advance()).ok
    assert (table.play.phase, table.play.deadline_at) == ("orders", None)
    assert table.facilitate(Advance()).ok
    assert table.play.deadline_at is not None
    table.until("talk")
    assert (table.play.round, table.play.deadline_at is None) == (2, False)
