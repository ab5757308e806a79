"""Forms of rooms: making one, finding one by its code, and coming in. What is wrong is said at the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from game import scenario, words
from game.adoption import ADOPTION_RULES
from game.bots.names import BOTS
from game.play import Settings
from negotiation.rooms import people
from negotiation.rooms.creation import Wish
from negotiation.rooms.models import CODE_ALPHABET, CODE_LENGTH

SEAT_CODES = ("CN", "KP", "JP", "KR", "RU", "US")
NO_CLOCK = ""


def named(group: str, codes: list[str] | tuple[str, ...]) -> list[tuple[str, str]]:
    """Returns the codes with the words that people read for them."""
    return [(code, words.say(f"{group}.{code}")) for code in codes]


class CreateForm(forms.Form):
    """A new room."""

    scenario = forms.ChoiceField(label=_("Scenario"))
    preset = forms.ChoiceField(label=_("Clock"), required=False)
    rounds = forms.IntegerField(
        label=_("Rounds"), required=False, min_value=1, max_value=20, help_text=_("Empty: as the scenario says.")
    )
    teams = forms.BooleanField(label=_("Several people may share a seat"), required=False)
    observers = forms.BooleanField(label=_("People may watch"), required=False, initial=True)
    crises = forms.BooleanField(label=_("Crises may break out"), required=False, initial=True)
    adoption = forms.ChoiceField(label=_("How a text is adopted"), required=False)
    vetoes = forms.MultipleChoiceField(
        label=_("Who has a veto"),
        required=False,
        choices=named("seat", SEAT_CODES),
        help_text=_("Counts only where two thirds must say yes. States that do not take part are left aside."),
    )
    ratification = forms.BooleanField(
        label=_("Parliaments and publics at home may refuse what was signed"), required=False
    )
    windows = forms.BooleanField(label=_("Windows of opportunity open and close"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scenarios = [scenario.load(name) for name in scenario.names()]
        self.fields["scenario"].choices = named("scenario", [one.id for one in scenarios])  # type: ignore[attr-defined]
        self.fields["adoption"].choices = [("", _("As the scenario says")), *named("adoption", list(ADOPTION_RULES))]  # type: ignore[attr-defined]
        presets = sorted({preset for one in scenarios for preset in one.presets})
        self.fields["preset"].choices = [(NO_CLOCK, _("No clock")), *named("preset", presets)]  # type: ignore[attr-defined]
        for seat, name in named("seat", SEAT_CODES):
            # One field a seat; those that the chosen scenario lacks are left aside.
            self.fields[f"seat_{seat}"] = forms.ChoiceField(
                label=name,
                required=False,
                choices=[("", _("people")), *((bot, words.say(f"holder.bot:{bot}")) for bot in BOTS)],
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        name, preset = data.get("scenario"), data.get("preset")
        if name and preset and preset not in scenario.load(name).presets:
            self.add_error("preset", ValidationError(_("This scenario has no clock of that name. Choose another.")))
        return data

    def wish(self) -> Wish:
        """Returns what was asked for; the form must be valid."""
        data = self.cleaned_data
        chosen = scenario.load(data["scenario"])
        return Wish(
            Settings(
                scenario=data["scenario"],
                rounds=data["rounds"],
                preset=data["preset"] or None,
                crises=data["crises"],
                windows=data["windows"],
                adoption=data["adoption"] or None,
                vetoes=tuple(data["vetoes"]) or None,
                ratification=data["ratification"] or None,
            ),
            bots={seat: bot for seat in chosen.seats if (bot := data.get(f"seat_{seat}"))},
            teams=data["teams"],
            observers=data["observers"],
        )


class CodeForm(forms.Form):
    """A room's code, as read from a blackboard: small letters and spaces do not matter."""

    code = forms.CharField(label=_("Room code"), max_length=40)

    def clean_code(self) -> str:
        code = "".join(sign for sign in self.cleaned_data["code"].upper() if sign in CODE_ALPHABET)
        return code[: CODE_LENGTH + 1]


class EnterForm(forms.Form):
    """A name, and a seat or the gallery."""

    name = forms.CharField(
        label=_("Your name"),
        strip=False,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "maxlength": people.NAME_LENGTH}),
    )
    seat = forms.ChoiceField(label=_("Seat"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, chairs: tuple[people.Chair, ...], observers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = named("seat", [chair.seat for chair in chairs if chair.is_free])
        choices = [*free, *([("observer", _("watch"))] if observers else [])]
        self.fields["seat"].choices = choices  # type: ignore[attr-defined]
        self.fields["seat"].error_messages["invalid_choice"] = _("This seat has just been taken. Choose another.")

    def clean_name(self) -> str:
        return people.clean_name(self.cleaned_data["name"])
