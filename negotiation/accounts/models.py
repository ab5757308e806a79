"""The one-time link by which the first facilitator makes an account, and wrong passwords, counted."""

from django.db import models


class FirstLink(models.Model):
    """A link that was printed at a start. Only its digest is kept, so that a copy of the database lets nobody in."""

    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link of {self.made_at:%Y-%m-%d %H:%M}"


class WrongTries(models.Model):
    """How often a wrong password was written for one account from one address, and when last."""

    key = models.CharField(max_length=32, unique=True)
    count = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "wrong tries"

    def __str__(self) -> str:
        return f"{self.count} until {self.last_at:%Y-%m-%d %H:%M}"
