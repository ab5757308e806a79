"""Addresses of public games. Who makes one public proves it by the cookie of the room's path."""

from django.urls import path

from negotiation.gallery import views

app_name = "gallery"

urlpatterns = [
    path("games/", views.games, name="games"),
    path("games/<str:code>/", views.game, name="game"),
    path("games/<str:code>/embed/", views.embed, name="embed"),
    path("r/<str:code>/show/", views.show, name="show"),
]
