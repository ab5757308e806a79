"""Forms of tournaments: making one, registering, a list of players, results corrected, appeals. What is wrong is said at the field."""

from __future__ import annotations

from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from game import rulesets
from game.play import Settings
from game.scenario_file import SEATS
from negotiation.rooms import forms as rooms
from negotiation.rooms.people import NAME_LENGTH
from negotiation.scenarios import library
from negotiation.tournaments.models import MOST_ROUNDS

SYSTEM_WORDS = {
    "cycle": _("everybody has every seat, and meets as many others as can be"),
    "swiss": _("like meets like: by the standings, round after round"),
}
FILLING_WORDS = {
    "bots": _("bots take the seats that are left"),
    "byes": _("those who are too many sit out in turn"),
}
METHOD_WORDS = {
    "matchpoints": _("matchpoints: the share of others at the same seat that one beats"),
    "imps": _("IMPs: how far one is from the mean of the seat, great distances counting less"),
    "standard": _("standard scores: distance from the mean of the seat, in standard deviations"),
}


PRESETS: dict[str, tuple[Any, dict[str, Any]]] = {
    "cycle": (_("Everybody every seat: six rounds"), {"system": "cycle", "rounds_played": 6}),
    "swiss": (_("One day, Swiss: five rounds"), {"system": "swiss", "rounds_played": 5}),
    "teams": (
        _("Teams: six rounds, the best four of each count"),
        {"system": "cycle", "rounds_played": 6, "best_of_team": 4},
    ),
    "league": (
        _("A league over a season: ten rounds, the two worst do not count"),
        {"system": "swiss", "rounds_played": 10, "drop": 2, "filling": "bots"},
    ),
    "blind": (
        _("Anonymous seats: six rounds"),
        {"system": "cycle", "rounds_played": 6, "anonymous": True, "registration": False},
    ),
}
"""What a new tournament may begin from: its name, and what is chosen then."""


class TournamentForm(rooms.CreateForm):
    """A new tournament: what its rooms need, how many rounds, how they are drawn and scored."""

    title = forms.CharField(label=_("Name"), max_length=80)
    rounds_played = forms.IntegerField(
        label=_("Rounds of the tournament"), min_value=1, max_value=MOST_ROUNDS, initial=6
    )
    system = forms.ChoiceField(label=_("How tables are drawn"), choices=list(SYSTEM_WORDS.items()), initial="cycle")
    filling = forms.ChoiceField(
        label=_("When the numbers are odd"), choices=list(FILLING_WORDS.items()), initial="bots"
    )
    method = forms.ChoiceField(label=_("How results count"), choices=list(METHOD_WORDS.items()), initial="matchpoints")
    weight = forms.IntegerField(
        label=_("Share of the Total, in per cent"),
        min_value=0,
        max_value=100,
        initial=50,
        help_text=_("The rest is relative gain. 50: what one gains and what one gains over rivals count alike."),
    )
    drop = forms.IntegerField(label=_("Worst rounds that do not count"), min_value=0, max_value=3, initial=0)
    best_of_team = forms.IntegerField(
        label=_("Members of a team that count"), min_value=0, max_value=20, initial=0, help_text=_("0: all of them.")
    )
    anonymous = forms.BooleanField(
        label=_("At the table players see pseudonyms"),
        required=False,
        help_text=_("A bird and a number, another in each round. The draw is public by table only, not by seat."),
    )
    registration = forms.BooleanField(label=_("Anybody with the address may register"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("teams", "observers", "forbidden", *(f"seat_{seat}" for seat in SEATS)):
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("scenario") and not rulesets.of(library.newest(data["scenario"])).has_region:
            self.add_error("scenario", ValidationError(_("Tournaments compare seats by par, which only regions have.")))
        if data.get("scenario") and not library.can_be_played(data["scenario"]):
            self.add_error("scenario", ValidationError(_("Nobody can agree on anything in this scenario.")))
        if data.get("drop") is not None and data.get("rounds_played") and data["drop"] >= data["rounds_played"]:
            self.add_error("drop", ValidationError(_("At least one round must count.")))
        return data

    def settings(self) -> Settings:
        """Returns the settings of all rooms: nobody knows which round is the last, and one state alone blocks nothing."""
        settings = super().settings()
        changes: dict[str, Any] = {"hidden_length": True}
        if settings.adoption is None and len(library.newest(settings.scenario).seats) > 3:
            changes["adoption"] = "minus_one"
        return msgspec.structs.replace(settings, **changes)


class RegisterForm(forms.Form):
    """A name, and perhaps a team."""

    name = forms.CharField(
        label=_("Your name"),
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": NAME_LENGTH}),
    )
    team = forms.CharField(
        label=_("Team"), required=False, max_length=40, help_text=_("Members of a team are kept at different tables.")
    )


class ListForm(forms.Form):
    """A list of players, one a line: name, team."""

    text = forms.CharField(
        label=_("Players, one a line: name, team"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )


class AppealForm(forms.Form):
    """What a player objects to."""

    round = forms.IntegerField(label=_("Round"), min_value=1, max_value=MOST_ROUNDS)
    text = forms.CharField(label=_("What is wrong?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
