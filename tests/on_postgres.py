"""Runs pytest on PostgreSQL and Valkey, fresh servers of their own.

python -m tests.on_postgres tests/rooms
TWINS=300 python -m tests.on_postgres tests/rooms/test_twins.py
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile

from tests.live_server import ROOT
from tests.servers import Postgres, Valkey


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *arguments]


def environment(postgres: Postgres, valkey: Valkey, data: str) -> dict[str, str]:
    own = {"DATABASE_URL": postgres.url("postgres"), "REDIS_URL": valkey.url, "NEGOTIATION_DATA": data}
    return os.environ | own


def main() -> int:
    with contextlib.ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory())
        servers = Postgres(), Valkey()
        for server in servers:
            stack.callback(server.remove)
            server.start()
        return subprocess.run(command(*sys.argv[1:]), cwd=ROOT, env=environment(*servers, data)).returncode


if __name__ == "__main__":
    sys.exit(main())
