"""The app of facilitators' accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "negotiation.accounts"
    default_auto_field = "django.db.models.BigAutoField"
