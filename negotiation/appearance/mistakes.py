"""say_how_to_mend: what forms say of a field that is empty or wrong, as something to do."""

from __future__ import annotations

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _


def say_how_to_mend() -> None:
    """Gives every form of this site our sentences instead of the framework's; a field's own sentence still goes first."""
    forms.Field.default_error_messages["required"] = _("Fill this in.")
    forms.ChoiceField.default_error_messages["invalid_choice"] = _("Choose one of the list.")
    forms.MultipleChoiceField.default_error_messages["invalid_choice"] = _("Choose from the list.")
    forms.IntegerField.default_error_messages["invalid"] = _("Write a whole number.")
    forms.FloatField.default_error_messages["invalid"] = _("Write a number.")
    validators.MinValueValidator.message = _("Write %(limit_value)s or more.")
    validators.MaxValueValidator.message = _("Write %(limit_value)s or less.")
