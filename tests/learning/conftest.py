"""Every test of learning begins as one of rooms does: an empty database on disk, nothing kept in the process."""

from __future__ import annotations

from tests.rooms.conftest import fresh

__all__ = ["fresh"]
