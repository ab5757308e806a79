"""Every test of scenarios begins as one of rooms does."""

from __future__ import annotations

from tests.rooms.conftest import fresh

__all__ = ["fresh"]
