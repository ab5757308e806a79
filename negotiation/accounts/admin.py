"""The admin pages ask for a password as patiently as our own."""

from django.contrib import admin

from negotiation.accounts.forms import PatientAdminForm

admin.site.login_form = PatientAdminForm
