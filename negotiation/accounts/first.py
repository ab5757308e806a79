"""The first facilitator's account: who starts the server gets a link that works once, and only while nobody has one.

`is_wanted`, `renew_link`, `is_valid`, `make_first_facilitator`.
"""

import hashlib
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from negotiation.accounts.models import FirstLink


class LinkIsSpent(Exception):
    """The link was used, or replaced by a later start, or never printed."""


def is_wanted() -> bool:
    """Returns whether no facilitator has an account yet."""
    return not User.objects.exists()


def renew_link() -> str:
    """Makes the token of a new link and ends every earlier one."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        FirstLink.objects.all().delete()
        FirstLink.objects.create(token_digest=digest(token), made_at=timezone.now())
    return token


def is_valid(token: str) -> bool:
    """Returns whether the token makes an account now."""
    return is_wanted() and FirstLink.objects.filter(token_digest=digest(token)).exists()


@transaction.atomic
def make_first_facilitator(*, token: str, name: str, password: str) -> User:
    """Spends the link and makes the account, which may also open the admin pages; raises LinkIsSpent."""
    # Deleting comes first: of two visitors with the same link one deletes a row and the other none.
    spent, _ = FirstLink.objects.filter(token_digest=digest(token)).delete()
    if not spent or not is_wanted():
        raise LinkIsSpent
    return User.objects.create_superuser(username=name, password=password)


def digest(token: str) -> str:
    """Returns the form in which a token is kept; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
