"""Every language that people may choose says all that the game and its pages say; no catalogue says anything else.

A sentence that is new in English fails here, and nowhere else, with the place where it has to be written. Until then it is
read in English.
"""

from __future__ import annotations

import functools
import gettext
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from game import languages, places, words
from game.languages import LANGUAGES, OFFERED, Language
from negotiation.languages import catalogues, extraction, po

ROOT = Path(__file__).resolve().parent.parent.parent
OTHERS = [one for one in LANGUAGES if one.code != "en"]
by_code = pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.code)

# The names over which there is a quarrel, as each of our languages writes them. They stand in names.toml alone.
DISPUTED = re.compile(
    r"钓鱼|尖阁|釣魚|尖閣|独岛|獨島|独島|竹岛|竹島|日本海|黄海|黃海|독도|다케시마|센카쿠|댜오위|일본해|동해|서해|황해"
    r"|Сэнкаку|Дяоюй|Токто|Такэсима|Лианкур|Японско[ем]|Восточно[ем] мор|Ж[её]лто[ем] мор"
)


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """The sources are searched for sentences once: no test changes them, and each language asks for the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction, "found", functools.cache(extraction.found))
        yield


@by_code
def test_a_language_on_offer_is_complete_and_no_catalogue_is_wrong(language: Language) -> None:
    found = catalogues.problems(ROOT, language.code)
    if not language.is_offered:
        found = [one for one in found if one.fault != "is missing"]
    assert not found, f"manage.py translate {language.code}\n" + "\n".join(map(str, found[:200]))


@by_code
def test_every_sentence_for_pages_has_its_place_in_the_catalogue(language: Language) -> None:
    path = catalogues.path_of(ROOT, language.code)
    kept = {entry.key for entry in po.read(path.read_text("utf-8")) if entry.key[1]}
    new = set(extraction.found(ROOT)) - kept
    assert not new, f"manage.py translate {language.code} --write, then fill in: {sorted(new)}"


@by_code
def test_disputed_names_stand_in_one_table_in_every_language(language: Language) -> None:
    folder = ROOT / "game" / "words" / language.code
    files = [one for one in folder.glob("*.toml") if one.name != "names.toml"]
    said = {one.name: one.read_text("utf-8") for one in files}
    said["django.po"] = catalogues.path_of(ROOT, language.code).read_text("utf-8")
    assert not [(name, found[0]) for name, text in said.items() if (found := DISPUTED.search(text))]


@by_code
def test_what_a_language_lacks_is_read_in_english(language: Language) -> None:
    english, own = words.load("en"), words.load(language.code)
    assert {group: set(codes) for group, codes in english.items()}.items() <= {
        group: set(codes) for group, codes in own.items() if group in english
    }.items()
    assert set(places.table("en")) <= set(places.table(language.code))


@pytest.mark.parametrize("usage", places.USAGES)
def test_no_blank_for_a_place_is_left_in_any_language(usage: str) -> None:
    for language in LANGUAGES:
        for sentences in words.load(language.code, usage).values():
            assert not [one for one in sentences.values() if "{place" in one]


def test_people_may_choose_what_is_offered_and_nothing_else() -> None:
    assert [(one.code, one.name) for one in OFFERED] == settings.LANGUAGES
    assert {"en", "zh-hans"} <= {one.code for one in OFFERED}


def test_a_name_of_a_language_is_the_same_everywhere() -> None:
    assert words.load("en")["language"] == {one.code: one.name for one in LANGUAGES}


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, "многo"), (1, "один"), (2, "мало"), (5, "многo"), (11, "многo"), (12, "многo"), (21, "один"), (104, "мало"), (1.5, "мало"), ("3", "мало")],
)  # fmt: skip
def test_russian_counts_in_three_forms(number: float, form: str) -> None:
    forms = ["один", "мало", "многo"]
    assert languages.forms_of(languages.RU, forms, number, str(number)) == form


def test_english_counts_in_two_forms_and_chinese_in_one() -> None:
    assert languages.forms_of(languages.EN, ["round", "rounds"], 1, "1") == "round"
    assert languages.forms_of(languages.EN, ["round", "rounds"], 0, "0") == "rounds"
    assert languages.forms_of(languages.ZH_HANS, ["轮"], 7, "7") == "轮"


@pytest.mark.parametrize(
    ("word", "topic", "direction"),
    [("일본", "은", "으로"), ("중국", "은", "으로"), ("러시아", "는", "로"), ("서울", "은", "로"), ("3", "은", "으로"), ("1", "은", "로"), ("2", "는", "로")],
)  # fmt: skip
def test_a_korean_particle_follows_the_last_sound(word: str, topic: str, direction: str) -> None:
    assert languages.forms_of(languages.KO, ["은", "는"], word, word) == topic
    assert languages.forms_of(languages.KO, ["으로", "로"], word, word) == direction


def test_a_catalogue_reads_as_it_was_written() -> None:
    entries = [
        po.Entry(("", "", ""), ["Language: ru\nPlural-Forms: nplurals=3; plural=0;\n"]),
        po.Entry(("", 'a "b"\\\nc', ""), ["d\te"], ["x.py"]),
        po.Entry(("", "%(n)d day", "%(n)d days"), ["1", "2", "3"], ["y.html"]),
        po.Entry(("month", "May", ""), ["май"], [], is_fuzzy=True),
    ]
    assert po.read(po.write(entries)) == entries


def test_a_catalogue_is_compiled_when_it_changed_and_leaves_out_guesses(tmp_path: Path) -> None:
    source, target = tmp_path / "locale", tmp_path / "data"
    path = source / "ru" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    head = po.Entry(
        ("", "", ""), [f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {languages.RU.django_plural}\n"]
    )
    day = po.Entry(("", "%(n)d day", "%(n)d days"), ["день", "дня", "дней"])
    guess = po.Entry(("", "Guess", ""), ["Догадка"], [], is_fuzzy=True)
    for word in ("Да", "Так"):
        path.write_text(po.write([head, day, guess, po.Entry(("", "Yes", ""), [word])]), "utf-8")
        mo = po.compiled(source, target) / "ru" / "LC_MESSAGES" / "django.mo"
        made = gettext.GNUTranslations(io.BytesIO(mo.read_bytes()))
        assert made.gettext("Yes") == word
        assert made.gettext("Guess") == "Guess"
        assert [made.ngettext("%(n)d day", "%(n)d days", n) for n in (1, 2, 5, 21)] == ["день", "дня", "дней", "день"]
    stamp = mo.stat().st_mtime_ns
    po.compiled(source, target)
    assert mo.stat().st_mtime_ns == stamp


def test_marked_sentences_are_found_as_django_asks_for_them() -> None:
    template = """{% translate "100 % sure" %}{% blocktranslate count n=many %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"""
    assert list(extraction.of_template(template)) == [("", "100 %% sure", ""), ("", "%(n)s day", "%(n)s days")]
    module = (
        "from django.utils.translation import gettext as _, ngettext\n_('a' 'b')\nngettext('x', 'xs', 2)\n_(name)\n"
    )
    assert list(extraction.of_module(module)) == [("", "ab", ""), ("", "x", "xs")]


def test_the_glossary_has_a_term_and_a_sentence_for_each() -> None:
    terms = tomllib.loads((ROOT / "game" / "words" / "glossary.toml").read_text("utf-8"))
    assert all(set(one) == {"term", "gloss"} and one["gloss"].endswith((".", ")")) for one in terms.values())
