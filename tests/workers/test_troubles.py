"""Whatever may befall workers, PostgreSQL and Valkey, once each; the long storm is `python -m tests.faults.storm`."""

from __future__ import annotations

import random

import pytest

from tests.faults.storm import storm
from tests.faults.troubles import of_many
from tests.workers.cluster import Cluster

pytestmark = [pytest.mark.faults, pytest.mark.slow]


async def test_no_trouble_loses_doubles_or_shows_anything(cluster: Cluster) -> None:
    troubles = of_many(cluster, random.Random(3))
    assert await storm(cluster, troubles, count=len(troubles), rooms=2, seed=3) == []
