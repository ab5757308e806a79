"""The app of public games."""

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    name = "negotiation.gallery"
