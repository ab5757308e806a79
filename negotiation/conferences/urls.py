"""Addresses of conferences. A participant's cookie belongs to `/c/<code>/`."""

from django.urls import path

from negotiation.conferences import door, files, running, views

app_name = "conferences"

urlpatterns = [
    path("conferences/", views.mine, name="mine"),
    path("conferences/new/", views.create, name="create"),
    path("conferences/plan.json", views.plan_json, name="plan_json"),
    path("c/<str:code>/", door.enter, name="enter"),
    path("c/<str:code>/p/<str:token>/", door.personal, name="personal"),
    path("c/<str:code>/qr.svg", door.qr, name="qr"),
    path("c/<str:code>/screen/", door.screen, name="screen"),
    path("c/<str:code>/screen.json", door.screen_json, name="screen_json"),
    path("c/<str:code>/results/", door.results, name="results"),
    path("c/<str:code>/console/", running.console, name="console"),
    path("c/<str:code>/console.json", running.console_json, name="console_json"),
    path("c/<str:code>/press/", running.press, name="press"),
    path("c/<str:code>/tables/<int:number>/", running.table, name="table"),
    path("c/<str:code>/tables/<int:number>/sit/<str:seat>/", running.sit, name="sit"),
    path("c/<str:code>/roster/", running.roster_page, name="roster"),
    path("c/<str:code>/questions/before/", door.before, name="before"),
    path("c/<str:code>/after/", door.after, name="after"),
    path("c/<str:code>/survey/", running.survey_page, name="survey"),
    path("c/<str:code>/roles/", running.roles, name="roles"),
    path("c/<str:code>/erase/", running.erase, name="erase"),
    path("c/<str:code>/news/", running.news, name="news"),
    path("c/<str:code>/links.csv", files.links_csv, name="links_csv"),
    path("c/<str:code>/results.csv", files.results_csv, name="results_csv"),
    path("c/<str:code>/gradebook.csv", files.gradebook_csv, name="gradebook_csv"),
    path("c/<str:code>/everything.zip", files.everything, name="everything"),
]
