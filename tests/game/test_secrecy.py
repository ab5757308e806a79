"""Non-interference: what a seat does in secret moves nothing that another seat, or an observer, can see.

Each test plays two games that differ only in a secret of China and compares, byte by byte, everything
every other viewer is shown on the way: each observation and each event. The digests of sealed orders are
left out of the comparison, for they are commitments: they must differ, and tell nothing without a nonce.
"""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from game import history
from game.decisions import Draft, GiveOrder, Propose, Say, Vote
from game.events import PhaseBegan
from game.observation import FACILITATOR, OBSERVER, observe, visible, why
from game.play import Play
from game.records import Duty, Order, OrderedMeasure, Package
from tests.game.cast import Room, people_at

CAP = Package(sponsor="KR", duties=(Duty(by="CN", kind="cap", amount=0), Duty(by="KR", kind="open", to="CN")))
SECRETIVE = "CN"

seeds = st.integers(0, 2**32 - 1).map(lambda n: f"{n:032x}")
postures = st.sampled_from([-1, 0, 1, 2])
measures = st.sampled_from(
    [
        (),
        (OrderedMeasure("exchange", "KR"),),
        (OrderedMeasure("visit"), OrderedMeasure("radar")),
        (OrderedMeasure("missile_defence"),),
        (OrderedMeasure("patrol", "JP"), OrderedMeasure("propaganda", "JP")),
    ]
)
orders = st.builds(
    Order,
    posture=postures,
    emphasis=st.sampled_from([None, 0.0, 0.4, 1.0]),
    measures=measures,
    suspend=st.booleans(),
)
words = st.text(min_size=1, max_size=30).map(lambda text: f"x{text}")
packages = st.sampled_from([CAP, Package(sponsor="CN", duties=(Duty(by="JP", kind="admit"),)), None])


def sights(room: Room, *blind: str) -> dict[str, list[bytes]]:
    """Return all that each viewer not in `blind` is shown from the beginning to now."""
    viewers = [v for v in (*room.opening.scenario.seats, OBSERVER) if v not in blind]
    told: dict[str, list[bytes]] = {viewer: [] for viewer in viewers}
    play = room.opening
    for number, event in enumerate(room.log, 1):
        play = history.apply(play, event)
        is_landmark = isinstance(event, PhaseBegan) or number == len(room.log)
        for viewer in viewers:
            shown = visible(event, viewer)
            if shown is not None:
                told[viewer].append(msgspec.json.encode(shown))
            if is_landmark:
                now = _without_digests(msgspec.to_builtins(observe(play, viewer)))
                told[viewer].append(msgspec.json.encode(now))
    return told


def _without_digests(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_digests(inner) for key, inner in value.items() if key != "digests"}
    if isinstance(value, list | tuple):
        return [_without_digests(inner) for inner in value]
    return value


def capped(seed: str) -> Room:
    """Return a room in the orders of round 1, where China has just promised a cap of 0."""
    room = people_at(seed=seed)
    room.adopt(CAP)
    assert room.play.adopted
    return room


def finish_round(room: Room) -> None:
    for seat in ("JP", "KR"):
        room.act(seat, GiveOrder(Order()))
    room.until("talk")


@given(seeds, orders, orders)
@settings(max_examples=40, deadline=None)
def test_an_order_stays_secret_until_it_is_resolved(seed: str, one: Order, other: Order) -> None:
    rooms = [capped(seed), capped(seed)]
    for room, order in zip(rooms, (one, other), strict=True):
        room.act(SECRETIVE, GiveOrder(order))
        room.act("JP", GiveOrder(Order()))
    assert sights(rooms[0], SECRETIVE) == sights(rooms[1], SECRETIVE)


@given(seeds, postures, postures, measures, st.sampled_from([None, 0.8]))
@settings(max_examples=80, deadline=None)
def test_a_covert_build_up_stays_secret_until_it_is_found(
    seed: str, one: int, other: int, done: tuple[OrderedMeasure, ...], emphasis: float | None
) -> None:
    assume(one >= 0 and other >= 0)  # a cut below the cap is shown
    rooms = [capped(seed), capped(seed)]
    for room, posture in zip(rooms, (one, other), strict=True):
        room.act(SECRETIVE, GiveOrder(Order(posture=posture, emphasis=emphasis, measures=done)))  # type: ignore[arg-type]
        finish_round(room)
    assume(not any(room.play.played[0].resolved.report.found for room in rooms))
    assert sights(rooms[0], SECRETIVE) == sights(rooms[1], SECRETIVE)
    for seat in ("JP", "KR", SECRETIVE):
        assert why(rooms[0].play, seat, 1) == why(rooms[1].play, seat, 1), "not even the reasons tell"
    assert one == other or rooms[0].play.world.H != rooms[1].play.world.H


