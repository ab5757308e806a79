"""A short storm; the long one is a command: `python -m tests.faults.storm`."""

from __future__ import annotations

import pytest

from tests.faults.storm import storm
from tests.faults.troubles import of_one
from tests.live_server import LiveServer

pytestmark = [pytest.mark.faults, pytest.mark.slow]


async def test_three_kills_lose_nothing_double_nothing_and_show_nothing_to_wrong_eyes(own_server: LiveServer) -> None:
    assert await storm(own_server, of_one(own_server), count=3, rooms=2, seed=7) == []
