"""docs/operations.md and deploy/ name only what there is, and all that is to be watched."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

from django.core.management import get_commands, load_command_class

from negotiation import settings as knobs
from negotiation.rooms import feed, metrics
from negotiation.rooms.metrics import FAMILIES

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "talks@.service"
DIRECTIVES = {
    *("Description", "Documentation", "After", "Wants", "WantedBy", "Type", "User", "Group", "WorkingDirectory"),
    *("EnvironmentFile", "Environment", "StateDirectory", "StateDirectoryMode", "ExecStart", "KillSignal"),
    *("TimeoutStopSec", "Restart", "RestartSec", "LimitNOFILE", "MemoryMax", "NoNewPrivileges", "ProtectSystem"),
    *("ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelTunables", "ProtectKernelModules"),
    *("ProtectControlGroups", "RestrictAddressFamilies", "RestrictNamespaces", "LockPersonality"),
    *("SystemCallArchitectures", "CapabilityBoundingSet", "UMask"),
}
"""Of systemd.unit(5), systemd.service(5) and systemd.exec(5)."""


def test_every_figure_is_explained_and_no_other() -> None:
    assert feed.metrics is metrics, "the gauges of rooms are there"
    told = set(re.findall(r"`(talks_[a-z_]+|process_[a-z_]+)`", PAGE))
    assert told == {family.name for family in FAMILIES}


def test_every_command_exists_with_its_options() -> None:
    image = (DEPLOY / "Dockerfile").read_text().replace('", "', " ")
    found = re.findall(r"manage\.py ([a-z]+)((?: --[a-z-]+)*)", PAGE + UNIT.read_text() + image)
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


def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    text = UNIT.read_text().replace("/srv/talks/.venv/bin/python", "/bin/true").replace("=/srv/talks", "=/tmp")
    assert set(re.findall(r"^([A-Z]\w+)=", text, re.MULTILINE)) <= DIRECTIVES
    (tmp_path / UNIT.name).write_text(text)
    if analyze := shutil.which("systemd-analyze"):  # where it is, it knows better
        run = subprocess.run([analyze, "verify", tmp_path / UNIT.name], capture_output=True, text=True)
        assert "talks@" not in run.stderr, run.stderr


def test_the_containers_get_what_the_server_needs_and_no_more() -> None:
    compose, image = (DEPLOY / "compose.yaml").read_text(), (DEPLOY / "Dockerfile").read_text()
    command = json.loads(re.findall(r"^CMD (.+)$", image, re.MULTILINE)[0])
    assert command[:3] == ["python", "manage.py", "serve"]
    port = command[command.index("--port") + 1]
    assert f"127.0.0.1:{port}:{port}" in compose, "from outside only through a proxy"
    assert f"http://127.0.0.1:{port}/readyz" in compose
    assert set(re.findall(r"^      ([A-Z_]+): ", compose, re.MULTILINE)) == {
        *("DATABASE_URL", "REDIS_URL"),
        *("POSTGRES_USER", "POSTGRES_PASSWORD"),
    }
    assert "USER talks" in image
    assert "--require-hashes -r requirements.lock" in image
    assert not re.findall(r"image: \S+$(?<![0-9])", compose, re.MULTILINE), "an image without a version"
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {"var", ".venv", ".git"} <= set(ignored), "neither a laptop's rooms nor its keys are in the image"
