"""The scripts keep the rules that no browser complains about: whole imports, no markup from strings, no style in pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPTS = sorted((ROOT / "static").rglob("*.js"))
PAGES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_an_import_ends_in_a_semicolon_and_finds_its_file(script: Path) -> None:
    # Without the semicolon the hashing of file names passes the line over, and the module is loaded twice.
    for line in script.read_text(encoding="utf-8").splitlines():
        if line.startswith(("import ", "export {")):
            found = re.search(r'"(\.[^"]+)";$', line)
            assert found, line
            assert (script.parent / found[1]).is_file(), line


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_no_script_makes_markup_of_strings_or_needs_a_secure_origin(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "randomUUID()",
        "crypto.subtle",
    ):
        assert forbidden not in text
    assert len(text.splitlines()) <= 300


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.name)
def test_no_page_holds_script_or_style(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "style=" not in text
    assert not re.search(r"\son\w+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_the_morph_stays_small() -> None:
    assert len((ROOT / "static/room/dom.js").read_text(encoding="utf-8").splitlines()) <= 150
