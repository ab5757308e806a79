"""Room, Delegate, Letter, Report, Entry, Act: what is kept of a negotiation. Presence, Claim: what processes tell one another.

The entries of a room are the truth and are only ever appended. The columns of `Room` under "projection"
repeat what the entries say, written in the same transaction, so that a query can find rooms that are due.
Instants that the rules read are UTC seconds, as in the rules themselves.
"""

from __future__ import annotations

import secrets

from django.contrib.auth.models import User
from django.db import models

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and capitals without 0, 1, I and O, which people misread from a blackboard."""
CODE_LENGTH = 8


def new_code() -> str:
    """Returns a random room code: one of 10^12, so that guessing finds nothing."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def new_seed() -> str:
    """Returns 128 random bits in hexadecimal."""
    return secrets.token_hex(16)


class Room(models.Model):
    """One negotiation: a scenario, a seed and a log. Its row is the lock under which the log grows."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    scenario = models.CharField(max_length=40)
    settings = models.TextField(help_text="game.play.Settings as JSON")
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="rooms")
    origin = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    """A keyed digest of the address that made the room; empty for a facilitator's."""
    teams = models.BooleanField("several people may share a seat", default=False)
    observers = models.BooleanField("people may watch", default=True)
    is_open = models.BooleanField("people may join", default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    active_at = models.DateTimeField()
    """Not indexed: it moves with every act, and is looked for every ten minutes."""
    forbidden = models.JSONField(default=list)
    """Words that nobody may say here, in small letters."""
    people = models.PositiveIntegerField(default=0, editable=False)
    """Counts every change of the people of this room, so that a reader knows when to look again."""

    # The head of the log.
    n = models.PositiveIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=64, default="", editable=False)
    counts = models.JSONField(default=list, editable=False)
    """How many entries each viewer may see, by the bit of `masks`."""
    erasures = models.PositiveIntegerField(default=0, editable=False)
    """Counts every erasure of words in the log; a play that was folded before one is of no account any more."""

    # Projection of the play.
    epoch = models.PositiveIntegerField(default=0, editable=False)
    phase = models.CharField(max_length=10, default="lobby", editable=False)
    phase_no = models.PositiveIntegerField(default=0, editable=False)
    deadline_at = models.FloatField(null=True, editable=False, db_index=True)
    """None while nothing can fall due: no clock, paused, or over."""
    paused_at = models.FloatField(null=True, editable=False)
    bots = models.PositiveSmallIntegerField(default=0, editable=False)
    """How many seats bots hold while the game runs."""

    class Meta:
        ordering = ("-created_at",)
        indexes = (models.Index(fields=("seed",), name="room_seed"),)

    def __str__(self) -> str:
        return f"{self.code} ({self.scenario})"


class Delegate(models.Model):
    """A person in a room: at a seat, watching, or running it."""

    class Role(models.TextChoices):
        DELEGATE = "delegate"
        OBSERVER = "observer"
        FACILITATOR = "facilitator"

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="delegates")
    number = models.PositiveIntegerField()
    """The person's id inside the room; the row's own id would tell how busy other rooms are."""
    name = models.CharField(max_length=40)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.DELEGATE)
    seat = models.CharField(max_length=2, blank=True)
    office = models.CharField(max_length=12, blank=True)
    """What the person does in the delegation; empty: everything."""
    is_muted = models.BooleanField("may not speak", default=False)
    is_host = models.BooleanField("may start, pause and resume", default=False)
    is_program = models.BooleanField("is a program, known by a bearer token", default=False)
    let_in_by = models.PositiveIntegerField("who let this program in", null=True, editable=False)
    """The number of the person; where that one has an account, `user` is the same."""
    trouble = models.CharField("what whoever runs the room should know of this one", max_length=12, blank=True)
    """A code of `conduct.Trouble`: the newest."""
    trouble_at = models.DateTimeField(null=True, blank=True)
    hand = models.CharField("what the person wants to ask", max_length=200, blank=True)
    hand_at = models.DateTimeField("raised the hand", null=True, blank=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0)
    """Grows with every change of what this person may do; sockets and acts of an older version count no more."""
    left_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("room", "number"), name="delegate_number")]
        ordering = ("room", "number")

    def __str__(self) -> str:
        return f"{self.name} ({self.seat or self.role})"


class Letter(models.Model):
    """Words of a facilitator to one person of a room."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="letters")
    number = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.room_id} to {self.number}"


class Report(models.Model):
    """What somebody found that a facilitator should look at: an entry of the log, and why."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveIntegerField()
    """Whose report it is."""
    entry = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    is_settled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("room", "number", "entry"), name="report_once")]
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.room_id} entry {self.entry}"


class Entry(models.Model):
    """One event of a room's log.

    `body` is the event as the rules encode it; of spoken words it holds the salted digest alone, and the
    words stand in `words`. The chain runs over `body`, so words can be erased and the chain still holds.
    """

    # The constraint below is the index.
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="entries", db_index=False)
    n = models.PositiveIntegerField()
    epoch = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    mask = models.PositiveIntegerField()
    """Who may know of it, one bit a viewer: `masks`."""
    at = models.FloatField()
    body = models.TextField()
    words = models.TextField(null=True)  # noqa: DJ001 (None says that they were erased, or that none were spoken)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("room", "n"), name="entry_n")]
        ordering = ("room", "n")
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.n} {self.kind}"


class Act(models.Model):
    """An act that was answered, kept so that a resend gets the same answer and has no second effect."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="acts", db_index=False)
    actor = models.CharField(max_length=12)
    act_id = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    answer = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("room", "actor", "act_id"), name="act_once")]

    def __str__(self) -> str:
        return f"{self.actor} {self.act_id}"


class Presence(models.Model):
    """Who has a page of a room open in one of several processes; counts until its process could have renewed it."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    worker = models.CharField(max_length=16, db_index=True)
    numbers = models.JSONField(default=list)
    """The number of each person, once for each socket."""
    until = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("room", "worker"), name="presence_once")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.worker}"


class Claim(models.Model):
    """Which of several processes thinks for the bots of a room."""

    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="+", db_constraint=False, primary_key=True)
    worker = models.CharField(max_length=16)
    until = models.FloatField()

    def __str__(self) -> str:
        return f"{self.room_id} {self.worker}"
