"""The app of tournaments."""

from django.apps import AppConfig


class TournamentsConfig(AppConfig):
    name = "negotiation.tournaments"
    default_auto_field = "django.db.models.BigAutoField"
