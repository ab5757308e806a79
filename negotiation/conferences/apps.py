"""The app of conferences."""

from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "negotiation.conferences"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from negotiation.conferences import codes, schedule  # needs the models, which are loaded later than the apps

        codes.open_to_rooms()
        schedule.keep_to()
