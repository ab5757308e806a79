"""The app of rooms."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import pre_delete, pre_save


class RoomsConfig(AppConfig):
    name = "negotiation.rooms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Django tells of a logout by this signal alone. A socket would outlive it by hours.
        user_logged_out.connect(end_visits_of_one_gone_home, dispatch_uid="rooms.end_visits")
        pre_save.connect(end_visits_of_changed, sender="auth.User", dispatch_uid="rooms.end_visits_of_changed")
        pre_delete.connect(end_visits_of_deleted, sender="auth.User", dispatch_uid="rooms.end_visits_of_deleted")


def end_visits_of_changed(sender: Any, instance: Any, **_: Any) -> None:
    """Ends the places of an account that is disabled, or gets a new password: whoever has an old cookie is out."""
    # Django keeps a password in the clear from its setting to its saving, and at no other time.
    if instance.pk is not None and (not instance.is_active or instance._password is not None):
        end_visits(instance)


def end_visits_of_deleted(sender: Any, instance: Any, **_: Any) -> None:
    """Ends the places of an account that is about to be deleted, while their sockets can still be told."""
    end_visits(instance)


def end_visits_of_one_gone_home(sender: Any, user: Any, **_: Any) -> None:
    """Ends the places from which somebody who logs out runs rooms; the programs that this one let in play on."""
    if user is not None:
        end_visits(user, programs=False)


def end_visits(user: Any, *, programs: bool = True) -> None:
    from negotiation.rooms import people  # needs the models, which are loaded later than the apps

    people.end_visits(user, programs=programs)
