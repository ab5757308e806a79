"""found, of_template, of_module: every sentence of pages that is marked for translation, read from templates and modules.

It does what `makemessages` does, without the tools that one needs, so that a test can ask at each run whether the
catalogues have all of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType

from negotiation.languages.po import Key

_STRING = re.compile(r"^(?:translate|trans)\s+(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")
_CONTEXT = re.compile(r"\bcontext\s+(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")
_CALLS = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}


def found(root: Path) -> dict[Key, list[str]]:
    """Returns every marked sentence, with the files in which it stands, in the order of the files."""
    places: dict[Key, list[str]] = {}
    for path in sorted([*(root / "templates").rglob("*.html"), *(root / "negotiation").rglob("*.py")]):
        text = path.read_text("utf-8")
        name = path.relative_to(root).as_posix()
        for key in of_template(text) if path.suffix == ".html" else of_module(text):
            files = places.setdefault(key, [])
            if name not in files:
                files.append(name)
    return places


def of_template(text: str) -> Iterator[Key]:
    """Yields the sentences of a template, as Django asks for them: with %(name)s for variables, and each % twice."""
    inside: list[list[str]] | None = None
    context = ""
    for token in Lexer(text).tokenize():
        is_tag = token.token_type == TokenType.BLOCK
        word = token.contents.split(maxsplit=1)[0] if is_tag and token.contents else ""
        if inside is not None:
            if word in ("endblocktranslate", "endblocktrans"):
                one, *more = ["".join(parts) for parts in inside]
                yield context, one, more[0] if more else ""
                inside = None
            elif word == "plural":
                inside.append([])
            elif token.token_type == TokenType.VAR:
                inside[-1].append(f"%({token.contents})s")
            elif token.token_type == TokenType.TEXT:
                inside[-1].append(token.contents.replace("%", "%%"))
        elif word in ("blocktranslate", "blocktrans"):
            inside, context = [[]], _context_of(token.contents)
        elif word in ("translate", "trans") and (marked := _STRING.match(token.contents)):
            yield _context_of(token.contents), _unquoted(marked[1]).replace("%", "%%"), ""


def _context_of(contents: str) -> str:
    given = _CONTEXT.search(contents)
    return _unquoted(given[1]) if given else ""


def _unquoted(literal: str) -> str:
    return re.sub(r"\\(.)", r"\1", literal[1:-1])


def of_module(text: str) -> Iterator[Key]:
    """Yields the sentences of a module: what is passed, as it stands, to a function of `django.utils.translation`."""
    tree = ast.parse(text)
    called = {
        one.asname or one.name: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for one in node.names
        if one.name in _CALLS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in called:
            given = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if given:
                many = given[1] if called[node.func.id].startswith("ngettext") else ""
                yield "", given[0], many
