"""Tournament, Player, Round, Place, Adjustment, Appeal, Change, Rated: who plays whom, what came of it, and what was changed since.

A round's games are a conference's rooms and their logs. What is kept here is the draw, and the results as they were confirmed.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from negotiation.conferences.models import LABEL_LENGTH, Conference
from negotiation.rooms.models import CODE_LENGTH, new_code, new_seed

MOST_PLAYERS = 600
MOST_ROUNDS = 12


class Tournament(models.Model):
    """Some rounds of one scenario for the same players. Its row is a lock on the draw of the next round.

    Every seed follows from `seed`, which is shown to nobody before the end; the digest of each stands on the public page from
    the first day on.
    """

    class System(models.TextChoices):
        CYCLE = "cycle", _("everybody has every seat, opponents repeat as little as possible")
        SWISS = "swiss", _("like meets like, by the standings")

    class Filling(models.TextChoices):
        BOTS = "bots", _("bots take the seats that are left")
        BYES = "byes", _("those who are too many sit out in turn")

    class Method(models.TextChoices):
        MATCHPOINTS = "matchpoints", _("Matchpoints")
        IMPS = "imps", _("IMPs")
        STANDARD = "standard", _("standard scores")

    class Ending(models.TextChoices):
        OPEN = "open"
        OVER = "over"

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    title = models.CharField(max_length=80)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tournaments")
    scenario = models.CharField(max_length=40)
    settings = models.TextField(help_text="game.play.Settings as JSON")
    rounds = models.PositiveSmallIntegerField(default=6)
    system = models.CharField(max_length=8, choices=System.choices, default=System.CYCLE)
    filling = models.CharField(max_length=4, choices=Filling.choices, default=Filling.BOTS)
    method = models.CharField(max_length=12, choices=Method.choices, default=Method.MATCHPOINTS)
    weight = models.FloatField("share of Total in the points; the rest is relative gain", default=0.5)
    drop = models.PositiveSmallIntegerField("worst rounds that do not count", default=0)
    best_of_team = models.PositiveSmallIntegerField(default=0)
    anonymous = models.BooleanField("players see pseudonyms at the table", default=False)
    registration = models.BooleanField("anybody with the address may register", default=True)
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    state = models.CharField(max_length=4, choices=Ending.choices, default=Ending.OPEN)
    tokens = models.PositiveSmallIntegerField(default=0, editable=False)
    """How often the token for programs was drawn anew."""
    before = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="finals")
    """The tournament of which these are the finals."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def seed_of(self, purpose: str, number: int) -> str:
        """Returns the seed of a round's `draw` or `game`: 32 hexadecimal digits."""
        return hashlib.sha256(f"{self.seed}/{purpose}/{number}".encode()).hexdigest()[:32]

    @property
    def token(self) -> str:
        """The secret by which programs may do what the desk does; made anew each time from the server's key."""
        value = f"{self.seed}/{self.pk}/{self.tokens}"
        return salted_hmac(
            "negotiation.tournaments.desk", value, secret=settings.SECRET_KEY, algorithm="sha256"
        ).hexdigest()

    def commitment(self, purpose: str, number: int) -> str:
        """Returns the digest by which everybody can see later that the seed was fixed before."""
        return committed(self.seed_of(purpose, number))


def is_same(name: str, other: str | None) -> bool:
    """Tells whether two names are one person's; None is anybody's."""
    return other is None or name.casefold() == other.casefold()


def committed(seed: str) -> str:
    """Returns the digest that is published of a seed."""
    return hashlib.sha256(seed.encode()).hexdigest()


