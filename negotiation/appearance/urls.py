"""Addresses of the look."""

from django.urls import path

from negotiation.appearance import views

app_name = "appearance"

urlpatterns = [
    path("theme/", views.choose, name="choose"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
