"""Each side deal says which texts fall once it is signed, and exactly these fall."""

from __future__ import annotations

from game.decisions import Propose, Ready, Vote
from game.records import Duty, InstitutionClause, Package
from game.table import Table

CALM = Duty(by="CN", kind="abstain", what="patrol", to="JP")
NO_SHIELD = Duty(by="JP", kind="abstain", what="missile_defence")
OPEN = Duty(by="CN", kind="open", to="KR")


def table() -> Table:
    """A talk with two side deals of China's and two main texts, one of which repeats a side deal."""
    room = Table.of_people("cjk", seed="0" * 32, side_deals=True)
    room.act("JP", Propose(Package(sponsor="JP", side=True, duties=(CALM, NO_SHIELD))))
    room.act("KR", Propose(Package(sponsor="KR", side=True, duties=(OPEN,))))
    room.act("JP", Propose(Package(sponsor="JP", duties=(CALM,), institution=InstitutionClause("dialogue"))))
    room.act("KR", Propose(Package(sponsor="KR", institution=InstitutionClause("exchange"))))
    return room


def sinks(room: Table, viewer: str = "KR") -> dict[str, tuple[str, ...]]:
    return {text.id: text.sinks for text in room.observe(viewer).texts.texts}


def test_a_side_deal_names_others_of_its_parties_and_main_texts_that_say_the_same() -> None:
    assert sinks(table()) == {"1a": ("1b", "1c"), "1b": ("1a",), "1c": (), "1d": ()}
    assert sinks(table(), "observer") == sinks(table())


def test_what_it_names_falls_and_nothing_else() -> None:
    room = table()
    named = sinks(room)["1a"]
    room.act("CN", Vote("1a", "yes"))
    assert sinks(room) == {"1a": (), "1b": (), "1c": (), "1d": ()}
    while room.play.phase != "vote":
        for seat in ("CN", "JP", "KR"):
            if room.play.phase != "vote":
                room.act(seat, Ready())
    for seat in ("CN", "JP", "KR"):
        for id_ in ("1c", "1d"):
            if room.play.phase == "vote":  # it ends with the last vote that counts
                room.act(seat, Vote(id_, "yes"))
    for seat in ("CN", "JP", "KR"):
        if room.play.phase == "vote":
            room.act(seat, Ready())
    status = {text.id: text.status for text in room.play.texts}
    assert {id_ for id_, what in status.items() if what == "failed"} == set(named)
    assert status["1d"] == "adopted"
