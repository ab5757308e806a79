"""What guards pages and sockets, asked from outside of a running server and of the functions that decide."""

import http.client
import logging
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

from negotiation.logs import RedactingFormatter
from negotiation.security import is_same_origin
from tests.live_server import LiveServer


def headers(url: str) -> dict[str, str]:
    try:
        with urllib.request.urlopen(url) as page:
            return dict(page.headers)
    except urllib.error.HTTPError as error:
        with error:
            return dict(error.headers)


@pytest.mark.parametrize("path", ["", "accounts/login/", "admin/login/", "no/such/page"])
def test_every_page_allows_only_its_own_files(live_server_url: str, path: str) -> None:
    answered = headers(live_server_url + path)
    policy = dict(part.split(" ", 1) for part in answered["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == f"'self' {live_server_url.replace('http', 'ws').rstrip('/')}"
    assert answered["X-Content-Type-Options"] == "nosniff"
    assert answered["Referrer-Policy"] == "same-origin"
    assert "Server" not in answered


def test_static_files_are_asked_for_anew_each_time(live_server_url: str) -> None:
    answered = headers(f"{live_server_url}static/admin/css/base.css")
    assert answered["Cache-Control"] == "no-cache"
    request = urllib.request.Request(
        f"{live_server_url}static/admin/css/base.css", headers={"If-Modified-Since": answered["Last-Modified"]}
    )
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        urllib.request.urlopen(request)
    with unchanged.value as answer:
        assert answer.code == 304


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [("static/../manage.py", "", 404), ("static/%2e%2e/manage.py", "", 404), ("", "evil.example", 400)],
)
def test_a_stranger_cannot_make_the_server_complain(own_server: LiveServer, path: str, host: str, status: int) -> None:
    place = urllib.parse.urlsplit(own_server.url).netloc
    wire = http.client.HTTPConnection(place)  # urllib would mend the path
    wire.request("GET", f"/{path}", headers={"Host": host or place})
    assert wire.getresponse().status == status
    wire.close()
    assert not own_server.complaints


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://localhost", "localhost", True),
        ("http://localhost:80", "localhost", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://127.0.0.1:8001", "127.0.0.1:8000", False),  # another program of this machine
        ("https://127.0.0.1:8000", "127.0.0.1:8000", False),
        ("http://localhost:8000", "127.0.0.1:8000", False),
        ("http://evil.example:8000", "127.0.0.1:8000", False),
        ("http://evil.example", "evil.example", False),  # a name that came to point here
        ("null", "127.0.0.1:8000", False),
        ("", "127.0.0.1:8000", False),
        ("http://127.0.0.1:port", "127.0.0.1:8000", False),
        ("http://[::1", "127.0.0.1:8000", False),
        ("http://127.0.0.1:8000", "", False),
    ],
)
def test_a_socket_comes_from_this_very_site(origin: str, host: str, same: bool) -> None:
    assert is_same_origin(origin, host) is same


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Not Found: /accounts/first/8oguTHj4HCEZcGDjXc-UH7gr6ZUhTGc4aEdU5iQyFR8/", "Not Found: /accounts/first/***/"),
        ("GET /rooms/abc?token=hush&page=2", "GET /rooms/abc?token=***&page=2"),
        ("GET /rooms/plain-name/", "GET /rooms/plain-name/"),
    ],
)
def test_a_log_line_lets_nobody_in(line: str, written: str) -> None:
    record = logging.LogRecord("django", logging.WARNING, "", 0, line, None, None)
    assert RedactingFormatter("{message}").format(record) == written


def test_a_wrong_page_says_so_without_inner_matters(live_server_url: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{live_server_url}no/such/page")
    with missing.value as answer:
        assert answer.code == 404
        assert not re.search("Traceback|DEBUG|urlconf", answer.read().decode(), re.IGNORECASE)
