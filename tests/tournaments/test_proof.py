"""The file of a tournament is accepted when it is honest, and each kind of tampering is found."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from negotiation.rooms.verification import CannotCheck
from negotiation.tournaments import bundle, desk, forgetting, proof, rounds
from negotiation.tournaments.bundle import MAIN, NotOver, log_name
from negotiation.tournaments.models import Change, Place, committed, linked
from tests.tournaments.cast import Cup

Told = dict[str, Any]
Logs = dict[str, bytes]


def played() -> Cup:
    """A tournament with everything in it: somebody absent, late, withdrawn, a table unfinished, a correction, a bonus."""
    cup = Cup(players=13, rounds=2)
    cup.whole_round(away={3})
    desk.withdraw(cup.player(6), who="dana")
    desk.check_in(desk.register(cup.tournament, "Late"))
    desk.adjust(cup.player(2), 5, "for the best speech", who="dana")
    place = Place.objects.filter(round__number=1, kind="played").exclude(player__number=2).last()
    assert place is not None
    rounds.correct(place, who="dana", reason="Miscounted.", kind="played", total=7.5)
    published = cup.published()
    cup.play(published.number, running={2})
    rounds.confirm(cup.round(2), who="dana", despite=True)
    rounds.finish(cup.tournament, who="dana")
    return cup


def opened(data: bytes) -> tuple[Told, Logs]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return json.loads(archive.read(MAIN)), {name: archive.read(name) for name in archive.namelist() if name != MAIN}


def closed(told: Told, logs: Logs) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(MAIN, json.dumps(told))
        for name, log in logs.items():
            archive.writestr(name, log)
    return file.getvalue()


def relinked(told: Told) -> None:
    after = ""
    for one in told["changes"]:
        after = one["digest"] = linked(after, one["who"], one["what"], one["detail"])


def own_places(told: Told, number: int = 1, kind: str = "played") -> list[Told]:
    corrected = {
        (one["detail"]["round"], one["detail"]["player"]) for one in told["changes"] if one["what"] == "corrected"
    }
    return [
        p for p in told["played"][number - 1]["places"] if p["kind"] == kind and (number, p["player"]) not in corrected
    ]


def another_seed(told: Told, logs: Logs) -> None:
    told["seeds"][0]["game"] = "00" * 16


def another_seed_with_its_digest(told: Told, logs: Logs) -> None:
    told["seeds"][0]["game"] = "00" * 16
    told["seeds"][0]["game_digest"] = committed("00" * 16)


def another_draw_seed(told: Told, logs: Logs) -> None:
    told["seeds"][0]["draw"] = "11" * 16
    told["seeds"][0]["draw_digest"] = committed("11" * 16)


def better_figures(told: Told, logs: Logs) -> None:
    own_places(told)[0]["figures"]["total"] += 1


def a_better_relative_gain(told: Told, logs: Logs) -> None:
    own_places(told)[1]["figures"]["R"] += 0.001


def a_better_score(told: Told, logs: Logs) -> None:
    told["standings"][1]["score"] += 1


def two_places_exchanged(told: Told, logs: Logs) -> None:
    lines = told["standings"]
    lines[0]["player"], lines[1]["player"] = lines[1]["player"], lines[0]["player"]


def somebody_left_out(told: Told, logs: Logs) -> None:
    told["standings"].pop()


def a_seat_exchanged(told: Told, logs: Logs) -> None:
    one, other, *_ = own_places(told)
    one["player"], other["player"] = other["player"], one["player"]


def a_draw_exchanged(told: Told, logs: Logs) -> None:
    tables = told["played"][0]["drawn"]["seating"]
    tables[0][0], tables[1][0] = tables[1][0], tables[0][0]
    places = told["played"][0]["places"]
    of = {(p["table"], p["seat"]): p for p in places}
    seat = told["seats"][0]
    a, b = of[1, seat], of[2, seat]
    a["player"], b["player"] = b["player"], a["player"]


def an_edit_nobody_made(told: Told, logs: Logs) -> None:
    a_draw_exchanged(told, logs)
    told["played"][0]["drawn"]["edited"] = 1


def an_absence_forgiven(told: Told, logs: Logs) -> None:
    own_places(told, kind="absent")[0]["kind"] = "played"


def a_presence_denied(told: Told, logs: Logs) -> None:
    own_places(told)[0]["kind"] = "absent"


def a_correction_left_out(told: Told, logs: Logs) -> None:
    told["changes"] = [one for one in told["changes"] if one["what"] != "corrected"]


def a_correction_left_out_and_the_rest_linked_anew(told: Told, logs: Logs) -> None:
    a_correction_left_out(told, logs)
    relinked(told)


def a_change_s_reason_rewritten(told: Told, logs: Logs) -> None:
    next(one for one in told["changes"] if one["what"] == "corrected")["words"] = "It was right."


def a_bonus_nobody_gave(told: Told, logs: Logs) -> None:
    told["adjustments"].append([1, 50, "for nothing"])


def a_log_of_another_table(told: Told, logs: Logs) -> None:
    logs[log_name(1, 1)] = logs[log_name(1, 2)]


def a_log_missing(told: Told, logs: Logs) -> None:
    del logs[log_name(1, 1)]


def a_log_too_many(told: Told, logs: Logs) -> None:
    logs["logs/round-9-table-9.json"] = logs[log_name(1, 1)]


def a_log_with_a_changed_score(told: Told, logs: Logs) -> None:
    log = json.loads(logs[log_name(1, 1)])
    ended = next(entry for entry in log["entries"] if entry["event"]["type"] == "ended")
    ended["event"]["outcome"]["scores"][0]["total"] += 1
    logs[log_name(1, 1)] = json.dumps(log).encode()


def a_log_cut_short(told: Told, logs: Logs) -> None:
    log = json.loads(logs[log_name(1, 1)])
    log["entries"] = log["entries"][:-1]
    logs[log_name(1, 1)] = json.dumps(log).encode()


def other_rules_of_scoring(told: Told, logs: Logs) -> None:
    told["rules"]["weight"] = 1.0


def another_par(told: Told, logs: Logs) -> None:
    told["played"][0]["pars"] = {"JP": {"total": [0.0, 1.0], "R": [0.0, 1.0]}}


def other_rules_of_play(told: Told, logs: Logs) -> None:
    told["settings"]["crises"] = not told["settings"].get("crises", True)


def an_earlier_entry(told: Told, logs: Logs) -> None:
    told["players"][-1]["entered"] = 1
    told["standings"][-1]["score"] += 50


def a_round_left_out(told: Told, logs: Logs) -> None:
    del told["played"][0]


TAMPERINGS: list[Callable[[Told, Logs], None]] = [
    another_seed,
    another_seed_with_its_digest,
    another_draw_seed,
    better_figures,
    a_better_relative_gain,
    a_better_score,
    two_places_exchanged,
    somebody_left_out,
    a_seat_exchanged,
    a_draw_exchanged,
    an_edit_nobody_made,
    an_absence_forgiven,
    a_presence_denied,
    a_correction_left_out,
    a_correction_left_out_and_the_rest_linked_anew,
    a_change_s_reason_rewritten,
    a_bonus_nobody_gave,
    a_log_of_another_table,
    a_log_missing,
    a_log_too_many,
    a_log_with_a_changed_score,
    a_log_cut_short,
    other_rules_of_scoring,
    other_rules_of_play,
    another_par,
    an_earlier_entry,
    a_round_left_out,
]


def test_an_honest_tournament_is_sound_and_every_kind_of_tampering_is_found(tmp_path: Any, capsys: Any) -> None:
    cup = played()
    data = bundle.made(cup.tournament)
    assert proof.check(data).wrong == []
    found = {}
    for tamper in TAMPERINGS:
        told, logs = opened(data)
        tamper(told, logs)
        found[tamper.__name__] = proof.check(closed(told, logs)).wrong
    assert [name for name, wrong in found.items() if not wrong] == []

    file = tmp_path / "cup.zip"
    file.write_bytes(data)
    call_command("verify", str(file))
    call_command("verify", cup.tournament.code.lower())
    assert "WRONG" not in capsys.readouterr().out
    stranger = cup.client(director=False)
    answer = stranger.get(reverse("tournaments:bundle", kwargs={"code": cup.tournament.code}))
    assert proof.check(answer.content).is_sound


def test_a_private_reason_is_in_nothing_that_others_may_read_and_is_erased_with_the_players() -> None:
    cup = Cup(players=6, rounds=1)
    desk.excuse(cup.player(6), 1, who="dana", excused=True, reason="in hospital, chemotherapy")
    desk.adjust(cup.player(2), 5, "for the best speech", who="dana")
    cup.whole_round()
    rounds.finish(cup.tournament, who="dana")
    code, stranger = cup.tournament.code, cup.client(director=False)
    excused = Change.objects.get(what="excused")
    assert excused.words == "in hospital, chemotherapy"
    told, logs = opened(stranger.get(reverse("tournaments:bundle", kwargs={"code": code})).content)
    everything = (
        json.dumps(told) + stranger.get(reverse("tournaments:standings", kwargs={"code": code})).content.decode()
    )
    assert "chemotherapy" not in everything
    assert excused.salt not in everything, "with it a short reason could be guessed"
    assert "for the best speech" in everything
    assert proof.check(closed(told, logs)).wrong == []

    forgetting.forget(cup.tournament)
    assert not Change.objects.exclude(words="", salt="").exists()
    data = bundle.made(cup.tournament)
    assert "for the best speech" not in json.dumps(opened(data)[0])
    assert proof.check(data).wrong == []


def in_the_first_form(cup: Cup) -> None:
    """Writes the changes as version 1 did: each reason in what the digest covers."""
    after = ""
    for one in cup.tournament.changes.order_by("pk"):
        one.detail.pop("sealed", None)
        if one.what in ("excused", "adjusted"):
            one.detail["reason"] = one.words
        after = one.digest = linked(after, one.who, one.what, one.detail)
        one.words = one.salt = ""
        one.save()


def test_a_tournament_of_the_first_form_is_proved_without_words_that_it_covered() -> None:
    cup = Cup(players=6, rounds=1)
    for number, reason in ((5, ""), (6, "in hospital, chemotherapy")):
        desk.excuse(cup.player(number), 1, who="dana", excused=True, reason=reason)
    desk.adjust(cup.player(2), 5, "for the best speech", who="dana")
    cup.whole_round()
    rounds.finish(cup.tournament, who="dana")
    in_the_first_form(cup)
    told, logs = opened(bundle.made(cup.tournament))
    first = closed(told | {"format": 1}, logs)
    assert "chemotherapy" in json.dumps(told), "this is what the first form told everybody"

    import_module("negotiation.tournaments.migrations.0002_words_beside").beside(apps, None)
    told, logs = opened(bundle.made(cup.tournament))
    assert "chemotherapy" not in json.dumps(told)
    now = proof.check(closed(told, logs))
    assert now.wrong == []
    assert any("of 1 old ones the digest is believed" in sentence for sentence in now.sound)
    assert proof.check(first).wrong == [], "a file that was made before is read as ever"
    next(one for one in told["changes"] if one["what"] == "adjusted")["words"] = "for nothing"
    assert proof.check(closed(told, logs)).wrong


def test_the_seeds_are_shown_only_at_the_end() -> None:
    cup = Cup(players=6, rounds=2)
    cup.whole_round()
    with pytest.raises(NotOver):
        bundle.made(cup.tournament)
    stranger = cup.client(director=False)
    assert stranger.get(reverse("tournaments:bundle", kwargs={"code": cup.tournament.code})).status_code == 404
    page = stranger.get(reverse("tournaments:standings", kwargs={"code": cup.tournament.code})).content.decode()
    for number in (1, 2):
        for purpose in ("game", "draw"):
            assert cup.tournament.commitment(purpose, number) in page
            assert cup.tournament.seed_of(purpose, number) not in page


def test_only_seeds_of_rounds_that_were_played_are_shown_so_that_a_tournament_can_go_on() -> None:
    cup = Cup(players=6, rounds=2)
    cup.whole_round()
    rounds.finish(cup.tournament, who="dana")
    data = bundle.made(cup.tournament)
    assert proof.check(data).wrong == []
    for purpose in ("game", "draw"):
        assert cup.tournament.seed_of(purpose, 1) in json.dumps(opened(data)[0])
        assert cup.tournament.seed_of(purpose, 2) not in json.dumps(opened(data)[0])
    rounds.finish(cup.tournament, who="dana", over=False)
    cup.whole_round()
    rounds.finish(cup.tournament, who="dana")
    data = bundle.made(cup.tournament)
    assert proof.check(data).wrong == []
    assert [one["game_digest"] for one in opened(data)[0]["seeds"]] == [
        cup.tournament.commitment("game", number) for number in (1, 2)
    ]


def test_no_round_is_drawn_or_published_whose_seed_was_shown_when_a_tournament_of_the_first_form_ended() -> None:
    cup = Cup(players=6, rounds=3)
    cup.whole_round()
    rounds.finish(cup.tournament, who="dana")
    rounds.finish(cup.tournament, who="dana", over=False)
    drafted = cup.drawn()
    for one in cup.tournament.changes.filter(what__in=("finished", "reopened")):
        one.detail = {}
        one.save()
    with pytest.raises(desk.CannotDo, match="seeds"):
        rounds.publish(drafted, who="dana")
    with pytest.raises(desk.CannotDo, match="seeds"):
        cup.drawn()


@pytest.mark.parametrize("data", [b"PK", b"PK\x03\x04 nothing", closed({"format": 9}, {}), closed({"format": 1}, {})])
def test_what_is_no_tournament_is_said_to_be_none(data: bytes) -> None:
    with contextlib.suppress(CannotCheck):
        assert proof.check(data).wrong
