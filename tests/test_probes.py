"""What an operator watches: probes, figures, and log lines in which nobody's secret stands."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from game.refusals import Refusal
from negotiation import probes
from negotiation.logs import JsonFormatter
from negotiation.rooms import metrics
from tests.conftest import running
from tests.faults.wire import Wire
from tests.live_server import LiveServer

LINE = re.compile(r'^[a-z_]+(\{([a-z]+="[^"\\]*",)*worker="\d+"\}) [0-9.e+-]+$')


def asked(path: str, client: str = "127.0.0.1", method: str = "GET", **headers: str) -> tuple[int, str]:
    """Asks the probes as a server does and returns status and text."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def passed(*_: Any) -> None:
        raise AssertionError("it was passed on")

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "path": path, "method": method, "client": (client, 4711), "headers": pairs}
    asyncio.run(probes.Probes(passed)(scope, None, send))
    return sent[0]["status"], sent[1]["body"].decode()


def test_a_process_that_answers_is_healthy() -> None:
    assert asked("/healthz") == (200, "ok\n")
    assert asked("/healthz", method="HEAD") == (200, "")
    assert asked("/healthz", method="POST")[0] == 405


def test_ready_means_that_database_and_layer_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    well, away = [lambda: None], [lambda: 1 / 0]

    async def db(call: Any) -> None:
        probes_called[0]()

    probes_called = well
    monkeypatch.setattr(probes, "db", db)
    assert asked("/readyz") == (200, "database ok\nlayer ok\n")
    probes_called = away
    assert asked("/readyz") == (503, "database does not answer\nlayer ok\n")


def test_a_layer_that_hangs_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hanging:
        async def group_send(self, group: str, message: Any) -> None:
            await asyncio.sleep(60)

    async def db(call: Any) -> None:
        return None

    monkeypatch.setattr(probes, "db", db)
    monkeypatch.setattr(probes, "PATIENCE", 0.05)
    monkeypatch.setattr(probes, "get_channel_layer", Hanging)
    monkeypatch.setattr(probes.bell, "crosses", lambda: True)
    assert asked("/readyz") == (503, "database ok\nlayer does not answer\n")


@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.9", {}, 403),
        ("", {}, 403),
        ("127.0.0.1", {"x_forwarded_for": "192.0.2.9"}, 403),
        ("127.0.0.1", {"forwarded": "for=192.0.2.9"}, 403),
    ],
)
def test_without_a_token_only_this_machine_reads_the_figures(client: str, headers: dict[str, str], status: int) -> None:
    assert asked("/metrics", client, **headers)[0] == status


def test_with_a_token_only_its_bearer_reads_them(settings: Any) -> None:
    settings.METRICS_TOKEN = "hush"
    assert asked("/metrics")[0] == 403
    assert asked("/metrics", authorization="Bearer guess")[0] == 403
    assert asked("/metrics", "192.0.2.9", authorization="Bearer hush")[0] == 200


@pytest.fixture
def families(monkeypatch: pytest.MonkeyPatch) -> list[metrics.Family]:
    monkeypatch.setattr(metrics, "FAMILIES", own := [])  # type: ignore[var-annotated]
    return own


def test_the_text_is_that_of_prometheus(families: list[metrics.Family]) -> None:
    counter = metrics.Counter("acts_total", "Acts.", "decision")
    histogram = metrics.Histogram("late_seconds", "Late.", (0.1, 1.0))
    metrics.Gauge("rooms", "Rooms.", lambda: 3)
    counter.add("say")
    counter.add("say")
    for seconds in (0.05, 0.1, 0.5, 7.0, -1.0):
        histogram.observe(seconds)
    text = re.sub(r'worker="\d+"', 'worker="1"', metrics.exposition())
    assert text.splitlines() == [
        "# HELP acts_total Acts.",
        "# TYPE acts_total counter",
        'acts_total{decision="say",worker="1"} 2',
        "# HELP late_seconds Late.",
        "# TYPE late_seconds histogram",
        'late_seconds_bucket{le="0.1",worker="1"} 3',
        'late_seconds_bucket{le="1.0",worker="1"} 4',
        'late_seconds_bucket{le="+Inf",worker="1"} 5',
        'late_seconds_sum{worker="1"} 7.65',
        'late_seconds_count{worker="1"} 5',
        "# HELP rooms Rooms.",
        "# TYPE rooms gauge",
        'rooms{worker="1"} 3',
    ]


