"""A stranger checks a result: from the room's rows, or from an exported file alone. Whatever was changed is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import CommandError, call_command

from game.decisions import Advance, Draft, End, GiveOrder, Inject, Rewind, Say
from game.records import Order
from negotiation.rooms import chain, exports
from negotiation.rooms.masks import viewers
from negotiation.rooms.models import Entry, Room
from negotiation.rooms.verification import CannotCheck, check_file, check_room
from tests.rooms.cast import TALKS, Table

File = dict[str, Any]


def played() -> Table:
    """A game with all that makes a check hard: private words, drafts, changed orders, a rewind, words after the end."""
    table = Table(rounds=2)
    table.act("bob", Draft(TALKS))
    table.play_round()
    table.facilitate(Inject("Only you should know.", to=("KR",)))
    phase = next(event for event in (mark.phase_no for mark in table.play.marks if mark.phase == "orders"))
    table.facilitate(Rewind(phase))
    table.act("alice", GiveOrder(Order(posture=2)))
    table.act("alice", GiveOrder(Order(posture=-1)))
    table.play_all()
    table.act("carol", Say("Well played."))
    return table


def file_of(table: Table, viewer: str) -> File:
    loaded: File = json.loads(msgspec.json.encode(exports.game_log(table.room, table.play, viewer)))
    return loaded


def wrong_with(file: File) -> list[str]:
    return check_file(json.dumps(file).encode()).wrong


def entry(file: File, kind: str, **where: Any) -> File:
    found = (one for one in file["entries"] if one["event"]["type"] == kind)
    return next(one for one in found if all(one["event"].get(key) == value for key, value in where.items()))


def test_a_room_is_sound_in_its_lobby_in_the_middle_and_at_the_end() -> None:
    table = Table(started=False)
    assert check_room(table.room).is_sound
    table = Table()
    table.play_round()
    report = check_room(table.room)
    assert report.is_sound, report.wrong
    assert "the game is not over" in " ".join(report.sound)
    table.play_all()
    report = check_room(table.room)
    assert report.is_sound, report.wrong
    assert [line[:2] for line in report.scores] == ["CN", "JP", "KR"]


def test_everybodys_file_is_sound_and_has_the_same_head() -> None:
    table = played()
    assert check_room(table.room).is_sound
    files = {viewer: file_of(table, viewer) for viewer in viewers(table.play.scenario.seats)}
    for viewer, file in files.items():
        report = check_file(json.dumps(file).encode())
        assert report.is_sound, (viewer, report.wrong)
        assert [line[:2] for line in report.scores] == ["CN", "JP", "KR"]
    assert len({file["head"] for file in files.values()}) == 1
    assert len({len(file["entries"]) for file in files.values()}) > 1, "private entries differ"


def test_a_file_tells_nothing_of_how_often_others_spoke_in_private() -> None:
    quiet, busy = Table(rounds=1), Table(rounds=1)
    Room.objects.filter(pk=busy.pk).update(seed=quiet.room.seed, code="QUIETBUS")
    for table in (quiet, busy):
        table.act("alice", Say("one", to=("JP",)))
    for i in range(3):
        busy.act("bob", Say(f"more {i}", to=("CN",)))
        busy.act("bob", Draft(TALKS))
    shapes = []
    for table in (quiet, busy):
        table.facilitate(Advance())
        table.facilitate(End())
        shapes.append([(one["n"], one["event"]["type"]) for one in file_of(table, "KR")["entries"]])
    assert shapes[0] == shapes[1]


def test_during_the_game_a_file_has_no_digest_and_cannot_be_checked() -> None:
    table = Table()
    table.play_round()
    for viewer in viewers(table.play.scenario.seats):
        file = file_of(table, viewer)
        assert file["head"] is None
        assert not {"salt", "sealed", "digest"} & set().union(*(one.keys() for one in file["entries"]))
        with pytest.raises(CannotCheck, match="not over"):
            check_file(json.dumps(file).encode())


def other_order(file: File) -> None:
    entry(file, "ordered")["event"]["order"]["posture"] = 0


def other_score(file: File) -> None:
    entry(file, "ended")["event"]["outcome"]["scores"][0]["total"] += 0.001


def other_world(file: File) -> None:
    entry(file, "resolved")["event"]["world"]["A"][0] += 0.001


def other_vote(file: File) -> None:
    entry(file, "voted", seat="CN", choice="yes")["event"]["choice"] = "no"


def other_seed(file: File) -> None:
    file["seed"] = "0" * 32


def other_words(file: File) -> None:
    entry(file, "said", seat="CN", text="Good morning.")["event"]["text"] = "Good night."


def other_instant(file: File) -> None:
    file["entries"][3]["at"] += 0.001


def one_less(file: File) -> None:
    file["entries"].remove(entry(file, "said", seat="CN", text="Good morning."))


def cut_short(file: File) -> None:
    assert file["entries"].pop()["event"]["text"] == "Well played."


def other_settings(file: File) -> None:
    file["settings"]["aftermath"] = 2


CHANGES: tuple[Callable[[File], None], ...] = (
    *(other_order, other_score, other_world, other_vote, other_seed),
    *(other_words, other_instant, one_less, cut_short, other_settings),
)


def test_whatever_was_changed_in_a_file_is_found() -> None:
    text = json.dumps(file_of(played(), "KR"))
    missed = []
    for change in CHANGES:
        file = json.loads(text)
        change(file)
        if not wrong_with(file):
            missed.append(change.__name__)
    assert not missed


def test_a_changed_order_or_score_is_found_even_where_the_chain_was_forged() -> None:
    text = json.dumps(file_of(played(), "KR"))
    for change in (other_order, other_score, other_world, other_vote, other_seed, other_settings):
        file = json.loads(text)
        change(file)
        after = ""
        for one in file["entries"]:
            if one.get("digest"):
                event: Any = msgspec.convert(one["event"], chain.AnyEvent)  # type: ignore[arg-type]
                if one.get("sealed"):
                    event = msgspec.structs.replace(event, text=one["sealed"])
                after = one["digest"] = exports.common_link(after, one["epoch"], one["at"], event)
        file["head"] = after
        found = wrong_with(file)
        assert found, change.__name__
        assert "chain" not in " ".join(found), change.__name__


@pytest.mark.parametrize(
    "change",
    [
        {"body": '{"type":"readied","seat":"CN","ready":true}'},
        {"at": 1.0},
        {"mask": 31},
        {"words": "forged"},
        {"digest": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_was_changed_in_the_rows_is_found(change: dict[str, Any]) -> None:
    table = Table()
    table.play_round()
    private = Entry.objects.filter(room_id=table.pk, kind="said").exclude(mask=31).order_by("n").first()
    assert private
    Entry.objects.filter(pk=private.pk).update(**change)
    assert f"Entry {private.n} " in check_room(table.room).wrong[0]


def test_a_log_cut_at_its_end_and_a_row_that_lies_are_found() -> None:
    table = Table()
    table.play_round()
    Room.objects.filter(pk=table.pk).update(phase="vote", epoch=7)
    assert len(check_room(table.room).wrong) == 2
    Entry.objects.filter(room_id=table.pk, n=table.room.n).delete()
    assert "cut off" in check_room(table.room).wrong[0]


def test_erased_words_leave_room_and_file_sound() -> None:
    table = played()
    for one in Entry.objects.filter(room_id=table.pk, kind__in=chain.SPOKEN):
        chain.erase(one)
    report = check_room(table.room)
    assert report.is_sound, report.wrong
    assert "erased" in " ".join(report.sound)
    file = file_of(table, "KR")
    assert wrong_with(file) == []
    assert "Good morning" not in json.dumps(file)
    entry(file, "said", seat="CN")["event"]["text"] = "Something never said."
    assert wrong_with(file)


def test_the_command_says_it_by_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = played()
    path = tmp_path / "log.json"
    path.write_text(json.dumps(file_of(table, "observer")))
    call_command("verify", table.code.lower(), str(path))
    call_command("verify", "--all")
    assert capsys.readouterr().out.count("  ok  ") >= 8
    file = file_of(table, "observer")
    other_score(file)
    path.write_text(json.dumps(file))
    with pytest.raises(SystemExit) as unsound:
        call_command("verify", str(path))
    assert unsound.value.code == 1
    assert "WRONG" in capsys.readouterr().out
    path.write_text("{}")
    for nothing in ([str(path)], ["NOSUCHRM"], []):
        with pytest.raises(CommandError) as cannot:
            call_command("verify", *nothing)
        assert cannot.value.returncode == 2
