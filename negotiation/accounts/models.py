"""The one-time link by which the first facilitator makes an account."""

from django.db import models


class FirstLink(models.Model):
    """A link that was printed at a start. Only its digest is kept, so that a copy of the database lets nobody in."""

    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link of {self.made_at:%Y-%m-%d %H:%M}"
