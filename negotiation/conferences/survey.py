"""pending, AnswerForm: what a participant has still to answer, before the game or after it."""

from __future__ import annotations

import random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from negotiation.conferences.models import Participant, Question, Reply

SCALE = 7
LONGEST = 4000


def pending(person: Participant, when: str) -> list[Question]:
    """Returns the questions that the person has not answered, or not passed."""
    done = Reply.objects.filter(participant=person, passed=True).values("question")
    return list(Question.objects.filter(conference=person.conference_id, when=when).exclude(pk__in=done))


class AnswerForm(forms.Form):
    """The questions as fields. `keep` writes down what was answered; a check that was wrong stays to be tried again."""

    def __init__(self, *args: Any, person: Participant, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.questions = person, questions
        for question in questions:
            self.fields[f"q{question.pk}"] = _field(question, person)

    @transaction.atomic
    def keep(self) -> bool:
        """Keeps the answers and returns whether the person may go on."""
        may_go_on = True
        for question in self.questions:
            name = f"q{question.pk}"
            value = self.cleaned_data[name]
            passed = question.kind != Question.Kind.CHECK or value == question.options[0]
            said = "yes" if value is True else "" if value is None else str(value)
            reply, is_new = Reply.objects.get_or_create(
                question=question, participant=self.person, defaults={"value": said, "passed": passed}
            )
            if not is_new:
                reply.value, reply.passed, reply.tries = said, passed, reply.tries + 1
                reply.save()
            if not passed:
                may_go_on = False
                self.add_error(name, ValidationError(_("Not quite. Read again, then choose another answer.")))
        return may_go_on


def _field(question: Question, person: Participant) -> forms.Field:
    label = question.text
    match question.kind:
        case Question.Kind.CONSENT:
            return forms.BooleanField(label=label, error_messages={"required": _("Only who agrees can play.")})
        case Question.Kind.CHECK | Question.Kind.CHOICE:
            options = list(question.options)
            if question.kind == Question.Kind.CHECK:
                random.Random(f"{question.pk}/{person.pk}").shuffle(options)
            return forms.ChoiceField(label=label, choices=[(one, one) for one in options], widget=forms.RadioSelect)
        case Question.Kind.SCALE:
            words = dict(zip((1, SCALE), question.options, strict=False))
            steps = [(str(n), f"{n} {words.get(n, '')}".strip()) for n in range(1, SCALE + 1)]
            return forms.ChoiceField(label=label, choices=steps, widget=forms.RadioSelect)
        case Question.Kind.NUMBER:
            return forms.FloatField(label=label, min_value=-1e12, max_value=1e12)
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
