"""Addresses of the lesson and the rulebook."""

from django.urls import path

from negotiation.learning import views

app_name = "learning"

urlpatterns = [
    path("learn/", views.start, name="start"),
    path("learn/lesson/", views.lesson, name="lesson"),
    path("learn/check/", views.check, name="check"),
    path("r/<str:code>/lesson/", views.learned, name="learned"),
    path("rulebook/", views.rulebook, name="rulebook"),
]
