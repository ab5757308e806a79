"""Standings equal those that somebody else works out from the logs alone."""

from __future__ import annotations

import pytest

from negotiation.tournaments import bundle, desk, ranking, rounds
from negotiation.tournaments.models import Place
from tests.tournaments.cast import Cup
from tests.tournaments.recount import recount


def test_the_standings_are_those_of_an_independent_recount() -> None:
    cup = Cup(players=26, rounds=3)
    cup.whole_round(away={3, 9})
    desk.check_in(cup.player(9))
    desk.withdraw(cup.player(6), who="dana")
    for name in ("Late", "Later"):
        desk.check_in(desk.register(cup.tournament, name))
    desk.excuse(cup.player(5), 2, who="dana", excused=True)
    cup.whole_round(away={11})
    for number, total in ((12, 9.0), (13, -9.0)):
        place = Place.objects.get(round__number=2, player__number=number)
        rounds.correct(place, who="dana", reason="Miscounted.", kind="played", total=total, R=total / 2)
    desk.adjust(cup.player(2), -3, "came late", who="dana")
    published = cup.published()
    cup.play(published.number, running={4})
    rounds.confirm(cup.round(3), who="dana", despite=True)
    rounds.finish(cup.tournament, who="dana")
    counted = recount(bundle.made(cup.tournament))
    lines = ranking.table(cup.tournament).lines
    assert {line.player: pytest.approx(line.score) for line in lines} == {player: float(s) for player, s in counted}
    scores = dict(counted)
    order = [float(scores[line.player]) for line in lines if not line.has_withdrawn]
    assert order == sorted(order, reverse=True)
    assert [line.player for line in lines if line.has_withdrawn] == [counted[-1][0]] == [6]
