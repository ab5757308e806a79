"""Production settings: Django's own check finds nothing, and a browser is told to stay on https."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpRequest

from negotiation.security import policy

ROOT = Path(__file__).resolve().parent.parent


def manage(*arguments: str, data: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | {"NEGOTIATION_DATA": str(data)} | environment,
        capture_output=True,
        text=True,
    )


def test_the_check_for_deployment_finds_nothing(tmp_path: Path) -> None:
    run = manage(
        *("check", "--deploy", "--fail-level", "WARNING"),
        data=tmp_path,
        NEGOTIATION_HTTPS="yes",
        NEGOTIATION_HOSTS="talks.example.org",
    )
    assert run.returncode == 0, run.stderr


def test_it_would_find_something(tmp_path: Path) -> None:
    run = manage("check", "--deploy", "--fail-level", "WARNING", data=tmp_path, NEGOTIATION_DEBUG="yes")
    assert "security.W018" in run.stderr
    assert run.returncode == 1


def test_neither_secrets_nor_data_nor_tests_get_into_the_image() -> None:
    ignored = set((ROOT / ".dockerignore").read_text().split())
    secrets = {f"deploy/{name}" for name in re.findall(r"env_file: (\S+)", (ROOT / "deploy/compose.yaml").read_text())}
    assert secrets
    assert secrets | {"var", "**/*.sqlite3*", "tests", ".git"} <= ignored


@pytest.mark.parametrize(("path", "typed"), [("/", True), ("/r/ABCDEFGH/", True), ("/admin/", False)])
def test_no_text_becomes_markup_but_in_djangos_admin(path: str, typed: bool) -> None:
    request = HttpRequest()
    request.path = path
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    assert ("require-trusted-types-for 'script'; trusted-types 'none'" in policy(request)) is typed
