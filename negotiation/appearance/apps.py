"""How pages look: themes, and the page that shows the tokens."""

from django.apps import AppConfig


class AppearanceConfig(AppConfig):
    name = "negotiation.appearance"
