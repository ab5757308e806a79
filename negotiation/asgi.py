"""The application that a server runs: pages over http, rooms over WebSockets."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiation.settings")
pages = get_asgi_application()

# What follows needs the apps, which the line above has loaded.
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.sessions import CookieMiddleware  # noqa: E402

from negotiation.probes import Probes  # noqa: E402
from negotiation.rooms.routing import websocket_urlpatterns  # noqa: E402
from negotiation.security import SameOriginSocket  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": Probes(pages),
        # A socket's person is known by the cookie of the seat; sessions and accounts are for pages.
        "websocket": SameOriginSocket(CookieMiddleware(URLRouter(websocket_urlpatterns))),
    }
)
