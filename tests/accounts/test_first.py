"""The first facilitator's account: one link, one use, and only while nobody has an account."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from negotiation.accounts import first
from negotiation.accounts.models import FirstLink
from tests.pages import without_tokens

pytestmark = pytest.mark.django_db

GOOD = {"username": "alice", "password1": "wide-river-42", "password2": "wide-river-42"}


def page(token: str) -> str:
    return reverse("accounts:first", args=[token])


def test_the_account_is_made_logged_in_and_opens_the_admin_pages(client: Client) -> None:
    address = page(first.renew_link())
    assert client.get(address).status_code == 200
    assert client.post(address, GOOD).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert not FirstLink.objects.exists()


def test_a_link_works_once() -> None:
    token = first.renew_link()
    first.make_first_facilitator(token=token, name="alice", password=GOOD["password1"])
    with pytest.raises(first.LinkIsSpent):
        first.make_first_facilitator(token=token, name="mallory", password=GOOD["password1"])
    assert list(User.objects.values_list("username", flat=True)) == ["alice"]


def test_a_later_start_ends_the_earlier_link(client: Client) -> None:
    old, new = first.renew_link(), first.renew_link()
    assert client.post(page(old), GOOD).status_code == 410
    assert client.get(page(new)).status_code == 200


def test_no_link_works_once_somebody_has_an_account(client: Client) -> None:
    token = first.renew_link()
    User.objects.create_user("bob")
    assert client.get(page(token)).status_code == 410
    with pytest.raises(first.LinkIsSpent):
        first.make_first_facilitator(token=token, name="mallory", password=GOOD["password1"])
    assert FirstLink.objects.exists(), "nothing of a refused attempt stays"


def test_a_guessed_link_looks_like_a_spent_one(client: Client) -> None:
    spent = first.renew_link()
    first.renew_link()
    assert without_tokens(client.get(page("guess"))) == without_tokens(client.get(page(spent)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"username": ""}, "Fill this in."),
        ({"username": "a" * 151}, "at most 150 characters"),
        ({"username": "ali\x07ce"}, "Enter a valid username."),
        ({"password1": "abc", "password2": "abc"}, "too short"),
        ({"password2": "another-river-43"}, "match"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_stays_good(client: Client, change: dict[str, str], says: str) -> None:
    address = page(first.renew_link())
    answer = client.post(address, GOOD | change)
    assert says in answer.content.decode()
    assert not User.objects.exists()
    assert client.post(address, GOOD).status_code == 302


def test_logging_in_and_out(client: Client) -> None:
    User.objects.create_user("bob", password="calm-harbour-7")
    wrong = client.post(reverse("accounts:login"), {"username": "bob", "password": "storm"})
    assert b"Please enter a correct" in wrong.content
    right = client.post(reverse("accounts:login"), {"username": "bob", "password": "calm-harbour-7"})
    assert right.status_code == 302
    assert client.post(reverse("accounts:logout")).status_code == 302
    assert "_auth_user_id" not in client.session
