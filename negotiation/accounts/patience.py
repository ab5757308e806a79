"""PatientBackend, seconds_to_wait: who writes wrong passwords waits longer and longer.

Counted by account and address together: a stranger's tries slow nobody else down, and the owner of the account still
comes in from another place. The count is a row, so all server processes share it; after 15 quiet minutes it is gone.
"""

from __future__ import annotations

import datetime
from math import ceil
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from negotiation.accounts.models import WrongTries
from negotiation.accounts.origins import origin_of

FREE = 5
LONGEST = 30
"""Seconds."""
QUIET = datetime.timedelta(minutes=15)


class PatientBackend(ModelBackend):
    """Looks at no password before its time, on the pages of accounts and of the admin alike."""

    def authenticate(  # type: ignore[override]  # the stubs name the user's type by its place in the project
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> AbstractBaseUser | None:
        """Returns the user, or None. Raises `PermissionDenied` while the visitor has to wait."""
        if request is None or username is None:
            return super().authenticate(request, username, password, **kwargs)
        if seconds_to_wait(request, username):
            raise PermissionDenied
        user = super().authenticate(request, username, password, **kwargs)
        if user is None:
            _note(_key(request, username))
        else:
            WrongTries.objects.filter(key=_key(request, username)).delete()
        return user


def seconds_to_wait(request: HttpRequest, username: str) -> int:
    """Returns how long the visitor has to wait before the next try at this account; 0 where none is needed."""
    tries = WrongTries.objects.filter(key=_key(request, username), last_at__gt=timezone.now() - QUIET).first()
    if tries is None or tries.count < FREE:
        return 0
    delay: int = min(LONGEST, 2 ** (tries.count - FREE))
    left = delay - (timezone.now() - tries.last_at).total_seconds()
    return max(0, ceil(left))


def _note(key: str) -> None:
    now = timezone.now()
    WrongTries.objects.filter(last_at__lte=now - QUIET).delete()
    WrongTries.objects.get_or_create(key=key, defaults={"count": 0, "last_at": now})
    WrongTries.objects.filter(key=key).update(count=F("count") + 1, last_at=now)


def _key(request: HttpRequest, username: str) -> str:
    """Returns a keyed digest: a copy of the database tells neither names that were tried nor addresses."""
    return salted_hmac("negotiation.accounts.patience", f"{origin_of(request)}\n{username.casefold()}").hexdigest()[:32]
