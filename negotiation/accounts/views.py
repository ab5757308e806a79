"""Pages of accounts: making the first one. Logging in and out are Django's own views."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from negotiation.accounts import first
from negotiation.accounts.forms import FirstFacilitatorForm


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def first_facilitator(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the form behind the one-time link and makes the account; a spent link gets the same page as a wrong one."""
    if not first.is_valid(token):
        return spent(request)
    form = FirstFacilitatorForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/first.html", {"form": form})
    try:
        user = first.make_first_facilitator(
            token=token, name=form.cleaned_data["username"], password=form.cleaned_data["password1"]
        )
    except first.LinkIsSpent:
        return spent(request)
    login(request, user)
    return redirect("/")


def spent(request: HttpRequest) -> HttpResponse:
    """Says that the link does nothing any more and what to do instead."""
    if first.is_wanted():
        advice = _("Each start of the server prints a new link. Use the newest one.")
    else:
        advice = _("An account exists already. Log in, or ask its owner for an account of your own.")
    return render(request, "accounts/spent.html", {"advice": advice}, status=410)
