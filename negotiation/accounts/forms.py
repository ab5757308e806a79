"""What a facilitator fills in."""

from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _


class FirstFacilitatorForm(UserCreationForm):
    """A name and a password, twice; Django's validators judge the password."""

    class Meta:
        model = User
        fields = ("username",)
        labels = {"username": _("Name")}
