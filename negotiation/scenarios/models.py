"""Edition: one version of a scenario of somebody's own. It is never changed: who saves makes the next one."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import User
from django.db import models

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
OWN = "own:"
"""How the name of such a scenario begins, wherever a scenario is named."""


def new_code() -> str:
    """Returns a random code, the same for all editions of a scenario."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


class Edition(models.Model):
    """A scenario as it was saved: what a scenario's file holds, as JSON. Rooms that were made with it keep it for ever."""

    code = models.CharField(max_length=CODE_LENGTH, default=new_code)
    number = models.PositiveSmallIntegerField(default=1)
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="scenarios")
    title = models.CharField(max_length=80)
    base = models.CharField(max_length=40)
    """The shipped scenario that it was copied from, at first."""
    rules = models.PositiveSmallIntegerField()
    """The version of the rules that it was written for."""
    written = models.TextField()
    agreements = models.FloatField(default=0.0)
    """Texts that bots agreed on in a game when it was saved, on the mean; 0: nobody can agree on anything."""
    tried = models.JSONField(default=dict)
    """What many games among bots came to, as far as they have been played."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("code", "number"), name="edition_number")]
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.name} {self.title}"

    @property
    def name(self) -> str:
        """The name by which a room refers to it: ``own:ABCDEFGH.3``."""
        return f"{OWN}{self.code}.{self.number}"
