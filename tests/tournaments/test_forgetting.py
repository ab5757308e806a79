"""Who is forgotten in the ratings or with a tournament stays forgotten, and nobody is taken for somebody else."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from negotiation.conferences.models import Participant
from negotiation.rooms.models import Delegate
from negotiation.tournaments import desk, forgetting, rating, rounds
from negotiation.tournaments.models import Player, Rated
from tests.tournaments.cast import Cup

FIRST = ("ANNA LEE", "Bo", "Cy", "Di", "Ed", "Flo")
SECOND = ("Gus", "Hal", "Ida", "Jo", "Kay", "Anna Lee")


def over(names: tuple[str, ...], **more: bool) -> Cup:
    """A cup of one round of these players."""
    cup = Cup(players=0, rounds=1, **more)
    for name in names:
        desk.check_in(desk.register(cup.tournament, name, who="dana"))
    cup.whole_round()
    rounds.finish(cup.tournament, who="dana")
    return cup


@pytest.fixture
def cups() -> tuple[Cup, Cup]:
    found = over(FIRST), over(SECOND)
    rating.take_in(found[0].dana)
    return found


def games() -> dict[str, int]:
    return dict(Rated.objects.values_list("name", "games"))


def test_who_is_forgotten_stays_forgotten_however_the_name_was_written(cups: tuple[Cup, Cup]) -> None:
    dana = cups[0].dana
    assert games()["ANNA LEE"] == 2
    desk.appeal(cups[1].player(6), 1, "I was in hospital.")
    assert rating.forget(dana, "Anna Lee")
    others = {*FIRST[1:], *SECOND[:-1]}
    assert games().keys() == others
    rating.take_in(dana)
    assert games() == dict.fromkeys(others, 1)
    assert not rating.forget(dana, "anna lee")
    assert not [
        name
        for kind, field in ((Player, "name"), (Participant, "label"), (Participant, "alias"), (Delegate, "name"))
        for name in kind.objects.values_list(field, flat=True)
        if "anna" in name.lower()
    ]
    assert cups[1].player(6).appeals.get().text == ""
    assert "Bo" in Delegate.objects.values_list("name", flat=True), "the others are not touched"


def test_strangers_of_tournaments_that_were_forgotten_are_not_taken_for_one(cups: tuple[Cup, Cup]) -> None:
    for cup in cups:
        forgetting.forget(cup.tournament)
        assert not games().keys() & {*cup.tournament.players.values_list("name", flat=True)}
    assert games() == {}
    assert rating.take_in(cups[0].dana) == 0
    over(("Player 1", "Bo", "Player 3"))
    rating.take_in(cups[0].dana)
    assert games() == {"Player 1": 1, "Bo": 1, "Player 3": 1}, "and somebody may really have such a name"


def test_the_ratings_know_nobody_of_a_tournament_any_more_once_it_is_forgotten_or_deleted(
    cups: tuple[Cup, Cup],
) -> None:
    forgetting.forget(cups[0].tournament)
    assert games() == dict.fromkeys(SECOND, 1)
    forgetting.delete(cups[1].tournament)
    assert games() == {}


def test_who_was_forgotten_by_an_older_version_is_nobody_either(cups: tuple[Cup, Cup]) -> None:
    for cup in cups:
        forgetting.forget(cup.tournament)
    Player.objects.update(tenures=[])
    rating.take_in(cups[0].dana)
    assert games()["Player 1"] == 2, "as it was"
    import_module("negotiation.tournaments.migrations.0003_forgotten").nameless(apps, None)
    rating.take_in(cups[0].dana)
    assert games() == {}


def test_players_of_a_tournament_nobody_uses_are_forgotten_once_whatever_their_names() -> None:
    cup = over(("Player of Go", "Bo", "Cy"))
    cup.tournament.changes.update(at="2020-01-01T00:00:00Z")
    type(cup.tournament).objects.update(created_at="2020-01-01T00:00:00Z")
    assert forgetting.forget_idle(30) == 1
    assert cup.player(1).name == "Player 1"
    assert forgetting.forget_idle(30) == 0


def test_an_account_that_is_deleted_takes_its_tournaments_and_all_names_in_their_rooms_with_it(
    cups: tuple[Cup, Cup],
) -> None:
    cups[0].dana.delete()
    assert not Player.objects.exists()
    assert not Rated.objects.exists()
    assert not Delegate.objects.exclude(name="").exists()
