"""Addresses of accounts."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from negotiation.accounts import views
from negotiation.accounts.forms import PatientForm

app_name = "accounts"

urlpatterns = [
    path("first/<str:token>/", views.first_facilitator, name="first"),
    path(
        "login/",
        LoginView.as_view(template_name="accounts/login.html", authentication_form=PatientForm),
        name="login",
    ),
    path("logout/", LogoutView.as_view(), name="logout"),
]