@given(seeds)
@settings(max_examples=25, deadline=None)
def test_a_hidden_stock_stays_secret_for_the_whole_game(seed: str) -> None:
    honest, cheat = capped(seed), capped(seed)
    for room, posture in ((honest, 0), (cheat, 1)):
        room.act(SECRETIVE, GiveOrder(Order(posture=posture)))  # type: ignore[arg-type]
        finish_round(room)
        while room.play.phase != "reveal" or room.play.round < room.play.rounds:
            room.all_ready()
    assume(not any(done.resolved.report.found for done in cheat.play.played))
    assert sights(honest, SECRETIVE) == sights(cheat, SECRETIVE)
    assert cheat.play.world.H[0] > honest.play.world.H[0] == 0
    for room in (honest, cheat):
        room.all_ready()
    assert sights(honest, SECRETIVE) != sights(cheat, SECRETIVE), "the end lifts the veil"


@given(packages, packages)
@settings(max_examples=20, deadline=None)
def test_a_draft_stays_in_the_team(one: Package | None, other: Package | None) -> None:
    rooms = [people_at(), people_at()]
    for room, draft in zip(rooms, (one, other), strict=True):
        room.act(SECRETIVE, Draft(draft))
    assert sights(rooms[0], SECRETIVE) == sights(rooms[1], SECRETIVE)


@given(st.lists(words, min_size=1, max_size=4), st.lists(words, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_private_talk_tells_others_only_that_it_took_place(one: list[str], other: list[str]) -> None:
    rooms = [people_at(), people_at()]
    for room, lines in zip(rooms, (one, other), strict=True):
        for line in lines:
            room.act(SECRETIVE, Say(line, to=("JP",)))
    assert sights(rooms[0], SECRETIVE, "JP") == sights(rooms[1], SECRETIVE, "JP")


@given(st.integers(1, 3), st.integers(1, 3))
@settings(max_examples=9, deadline=None)
def test_a_mandate_is_known_to_its_own_seat_alone(one: int, other: int) -> None:
    def shuffled(number: int) -> Play:
        play = people_at().play
        texts = play.scenario.mandate_texts
        turned = (*texts[SECRETIVE][number - 1 :], *texts[SECRETIVE][: number - 1])
        scenario = msgspec.structs.replace(play.scenario, mandate_texts={**texts, SECRETIVE: turned})
        return msgspec.structs.replace(play, scenario=scenario)

    plays = [shuffled(one), shuffled(other)]
    for viewer in ("JP", "KR", OBSERVER):
        assert observe(plays[0], viewer) == observe(plays[1], viewer)
    assert (observe(plays[0], SECRETIVE) == observe(plays[1], SECRETIVE)) == (one == other)


def test_which_team_mate_acted_is_the_teams_business() -> None:
    rooms = [people_at(), people_at()]
    for room, by in zip(rooms, (1, 2), strict=True):
        room.act("JP", Say("hello"), by=by)
        room.act("JP", Propose(Package(sponsor="JP", duties=(Duty(by="JP", kind="admit"),))), by=by)
        room.until("vote")
        room.act("JP", Vote("1a", "abstain"), by=by)
    assert sights(rooms[0], "JP") == sights(rooms[1], "JP")
    assert sights(rooms[0]) != sights(rooms[1])


def test_the_facilitator_alone_sees_every_seats_own_page() -> None:
    play = people_at().play
    assert set(observe(play, FACILITATOR).seats) == {"CN", "JP", "KR"}
    for viewer in ("CN", "JP", "KR", OBSERVER):
        seen = observe(play, viewer)
        assert seen.seats == {}
        assert (seen.own is None) == (viewer == OBSERVER)


def test_a_leak_would_be_seen() -> None:
    """The comparison itself is tried on a planted leak: an order that is told in public."""
    rooms = [capped("0" * 32), capped("0" * 32)]
    for room, posture in zip(rooms, (0, 2), strict=True):
        room.act(SECRETIVE, GiveOrder(Order(posture=posture)))  # type: ignore[arg-type]
        room.act(SECRETIVE, Say(f"we build {posture}"))
    assert sights(rooms[0], SECRETIVE) != sights(rooms[1], SECRETIVE)
