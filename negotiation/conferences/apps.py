"""The app of conferences."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import m2m_changed, pre_delete


class ConferencesConfig(AppConfig):
    name = "negotiation.conferences"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # These need the models, which are loaded later than the apps.
        from negotiation.conferences import access, codes, schedule
        from negotiation.conferences.models import Conference

        codes.open_to_rooms()
        schedule.keep_to()
        through = Conference.facilitators.through
        m2m_changed.connect(access.end_help, sender=through, dispatch_uid="conferences.end_help")
        # The conferences go with the account; their rooms would stay.
        pre_delete.connect(forget_rooms_of_deleted, sender="auth.User", dispatch_uid="conferences.forget_rooms")


def forget_rooms_of_deleted(instance: Any, **_: Any) -> None:
    """Forgets who was in the rooms of an account that is about to be deleted, whoever deletes it."""
    from negotiation.conferences import forgetting  # needs the models, which are loaded later than the apps

    forgetting.forget_rooms_of(instance)
