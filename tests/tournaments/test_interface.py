"""The desk for programs, finals with points carried over, and seats that stay anonymous."""

from __future__ import annotations

import json

from django.test import Client
from django.urls import reverse

from negotiation.tournaments import bundle, cuts, fairplay, proof, ranking, rounds
from negotiation.tournaments.actions import ACTIONS
from negotiation.tournaments.interface import FIELDS
from negotiation.tournaments.models import Tournament
from tests.tournaments.cast import Cup


def post(cup: Cup, what: str, token: str, body: object = None) -> tuple[int, dict[str, object]]:
    answer = Client(enforce_csrf_checks=True).post(
        reverse("tournaments:api", kwargs={"code": cup.tournament.code, "what": what}),
        json.dumps(body or {}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    return answer.status_code, answer.json()


def test_a_program_with_the_token_does_what_the_desk_does_and_nobody_else_does() -> None:
    cup = Cup(players=6, rounds=1)
    token = cup.tournament.token
    assert post(cup, "add", token, {"name": "Zoe", "team": ""})[0] == 200
    assert post(cup, "add", token, {"name": "zoe"}) == (
        409,
        {"error": "Somebody of this name is registered already. Add an initial."},
    )
    assert post(cup, "add", token, {"name": ["a"]})[0] == 400
    assert post(cup, "add", token, {"name": "\u202e"})[0] == 422
    assert post(cup, "fly", token)[0] == 404
    for wrong in ("", "x", token[:-1], cup.player(1).token):
        assert post(cup, "withdraw", wrong, {"player": 1})[0] == 401
    assert cup.player(1).withdrew is None
    assert post(cup, "token", token)[0] == 200
    assert post(cup, "withdraw", token, {"player": 1})[0] == 401
    assert post(cup, "withdraw", cup.tournament.token, {"player": 1})[0] == 200


def test_the_token_of_an_account_that_was_closed_opens_nothing_until_it_is_open_again() -> None:
    cup = Cup(players=1, rounds=1)
    for is_active, status in ((False, 401), (True, 200)):
        cup.dana.is_active = is_active
        cup.dana.save()
        assert post(cup, "withdraw", cup.tournament.token, {"player": 1})[0] == status


def test_the_description_names_every_action() -> None:
    assert FIELDS.keys() | {"token"} == ACTIONS.keys()
    told = Client().get(reverse("tournaments:openapi")).json()
    assert {f"/t/{{code}}/api/{what}/" for what in FIELDS} <= told["paths"].keys()


def test_finals_take_the_best_with_a_share_of_their_points_and_can_be_proved() -> None:
    cup = Cup(players=12, rounds=1)
    cup.whole_round()
    rounds.finish(cup.tournament, who="dana")
    lines = ranking.table(cup.tournament).lines
    finals = cuts.finals(cup.tournament, count=6, played=1, carry=0.5, who="dana")
    players = list(finals.players.order_by("number"))
    assert len(players) >= 6
    assert players[0].carried == round(lines[0].score / 2, 6)
    cup.pk = finals.pk
    finals.players.update(checked_in_at=finals.created_at)
    cup.whole_round()
    rounds.finish(cup.tournament, who="dana")
    lines = ranking.table(cup.tournament).lines
    assert all(line.score == line.carried + line.rounds[0].value for line in lines)
    assert proof.check(bundle.made(cup.tournament)).wrong == []


def test_anonymous_seats_are_nowhere_before_the_results_are_confirmed() -> None:
    cup = Cup(players=12, rounds=1, anonymous=True)
    published = cup.published()
    stranger = cup.client(director=False)
    code = cup.tournament.code
    orders = [[f"Player {n}" for n in table] for table in published.drawn["seating"]]
    page = stranger.get(reverse("tournaments:round", kwargs={"code": code, "number": 1})).content.decode()
    told = stranger.get(reverse("tournaments:standings_json", kwargs={"code": code})).json()
    assert all(table == sorted(table) for table in told["draws"][0]["tables"])
    for table in orders:
        cells = [name for name in table if name in page]
        shown = sorted(cells, key=lambda name: page.index(f"{name}"))
        assert len(shown) == len(table)
    assert "/players/" not in page
    cross = stranger.get(reverse("tournaments:crosstable", kwargs={"code": code})).content.decode()
    assert '<td class="num">1</td>' not in cross
    cup.play(1)
    during = stranger.get(reverse("tournaments:round", kwargs={"code": code, "number": 1})).content.decode()
    assert "/players/" not in during
    rounds.confirm(cup.round(1), who="dana")
    after = stranger.get(reverse("tournaments:round", kwargs={"code": code, "number": 1})).content.decode()
    assert "/players/" in after


def test_the_tokens_of_two_tournaments_open_nothing_of_each_other() -> None:
    cup = Cup(players=2)
    other = Tournament.objects.create(title="Other", owner=cup.dana, scenario="cjk", settings=cup.tournament.settings)
    assert other.token != cup.tournament.token
    assert post(cup, "check-in-all", other.token)[0] == 401


def test_the_director_sees_evidence_and_players_do_not() -> None:
    cup = Cup(players=12, rounds=1)
    cup.published()
    phone, other = Client(), Client()
    for client, number in ((phone, 1), (phone, 2), (other, 3)):
        client.get(reverse("tournaments:mine", kwargs={"code": cup.tournament.code, "token": cup.player(number).token}))
    assert [[one.number for one in group] for group in fairplay.devices(cup.tournament)] == [[1, 2]]
    cup.play(1, gift=True)
    rounds.confirm(cup.round(1), who="dana")
    given = fairplay.gifts(cup.tournament)
    assert {(one.table, one.lost > fairplay.GIFT, one.gained > 0) for one in given} == {(1, True, True)}
    url = reverse("tournaments:fair_play", kwargs={"code": cup.tournament.code})
    page = cup.client().get(url).content.decode()
    assert given[0].giver.name in page
    assert "Player 1, Player 2" in page
    assert phone.get(url).status_code == 302


def test_no_more_browsers_of_a_player_are_remembered_than_are_of_use() -> None:
    cup = Cup(players=1, rounds=1)
    address = reverse("tournaments:mine", kwargs={"code": cup.tournament.code, "token": cup.player(1).token})
    for _ in range(fairplay.MOST_DEVICES + 1):
        assert Client().get(address).status_code == 200
    assert len(cup.player(1).devices) == fairplay.MOST_DEVICES


def test_the_same_text_at_two_tables_is_shown_when_it_came_later() -> None:
    cup = Cup(players=12, rounds=1)
    cup.published()
    cup.play(1, gift=True, copied_after=120.0)
    rounds.confirm(cup.round(1), who="dana")
    (one,) = fairplay.copies(cup.tournament)
    assert (one.first, one.second) == (1, 2)
    assert one.seconds >= 119
