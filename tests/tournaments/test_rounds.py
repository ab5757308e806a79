"""A tournament from the first registration to the final standings, and everything that goes wrong on the way."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from negotiation.rooms.models import Room
from negotiation.tournaments import bundle, desk, drawing, proof, ranking, rounds
from negotiation.tournaments.desk import CannotDo
from negotiation.tournaments.drawn import told
from negotiation.tournaments.forms import PRESETS
from negotiation.tournaments.models import Change, Place, Rated, Round, Tournament
from tests.pages import without_tokens
from tests.tournaments.cast import Cup


def test_two_rounds_are_drawn_played_confirmed_and_scored() -> None:
    cup = Cup(players=12)
    first = cup.whole_round()
    assert first.places.filter(kind="played").count() == 12
    table = ranking.table(cup.tournament)
    assert table.rounds == 1
    assert sum(line.score for line in table.lines) == pytest.approx(12 * 50)
    cup.whole_round()
    table = ranking.table(cup.tournament)
    assert table.is_final
    assert sum(line.score for line in table.lines) == pytest.approx(2 * 12 * 50)
    with pytest.raises(CannotDo, match="All rounds"):
        rounds.draft(cup.tournament, who="dana", wait=True)
    rounds.finish(cup.tournament, who="dana")
    with pytest.raises(CannotDo, match="over"):
        desk.register(cup.tournament, "Late")


@pytest.mark.beside
def test_a_draw_is_worked_out_beside_the_server_and_anybody_gets_the_same() -> None:
    cup = Cup(players=12)
    question = rounds.question_for(cup.tournament, 1)
    told: list[dict[str, object]] = []
    found = drawing.draw_now(question | {"swaps": 10_000, "work": 0.2}, told.append)
    assert found == drawing.answer(question | {"swaps": 10_000, "work": 0.2})
    assert told[-1]["share"] == 1.0
    with pytest.raises(drawing.DrawingFailed):
        drawing.draw_now({"entrants": []})


def test_an_unpublished_draw_is_nowhere() -> None:
    cup = Cup(players=6)
    cup.drawn()
    stranger = cup.client(director=False)
    page = stranger.get(reverse("tournaments:round", kwargs={"code": cup.tournament.code, "number": 1}))
    never = stranger.get(reverse("tournaments:round", kwargs={"code": cup.tournament.code, "number": 2}))
    assert page.status_code == never.status_code == 404
    assert without_tokens(page) == without_tokens(never)
    for name in ("standings", "standings_json", "crosstable", "results_csv", "standings_csv"):
        answer = stranger.get(reverse(f"tournaments:{name}", kwargs={"code": cup.tournament.code}))
        assert answer.status_code == 200
        assert "seating" not in answer.content.decode()
    own = stranger.get(reverse("tournaments:mine", kwargs={"code": cup.tournament.code, "token": cup.player(1).token}))
    assert "not published yet" in own.content.decode()
    assert stranger.get(reverse("tournaments:desk", kwargs={"code": cup.tournament.code})).status_code == 302


def test_who_does_not_come_gets_nothing_and_who_is_excused_an_average_of_the_own_games_at_most() -> None:
    cup = Cup(players=12, rounds=2)
    cup.whole_round(away={3})
    assert Place.objects.get(round__number=1, player__number=3).kind == "absent"
    desk.excuse(cup.player(5), 2, who="dana", excused=True)
    desk.withdraw(cup.player(6), who="dana")
    late = desk.register(cup.tournament, "Late")
    desk.check_in(late)
    assert late.entered == 2
    cup.whole_round()
    lines = {line.player: line for line in ranking.table(cup.tournament).lines}
    assert lines[3].rounds[0].value == 0
    assert lines[5].rounds[1].kind == "excused"
    assert lines[5].rounds[1].value <= 50
    assert lines[13].rounds[0].kind == "not_entered"
    assert lines[6].has_withdrawn
    assert [line.player for line in ranking.table(cup.tournament).lines][-1] == 6


def test_a_table_that_never_finished_is_an_average_round_and_is_asked_about_first() -> None:
    cup = Cup(players=12, rounds=1)
    cup.published()
    cup.play(1, running={2})
    with pytest.raises(CannotDo, match="table 2"):
        rounds.confirm(cup.round(1), who="dana")
    rounds.confirm(cup.round(1), who="dana", despite=True)
    left = Place.objects.filter(round__number=1, table=2)
    assert {place.kind for place in left} == {"unfinished"}
    lines = {line.player: line for line in ranking.table(cup.tournament).lines}
    assert all(lines[place.player.number].score == 50 for place in left)


def test_a_result_confirmed_twice_counts_once_and_a_correction_is_public() -> None:
    cup = Cup(players=12, rounds=1)
    cup.whole_round()
    before = ranking.table(cup.tournament)
    rounds.confirm(cup.round(1), who="dana")
    assert ranking.table(cup.tournament) == before
    last = before.lines[-1].player
    place = Place.objects.get(round__number=1, player__number=last)
    with pytest.raises(CannotDo, match="reason"):
        rounds.correct(place, who="dana", reason=" ", kind="played", total=500.0)
    rounds.correct(place, who="dana", reason="The clock of table 2 stood still.", kind="played", total=500.0, R=500.0)
    after = ranking.table(cup.tournament)
    assert next(line.score for line in after.lines if line.player == last) == 100
    change = Change.objects.get(what="corrected")
    assert change.detail["before"]["total"] != change.detail["after"]["total"] == 500.0
    page = cup.client(director=False).get(reverse("tournaments:standings", kwargs={"code": cup.tournament.code}))
    assert "The clock of table 2 stood still." in page.content.decode()


def test_a_list_with_somebody_twice_is_refused_whole_and_says_where() -> None:
    cup = Cup(players=2)
    url = reverse("tournaments:players", kwargs={"code": cup.tournament.code})
    answer = cup.client().post(url, {"text": "Ann\nBea\nann\nPlayer 1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "same name as in line 1" in page
    assert "on the list already" in page
    assert "Ann\nBea" in page.replace("\r", ""), "what was typed stays"
    assert cup.tournament.players.count() == 2
    assert cup.client().post(url, {"text": "name,team\nAnn,North\nBea,South"}).status_code == 302
    assert cup.tournament.players.count() == 4


@pytest.mark.parametrize(("players", "filling"), [(0, "bots"), (1, "bots"), (2, "byes")])
def test_a_draw_of_too_few_says_what_to_do_and_loses_nothing(players: int, filling: str) -> None:
    cup = Cup(players=players, filling=filling)
    drawn = cup.drawn()
    assert drawn.state == "drawing"
    assert drawn.progress["refusal"]["here"] == players
    page = cup.client().get(reverse("tournaments:desk", kwargs={"code": cup.tournament.code})).content.decode()
    assert told(drawn.progress["refusal"]) in page
    for name in ("Ann", "Bea", "Cleo"):
        desk.check_in(desk.register(cup.tournament, name))
    assert cup.drawn().state == "draft"


def test_bots_fill_up_and_nobody_is_compared_with_them() -> None:
    cup = Cup(players=11, rounds=1)
    cup.whole_round()
    assert Place.objects.filter(kind="bot").count() == 1
    lines = ranking.table(cup.tournament).lines
    assert len(lines) == 11
    assert sum(line.score for line in lines) == pytest.approx(11 * 50)


def test_all_may_withdraw_and_the_standings_stand() -> None:
    cup = Cup(players=6, rounds=2)
    cup.whole_round()
    for number in range(1, 7):
        desk.withdraw(cup.player(number), who="dana")
    assert "0 of at least 2 people" in told(cup.drawn().progress["refusal"])
    assert len(ranking.table(cup.tournament).lines) == 6


def test_a_swap_by_hand_is_warned_of_and_public() -> None:
    cup = Cup(players=12)
    drawn = cup.drawn()
    (one, *_), (other, *_) = drawn.drawn["seating"][:2]
    rounds.swap(drawn, one, other, who="dana")
    changed = cup.round(1).drawn
    assert changed["seating"][0][0] == other
    assert changed["edited"] == 1
    home = reverse("tournaments:standings", kwargs={"code": cup.tournament.code})
    assert "changed places" not in cup.client(director=False).get(home).content.decode()
    with pytest.raises(CannotDo, match="Choose two"):
        rounds.swap(cup.round(1), one, 99, who="dana")
    rounds.publish(cup.round(1), who="dana")
    assert "changed places" in cup.client(director=False).get(home).content.decode()
    with pytest.raises(CannotDo, match="published"):
        rounds.swap(cup.round(1), one, other, who="dana")


def test_a_substitute_plays_on_under_the_number() -> None:
    cup = Cup(players=6, rounds=2)
    cup.whole_round()
    token = cup.player(1).token
    desk.substitute(cup.player(1), "Eve", who="dana")
    assert cup.player(1).tenures == [[1, "Player 1"], [2, "Eve"]]
    assert cup.player(1).token != token, "the link of the one before leads nowhere"


def test_appeals_are_ruled_on_with_a_reason() -> None:
    cup = Cup(players=6, rounds=1)
    cup.whole_round()
    made = desk.appeal(cup.player(2), 1, "My vote was lost.")
    with pytest.raises(CannotDo, match="reason"):
        desk.rule(made, upheld=True, reason="", who="dana")
    desk.rule(made, upheld=False, reason="The log holds it.", who="dana")
    page = cup.client(director=False).get(reverse("tournaments:standings", kwargs={"code": cup.tournament.code}))
    assert "The log holds it." in page.content.decode()


def test_a_player_finds_the_way_from_registration_to_the_seat() -> None:
    cup = Cup(players=5)
    code = cup.tournament.code
    phone = cup.client(director=False)
    answer = phone.post(reverse("tournaments:register", kwargs={"code": code}), {"name": "Mina", "team": ""})
    mine = answer.url
    assert "I am here" in phone.get(mine).content.decode()
    phone.post(mine + "here/")
    cup.published()
    page = phone.get(mine).content.decode()
    link = page.split('id="to-the-table" href="')[1].split('"')[0]
    assert phone.get(link).url.startswith("/r/")
    twice = phone.post(reverse("tournaments:register", kwargs={"code": code}), {"name": "mina", "team": ""})
    assert twice.status_code == 422
    assert "registered already" in twice.content.decode()


def test_every_page_can_be_read_before_during_and_after() -> None:
    cup = Cup(players=7, rounds=1)
    director, stranger = cup.client(), cup.client(director=False)
    code = cup.tournament.code

    def read() -> None:
        for name in ("standings", "crosstable", "standings_csv", "standings_json", "results_csv", "register"):
            assert stranger.get(reverse(f"tournaments:{name}", kwargs={"code": code})).status_code == 200, name
        for name in ("desk", "cards", "links_csv", "progress", "fair_play"):
            assert director.get(reverse(f"tournaments:{name}", kwargs={"code": code})).status_code == 200, name
            assert stranger.get(reverse(f"tournaments:{name}", kwargs={"code": code})).status_code == 302, name
        assert stranger.get(reverse("tournaments:player", kwargs={"code": code, "number": 1})).status_code == 200
        assert director.get(reverse("tournaments:tournaments")).status_code == 200

    for kind in PRESETS:
        assert director.get(reverse("tournaments:create"), {"kind": kind}).status_code == 200
    read()
    cup.published()
    read()
    assert stranger.get(reverse("tournaments:round", kwargs={"code": code, "number": 1})).status_code == 200
    cup.play(1)
    read()
    assert stranger.get(f"/t/{code}/?now").status_code == 200
    rounds.confirm(cup.round(1), who="dana")
    read()
    assert stranger.get(reverse("tournaments:round", kwargs={"code": code, "number": 1})).status_code == 200


def test_the_desk_does_what_its_forms_say() -> None:
    cup = Cup(players=6, rounds=1)
    director = cup.client()

    def do(what: str, **fields: object) -> str:
        url = reverse("tournaments:do", kwargs={"code": cup.tournament.code, "what": what})
        return director.post(url, fields, follow=True).content.decode()

    assert "plays from round 1" in do("add", name="Zoe")
    assert "no number" in do("adjust", player=1, points="many", reason="x")
    do("adjust", player=1, points="2,5", reason="for the best speech")
    assert cup.player(1).adjustments.get().points == 2.5
    do("withdraw", player=7)
    cup.drawn()
    assert "published" in do("publish")
    assert "Talks are open" in do("open")
    cup.play(1)
    assert "confirmed" in do("confirm")
    assert "corrected" in do("correct", round=1, player=2, kind="played", total="3.5", R="1", reason="miscounted")
    do("finish")
    assert cup.tournament.state == "over"


def test_players_are_rated_when_it_is_over_and_can_be_forgotten() -> None:
    cup = Cup(players=12, rounds=1)
    cup.whole_round(away={3})
    director = cup.client()
    director.post(reverse("tournaments:do", kwargs={"code": cup.tournament.code, "what": "finish"}))
    rated = {one.name: one for one in Rated.objects.all()}
    assert len(rated) == 12
    assert (rated["Player 3"].games, rated["Player 3"].missed) == (0, 1)
    best = ranking.table(cup.tournament).lines[0].player
    assert rated[f"Player {best}"].mu > 25 > min(one.mu for one in rated.values())
    director.post(reverse("tournaments:ratings"), {"name": "Player 3"})
    assert not Rated.objects.filter(name="Player 3").exists()
    desk_page = director.get(reverse("tournaments:ratings"))
    assert desk_page.status_code == 200


def test_who_is_excused_after_the_draw_is_in_the_round_once() -> None:
    cup = Cup(players=12, rounds=1)
    drawn = cup.drawn()
    desk.excuse(cup.player(5), 1, who="dana", excused=True)
    rounds.publish(drawn, who="dana")
    assert cup.player(5).places.count() == 1


def test_of_two_draws_asked_at_once_the_last_is_kept() -> None:
    cup = Cup(players=6)
    first = rounds.question_for(cup.tournament, 1)
    cup.drawn()
    Round.objects.update(state="drawing", drawn={}, progress={"ticket": "second"})
    rounds._draw(cup.round(1).pk, "first", first)
    assert cup.round(1).state == "drawing"
    rounds._draw(cup.round(1).pk, "second", first)
    assert cup.round(1).state == "draft"


def test_players_are_forgotten_and_the_standings_stand_and_can_still_be_proved() -> None:
    cup = Cup(players=12, rounds=1)
    desk.register(cup.tournament, "Mina Moon", team="North")
    desk.check_in(cup.player(13))
    desk.substitute(cup.player(1), "Eve Eom", who="dana")
    cup.whole_round()
    desk.appeal(cup.player(13), 1, "Mina was late.")
    rounds.finish(cup.tournament, who="dana")
    before = [(line.rank, line.player, line.score) for line in ranking.table(cup.tournament).lines]
    url = reverse("tournaments:erase", kwargs={"code": cup.tournament.code})
    director = cup.client()
    assert director.post(url, {"code": "wrong", "delete": "1"}).status_code == 422
    assert director.post(url, {"code": cup.tournament.code.lower(), "forget": "1"}).status_code == 302
    assert [(line.rank, line.player, line.score) for line in ranking.table(cup.tournament).lines] == before
    data = bundle.made(cup.tournament)
    text = json.dumps(bundle.content(cup.tournament))
    assert not any(name in text for name in ("Mina", "Eve", "North"))
    assert proof.check(data).wrong == []
    director.post(url, {"code": cup.tournament.code, "delete": "1"})
    assert not Tournament.objects.exists()
    assert not Room.objects.exists()


def test_with_few_tables_results_are_compared_with_par() -> None:
    cup = Cup(players=6, rounds=1)
    cup.whole_round()
    assert set(cup.round(1).pars) == {"CN", "JP", "KR"}
    values = {line.score for line in ranking.table(cup.tournament).lines}
    assert not values <= {0.0, 50.0, 100.0}, "with two tables matchpoints would know three values only"
    rounds.finish(cup.tournament, who="dana")
    assert proof.check(bundle.made(cup.tournament)).wrong == []
