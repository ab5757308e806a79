"""The app of languages: what is said in which, the switcher, the glossary, and the translators' command."""

from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "negotiation.languages"
