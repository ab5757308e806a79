"""Addresses of sockets: under the room's own path, for the browser sends the cookie of the seat nowhere else."""

from typing import Any

from django.urls import path

from negotiation.rooms.consumers import room_socket

# Any, because the stubs of Channels ask for a kind of pattern that exists only in them.
websocket_urlpatterns: list[Any] = [path("r/<str:code>/ws/", room_socket)]
