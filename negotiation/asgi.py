"""The application that a server runs: pages over http, rooms over WebSockets."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiation.settings")
pages = get_asgi_application()

# What follows needs the apps, which the line above has loaded.
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402

from negotiation.probes import Probes  # noqa: E402
from negotiation.rooms.routing import websocket_urlpatterns  # noqa: E402
from negotiation.security import SameOriginSocket  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": Probes(pages),
        "websocket": SameOriginSocket(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
    }
)
