"""Language, LANGUAGES, CODES, OFFERED, of, forms_of: the languages there are, which are offered, and how each bends a word.

The one place that knows them. A language is offered once its catalogues are complete (`tests/test_catalogues.py` fails
otherwise); until somebody who grew up with it has read them, its pages say so.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Plural = Literal["none", "one", "east_slavic"]


class Language(NamedTuple):
    """A language: its code, its own name, how it counts, its grammatical cases, and how far its catalogues are."""

    code: str
    name: str
    is_offered: bool
    """Whether people may choose it."""
    is_read: bool
    """Whether a native speaker has read all of it. If not, its pages say so."""
    plural: Plural = "none"
    cases: tuple[str, ...] = ()
    """Forms of names that a blank may ask for: ``{to:dat}`` takes them from the group ``seat_dat``."""
    has_particles: bool = False
    """Whether a word after a name depends on the name's last sound: ``{by}{by|은|는}``."""
    django_plural: str = "nplurals=1; plural=0;"
    """The header of its .po file."""


EN = Language(
    code="en",
    name="English",
    is_offered=True,
    is_read=True,
    plural="one",
    django_plural="nplurals=2; plural=(n != 1);",
)

ZH_HANS = Language(
    code="zh-hans",
    name="简体中文",
    is_offered=True,
    is_read=False,
)

ZH_HANT = Language(
    code="zh-hant",
    name="繁體中文",
    is_offered=True,
    is_read=False,
)

KO = Language(
    code="ko",
    name="한국어",
    is_offered=True,
    is_read=False,
    has_particles=True,
)

JA = Language(
    code="ja",
    name="日本語",
    is_offered=True,
    is_read=False,
)

RU = Language(
    code="ru",
    name="Русский",
    is_offered=True,
    is_read=False,
    plural="east_slavic",
    cases=("gen", "dat", "acc", "ins", "pre"),
    django_plural=(
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    ),
)

LANGUAGES: tuple[Language, ...] = (EN, ZH_HANS, ZH_HANT, KO, JA, RU)
CODES: tuple[str, ...] = tuple(one.code for one in LANGUAGES)
OFFERED: tuple[Language, ...] = tuple(one for one in LANGUAGES if one.is_offered)
_BY_CODE = {one.code: one for one in LANGUAGES}


def of(code: str) -> Language:
    """Return the language of a code. An unknown code is a `KeyError`."""
    return _BY_CODE[code]


def forms_of(language: Language, forms: list[str], value: object, shown: str) -> str:
    """Return which of the forms goes with a value: by its number, or in Korean by the last sound of what is shown.

    The order is that of Unicode's plural rules, one, few, many: two forms in English, three in Russian, where a fraction
    takes the second. With fewer forms than a language has, the last stands for the rest.
    """
    if language.has_particles:
        chosen = 0 if _ends_closed(shown, forms[0]) else 1
    elif language.plural == "none" or (number := _number(value)) is None:
        chosen = 0
    elif language.plural == "one":
        chosen = int(number != 1)
    else:
        chosen = _east_slavic(number)
    return forms[min(chosen, len(forms) - 1)]


def _number(value: object) -> float | None:
    try:
        return abs(float(str(value)))
    except ValueError:
        return None


def _east_slavic(number: float) -> int:
    if number % 1:
        return 1
    ones, tens = number % 10, number % 100
    if ones == 1 and tens != 11:
        return 0
    return 1 if 2 <= ones <= 4 and not 12 <= tens <= 14 else 2


_CLOSED_DIGITS = {"0": "ㅇ", "1": "ㄹ", "3": "ㅁ", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ"}
"""How the Korean names of digits end, where they end in a consonant."""
_L = 8
"""The place of ㄹ among the final consonants of a Hangul syllable."""


def _ends_closed(shown: str, closed_form: str) -> bool:
    """Tell whether a Korean word ends in a consonant; before (으)로 an ㄹ does not count."""
    last = next((sign for sign in reversed(shown) if sign.isalnum()), "")
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return final != 0 and not (final == _L and closed_form.startswith("으로"))
    if last in _CLOSED_DIGITS:
        return not (_CLOSED_DIGITS[last] == "ㄹ" and closed_form.startswith("으로"))
    return last.lower() in ("l", "m", "n", "r")
