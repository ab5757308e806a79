"""The app of rooms."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class RoomsConfig(AppConfig):
    name = "negotiation.rooms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Django tells of a logout by this signal alone. A socket would outlive it by hours.
        user_logged_out.connect(end_visits, dispatch_uid="rooms.end_visits")


def end_visits(sender: Any, user: Any, **_: Any) -> None:
    """Ends the places from which somebody who logs out runs rooms."""
    from negotiation.rooms import people  # needs the models, which are loaded later than the apps

    if user is not None:
        people.end_visits(user)
