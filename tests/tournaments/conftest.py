"""Every test of tournaments begins as one of rooms does; draws search a little only, which is enough to be right."""

from __future__ import annotations

import pytest

from negotiation.tournaments import drawing
from tests.rooms.conftest import fresh

__all__ = ["fresh"]


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = drawing.draw_now
    monkeypatch.setattr(
        drawing, "draw_now", lambda question, tell=None: asked(question | {"swaps": 20_000, "work": 0.5}, tell)
    )
