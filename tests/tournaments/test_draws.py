"""Draws: better than chance and than care, even over seats, the same from the same seed, whoever comes, stays away or leaves."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.tournaments import chairs, draws, quality
from negotiation.tournaments.drawn import told
from negotiation.tournaments.draws import CannotDraw, draw
from negotiation.tournaments.history import Entrant, History, Seating

BLOCS = (0, 0, 1, 1, 0, 1)


def people(count: int) -> list[Entrant]:
    return [Entrant(number) for number in range(1, count + 1)]


def drawn(entrants: list[Entrant], rounds: int, **more: object) -> list[Seating]:
    done: list[Seating] = []
    ahead: tuple[Seating, ...] = ()
    for number in range(rounds):
        found = draw(
            entrants,
            History(done, blocs=BLOCS),
            seats=6,
            seed=f"seed {number}",
            rounds=rounds - number,
            ahead=ahead,
            swaps=60_000,
            work=0.6,
            **more,  # type: ignore[arg-type]
        )
        done.append(found.seating)
        ahead = found.ahead
    return done


@pytest.mark.parametrize(("count", "less"), [(12, 1.0), (36, 0.7), (60, 0.3)])
def test_draws_repeat_less_than_careful_hands_and_everybody_has_every_seat_once(count: int, less: float) -> None:
    found = quality.of(drawn(people(count), 6), blocs=BLOCS)
    greedy = quality.of(quality.greedily(people(count), seats=6, rounds=6, seed="1"), blocs=BLOCS)
    lot = quality.of(quality.by_lot(people(count), seats=6, rounds=6, seed="1"), blocs=BLOCS)
    assert found.uneven == 0
    assert found.squared <= greedy.squared
    assert found.again <= less * greedy.again
    assert greedy.squared < lot.squared


def test_the_same_seed_draws_the_same_and_another_another() -> None:
    first, again = (draw(people(24), History(), seats=6, seed="a", rounds=3, swaps=10_000, work=0.2) for _ in range(2))
    assert first == again
    other = draw(people(24), History(), seats=6, seed="b", rounds=3, swaps=10_000, work=0.2)
    assert other.seating != first.seating
    shuffled = random.Random(1).sample(people(24), 24)
    assert draw(shuffled, History(), seats=6, seed="a", rounds=3, swaps=10_000, work=0.2) == first


def test_bots_fill_up_one_a_table_as_far_as_there_are_tables() -> None:
    found = draw(people(20), History(), seats=6, seed="a", swaps=20_000, work=0.5)
    bots = [sum(one < 0 for one in table) for table in found.seating]
    assert sorted(bots) == [1, 1, 1, 1]
    assert sorted(one for table in found.seating for one in table if one > 0) == list(range(1, 21))


def test_those_sit_out_who_did_so_least() -> None:
    history = History()
    for number in (1, 2, 3):
        history.byes[number] += 1
    for _ in range(2):
        found = draw(people(7), history, seats=6, seed="x", filling="byes", swaps=5_000, work=0.2)
        assert len(found.byes) == 1
        assert found.byes[0] > 3
        for one in found.byes:
            history.byes[one] += 1


@pytest.mark.parametrize(("count", "filling"), [(0, "bots"), (1, "bots"), (5, "byes")])
def test_too_few_are_refused_with_what_to_do(count: int, filling: draws.Filling) -> None:
    with pytest.raises(CannotDraw) as refused:
        draw(people(count), History(), seats=6, seed="x", filling=filling)
    assert re.search(r"\. |Check|Let", told(refused.value.said))


def test_teams_are_kept_apart_where_they_can_be() -> None:
    entrants = [Entrant(n, team=f"school {n % 6}") for n in range(1, 37)]
    for seating in drawn(entrants, 3):
        for table in seating:
            assert len({one % 6 for one in table}) == 6


def test_a_swiss_draw_puts_like_with_like() -> None:
    entrants = [Entrant(n, group=(n - 1) // 6) for n in range(1, 37)]
    found = draw(entrants, History(), seats=6, seed="x", system="swiss", swaps=100_000, work=1.0)
    assert [{(one - 1) // 6 for one in table} for table in found.seating] == [{0}, {1}, {2}, {3}, {4}, {5}]
    second = draw(entrants, History([found.seating]), seats=6, seed="x", system="swiss", swaps=100_000, work=1.0)
    assert second.repeats < 40, "those who met go to the groups beside theirs"


def test_who_stays_away_or_comes_late_is_drawn_around_and_all_stays_fair() -> None:
    rng = random.Random(3)
    done: list[Seating] = []
    ahead: tuple[Seating, ...] = ()
    for number in range(6):
        here = [one for one in people(38 if number else 33) if rng.random() > 0.1]
        found = draw(
            here, History(done), seats=6, seed=f"{number}", rounds=6 - number, ahead=ahead, swaps=20_000, work=0.3
        )
        assert sorted(one for table in found.seating for one in table if one > 0) == sorted(one.number for one in here)
        ahead = found.ahead
        done.append(found.seating)
    assert quality.of(done).most <= 3
    assert max(History(done).sat[one, seat] for one in range(1, 39) for seat in range(6)) <= 2


@settings(max_examples=40)
@given(st.integers(1, 8), st.integers(1, 12), st.integers(0, 10**6))
def test_seats_are_as_even_as_they_can_be(tables: int, rounds: int, seed: int) -> None:
    rng = random.Random(seed)
    entrants = people(tables * 4)
    groups = []
    for _ in range(rounds):
        order = list(range(len(entrants)))
        rng.shuffle(order)
        groups.append([order[i : i + 4] for i in range(0, len(order), 4)])
    rows = chairs.seated(groups, entrants, History())
    assert [[sorted(table) for table in tables] for tables in rows] == [[sorted(t) for t in g] for g in groups]
    for one in range(len(entrants)):
        counts = [sum(table[seat] == one for tables in rows for table in tables) for seat in range(4)]
        assert max(counts) - min(counts) <= 1


def test_perfection_that_cannot_be_is_explained() -> None:
    found = draw(people(36), History(), seats=6, seed="a", rounds=4, swaps=20_000, work=0.5)
    assert {"code": "no_squares"} in found.reasons
    found = draw(people(12), History(), seats=6, seed="a", rounds=3, swaps=5_000, work=0.5)
    assert {"code": "must_repeat", "rounds": 3, "each": 15, "others": 11} in found.reasons
