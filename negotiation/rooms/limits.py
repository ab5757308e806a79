"""Bucket, Allowance and the numbers: how much one person, one room and one address may do.

A class of thirty sits behind one address, so people are limited each by themselves; an address only counts for making
rooms without an account and for guessing codes. Instants here are monotonic seconds.
"""

from __future__ import annotations

import datetime

from django.utils import timezone

from negotiation.rooms.models import Room

MESSAGE_BYTES = 16 * 1024
SOCKETS_PER_DELEGATE = 4
SOCKETS_PER_ROOM = 300
OBSERVERS_PER_ROOM = 300
"""Seats have limits of their own, so no crowd of those who watch keeps players out."""
PEOPLE_PER_SEAT = 12
INBOX = 32
"""Messages of one socket that may wait for their turn."""

ANONYMOUS_ROOMS_PER_HOUR = 40
"""Rooms made without an account from one address: a class that presses "Play now" at once, and no more."""
IDLE_ANONYMOUS = datetime.timedelta(hours=24)


class Bucket:
    """Lets `burst` through at once and `rate` a second on the long run."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate = rate
        self.burst = burst
        self.left = burst
        self.at: float | None = None

    def wait(self, now: float) -> float:
        """Takes one and returns 0, or takes nothing and returns the seconds until one is there."""
        if self.at is not None:
            self.left = min(self.burst, self.left + (now - self.at) * self.rate)
        self.at = now
        if self.left >= 1:
            self.left -= 1
            return 0.0
        return (1 - self.left) / self.rate


class Allowance:
    """What one delegate may send, over all the sockets of that delegate."""

    def __init__(self) -> None:
        self.messages = Bucket(60, 300)
        """No page comes near it; a socket that goes over is closed."""
        self.acts = Bucket(5, 20)
        self.talk = Bucket(1, 10)
        self.asks = Bucket(5, 30)


class Guesses:
    """Wrong room codes: 10 a minute from one address and 60 from all, then a pause for the wrong ones only."""

    MOST_ADDRESSES = 10_000

    def __init__(self) -> None:
        self.all = Bucket(1, 60)
        self.by_address: dict[str, Bucket] = {}

    def wait(self, address: str, now: float) -> float:
        """Counts a wrong code and returns the seconds until the next one is looked at; 0 while there are few."""
        if len(self.by_address) >= self.MOST_ADDRESSES:
            self.by_address.clear()
        own = self.by_address.setdefault(address, Bucket(10 / 60, 10))
        return max(own.wait(now), self.all.wait(now))


guesses = Guesses()


def may_make_room(origin: str) -> bool:
    """Tells whether an address may make one more room without an account within this hour."""
    since = timezone.now() - datetime.timedelta(hours=1)
    return Room.objects.filter(origin=origin, created_at__gte=since).count() < ANONYMOUS_ROOMS_PER_HOUR
