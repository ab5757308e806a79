"""What a facilitator fills in."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm, UserCreationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from negotiation.accounts.patience import seconds_to_wait


class FirstFacilitatorForm(UserCreationForm):
    """A name and a password, twice; Django's validators judge the password."""

    class Meta:
        model = User
        fields = ("username",)
        labels = {"username": _("Name")}


class PatientForm(AuthenticationForm):
    """Name and password; says how long to wait after many wrong ones."""

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        seconds = seconds_to_wait(self.request, name) if name and self.request else 0
        try:
            if seconds:
                raise ValidationError(
                    _("Too many wrong passwords. Wait %(seconds)d seconds, then try again."),
                    code="wait",
                    params={"seconds": seconds},
                )
            return super().clean()
        except ValidationError as error:
            # The password is what is typed anew, so what is wrong stands there.
            self.add_error("password", error)
            return self.cleaned_data


class PatientAdminForm(PatientForm, AdminAuthenticationForm):
    """The same for the admin pages."""
