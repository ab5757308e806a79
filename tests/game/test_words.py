"""Whatever the rules can say, a player can read: no code is without its sentence, and no page asks for one that is missing."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import get_args

import pytest

from game import decisions, events, records, words
from game.bots.names import CASTS
from game.catalogue import DUTIES, FLASHPOINTS, INSTITUTIONS, MEASURES
from game.refusals import Refusal
from game.sections import Mark, Phase
from game.templates import TEMPLATES

ROOT = Path(__file__).resolve().parent.parent.parent
EN = words.load("en")


def missing(group: str, codes: object) -> set[str]:
    return {str(code) for code in codes} - set(EN[group])  # type: ignore[attr-defined]


def test_every_refusal_of_the_rules_has_a_sentence() -> None:
    assert not missing("refusal", Refusal)


@pytest.mark.parametrize("group", ["measure", "measure_act", "measure_did", "measure_mine", "measure_theirs"])
def test_every_measure_says_what_it_is_and_does(group: str) -> None:
    assert not missing(group, MEASURES)


def test_every_measure_with_a_target_can_be_said_of_it() -> None:
    targeted = [measure.id for measure in MEASURES.values() if measure.targeted]
    for group in ("measure_act_to", "measure_did_to"):
        assert set(EN[group]) == set(targeted)
        assert all("{to}" in sentence for sentence in EN[group].values())


def test_every_duty_has_a_name_and_a_pattern() -> None:
    assert not missing("kind", DUTIES)
    assert not missing("duty", DUTIES)


def test_every_institution_has_a_name_and_says_what_it_does() -> None:
    assert not missing("institution", INSTITUTIONS)
    assert not missing("institution_about", INSTITUTIONS)


def test_every_template_has_a_name() -> None:
    assert not missing("template", TEMPLATES)


def test_every_event_phase_and_status_has_words() -> None:
    assert not missing("event", [kind.__struct_config__.tag for kind in get_args(events.AnyEvent)])
    assert not missing("phase", get_args(Phase))
    assert not missing("choice", get_args(decisions.Choice))
    assert not missing("mark", get_args(Mark))
    assert not missing("status", ["open", "adopted", "failed", "withdrawn", "replaced"])


def test_every_bot_and_flashpoint_has_a_name() -> None:
    assert not missing("holder", [f"bot:{bot}" for cast in CASTS.values() for bot in cast])
    assert not missing("flashpoint", FLASHPOINTS)


def test_every_kind_of_duty_is_a_kind_of_the_records() -> None:
    assert set(EN["kind"]) == set(records.DUTY_KINDS)


def test_a_mandate_is_said_in_the_words_of_its_scenario() -> None:
    assert words.say("mandate.calm_sea") == "Calm sea. Tension in the East China Sea ends no higher than it began."


def test_a_seat_is_named_and_a_measure_too() -> None:
    assert (
        words.say("refusal.not_open", measure="taiwan", seat="KR", seats=["JP", "US"])
        == "Visit or arms sale to Taiwan: not in the power of South Korea, only of Japan, United States."
    )


def test_a_blank_without_a_value_shows_its_name() -> None:
    assert words.say("refusal.text_closed", id="2a") == "Text 2a is closed: {status}."


def test_a_code_without_a_sentence_shows_itself() -> None:
    assert words.say("refusal.never_heard_of") == "never_heard_of"


def test_every_pattern_can_be_formatted() -> None:
    for group, sentences in EN.items():
        for code, sentence in sentences.items():
            names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
            assert all(name.isidentifier() for name in names), (group, code)


def test_the_pages_ask_for_no_sentence_that_is_missing() -> None:
    asked = re.compile(r"""(?:\bt|phrase|has)\(\s*["`](\w+)\.(\w+)["`]""")
    lost = [
        f"{file.name}: {group}.{code}"
        for file in (ROOT / "static").rglob("*.js")
        for group, code in asked.findall(file.read_text(encoding="utf-8"))
        if code not in EN.get(group, {})
    ]
    assert not lost
