"""docs/operations.md and deploy/ name only what there is, and all that is to be watched."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from negotiation import settings as knobs
from negotiation.rooms import feed, metrics
from negotiation.rooms.metrics import FAMILIES

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNIT = ROOT / "deploy" / "talks@.service"


def test_every_figure_is_explained_and_no_other() -> None:
    assert feed.metrics is metrics, "the gauges of rooms are there"
    told = set(re.findall(r"`(talks_[a-z_]+|process_[a-z_]+)`", PAGE))
    assert told == {family.name for family in FAMILIES}


def test_every_command_exists_with_its_options() -> None:
    found = re.findall(r"manage\.py ([a-z]+)((?: --[a-z-]+)*)", PAGE + UNIT.read_text())
    assert {name for name, _ in found} >= {"backup", "restore", "verify", "forget", "play", "check"}
    for name, options in found:
        command = load_command_class(get_commands()[name], name)
        known = command.create_parser("manage.py", name)._option_string_actions
        assert not [option for option in options.split() if option not in known], name


def test_every_setting_exists() -> None:
    texts = PAGE + (ROOT / "deploy" / "talks.env.example").read_text() + UNIT.read_text()
    named = set(re.findall(r"NEGOTIATION_([A-Z_]+)", texts))
    assert named <= set(knobs.KNOBS)
    assert not [knob for knob in knobs.KNOBS if f"| NEGOTIATION_{knob} |" not in (knobs.__doc__ or "")]


def test_the_unit_is_closed_to_the_rest_of_the_machine() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(UNIT)
    service = unit["Service"]
    assert service["User"] == "talks"
    assert service["NoNewPrivileges"] == service["PrivateTmp"] == service["ProtectHome"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectoryMode"] == "0700"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    text = UNIT.read_text().replace("/srv/talks/.venv/bin/python", "/bin/true").replace("=/srv/talks", "=/tmp")
    (tmp_path / UNIT.name).write_text(text)
    run = subprocess.run(["systemd-analyze", "verify", tmp_path / UNIT.name], capture_output=True, text=True)
    assert "talks@" not in run.stderr, run.stderr
