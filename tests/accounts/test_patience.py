"""Passwords are kept by argon2, and whoever writes wrong ones waits longer and longer."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from negotiation.accounts import patience
from negotiation.accounts.models import WrongTries

pytestmark = pytest.mark.django_db

PASSWORD = "wide-river-42"
PAGES = ("/accounts/login/", "/admin/login/")


@pytest.fixture
def alice() -> User:
    return User.objects.create_superuser("alice", password=PASSWORD)


def log_in(password: str = PASSWORD, *, name: str = "alice", at: str = "203.0.113.7", page: str = PAGES[0]) -> str:
    """Returns what the page says, or nothing where it lets in."""
    answer = Client(REMOTE_ADDR=at).post(page, {"username": name, "password": password})
    return "" if answer.status_code == 302 else answer.content.decode()


def quiet(seconds: float) -> None:
    """Lets time go by."""
    for tries in WrongTries.objects.all():
        tries.last_at -= datetime.timedelta(seconds=seconds)
        tries.save()


def test_passwords_are_kept_by_argon2(alice: User) -> None:
    assert alice.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_older_password_becomes_argon2_at_the_next_log_in(alice: User) -> None:
    User.objects.update(password=make_password(PASSWORD, hasher="scrypt"))
    assert not log_in()
    alice.refresh_from_db()
    assert alice.password.startswith("argon2")


@pytest.mark.parametrize("page", PAGES)
def test_after_five_wrong_passwords_even_the_right_one_waits(alice: User, page: str) -> None:
    for _ in range(patience.FREE):
        assert "Too many" not in log_in("guess", page=page)
    assert "Too many wrong passwords. Wait 1 seconds" in log_in(page=page)
    assert "Too many" in log_in("guess", page=page)
    quiet(1)
    assert not log_in(page=page)
    assert not WrongTries.objects.exists()


def test_two_hundred_tries_look_at_few_passwords_and_tries_that_must_wait_count_nothing(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited, looked_at = 0, 0
    now = timezone.now()
    monkeypatch.setattr(patience.timezone, "now", lambda: now + datetime.timedelta(seconds=waited))
    for _ in range(200):
        before = WrongTries.objects.values_list("count", flat=True).first() or 0
        if "Too many" in log_in("guess"):
            waited += 1
        looked_at += (WrongTries.objects.values_list("count", flat=True).first() or 0) - before
    assert looked_at <= patience.FREE + 5 + waited / patience.LONGEST


def test_a_stranger_slows_nobody_else_down(alice: User) -> None:
    User.objects.create_user("bob", password=PASSWORD)
    for _ in range(9):
        log_in("guess")
    assert "Too many" in log_in()
    assert not log_in(at="198.51.100.2"), "the owner of the account, elsewhere"
    assert not log_in(name="bob"), "a colleague at the same address"


def test_a_name_that_nobody_has_looks_the_same() -> None:
    User.objects.create_user("alice", password=PASSWORD)
    for _ in range(patience.FREE):
        for name in ("alice", "nobody"):
            log_in("guess", name=name)
    said = {name: log_in("guess", name=name) for name in ("alice", "nobody")}
    assert all("Too many" in text for text in said.values())


def test_after_fifteen_quiet_minutes_the_count_begins_anew(alice: User) -> None:
    for _ in range(9):
        log_in("guess")
        quiet(40)
    quiet(15 * 60)
    log_in("guess")
    assert WrongTries.objects.get().count == 1


def test_neither_names_nor_addresses_are_kept(alice: User) -> None:
    log_in("guess", at="203.0.113.7")
    kept = str(WrongTries.objects.values().get())
    assert "alice" not in kept
    assert "203.0.113.7" not in kept
