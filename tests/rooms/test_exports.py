"""The files of a room: during the game what their reader may know, afterwards a game that replays."""

from __future__ import annotations

import csv
import io
import json

import msgspec

from game.decisions import Draft, End, GiveOrder, Rewind, Say
from game.events import AnyEvent
from game.history import replay
from game.observation import observe
from game.play import Settings, begin
from game.records import Order
from game.scenario import load
from negotiation.rooms import exports
from negotiation.rooms.masks import viewers
from negotiation.rooms.verification import check_file
from tests.rooms.cast import TALKS, Table


def log_of(table: Table, viewer: str) -> dict:  # type: ignore[type-arg]
    return json.loads(msgspec.json.encode(exports.game_log(table.room, table.play, viewer)))


def test_a_finished_games_file_replays_to_the_same_end_for_everybody() -> None:
    table = Table()
    table.act("bob", Draft(TALKS))
    table.play_all()
    play = table.play
    for viewer in viewers(play.scenario.seats):
        file = log_of(table, viewer)
        settings = msgspec.convert(file["settings"], Settings)
        opening = begin(load(file["scenario"], settings.version), settings, file["seed"])
        events = [msgspec.convert(entry["event"], AnyEvent) for entry in file["entries"]]  # type: ignore[arg-type]
        again = replay(opening, events)
        assert again.world == play.world
        assert observe(again, "observer") == observe(play, "observer"), viewer


def test_during_the_game_the_file_has_neither_the_seed_nor_what_others_hide() -> None:
    table = Table()
    table.until("orders")
    table.act("alice", GiveOrder(Order(posture=2)))
    table.act("alice", Say("the secret words", to=("JP",)))
    for viewer in ("KR", "observer"):
        file = log_of(table, viewer)
        assert file["seed"] is None
        assert "secret words" not in json.dumps(file)
        assert "ordered" not in {entry["event"]["type"] for entry in file["entries"]}
        assert [entry["n"] for entry in file["entries"]] == list(range(1, len(file["entries"]) + 1))
    assert "secret words" in json.dumps(log_of(table, "JP"))
    assert table.room.seed not in json.dumps([log_of(table, viewer) for viewer in viewers(("CN", "JP", "KR"))])


def test_after_the_game_private_words_drafts_and_changes_of_mind_stay_private() -> None:
    table = Table()
    table.act("alice", Say("the secret words", to=("JP",)))
    table.act("bob", Draft(TALKS))
    table.until("orders")
    table.act("alice", GiveOrder(Order(posture=2)))
    table.act("alice", GiveOrder(Order(posture=-1)))
    table.play_all()
    file = log_of(table, "KR")
    assert "secret words" not in json.dumps(file)
    kinds = [entry["event"]["type"] for entry in file["entries"]]
    assert "drafted" not in kinds
    first = next(entry["event"] for entry in file["entries"] if entry["event"]["type"] == "ordered")
    assert (first["order"].get("posture"), first.get("by")) == (-1, None)
    assert kinds.count("ordered") <= 3 * kinds.count("resolved")
    assert '"posture": 2' not in json.dumps(file)


def test_orders_that_moved_nothing_stay_their_seats_secret() -> None:
    table = Table()
    table.until("orders")
    table.act("alice", GiveOrder(Order(posture=2)))
    assert table.facilitate(Rewind(1)).ok
    table.play_round()
    table.all_ready()
    table.until("orders")
    table.act("alice", GiveOrder(Order(posture=2)))
    assert table.facilitate(End()).ok
    assert '"posture": 2' not in json.dumps(log_of(table, "KR"))
    assert json.dumps(log_of(table, "CN")).count('"posture": 2') == 2
    for viewer in ("KR", "CN"):
        report = check_file(msgspec.json.encode(exports.game_log(table.room, table.play, viewer)))
        assert report.is_sound, report.wrong
    assert log_of(table, "KR")["head"] == log_of(table, "CN")["head"]


def test_scores_are_a_table_of_numbers() -> None:
    table = Table()
    running = list(csv.DictReader(io.StringIO(exports.scores(table.play, "KR"))))
    assert list(running[0]) == ["seat", "G", "R", "U", "TR"]
    table.play_all()
    final = list(csv.DictReader(io.StringIO(exports.scores(table.play, "KR"))))
    assert [row["seat"] for row in final] == ["CN", "JP", "KR"]
    assert list(final[0]) == ["seat", "G", "R", "U", "TR", "mandate", "total", "without_trust"]
    assert all(isinstance(float(value), float) for row in final for key, value in row.items() if key != "seat")
