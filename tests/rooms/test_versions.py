"""A room writes its version of the rules down when it is made, and is opened under no other."""

from __future__ import annotations

import json

import msgspec
import pytest

from game.figures import ScenarioError
from game.scenario import NEWEST_RULES
from negotiation.rooms import exports, plays
from negotiation.rooms.models import Room
from negotiation.rooms.verification import CannotCheck, check_file, check_room
from tests.rooms.cast import Table

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_room_plays_the_newest_rules_and_says_so_in_its_record() -> None:
    table = Table()
    assert json.loads(table.room.settings)["rules"] == NEWEST_RULES
    assert table.play.scenario.rules == NEWEST_RULES


def test_a_room_can_be_made_under_older_rules() -> None:
    table = Table(rules=2, rounds=1)
    table.play_all()
    assert table.play.scenario.rules == 2
    assert check_room(table.room).is_sound


def test_a_room_of_before_versions_were_written_down_is_opened_under_the_first() -> None:
    table = Table(rules=2, rounds=1)
    table.play_all()
    world = table.play.world
    settings = json.loads(table.room.settings)
    del settings["rules"]
    Room.objects.filter(pk=table.pk).update(settings=json.dumps(settings))
    plays.forget_all()
    assert table.play.scenario.rules == 2
    assert table.play.world == world
    assert check_room(table.room).is_sound


def test_a_room_of_rules_that_this_program_does_not_know_is_refused_with_a_reason() -> None:
    table = Table(rounds=1)
    table.play_all()
    file = msgspec.json.encode(exports.game_log(table.room, table.play, "observer"))
    with pytest.raises(CannotCheck, match="version 9 of the rules"):
        check_file(file.replace(b'"rules":3', b'"rules":9'))
    Room.objects.filter(pk=table.pk).update(settings=table.room.settings.replace('"rules":3', '"rules":9'))
    plays.forget_all()
    with pytest.raises(ScenarioError, match="found version 9; allowed: 2, 3"):
        plays.fold(table.room)
    assert any("found version 9" in wrong for wrong in check_room(table.room).wrong)
