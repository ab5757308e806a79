"""The yardstick: a bare Channels room that stores nothing, checks nothing and sends every message to everybody in it."""

from __future__ import annotations

from typing import Any

import django
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

settings.configure(
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}},
)
django.setup()


class Echo(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # Channels carries no types
    async def connect(self) -> None:
        self.group = "room." + self.scope["url_route"]["kwargs"]["code"]
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, _code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: Any, **_: Any) -> None:
        if content["type"] == "act":
            await self.channel_layer.group_send(self.group, {"type": "tell", "content": content})

    async def tell(self, event: Any) -> None:
        await self.send_json(event["content"])


echo: Any = Echo.as_asgi()
application = ProtocolTypeRouter({"websocket": URLRouter([path("r/<str:code>/ws/", echo)])})
