"""Addresses of rooms. The cookie of a seat belongs to `/r/<code>/`, and so does all that needs it."""

from django.urls import path

from negotiation.rooms import inside, published, views

app_name = "rooms"

urlpatterns = [
    path("", views.home, name="home"),
    path("play/", views.play_now, name="play_now"),
    path("rooms/new/", views.create, name="create"),
    path("join/", views.join, name="join"),
    path("protocol.json", published.protocol_json, name="protocol"),
    path("words/<str:language>.json", inside.sentences, name="words"),
    path("r/<str:code>/", inside.room, name="room"),
    path("r/<str:code>/join/", views.enter, name="enter"),
    path("r/<str:code>/leave/", views.leave, name="leave"),
    path("r/<str:code>/people/<int:number>/remove/", views.remove, name="remove"),
    path("r/<str:code>/hand/", inside.hand, name="hand"),
    path("r/<str:code>/door/", inside.door, name="door"),
    path("r/<str:code>/program/", inside.program, name="program"),
    path("r/<str:code>/report/", inside.report, name="report"),
    path("r/<str:code>/debrief/", inside.debrief, name="debrief"),
    path("r/<str:code>/debrief/what-if/", inside.what_if, name="what_if"),
    path("r/<str:code>/roles/", inside.roles, name="roles"),
    path("r/<str:code>/roles.json", inside.roles_json, name="roles_json"),
    path("r/<str:code>/log.json", inside.log_json, name="log_json"),
    path("r/<str:code>/scores.csv", inside.scores_csv, name="scores_csv"),
    path("r/<str:code>/qr.svg", inside.qr, name="qr"),
]
