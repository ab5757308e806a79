"""Whoever comes gets a seat at a table that can be played, however many they are and however they are put there."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.conferences.assignment import MODES, Mode, Person, assign
from negotiation.conferences.plan import MOST_PER_SEAT, ODD, Odd, plan

EVERY_SIZE = range(1, 201)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("seats", [3, 6])
@pytest.mark.parametrize("per_seat", range(1, MOST_PER_SEAT + 1))
def test_from_1_to_200_nobody_is_left_out_and_no_table_is_empty(odd: Odd, seats: int, per_seat: int) -> None:
    for people in EVERY_SIZE:
        made = plan(people=people, seats=seats, per_seat=per_seat, odd=odd)
        assert made.people == people == sum(map(sum, made.places))
        sizes = [sum(table) for table in made.places]
        assert max(sizes) - min(sizes) <= 1
        assert min(sizes) >= min(2, people)
        assert all(len(table) == seats and max(table) <= MOST_PER_SEAT for table in made.tables)
        assert all(max(table) - min(table) <= 1 for table in made.tables)


@pytest.mark.parametrize(
    ("people", "seats", "tables"),
    [
        (5, 6, [(1, 1, 1, 1, 1, 0)]),
        (7, 6, [(2, 1, 1, 1, 1, 1)]),
        (7, 3, [(2, 1, 1), (1, 1, 1)]),
        (11, 6, [(1, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 0)]),
        (23, 6, [(1, 1, 1, 1, 1, 1)] * 3 + [(1, 1, 1, 1, 1, 0)]),
    ],
)
def test_classes_of_5_7_11_and_23(people: int, seats: int, tables: list[tuple[int, ...]]) -> None:
    assert list(plan(people=people, seats=seats).tables) == tables


@pytest.mark.parametrize("per_seat", range(1, MOST_PER_SEAT + 1))
def test_who_watches_leaves_full_tables_behind(per_seat: int) -> None:
    for people in range(6 * per_seat, 200):
        made = plan(people=people, seats=6, per_seat=per_seat, odd="observers")
        assert set(made.tables) == {(per_seat,) * 6}
        assert sum(made.watching) == people % (6 * per_seat)


def test_mirrors_leave_no_bot() -> None:
    assert plan(people=8, seats=6, odd="mirror").tables == ((2, 2, 1, 1, 1, 1),)


def test_teams_leave_no_bot_and_bots_no_team() -> None:
    for people in EVERY_SIZE:
        assert plan(people=people, seats=3, odd="teams").bots == 0 or people < 3
        assert plan(people=people, seats=3, odd="bots").teams == 0 or people < 3


@pytest.mark.parametrize(("people", "per_seat"), [(0, 1), (1001, 1), (6, 0), (6, 6)])
def test_what_cannot_be_planned_is_refused(people: int, per_seat: int) -> None:
    with pytest.raises(ValueError, match=f"people {people}"):
        plan(people=people, seats=3, per_seat=per_seat)


persons = st.builds(
    Person,
    team=st.sampled_from(["", "red", "blue", "gold"]),
    experience=st.integers(0, 5),
    wish=st.none() | st.integers(0, 2),
)


@given(
    st.lists(persons, min_size=1, max_size=60),
    st.sampled_from(MODES),
    st.sampled_from(ODD),
    st.integers(1, 3),
    st.integers(),
)
def test_every_way_of_seating_gives_everybody_a_place_of_the_plan(
    people: list[Person], mode: Mode, odd: Odd, per_seat: int, seed: int
) -> None:
    made = plan(people=len(people), seats=3, per_seat=per_seat, odd=odd)
    places = assign(people, made, mode, random.Random(seed))
    assert sorted(places) == list(range(len(people)))
    taken = Counter(places.values())
    for number, table in enumerate(made.places):
        assert tuple(taken[number, seat] for seat in range(4)) == table


def of_teams(people: list[Person], mode: Mode) -> dict[int, list[str]]:
    made = plan(people=len(people), seats=3)
    tables: dict[int, list[str]] = {}
    for person, (table, _) in assign(people, made, mode, random.Random(1)).items():
        tables.setdefault(table, []).append(people[person].team)
    return tables


def test_teams_are_kept_together_or_apart() -> None:
    people = [Person(team) for team in ("red", "blue", "gold") * 3]
    assert all(len(set(table)) == 1 for table in of_teams(people, "together").values())
    assert all(len(set(table)) == 3 for table in of_teams(people, "apart").values())


def test_experience_is_spread() -> None:
    people = [Person(experience=n) for n in (9, 9, 9, 0, 0, 0, 0, 0, 0)]
    made = plan(people=9, seats=3)
    places = assign(people, made, "balanced", random.Random(1))
    assert {places[one][0] for one in range(3)} == {0, 1, 2}


def test_wishes_are_met_where_the_seat_is_free() -> None:
    places = assign(
        [Person(wish=2), Person(wish=2), Person(wish=0)], plan(people=3, seats=3), "roster", random.Random(1)
    )
    assert places == {0: (0, 2), 1: (0, 1), 2: (0, 0)}
