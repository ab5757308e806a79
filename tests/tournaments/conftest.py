"""Every test of tournaments begins as one of rooms does; draws search a little only, which is enough to be right."""

from __future__ import annotations

import json
from typing import Any

import pytest

from negotiation.tournaments import drawing, par
from tests.rooms.conftest import fresh

__all__ = ["fresh"]


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, settings: Any) -> None:
    """Draws search a moment only, and in this process; the browser's test and one of `test_rounds` draw as a server does."""
    settings.GIVE_WAY = 0  # or other tests on this machine hold them up
    if "beside" not in request.keywords:
        monkeypatch.setattr(
            drawing,
            "draw_now",
            lambda question, tell=None: drawing.answer(question | {"swaps": 4_000, "work": 0.1}, None),
        )


_reckoned: dict[str, par.Pars] = {}


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The par of a game is reckoned in its process once; who asks the same again is told the same."""
    beside = par.beside

    def told(asked: dict[str, Any]) -> par.Pars:
        question = json.dumps(asked, sort_keys=True)
        if question not in _reckoned:
            _reckoned[question] = beside(asked)
        return _reckoned[question]

    monkeypatch.setattr(par, "beside", told)
