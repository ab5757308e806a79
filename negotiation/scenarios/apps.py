"""The app of scenarios."""

from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    name = "negotiation.scenarios"
    default_auto_field = "django.db.models.BigAutoField"
