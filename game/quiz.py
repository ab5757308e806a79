"""QUESTIONS, wrong: five questions on the rules, whose words are in the group ``quiz``.

A question is a code; its answers are ``<code>_a`` to ``<code>_c`` in the words, and ``<code>_why`` says why. What is right here is
what the rules do: `tests/game/test_quiz.py` plays each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Question(NamedTuple):
    """One question and the letter of its right answer."""

    code: str
    right: str


LETTERS = ("a", "b", "c")

QUESTIONS: tuple[Question, ...] = (
    Question("consent", "b"),
    Question("condition", "c"),
    Question("secret", "a"),
    Question("arming", "c"),
    Question("winning", "b"),
)


def wrong(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes of the questions that are not answered rightly; an answer that is missing is not right."""
    return tuple(question.code for question in QUESTIONS if answers.get(question.code) != question.right)
