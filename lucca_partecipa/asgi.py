"""One port for everything: HTTP through a2wsgi around Django's WSGI application, web sockets through Channels.

Our views are synchronous: this serves them at a third of the cost of Django under ASGI (docs/adr/0003).
"""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lucca_partecipa.settings.production")

from a2wsgi import WSGIMiddleware  # noqa: E402
from channels.routing import URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from channels.sessions import CookieMiddleware, SessionMiddleware  # noqa: E402

from lucca_partecipa.wsgi import application as wsgi_application  # noqa: E402

# Imported after Django is set up by the line above.
from channels.auth import AuthMiddleware  # noqa: E402  # isort: skip

from lucca_partecipa.routing import websocket_urlpatterns  # noqa: E402  # isort: skip
from lucca_partecipa.timer import lifespan  # noqa: E402  # isort: skip

http = WSGIMiddleware(wsgi_application, workers=int(os.environ.get("WEB_THREADS", "16")))
websocket = AllowedHostsOriginValidator(
    CookieMiddleware(SessionMiddleware(AuthMiddleware(URLRouter(websocket_urlpatterns))))
)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Routes by scope type: http, websocket, lifespan."""
    if scope["type"] == "http":
        await http(scope, receive, send)  # type: ignore[arg-type]
    elif scope["type"] == "websocket":
        await websocket(scope, receive, send)
    else:
        await lifespan(receive, send)
