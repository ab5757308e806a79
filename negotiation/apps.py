"""The project itself as an app: it owns the `play` command and nothing in the database."""

from django.apps import AppConfig


class NegotiationConfig(AppConfig):
    name = "negotiation"
