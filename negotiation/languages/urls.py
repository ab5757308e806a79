"""Addresses of languages."""

from django.urls import path
from django.views.i18n import set_language

from negotiation.languages import views

app_name = "languages"

urlpatterns = [
    path("language/", set_language, name="choose"),
    path("glossary/", views.glossary, name="glossary"),
]
