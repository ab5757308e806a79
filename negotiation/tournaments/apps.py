"""The app of tournaments."""

from django.apps import AppConfig


class TournamentsConfig(AppConfig):
    name = "negotiation.tournaments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from negotiation.tournaments import forgetting  # needs the models, which are loaded later than the apps

        forgetting.keep_to()
