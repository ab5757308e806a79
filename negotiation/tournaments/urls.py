"""Addresses of tournaments."""

from django.urls import path

from negotiation.tournaments import files, interface, running, views

app_name = "tournaments"

urlpatterns = [
    path("tournaments/", running.tournaments, name="tournaments"),
    path("tournaments/new/", running.create, name="create"),
    path("tournaments/ratings/", running.ratings, name="ratings"),
    path("tournaments/openapi.json", interface.openapi, name="openapi"),
    path("t/<str:code>/api/<slug:what>/", interface.act, name="api"),
    path("t/<str:code>/", views.standings, name="standings"),
    path("t/<str:code>/register/", views.register, name="register"),
    path("t/<str:code>/qr.svg", views.qr, name="qr"),
    path("t/<str:code>/me/<str:token>/", views.mine, name="mine"),
    path("t/<str:code>/me/<str:token>/here/", views.check_in, name="check_in"),
    path("t/<str:code>/rounds/<int:number>/", views.round_page, name="round"),
    path("t/<str:code>/players/<int:number>/", views.player_page, name="player"),
    path("t/<str:code>/crosstable/", views.crosstable, name="crosstable"),
    path("t/<str:code>/standings.csv", files.standings_csv, name="standings_csv"),
    path("t/<str:code>/standings.json", files.standings_json, name="standings_json"),
    path("t/<str:code>/results.csv", files.results_csv, name="results_csv"),
    path("t/<str:code>/tournament.zip", files.bundle_zip, name="bundle"),
    path("t/<str:code>/desk/", running.desk_page, name="desk"),
    path("t/<str:code>/desk/players/", running.players, name="players"),
    path("t/<str:code>/desk/progress.json", running.progress, name="progress"),
    path("t/<str:code>/desk/erase/", running.erase, name="erase"),
    path("t/<str:code>/desk/fair-play/", running.fair_play, name="fair_play"),
    path("t/<str:code>/desk/cards/", running.cards, name="cards"),
    path("t/<str:code>/desk/links.csv", files.links_csv, name="links_csv"),
    path("t/<str:code>/desk/<slug:what>/", running.do, name="do"),
]
