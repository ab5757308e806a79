"""Every test of the gallery begins as one of rooms does: an empty database on disk, nothing kept in the process."""

from __future__ import annotations

from tests.rooms.conftest import connect, fresh

__all__ = ["connect", "fresh"]
