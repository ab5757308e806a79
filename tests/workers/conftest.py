"""One cluster for all tests here: starting it takes longer than most of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import Postgres, Valkey
from tests.workers.cluster import Cluster


@pytest.fixture(scope="session")
def running_cluster(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, valkey: Valkey) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"), postgres, valkey)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.kill()


@pytest.fixture
def cluster(running_cluster: Cluster) -> Iterator[Cluster]:
    """The cluster; fails the test in which it had something to complain about."""
    before = len(running_cluster.complaints)
    yield running_cluster
    assert not running_cluster.complaints[before:], running_cluster.output
