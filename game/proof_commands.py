"""COMMANDS: validate, for ``python -m game``: this program held against others' work."""

from __future__ import annotations

import argparse
import json
from typing import Any

from game.validation import GROUPS, Row, rows


def add_validate(commands: Any) -> None:
    parser = commands.add_parser("validate", help="hold this program against published work and its own laws")
    parser.add_argument("--only", choices=tuple(GROUPS), help="one group of rows")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_validate)


def _validate(arguments: argparse.Namespace) -> None:
    found: list[Row] = []
    source = ""
    for row in rows(arguments.only):
        found.append(row)
        if arguments.json:
            continue
        if row.source != source:
            source = row.source
            print(f"\n{row.group}  {source}")
        print(f"{'ok ' if row.holds else 'OUT'} {row.claim:58} expected {_said(row.expected):>34}  got {_said(row.got)}",
              flush=True)  # fmt: skip
    failed = sum(not row.holds for row in found)
    if arguments.json:
        told = [row._asdict() | {"holds": row.holds} for row in found]
        print(json.dumps({"rows": told, "failed": failed}))
    else:
        print(f"\n{len(found) - failed} of {len(found)} rows are equal")
    if failed:
        raise SystemExit(1)


def _said(value: Any) -> str:
    if isinstance(value, list | tuple):
        text = ", ".join(map(_said, value))
        return text if len(text) <= 60 else f"{text[:57]}..."
    return f"{value:.6g}" if isinstance(value, float) else str(value)


COMMANDS = (add_validate,)
