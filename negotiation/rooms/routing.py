"""Addresses of sockets: under the room's own path, for the browser sends the cookie of the seat nowhere else."""

from typing import Any

from channels.security.websocket import WebsocketDenier
from django.urls import path, re_path

from negotiation.rooms.consumers import room_socket

# Any, because the stubs know of views alone.
application: Any = room_socket
elsewhere: Any = WebsocketDenier.as_asgi()
# Without the last line a wrong address is an error of the server: 500, and a traceback in its log for whoever likes.
websocket_urlpatterns: list[Any] = [path("r/<str:code>/ws/", application), re_path("", elsewhere)]
