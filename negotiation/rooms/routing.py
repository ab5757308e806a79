"""Addresses of sockets: under the room's own path, for the browser sends the cookie of the seat nowhere else."""

from typing import Any

from django.urls import path

from negotiation.rooms.consumers import room_socket

# Any, because the stubs know of views alone.
application: Any = room_socket
websocket_urlpatterns: list[Any] = [path("r/<str:code>/ws/", application)]
