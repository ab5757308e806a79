"""The app of rooms."""

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "negotiation.rooms"
    default_auto_field = "django.db.models.BigAutoField"
