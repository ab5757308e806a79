"""Forms of conferences: making one, coming in, a list of people, prepared news. What is wrong is said at the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from game.play import TALK_MODES
from game.scenario_file import SEATS
from negotiation.conferences import roster
from negotiation.conferences.assignment import MODES
from negotiation.conferences.creation import Treatment, Wish
from negotiation.conferences.plan import MOST_PEOPLE, MOST_PER_SEAT
from negotiation.rooms import forms as rooms
from negotiation.rooms.people import NAME_LENGTH
from negotiation.scenarios import library

ODD_WORDS = {
    "nearest": _("whatever needs less: shared seats or bots"),
    "teams": _("they share seats"),
    "bots": _("bots fill up their table"),
    "mirror": _("they sit beside a delegate, advise and step in"),
    "observers": _("they watch"),
}
MODE_WORDS = {
    "random": _("by lot"),
    "roster": _("in the order of the list"),
    "together": _("teams at the same table"),
    "apart": _("teams at different tables"),
    "balanced": _("experience spread evenly"),
}
LEARNING_WORDS = {
    "": _("nothing"),
    "check": _("answer five questions on the rules"),
    "lesson": _("play a round against bots, with hints"),
    "lesson-check": _("play a round with hints, then answer five questions"),
}
KIND_WORDS = {
    "consent": _("consent: who does not tick it does not play"),
    "check": _("check: who has it wrong tries again"),
    "choice": _("choice of one"),
    "scale": _("scale from 1 to 7"),
    "number": _("number"),
    "text": _("words"),
}
PHASE_WORDS = {"talk": _("talk"), "vote": _("vote"), "orders": _("orders"), "reveal": _("what happened")}


class ConferenceForm(rooms.CreateForm):
    """A new conference: what a room needs, and for how many people."""

    title = forms.CharField(label=_("Name"), max_length=80, help_text=_("For you and on the projector."))
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=MOST_PEOPLE, initial=24)
    per_seat = forms.IntegerField(
        label=_("People on each seat"),
        min_value=1,
        max_value=MOST_PER_SEAT,
        initial=1,
        help_text=_("Two or three share the work of a state; one has all of it."),
    )
    odd = forms.ChoiceField(label=_("Who does not fill a table"), choices=list(ODD_WORDS.items()), initial="nearest")
    pseudonyms = forms.BooleanField(
        label=_("The others see pseudonyms"),
        required=False,
        initial=True,
        help_text=_("You see the names; the table sees a bird and a number."),
    )

    offices = forms.BooleanField(
        label=_("Members of a delegation have offices"),
        required=False,
        help_text=_(
            "Head, defence, economy, press, intelligence: who may table, vote and order. Whose holder is away is everybody's work."
        ),
    )
    learning = forms.ChoiceField(
        label=_("Before they sit down, players"),
        required=False,
        choices=list(LEARNING_WORDS.items()),
        help_text=_("Who has done it in this browser before is led straight to the table."),
    )
    vary_talk = forms.MultipleChoiceField(
        label=_("What seats may say, by lot over the tables"),
        required=False,
        choices=rooms.named("talk", list(TALK_MODES)),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For an experiment: tick two or more. Nothing ticked: all tables as above."),
    )
    vary_k = forms.BooleanField(
        label=_("By lot, at half of the tables each state weighs relative gain by its own k"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("teams", "observers", *(f"seat_{seat}" for seat in SEATS)):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("scenario") and not library.can_be_played(data["scenario"]):
            nobody = _(
                "Nobody can agree on anything in this scenario: look at what it goes without, then save it again."
            )
            self.add_error("scenario", ValidationError(nobody))
        return data

    def conference(self) -> Wish:
        """Returns what was asked for; the form must be valid."""
        data = self.cleaned_data
        return Wish(
            title=data["title"],
            settings=self.settings(),
            people=data["people"],
            per_seat=data["per_seat"],
            odd=data["odd"],
            pseudonyms=data["pseudonyms"],
            offices=data["offices"],
            learning=data["learning"],
            forbidden=tuple(data["forbidden"].splitlines()),
            treatments=self._treatments(),
        )

    def _treatments(self) -> tuple[Treatment, ...]:
        """Returns every combination of what is to differ."""
        data = self.cleaned_data
        talk: list[dict[str, Any]] = [{"talk": mode} for mode in data["vary_talk"]] or [{}]
        k: list[dict[str, Any]] = [{"regime_k": False}, {"regime_k": True}] if data["vary_k"] else [{}]
        found = [one | other for one in talk for other in k]
        if len(found) < 2:
            return ()
        return tuple(Treatment(" ".join(f"{name}={value}" for name, value in one.items()), one) for one in found)


class ArriveForm(forms.Form):
    """A name; which seat, the conference decides."""

    name = forms.CharField(
        label=_("Your name"),
        strip=False,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": NAME_LENGTH, "autofocus": True}),
    )


class RosterForm(forms.Form):
    """A list of people, pasted or as a file, and how they are put on tables."""

    text = forms.CharField(
        label=_("The list"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("or a file"), required=False)
    mode = forms.ChoiceField(label=_("Tables"), choices=[(mode, MODE_WORDS[mode]) for mode in MODES], initial="random")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("file"):
            try:
                data["text"] = roster.decoded(data["file"].read(roster.MOST_BYTES + 1))
            except ValidationError as error:
                self.add_error("file", error)
        if len(data.get("text", "")) > roster.MOST_BYTES:
            self.add_error("text", ValidationError(_("The list is too long: at most 2 MB.")))
        return data


class QuestionForm(forms.Form):
    """A question of a facilitator's own."""

    when = forms.ChoiceField(label=_("When"), choices=[("before", _("before the game")), ("after", _("after it"))])
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_WORDS.items()), initial="scale")
    text = forms.CharField(label=_("Question"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    options = forms.CharField(
        label=_("What can be chosen, one a line"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "For choices and checks. Of a check the first is the right one. For a scale: the words of its ends."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines = [line.strip() for line in data.get("options", "").splitlines() if line.strip()]
        if data.get("kind") in ("choice", "check") and not 2 <= len(set(lines)) == len(lines) <= 12:
            self.add_error("options", ValidationError(_("Write 2 to 12 different lines.")))
        data["options"] = lines[:12]
        return data


class CompletionForm(forms.Form):
    """Where players go at the end."""

    completion = forms.URLField(
        label=_("Address at the end"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_(
            "Of a panel such as Prolific or SONA, for instance. {label} stands for the person's name on your list."
        ),
    )


class PlannedForm(forms.Form):
    """News to be brought to every table when it comes to a phase."""

    round = forms.IntegerField(label=_("In round"), min_value=1, max_value=20, initial=1)
    phase = forms.ChoiceField(label=_("at the beginning of"), choices=list(PHASE_WORDS.items()))
    to = forms.MultipleChoiceField(
        label=_("Only for"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Nobody ticked: for all.")
    )
    text = forms.CharField(label=_("News"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, seats: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = rooms.named("seat", seats)  # type: ignore[attr-defined]
