"""Finished games of bots, written once into the shared server's data, for all tests that look at one."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from tests.live_server import LiveServer

GAMES = """
import json, time
from game.events import Seated
from negotiation.rooms import creation, people
from negotiation.rooms.log import writing
from tests.game.bot_room import bot_game

for scenario, count in (("cjk", 3), ("thaad2017", 1), ("camps2023", 1), ("six2003", 1)):
    game = bot_game(scenario, count)
    wish = creation.Wish(game.opening.settings, teams=scenario != "cjk")
    room = creation.create(wish=wish, seed=game.opening.seed)
    bob = people.join(room_id=room.pk, name="Bob Ito", seat="KR", is_host=scenario == "cjk")
    if scenario != "cjk":
        people.join(room_id=room.pk, name="Beatrix of the delegation", seat="KR")
    with writing(room.pk, time.time()) as writer:
        writer.record(one for one in game.log if not (isinstance(one, Seated) and one.seat == "KR"))
    print(json.dumps([scenario, room.code, bob.token]))
"""


class Finished(NamedTuple):
    """A room whose game is over, and what its Korea keeps in a cookie: alone and host in cjk, else one of a delegation of two."""

    code: str
    token: str


@pytest.fixture(scope="session")
def finished_games(shared_server: LiveServer) -> dict[str, Finished]:
    """By the name of the scenario."""
    lines = shared_server.manage("shell", "-v", "0", "-c", GAMES).splitlines()
    return {scenario: Finished(code, token) for scenario, code, token in map(json.loads, lines)}
