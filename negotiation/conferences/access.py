"""for_facilitators, may_run, owns, end_help, participant_of: who may run a conference, and which participant a browser belongs to."""

from __future__ import annotations

import functools
import hmac
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from negotiation.conferences.models import Conference, Participant
from negotiation.numerals import whole
from negotiation.rooms import people
from negotiation.rooms.models import Delegate
from negotiation.rooms.views import account, no_such_room

PERSON = "person"
"""The cookie that says which participant this is; of the conference's path alone."""
PERSON_SECONDS = 30 * 86_400

View = Callable[..., HttpResponseBase]


def may_run(conference: Conference, user: User | None) -> bool:
    """Tells whether the account is the owner's, or one that the owner asked to help."""
    return owns(conference, user) or (user is not None and conference.facilitators.filter(pk=user.pk).exists())


def owns(conference: Conference, user: User | None) -> bool:
    """Tells whether the account made the conference; it alone deletes it and ends somebody's help."""
    return user is not None and conference.owner_id == user.pk


def only_owner() -> str:
    """Returns what is said to the others."""
    return _("Only the account that made the conference can delete it, or end somebody's help.")


def end_help(instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **_: Any) -> None:
    """Ends the places in the rooms of those who help no longer, however they were taken off the list."""
    if action == "post_remove":
        users, conferences = ({instance.pk}, pk_set) if reverse else (pk_set, {instance.pk})
        helping = Delegate.objects.filter(
            left_at=None, user__in=users or (), room__table__conference__in=conferences or ()
        )
        for delegate in helping:
            people.leave(delegate=delegate)


def for_facilitators(view: View) -> View:
    """Makes a view of one who runs the conference. Strangers are asked to log in; others find nothing there."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, code: str, **more: Any) -> HttpResponseBase:
        user = account(request)
        if user is None:
            return redirect_to_login(request.get_full_path())
        conference = Conference.objects.filter(code=code).first()
        if conference is None or not may_run(conference, user):
            return no_such_room(request, code)
        return view(request, conference, **more)

    return never_cache(guarded)


def participant_of(conference: Conference, token: str | None) -> Participant | None:
    """Returns whose personal token this is, or None."""
    place, _, proof = (token or "").partition("-")
    number = whole(place)
    if number is None or not proof:
        return None
    found = conference.participants.select_related("conference", "delegate__room", "table__room").filter(number=number)
    person = found.first()
    return person if person and hmac.compare_digest(person.link_token.encode(), (token or "").encode()) else None


def give_cookie(response: HttpResponse, person: Participant, *, secure: bool) -> None:
    """Lets the browser be known as this participant's."""
    response.set_cookie(
        PERSON,
        person.link_token,
        max_age=PERSON_SECONDS,
        path=f"/c/{person.conference.code}/",
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
