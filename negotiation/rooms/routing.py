"""Addresses of sockets."""

from typing import Any

# Any, because the stubs of Channels ask for a kind of pattern that exists only in them.
websocket_urlpatterns: list[Any] = []
