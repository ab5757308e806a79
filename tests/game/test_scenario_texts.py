"""What a scenario says in words: role sheets that anybody may read, and what is said in other languages, also of other kinds of games."""

from __future__ import annotations

import tomllib
from typing import Any

import msgspec
import pytest

from game.figures import ScenarioError
from game.languages import OFFERED
from game.observation import observe
from game.play import Settings, begin
from game.scenario import cases, load, names
from game.scenario_file import made, raw_of
from game.scenario_folder import text_of
from game.scenario_texts import flat, in_language, texts_of

OTHERS = [one.code for one in OFFERED if one.code != "en"]
NO_WORDS = ("ruleset", "id", "year", "seats", "rounds", "passing", "scores", "payoffs", "idle", "clock")


def sentences(value: Any, key: str = "") -> list[str]:
    match value:
        case dict():
            return [text for k, one in value.items() if k not in NO_WORDS for text in sentences(one, k)]
        case list():
            return [text for one in value for text in sentences(one, key)]
    # Of a rule that forbids, `options` are ids.
    return [value] if key != "options" else []


@pytest.mark.parametrize("name", names())
def test_each_state_of_a_region_has_a_sheet_with_a_short_history_and_its_sources(name: str) -> None:
    scenario = load(name)
    assert tuple(scenario.role_sheets) == scenario.seats
    for sheet in scenario.role_sheets.values():
        assert 60 <= len(sheet.history.split()) <= 110
        assert sheet.wants
        assert sheet.red_lines
        assert 2 <= len(sheet.sources) <= 4


def test_a_sheet_tells_no_mandate() -> None:
    for name in names():
        scenario = load(name)
        for seat, sheet in scenario.role_sheets.items():
            said = " ".join((sheet.history, sheet.wants, sheet.red_lines))
            assert not [one.code for one in scenario.mandate_texts[seat] if one.text in said]
            assert scenario.briefings[seat] not in said


@pytest.mark.parametrize("language", OTHERS)
def test_sheets_are_read_in_every_language_and_their_sources_as_published(language: str) -> None:
    for name in names():
        scenario = load(name)
        for seat, sheet in in_language(scenario, language).role_sheets.items():
            english = scenario.role_sheets[seat]
            assert sheet.sources == english.sources
            for field in ("history", "wants", "red_lines"):
                assert getattr(sheet, field) not in ("", getattr(english, field))


@pytest.mark.parametrize("name", cases())
def test_every_sentence_of_a_game_of_another_kind_is_one_to_translate(name: str) -> None:
    raw = tomllib.loads(text_of(name))
    assert sorted(sentences(raw)) == sorted(text for _place, text in flat(texts_of(raw)))


def test_a_game_of_another_kind_is_read_in_another_language_as_a_whole() -> None:
    korean = in_language(load("fisheries"), "ko")
    assert korean.scorable is not None
    assert korean.scorable.issues[0].title == "공동 수역의 어획량"
    assert korean.scorable.issues[0].options[3].text.startswith("여름")
    assert korean.scorable.forbidden[1].rule == "금어기에는 기금이 필요함"
    matrix = in_language(load("prisoners"), "ja").matrix
    assert matrix is not None
    assert [move.title for move in matrix.moves] == ["控える", "進む"]


def test_a_room_writes_the_places_of_such_a_game_as_it_writes_all_places() -> None:
    for usage, english, korean in (("both", "Yellow Sea/West Sea", "황해/서해"), ("KR", "West Sea", "서해")):
        play = begin(load("grid"), Settings("grid", names=usage), "a seed")  # type: ignore[arg-type]
        game = observe(play, "KR").game
        assert game is not None
        assert game.deal is not None
        assert game.deal.issues[0].options[1].title == f"Under the {english}"
        assert game.texts["ko"]["options"]["A2"] == f"{korean} 밑으로"


def test_what_others_know_of_such_a_game_holds_no_briefing() -> None:
    scenario = load("fisheries")
    shown = msgspec.json.encode(observe(begin(scenario, Settings("fisheries"), "a seed"), "JP").game).decode()
    assert scenario.translations["ko"]["CN"] not in shown
    assert "공동 수역의 어획량" in shown


def test_a_text_that_a_copy_changes_loses_its_translation_and_the_rest_keeps_theirs() -> None:
    raw = raw_of("cjk", 3)
    raw["role_sheets"]["JP"]["wants"] = "Something else."
    sheets = in_language(made(raw, "a copy", 3), "ko").role_sheets
    theirs = in_language(load("cjk", 3), "ko").role_sheets
    assert sheets["JP"].wants == "Something else."
    assert (sheets["JP"].history, sheets["KR"]) == (theirs["JP"].history, theirs["KR"])

    raw = raw_of("fisheries", 3)
    raw["issues"][0]["options"][0]["title"] = "As last year"
    issue = in_language(made(raw, "a copy", 3), "ko").scorable.issues[0]  # type: ignore[union-attr]
    assert (issue.title, issue.options[0].title, issue.options[1].title) == (
        "공동 수역의 어획량",
        "As last year",
        "10분의 1 감축",
    )


def test_a_scenario_may_go_without_sheets_or_with_some() -> None:
    raw = raw_of("cjk", 3)
    del raw["role_sheets"]["CN"]
    assert tuple(made(raw, "a copy", 3).role_sheets) == ("JP", "KR")
    del raw["role_sheets"]
    assert made(raw, "a copy", 3).role_sheets == {}


@pytest.mark.parametrize(
    ("sheet", "complaint"),
    [
        ({"wants": "Peace."}, "role_sheets.CN.history: found nothing"),
        ({"history": " "}, "role_sheets.CN.history: found ' '; allowed: a text"),
        ({"history": "Long.", "sources": "\n".join("abcdefghijklm")}, "role_sheets.CN.sources: found '13 lines'"),
        ({"history": "Long.", "mandate": "x"}, "role_sheets.CN.mandate: found unknown key"),
        ("Long.", "role_sheets.CN: found 'Long.'; allowed: a table"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_named_with_what_is_allowed(sheet: Any, complaint: str) -> None:
    raw = raw_of("cjk", 3)
    raw["role_sheets"] = {"CN": sheet}
    with pytest.raises(ScenarioError, match=r"a copy: ") as caught:
        made(raw, "a copy", 3)
    assert complaint in str(caught.value)


def test_a_translation_of_what_a_game_has_not_is_refused() -> None:
    raw = raw_of("fisheries", 3)
    raw["translations"] = {"ko": {"options": {"Z9": "?"}}}
    with pytest.raises(ScenarioError, match=r"translations\.ko\.options\.Z9"):
        made(raw, "a copy", 3)
