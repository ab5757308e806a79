"""The app of the lesson and the rulebook."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "negotiation.learning"
