"""A class that plays games of other kinds: different winners in each sense, and files as ever."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from game.decisions import Advance, GiveOrder, Propose, Start, Vote
from game.records import Order, Package
from negotiation.conferences import exports, outcomes
from negotiation.rooms import plays, services
from tests.conferences.cast import Class
from tests.rooms.cast import new_id

pytestmark = pytest.mark.django_db

FAIR = ("A3", "B2", "C3", "D2", "E4")


def act(monday: Class, number: int, seat: str, decision: Any) -> None:
    table = monday.table(number)
    one = table.participants.select_related("delegate").get(seat=seat)
    epoch = plays.fold(table.room).epoch
    answer = services.act(
        room_id=table.room_id,
        by=services.who(one.delegate),  # type: ignore[arg-type]
        decision=decision,
        act_id=new_id(),
        epoch=epoch,
    )
    assert answer.ok, answer


def test_a_class_sees_another_winner_in_each_sense(client: Client) -> None:
    monday = Class(people=8, scenario="winasmuch", clock=False)
    monday.come(8)
    monday.press(Start())
    monday.press(Advance())
    for number, moves in ((1, "xyyy"), (2, "yyyy")):
        for seat, move in zip(("CN", "JP", "KR", "US"), moves, strict=True):
            act(monday, number, seat, GiveOrder(Order(move=move)))
    found = outcomes.of(monday.conference)
    senses = {one.id: (one.value, [(table, seat) for table, seat, _ in one.best]) for one in found.senses}
    assert senses == {
        "absolute": (3.0, [(1, "CN")]),
        "relative": (4.0, [(1, "CN")]),
        "spread": (0.0, [(2, "")]),
        "joint": (4.0, [(2, "")]),
    }
    client.force_login(monday.tess)
    page = client.get(f"/c/{monday.conference.code}/results/").content.decode()
    assert 'data-sense="spread"' in page
    assert "Earned most trust" not in page


def test_a_deal_of_a_class_stands_in_its_results_and_files(client: Client) -> None:
    monday = Class(people=4, scenario="fisheries", clock=False)
    monday.come(4)
    monday.press(Start())
    act(monday, 1, "CN", Propose(Package(sponsor="CN", deal=FAIR)))
    monday.press(Advance())
    for seat in ("JP", "KR", "RU"):
        act(monday, 1, seat, Vote("1a", "yes"))
    monday.press(Advance())
    found = outcomes.of(monday.conference)
    assert [one.deal for one in found.tables[0].agreements] == [" ".join(FAIR)]
    assert found.tables[0].is_final
    assert found.tables[0].joint == 45.0
    with zipfile.ZipFile(io.BytesIO(exports.archive(monday.conference))) as file:
        rows = list(csv.DictReader(io.StringIO(file.read("results.csv").decode("utf-8-sig"))))
    assert {row["seat"]: float(row["G"]) for row in rows} == {"CN": 7.0, "JP": 6.0, "KR": 18.0, "RU": 14.0}
    client.force_login(monday.tess)
    assert " ".join(FAIR) in client.get(f"/c/{monday.conference.code}/results/").content.decode()
