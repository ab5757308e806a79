"""Entry, read, write, compiled: the catalogues of pages, which are kept as .po and used as .mo.

A .mo is a build product, and the tool that makes one is missing on most machines. So it is made here, into the data folder,
whenever the server starts and finds an older one: a clone, a container and a pulled change need no further step.
Formats: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html and MO-Files.html.
"""

from __future__ import annotations

import ast
import hashlib
import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

Key = tuple[str, str, str]
"""Context, sentence, and the sentence for more than one; both but the second may be empty."""


@dataclass
class Entry:
    """A sentence of a page: what it is, what it says here (a form for each number), where it stands, whether it is a guess."""

    key: Key
    said: list[str]
    places: list[str] = field(default_factory=list)
    is_fuzzy: bool = False

    @property
    def is_done(self) -> bool:
        return all(self.said) and not self.is_fuzzy


def read(text: str) -> list[Entry]:
    """Returns the entries of a .po, its header first if it has one. Raises `ValueError` with the number of a wrong line."""
    entries: list[Entry] = []
    for block in _blocks(text):
        parts: dict[str, str] = {}
        places: list[str] = []
        fuzzy, last = False, ""
        for number, line in block:
            if line.startswith("#:"):
                places += line[2:].split()
            elif line.startswith("#,"):
                fuzzy |= "fuzzy" in line
            elif not line.startswith("#"):
                name, _, quoted = ("", "", line) if line.startswith('"') else line.partition(" ")
                last = name or last
                try:
                    parts[last] = parts.get(last, "") + str(ast.literal_eval(quoted.strip()))
                except (ValueError, SyntaxError):
                    raise ValueError(f"line {number} cannot be read: {line}") from None
        if "msgid" in parts:
            key = (parts.get("msgctxt", ""), parts["msgid"], parts.get("msgid_plural", ""))
            said = [parts[name] for name in sorted(parts) if name.startswith("msgstr")]
            entries.append(Entry(key, said, places, fuzzy))
    return entries


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip():
            block.append((number, line.strip()))
        elif block:
            yield block
            block = []


def write(entries: Iterable[Entry]) -> str:
    """Returns the .po of the entries."""
    return "\n".join("".join(f"{line}\n" for line in _lines(entry)) for entry in entries)


def _lines(entry: Entry) -> Iterator[str]:
    context, one, many = entry.key
    if entry.places:
        yield f"#: {' '.join(entry.places)}"
    if entry.is_fuzzy:
        yield "#, fuzzy"
    if context:
        yield f"msgctxt {_quoted(context)}"
    yield f"msgid {_quoted(one)}"
    if many:
        yield f"msgid_plural {_quoted(many)}"
        for n, said in enumerate(entry.said):
            yield f"msgstr[{n}] {_quoted(said)}"
    elif not one:
        # The header is read line by line.
        yield 'msgstr ""'
        yield from (_quoted(line) for line in entry.said[0].splitlines(keepends=True))
    else:
        yield f"msgstr {_quoted(entry.said[0])}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def compiled(source: Path, target: Path) -> Path:
    """Makes a .mo in `target` of each ``<locale>/LC_MESSAGES/django.po`` in `source` that changed, and returns `target`.

    Several processes may do it at once. An entry without its sentence is left out, so that it is read in English.
    """
    for po in sorted(source.glob("*/LC_MESSAGES/django.po")):
        written = po.read_bytes()
        stamp = hashlib.sha256(written).hexdigest()
        mo = target / po.relative_to(source).with_suffix(".mo")
        with suppress(OSError):
            if stamp.encode() in mo.read_bytes():
                continue
        mo.parent.mkdir(parents=True, exist_ok=True)
        draft = mo.with_name(f"django.{os.getpid()}.tmp")
        draft.write_bytes(_binary(read(written.decode("utf-8")), stamp))
        os.replace(draft, mo)
    return target


def _binary(entries: list[Entry], stamp: str) -> bytes:
    said: dict[bytes, bytes] = {}
    for entry in entries:
        context, one, many = entry.key
        if not entry.is_done:
            continue
        id_ = (f"{context}\x04" if context else "") + one + (f"\0{many}" if many else "")
        text = "\0".join(entry.said) + ("" if one else f"X-Made-From: {stamp}\n")
        said[id_.encode()] = text.encode()
    ids = sorted(said)
    # Magic, revision, count, where the two tables stand, and a hash table of no size.
    table = 28
    strings = table + 16 * len(ids)
    pool = b""
    rows: list[list[tuple[int, int]]] = [[], []]
    for row, texts in zip(rows, (ids, [said[id_] for id_ in ids]), strict=True):
        for one_text in texts:
            row.append((len(one_text), strings + len(pool)))
            pool += one_text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(ids), table, table + 8 * len(ids), 0, strings)
    return head + b"".join(struct.pack("<2I", *pair) for row in rows for pair in row) + pool