class Player(models.Model):
    """Somebody who plays, by a number; several names one after another where a substitute took over."""

    tournament = models.ForeignKey(Tournament, on_delete=models.CASCADE, related_name="players")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=LABEL_LENGTH)
    team = models.CharField(max_length=40, blank=True)
    entered = models.PositiveSmallIntegerField("first round", default=1)
    withdrew = models.PositiveSmallIntegerField("first round not played any more", null=True, blank=True)
    carried = models.FloatField("points from before a cut", default=0.0)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    excused = models.JSONField(default=list, blank=True)
    """Rounds for which the player is excused."""
    absent = models.JSONField(default=list, blank=True)
    """Rounds for which the player is not drawn without an excuse."""
    devices = models.JSONField(default=list, blank=True, editable=False)
    """A digest of each browser in which the player's own page was opened."""
    tenures = models.JSONField(default=list, blank=True)
    """`[first round, name]` of each who played under this number, if there was more than one; the name is empty of who is forgotten."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=("tournament", "number"), name="player_number")]
        ordering = ("tournament", "number")

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def name_in(self, number: int) -> str:
        """Returns the name of who played under this number in a round; empty once that one is forgotten."""
        name: str = next((who for first, who in reversed(self.tenures) if first <= number), self.name)
        return name

    @property
    def is_forgotten(self) -> bool:
        """Nobody who played under this number has a name any more."""
        return bool(self.tenures) and not any(who for _first, who in self.tenures)

    def forget(self, name: str | None = None) -> None:
        """Takes the name away, or of several only this one, without saving. Nobody else who is forgotten is taken for the same."""
        tenures = self.tenures or [[self.entered, self.name]]
        self.tenures = [[first, "" if is_same(who, name) else who] for first, who in tenures]
        if is_same(self.name, name):
            self.name = f"Player {self.number}"

    @property
    def token(self) -> str:
        """The secret of the player's own page, made anew each time from the server's key."""
        value = f"{self.tournament.seed}/{self.pk}/{len(self.tenures)}"
        digest = salted_hmac(
            "negotiation.tournaments.player", value, secret=settings.SECRET_KEY, algorithm="sha256"
        ).hexdigest()
        return f"{self.number}-{digest[:26]}"


class Round(models.Model):
    """A round from its draft to its confirmed results. Before it is published nobody but the director can see the draw."""

    class State(models.TextChoices):
        DRAWING = "drawing"
        DRAFT = "draft"
        PUBLISHED = "published"
        PLAYING = "playing"
        CONFIRMED = "confirmed"

    tournament = models.ForeignKey(Tournament, on_delete=models.CASCADE, related_name="played")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAWING)
    entrants = models.JSONField(default=list)
    """`[number, team, group]` of each who was drawn, as the draw had them."""
    drawn = models.JSONField(default=dict)
    """What the draw came to, as `draws.Draw`; empty while it runs. `edited` counts changes made by hand."""
    progress = models.JSONField(default=dict)
    pars = models.JSONField(default=dict)
    """By seat and lens, mean and standard deviation of games among bots; for few tables."""
    conference = models.OneToOneField(
        Conference, null=True, blank=True, on_delete=models.SET_NULL, related_name="round"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("tournament", "number"), name="round_number")]
        ordering = ("tournament", "number")

    def __str__(self) -> str:
        return f"{self.tournament_id} round {self.number}: {self.state}"

    @property
    def is_public(self) -> bool:
        return self.state in (self.State.PUBLISHED, self.State.PLAYING, self.State.CONFIRMED)


class Place(models.Model):
    """A seat at a table of a published round, and once it is confirmed its result. Table 0: sat out."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="places")
    table = models.PositiveSmallIntegerField()
    seat = models.CharField(max_length=2, blank=True)
    player = models.ForeignKey(Player, null=True, blank=True, on_delete=models.CASCADE, related_name="places")
    """None: a bot."""
    participant = models.PositiveIntegerField(null=True, blank=True)
    """The number in the round's conference."""
    kind = models.CharField(max_length=12, blank=True)
    """How the result came about, as `scores.Kind`; empty before there is one."""
    figures = models.JSONField(default=dict)
    """total, R, G, U, TR, joint in points, and breaches."""
    spoilt = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("round", "table", "seat"), condition=models.Q(table__gt=0), name="place_once"
            )
        ]
        ordering = ("round", "table", "pk")

    def __str__(self) -> str:
        return f"{self.round_id}/{self.table} {self.seat}"


class Adjustment(models.Model):
    """A bonus or penalty with its reason, which everybody may read."""

    player = models.ForeignKey(Player, on_delete=models.CASCADE, related_name="adjustments")
    points = models.FloatField()
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.player_id} {self.points:+g}: {self.reason}"


class Appeal(models.Model):
    """What a player objects to, and how it was ruled; everybody may read the ruling."""

    class Ruling(models.TextChoices):
        OPEN = "open", _("Open")
        UPHELD = "upheld", _("Upheld")
        REJECTED = "rejected", _("Rejected")

    player = models.ForeignKey(Player, on_delete=models.CASCADE, related_name="appeals")
    round = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)
    ruling = models.CharField(max_length=8, choices=Ruling.choices, default=Ruling.OPEN)
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.player_id} on round {self.round}: {self.ruling}"


class Change(models.Model):
    """What somebody did to a tournament. Nothing is ever taken out; corrections are public with their reason."""

    tournament = models.ForeignKey(Tournament, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=24)
    detail = models.JSONField(default=dict)
    """`sealed` is the salted digest of the words. `reason` without words: the digest covers some in its place that stand beside now."""
    words = models.TextField(blank=True)
    """What was said about it; empty: nothing, or it was erased."""
    salt = models.CharField(max_length=32, blank=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    """Covers the change and all before it."""

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"


def linked(after: str, who: str, what: str, detail: dict[str, Any]) -> str:
    """Returns the digest of a change that follows the one with digest `after`."""
    body = json.dumps([who, what, detail], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{after}\n{body}".encode()).hexdigest()


class Rated(models.Model):
    """How strong a director's organisation believes somebody to be, and how reliably that one turned up. Erasable."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="ratings")
    name = models.CharField(max_length=LABEL_LENGTH)
    mu = models.FloatField(default=25.0)
    sigma = models.FloatField(default=25.0 / 3)
    games = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    excused = models.PositiveIntegerField(default=0)
    history = models.JSONField(default=list)
    """`[tournament, round, mu, sigma]` after each round."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=("owner", "name"), name="rated_once")]
        ordering = ("-mu",)
        verbose_name_plural = "rated"

    def __str__(self) -> str:
        return f"{self.name} {self.mu:.1f} ± {self.sigma:.1f}"
