"""QuizForm: the five questions as fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from game import quiz
from negotiation.languages.current import sentences


class QuizForm(forms.Form):
    """One choice a question. Once valid, `wrong` has the codes of what was not answered rightly, and `verdicts` what to say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = sentences("quiz")
        for question in quiz.QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=said[question.code],
                choices=[(letter, said[f"{question.code}_{letter}"]) for letter in quiz.LETTERS],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one.")},
            )

    @property
    def wrong(self) -> tuple[str, ...]:
        return quiz.wrong(self.cleaned_data)

    def asked(self) -> list[dict[str, Any]]:
        """Returns each question with its field, and once answered whether that was right, and why."""
        said = sentences("quiz")
        answered = self.is_bound and self.is_valid()
        return [
            {
                "field": self[question.code],
                "verdict": ("wrong" if question.code in self.wrong else "right") if answered else "",
                "why": said[f"{question.code}_why"] if answered else "",
            }
            for question in quiz.QUESTIONS
        ]
