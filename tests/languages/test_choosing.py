"""A page speaks the language that its reader chose, or else the one that the browser asks for."""

from __future__ import annotations

import pytest
from django.test import Client

from game.languages import OFFERED, Language

by_code = pytest.mark.parametrize("language", OFFERED, ids=lambda one: one.code)


def page(client: Client, path: str = "/", accepts: str = "") -> str:
    response = client.get(path, headers={"accept-language": accepts} if accepts else {})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
@by_code
def test_the_browsers_language_is_the_pages(client: Client, language: Language) -> None:
    assert f'<html lang="{language.code}"' in page(client, accepts=language.code)


@pytest.mark.django_db
def test_a_browser_in_beijing_gets_simplified_characters(client: Client) -> None:
    assert '<html lang="zh-hans"' in page(client, accepts="zh-CN,zh;q=0.9,en;q=0.8")


@pytest.mark.django_db
def test_a_language_that_is_not_offered_is_read_in_english(client: Client) -> None:
    assert '<html lang="en"' in page(client, accepts="tlh")


@pytest.mark.django_db
@by_code
def test_a_choice_beats_the_browser_and_leads_back(client: Client, language: Language) -> None:
    address = "http://testserver/scenarios/?x=1"
    response = client.post("/language/", {"language": language.code}, headers={"referer": address})
    assert response.status_code == 302
    assert response["Location"] == address
    assert f'<html lang="{language.code}"' in page(client, accepts="fr")


@pytest.mark.django_db
@by_code
def test_pages_that_nobody_read_say_so(client: Client, language: Language) -> None:
    assert ('id="not-read"' in page(client, accepts=language.code)) is not language.is_read


def test_a_choice_needs_the_pages_own_token() -> None:
    assert Client(enforce_csrf_checks=True).post("/language/", {"language": "en"}).status_code == 403


@pytest.mark.django_db
@by_code
def test_the_glossary_names_every_term_in_the_readers_language(client: Client, language: Language) -> None:
    shown = page(client, "/glossary/", language.code)
    assert 'id="shield"' in shown
    assert "{place" not in shown
