"""Showing: a finished game that anybody may read, under a code of its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from negotiation.rooms.models import CODE_LENGTH, Room, new_code


class Showing(models.Model):
    """What was chosen when a game was made public. To take it back is to delete the row.

    The code is not the room's: that of a room in a conference is the key to its door.
    """

    class Names(models.TextChoices):
        HIDDEN = "hidden", _("No names")
        PSEUDONYMS = "pseudonyms", _("Pseudonyms")

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="+")
    names = models.CharField(max_length=10, choices=Names.choices, default=Names.HIDDEN)
    has_talk = models.BooleanField("what was said to all is shown", default=False)
    shown_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-shown_at", "-pk")

    def __str__(self) -> str:
        return self.code