def test_whichever_process_is_asked_tells_of_all_that_live(families: list[metrics.Family], tmp_path: Path) -> None:
    metrics.Gauge("rooms", "Rooms.", lambda: 3)
    metrics.leave(tmp_path)
    (own,) = tmp_path.glob("*.json")
    (tmp_path / "999991.json").write_text(own.read_text().replace("3", "5"))
    (tmp_path / "999992.json").write_text("{half a fi")
    dead = tmp_path / "999993.json"
    dead.write_text(own.read_text())
    then = time.time() - 2 * metrics.STALE
    os.utime(dead, (then, then))
    lines = [line for line in metrics.exposition(tmp_path).splitlines() if line.startswith("rooms{")]
    assert lines == [f'rooms{{worker="{own.stem}"}} 3', 'rooms{worker="999991"} 5']
    metrics.leave(tmp_path)
    assert not dead.exists()


def test_a_line_of_json_holds_no_token_and_nothing_attached() -> None:
    try:
        raise ValueError("bad address /accounts/first/8oguTHj4HCEZcGDjXc-UH7gr6ZUhTGc4aEdU5iQyFR8/")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("django", logging.ERROR, "", 0, "Cookie: seat=%s; b=1", ("s3cret",), info)
    record.request = "a request with everything in it"
    line = json.loads(JsonFormatter().format(record))
    assert line["message"] == "Cookie: seat=***; b=1"
    assert line["level"] == "error"
    assert "/accounts/first/***/" in line["exception"]
    assert not {"request"} & line.keys()
    assert "8oguTHj4" not in json.dumps(line)


class Watched(LiveServer):
    """A server that logs all it can, as JSON."""

    def environment(self) -> dict[str, str]:
        return super().environment() | {"NEGOTIATION_LOG": "debug", "NEGOTIATION_LOG_FORM": "json"}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    yield from running(Watched(tmp_path_factory.mktemp("watched")))


def fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


async def test_a_real_server_counts_and_logs_no_secret(watched: LiveServer) -> None:
    code, token = json.loads(watched.manage("shell", "-c", ROOM).splitlines()[-1])
    wire = await Wire(watched.url, code, token).open()
    assert (await wire.act("a-word-that-is-heard", {"type": "say", "text": "canary one", "to": ["JP"]}))["ok"]
    refused = await wire.act("an-act-out-of-season", {"type": "order", "order": {"posture": 2}})
    assert refused["refusal"]["code"] == Refusal.NOT_NOW
    await wire.send({"type": "cheat", "canary": "two"})
    await wire.hear("error")
    assert fetched(f"{watched.url}healthz") == "ok\n"
    assert fetched(f"{watched.url}readyz") == "database ok\nlayer ok\n"
    text = fetched(f"{watched.url}metrics")
    with pytest.raises(urllib.error.HTTPError):
        fetched(f"{watched.url}r/{code}/log.jso")
    wire.cut()
    figures = {line.split(",worker")[0].split("{worker")[0]: line for line in text.splitlines() if line[0] != "#"}
    assert all(LINE.match(line) for line in figures.values()), text
    for sample, value in (
        ('talks_acts_total{decision="say"', "1"),
        ('talks_refusals_total{code="not_now"', "1"),
        ('talks_refusals_total{code="unknown_type"', "1"),
        ("talks_commit_seconds_count", "1"),
        ("talks_rooms_open", "1"),
        ("talks_sockets", "1"),
        ("talks_divergences_total", "0"),
    ):
        assert figures[sample].endswith(f" {value}"), text
    assert int(figures["talks_delivery_seconds_count"].rsplit(" ", 1)[1]) >= 1
    for secret in (code, token, "canary", "Ann"):
        assert secret not in text
    logged = [line for line in watched.lines if line.startswith("{")]
    assert len([json.loads(line) for line in logged]) > 3
    for secret in (token, "canary", '"posture"'):
        assert secret not in watched.output


ROOM = """
import json
from negotiation.rooms import creation, people
from negotiation.rooms.creation import Wish
from game.play import Settings
room = creation.create(wish=Wish(Settings(scenario="cjk")))
joined = people.join(room_id=room.pk, name="Ann", seat="KR")
print(json.dumps([room.code, joined.token]))
"""
