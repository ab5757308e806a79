"""Forms of rooms: making one, finding one by its code, and coming in. What is wrong is said at the field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from game import places, rulesets
from game.adoption import ADOPTION_RULES
from game.bots.names import CASTS
from game.events import Phase
from game.play import TALK_MODES, Settings
from game.records import THIRD_PARTIES
from game.scenario import Scenario
from game.scenario_file import SEATS
from game.world import MOST_ROUNDS
from negotiation.languages.current import say, say_later, sentences
from negotiation.rooms import people
from negotiation.rooms.creation import Wish
from negotiation.rooms.models import CODE_ALPHABET, CODE_LENGTH
from negotiation.scenarios import library

NO_CLOCK = ""
EVERY_BOT = tuple(bot for cast in CASTS.values() for bot in cast)
"""Of every kind of game; the page shows those that play the chosen one."""
TALKING: tuple[Phase, ...] = ("briefing", "talk", "vote", "orders", "reveal", "over")
"""Phases in which seats may talk, each by rules of its own."""


def named(group: str, codes: list[str] | tuple[str, ...]) -> list[tuple[str, Any]]:
    """Returns the codes with the words that people read for them, in the language of whoever then reads the form."""
    return [(code, say_later(f"{group}.{code}")) for code in codes]


def offer(one: Scenario) -> dict[str, Any]:
    """Returns what the page needs to know of a scenario to show only what fits it."""
    clocks = {
        name: {"rounds": preset.rounds, "once": preset.minutes(0), "round": preset.round_seconds() / 60}
        for name, preset in one.presets.items()
    }
    return {
        "seats": one.seats,
        "clocks": clocks,
        "gate": one.has_gate,
        "rounds": one.rounds,
        "bots": CASTS[one.ruleset],
        "names": library.seat_names(one),
        "region": rulesets.of(one).has_region,
        "texts": rulesets.of(one).has_texts,
    }


class CreateForm(forms.Form):
    """A new room. It holds the seats and clocks of every scenario; the page shows those of the chosen one."""

    scenario = forms.ChoiceField(label=_("Scenario"))
    preset = forms.ChoiceField(label=_("Clock"), required=False)
    rounds = forms.IntegerField(
        label=_("Rounds"),
        required=False,
        min_value=1,
        max_value=MOST_ROUNDS,
        help_text=_("Empty: as the clock or the scenario has it."),
    )
    teams = forms.BooleanField(label=_("Several people may share a seat"), required=False)
    observers = forms.BooleanField(label=_("People may watch"), required=False, initial=True)
    crises = forms.BooleanField(label=_("Crises may break out"), required=False, initial=True)
    adoption = forms.ChoiceField(label=_("How a text is adopted"), required=False)
    vetoes = forms.MultipleChoiceField(
        label=_("Who has a veto"),
        required=False,
        choices=named("seat", SEATS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Counts only where two thirds must say yes."),
    )
    ratification = forms.BooleanField(
        label=_("Parliaments and publics at home may refuse what was signed"), required=False
    )
    windows = forms.BooleanField(label=_("Windows of opportunity open and close"), required=False, initial=True)
    first_untimed = forms.BooleanField(
        label=_("No clock in the first round"),
        required=False,
        initial=True,
        help_text=_("Talk and orders of round 1 end when all are ready: for people who have never played."),
    )
    zhang = forms.BooleanField(
        label=_("Zhang's sequence"),
        required=False,
        initial=True,
        help_text=format_lazy(
            _(
                "After Zhang (2023): guarantees, arms control and peace wait until the {strait} is calm or both sides hold back."
            ),
            strait=say_later("flashpoint.T"),
        ),
    )
    talk = forms.ChoiceField(
        label=_("What seats may say"), required=False, choices=named("talk", list(TALK_MODES)), initial="full"
    )
    third = forms.MultipleChoiceField(
        label=_("Places without a state"),
        required=False,
        choices=named("seat", THIRD_PARTIES),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A chair mediates: agenda, a single text, talks with each side. The press publishes bulletins, the second track papers."
        ),
    )
    internal_vote = forms.BooleanField(label=_("A delegation of several signs once most of it agrees"), required=False)
    forbidden = forms.CharField(
        label=_("Words that nobody may say, one a line"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    regime_k = forms.BooleanField(
        label=_("Each state weighs relative gain by its own k"),
        required=False,
        help_text=_("Otherwise gaining more than rivals weighs the same for all."),
    )
    names = forms.ChoiceField(
        label=_("Disputed names are written"), required=False, choices=named("usage", places.USAGES), initial="both"
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = library.choices_of(user)
        known = {name: library.newest(name) for name, _title in choices}
        scenarios = list(known.values())
        self.fields["scenario"].choices = choices  # type: ignore[attr-defined]
        self.fields["adoption"].choices = [("", _("As the scenario says")), *named("adoption", list(ADOPTION_RULES))]  # type: ignore[attr-defined]
        presets = sorted({preset for one in scenarios for preset in one.presets})
        self.fields["preset"].choices = [(NO_CLOCK, _("No clock")), *named("preset", presets)]  # type: ignore[attr-defined]
        for phase, name in named("phase", TALKING):
            self.fields[f"talk_{phase}"] = forms.ChoiceField(
                label=name, required=False, choices=[("", _("as above")), *named("talk", list(TALK_MODES))]
            )
        for seat, name in named("seat", SEATS):
            # One field a seat; `wish` leaves aside those that the chosen scenario lacks.
            self.fields[f"seat_{seat}"] = forms.ChoiceField(
                label=name,
                required=False,
                choices=[("", _("people")), *((bot, say(f"holder.bot:{bot}")) for bot in EVERY_BOT)],
            )
        self.offers = {name: offer(one) for name, one in known.items()}

    @property
    def patterns(self) -> dict[str, str]:
        """Returns the sentences in which the page reckons how long a game takes."""
        return sentences("length")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        name, preset = data.get("scenario"), data.get("preset")
        if name and preset and preset not in library.newest(name).presets:
            self.add_error("preset", ValidationError(_("This scenario has no clock of that name. Choose another.")))
        chosen = library.newest(name) if name else None
        for seat in chosen.seats if chosen else ():
            if chosen and (bot := data.get(f"seat_{seat}")) and bot not in CASTS[chosen.ruleset]:
                self.add_error(f"seat_{seat}", ValidationError(_("This bot does not play games of this kind.")))
        return data

    def lets_nobody_in(self) -> bool:
        """Tells whether bots hold every seat and nobody may watch: a room for its facilitator alone."""
        data = self.cleaned_data
        return not data["observers"] and all(data[f"seat_{seat}"] for seat in library.newest(data["scenario"]).seats)

    def settings(self) -> Settings:
        """Returns the settings of the game that were asked for; the form must be valid."""
        data = self.cleaned_data
        chosen = library.newest(data["scenario"])
        return Settings(
            scenario=data["scenario"],
            rounds=data["rounds"],
            preset=data["preset"] or None,
            **(self._region(chosen) if rulesets.of(chosen).has_region else {}),
            first_untimed=data["first_untimed"],
            names=data["names"] or "both",
            talk=data["talk"] or "full",
            talk_in={phase: mode for phase in TALKING if (mode := data[f"talk_{phase}"])},
            third=tuple(party for party in THIRD_PARTIES if party in data["third"]),
            internal_vote=data["internal_vote"],
        )

    def _region(self, chosen: Scenario) -> dict[str, Any]:
        """Returns what only a game of a region can be set to."""
        data = self.cleaned_data
        return {
            "crises": data["crises"],
            "windows": data["windows"],
            "adoption": data["adoption"] or None,
            "vetoes": tuple(data["vetoes"]) or None,
            "ratification": data["ratification"] or None,
            "zhang_sequence": data["zhang"] if chosen.has_gate else None,
            "regime_k": data["regime_k"],
        }

    @property
    def phases(self) -> list[forms.BoundField]:
        """Returns the fields that say for single phases what may be said."""
        return [self[f"talk_{phase}"] for phase in TALKING]

    def wish(self) -> Wish:
        """Returns what was asked for; the form must be valid."""
        data = self.cleaned_data
        seats = library.newest(data["scenario"]).seats
        return Wish(
            self.settings(),
            bots={seat: bot for seat in seats if (bot := data.get(f"seat_{seat}"))},
            teams=data["teams"],
            observers=data["observers"],
            forbidden=tuple(data["forbidden"].splitlines()),
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

    def __init__(
        self,
        *args: Any,
        chairs: tuple[people.Chair, ...],
        observers: bool,
        names: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        free = named("seat", [chair.seat for chair in chairs if chair.is_free])
        free = [(seat, (names or {}).get(seat, name)) for seat, name in free]
        choices = [*free, *([("observer", _("Watch"))] if observers else [])]
        self.fields["seat"].choices = choices  # type: ignore[attr-defined]
        self.fields["seat"].error_messages["invalid_choice"] = _("This seat has just been taken. Choose another.")

    def clean_name(self) -> str:
        return people.clean_name(self.cleaned_data["name"])
