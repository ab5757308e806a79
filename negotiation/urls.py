"""Addresses of the site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("negotiation.accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("negotiation.languages.urls")),
    path("", include("negotiation.appearance.urls")),
    path("scenarios/", include("negotiation.scenarios.urls")),
    path("", include("negotiation.learning.urls")),
    path("", include("negotiation.tournaments.urls")),
    path("", include("negotiation.conferences.urls")),
    path("", include("negotiation.gallery.urls")),
    path("", include("negotiation.rooms.urls")),
]
