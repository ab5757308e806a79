"""Conference, Table, Participant, Planned, Note: several rooms under one code, who plays in them, and who did what.

The games themselves are the rooms' logs. What is kept here can change: where somebody sits, what is planned.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from negotiation.rooms.models import CODE_LENGTH, Delegate, Room, new_code, new_seed

LABEL_LENGTH = 40


class Conference(models.Model):
    """A class or a training day: one scenario, one seed, as many rooms as its people need. Its row is a lock on who sits where."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    title = models.CharField(max_length=80)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="conferences")
    facilitators = models.ManyToManyField(User, blank=True, related_name="helped_conferences")
    """Who runs it together with the owner."""
    scenario = models.CharField(max_length=40)
    settings = models.TextField(help_text="game.play.Settings as JSON")
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    expected = models.PositiveSmallIntegerField(default=0)
    """People for whom it is planned."""
    per_seat = models.PositiveSmallIntegerField(default=1)
    odd = models.CharField(max_length=12, default="nearest")
    pseudonyms = models.BooleanField("others see pseudonyms", default=True)
    offices = models.BooleanField("members of a delegation have offices", default=False)
    learning = models.CharField("what newcomers do before they sit down", max_length=16, blank=True)
    """Parts of `learning.marks`, with a dash between them."""
    forbidden = models.JSONField(default=list, editable=False)
    """Words that nobody may say in its rooms."""
    treatments = models.JSONField(default=list, editable=False)
    """What differs between tables by lot, as `[name, settings]` each."""
    is_open = models.BooleanField("people may come in", default=True)
    completion = models.CharField(max_length=400, blank=True)
    """Where players go at the end, of a panel for instance; ``{label}`` is filled in."""
    announcement = models.CharField(max_length=280, blank=True)
    shown = models.PositiveSmallIntegerField(null=True, blank=True)
    """The table that the projector's page shows whole; none: where each of them stands."""
    results_open = models.BooleanField("players see the results of all tables", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Table(models.Model):
    """One room of a conference, by its number: 1, 2, 3."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="table")
    treatment = models.CharField(max_length=80, blank=True)
    """What differs at this table by lot, in words; empty: nothing."""
    places = models.JSONField(default=list)
    """How many people are planned for each seat, in seat order."""
    watching = models.PositiveSmallIntegerField(default=0)
    """How many are planned to watch."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=("conference", "number"), name="table_number")]
        ordering = ("conference", "number")

    def __str__(self) -> str:
        return f"{self.conference_id}/{self.number}"


class Participant(models.Model):
    """A person of a conference, from the roster or come in by the code; `delegate` once at a table.

    `label` is what the facilitator calls the person, `alias` what the others at the table read.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="participants")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=LABEL_LENGTH)
    alias = models.CharField(max_length=LABEL_LENGTH)
    team = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, blank=True)
    notes = models.CharField(max_length=200, blank=True)
    wish = models.CharField(max_length=2, blank=True)
    """The seat that the person would like."""
    experience = models.PositiveSmallIntegerField(default=0)
    """How often the person has played; balanced over tables where asked."""
    table = models.ForeignKey(Table, null=True, blank=True, on_delete=models.SET_NULL, related_name="participants")
    seat = models.CharField(max_length=2, blank=True)
    """Empty with a table: watches there."""
    delegate = models.OneToOneField(Delegate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    moves = models.PositiveSmallIntegerField(default=0)
    """How often the person has been seated; each time with a new token."""
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    """When a facilitator sent the person away; the personal link then leads nowhere."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=("conference", "number"), name="participant_number")]
        ordering = ("conference", "number")

    def __str__(self) -> str:
        return f"{self.number} {self.alias}"

    @property
    def link_token(self) -> str:
        """The secret of the personal link; made anew each time from the server's key, so no copy of it is kept."""
        return f"{self.number}-{_keyed('link', self.conference.seed, self.pk)[:26]}"

    @property
    def seat_token(self) -> str:
        """The secret of the place in the room: the same on every device of the person, another after each move."""
        return self._seat_token(self.moves)

    @property
    def seat_tokens(self) -> list[str]:
        """The secrets of all places that the person has had, also of those that were left."""
        return [self._seat_token(move) for move in range(1, self.moves + 1)]

    def _seat_token(self, move: int) -> str:
        return _keyed("seat", self.conference.seed, self.pk, move)


def _keyed(*parts: object) -> str:
    secret = "/".join(str(part) for part in parts)
    return salted_hmac("negotiation.conferences", secret, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


class Planned(models.Model):
    """News to be brought when a table comes to a phase of a round, once at each table."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="planned")
    round = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=10)
    text = models.TextField()
    to = models.JSONField(default=list)
    """Seats; empty: everybody."""
    brought = models.JSONField(default=dict)
    """By number of the table, the epoch and the phase in which it had it."""

    class Meta:
        ordering = ("round", "pk")
        verbose_name_plural = "planned"

    def __str__(self) -> str:
        return f"{self.round} {self.phase}: {self.text[:40]}"


class Question(models.Model):
    """A question to every participant, before the game or after it. Consent and checks let nobody on who does not pass."""

    class When(models.TextChoices):
        BEFORE = "before"
        AFTER = "after"

    class Kind(models.TextChoices):
        CONSENT = "consent", _("Consent")
        CHECK = "check", _("Check")
        CHOICE = "choice", _("Choice")
        SCALE = "scale", _("Scale")
        NUMBER = "number", _("Number")
        TEXT = "text", _("Text")

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="questions")
    when = models.CharField(max_length=6, choices=When.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=500)
    options = models.JSONField(default=list)
    """What can be chosen; of a check the first is right, and they are shown in another order."""

    class Meta:
        ordering = ("when", "pk")

    def __str__(self) -> str:
        return self.text


class Reply(models.Model):
    """What a participant answered, and in how many tries a check was passed."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="replies")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="replies")
    value = models.TextField()
    tries = models.PositiveSmallIntegerField(default=1)
    passed = models.BooleanField(default=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("question", "participant"), name="reply_once")]
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return self.value[:40]


class Note(models.Model):
    """What a facilitator did, to which tables, and what came of it. Nothing is ever taken out."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField(auto_now_add=True)
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=24)
    tables = models.JSONField(default=list)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"
