"""Disputed names stand in one table, and no other text that is shipped takes a side."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from game import places, words
from game.play import Settings, begin
from game.scenario import load, names

ROOT = Path(__file__).resolve().parent.parent.parent
DISPUTED = re.compile(
    r"Senkaku|Diaoyu|Dokdo|Takeshima|Liancourt|Tok Islet|Sea of Japan|East Sea|West Sea|Yellow Sea|East China Sea"
    r"|Taiwan Strait|Korean Peninsula|(North|South) Korea|\bDPRK\b|\bROK\b|Republic of Korea|Korea Strait|Tsushima"
)


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from strings(inner)
        case list():
            for inner in value:
                yield from strings(inner)


def shipped() -> Iterator[tuple[str, str]]:
    for path in (
        *(ROOT / "game/scenarios").glob("*.toml"),
        *(ROOT / "game/rulesets/cases").glob("*.toml"),
        ROOT / "game/words/en.toml",
    ):
        for text in strings(tomllib.loads(path.read_text("utf-8"))):
            yield path.name, text
    for folder, kind in (("templates", "html"), ("static", "js")):
        for path in (ROOT / folder).rglob(f"*.{kind}"):
            yield path.name, path.read_text("utf-8")


def test_no_shipped_text_names_a_disputed_place_outside_the_table() -> None:
    assert not [(name, found[0]) for name, text in shipped() if (found := DISPUTED.search(text))]


def test_every_blank_for_a_place_is_in_the_table() -> None:
    asked = {blank for _, text in shipped() for blank in places.BLANK.findall(text)}
    assert asked <= set(places.table())


def test_every_place_has_a_name_of_all_sides_and_knows_no_usage_but_ours() -> None:
    for forms in places.table().values():
        assert "both" in forms
        assert set(forms) <= set(places.USAGES)


def test_a_room_writes_disputed_names_as_it_chose() -> None:
    assert words.load("en", "both")["seat"]["KP"] == "North Korea"
    assert words.load("en", "KP")["seat"]["KP"] == "DPRK"
    assert "Senkaku/Diaoyu/Diaoyutai Islands" in words.load()["flashpoint_about"]["E"]
    assert "Diaoyu" not in words.load("en", "JP")["flashpoint_about"]["E"]


def test_an_unknown_usage_is_no_language() -> None:
    with pytest.raises(KeyError):
        words.load("en", "XX")


@pytest.mark.parametrize("usage", places.USAGES)
def test_no_blank_is_left_in_what_players_read(usage: places.Usage) -> None:
    for name in names():
        play = begin(load(name), Settings(scenario=name, names=usage), "seed")
        assert "{place" not in "".join(play.scenario.briefings.values())
    assert b"{place" not in msgspec.json.encode(words.load("en", usage))
