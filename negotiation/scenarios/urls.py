"""Addresses of scenarios."""

from django.urls import path

from negotiation.scenarios import views

app_name = "scenarios"

urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("shipped/<str:name>/", views.shipped, name="shipped"),
    path("shipped/<str:name>/roles/", views.roles, name="roles"),
    path("shipped/<str:name>/copy/", views.copy, name="copy"),
    path("own/<str:code>/", views.edit, name="edit"),
    path("own/<str:code>/roles/", views.own_roles, name="own_roles"),
    path("own/<str:code>/check/", views.check, name="check"),
    path("own/<str:code>/erase/", views.erase, name="erase"),
    path("own/<str:code>/try/", views.try_out, name="try_out"),
    path("own/<str:code>/tried.json", views.tried, name="tried"),
    path("own/<str:code>/scenario.json", views.file, name="file"),
    path("take/", views.take, name="take"),
]
