"""One port for everything: HTTP through a2wsgi around Django's WSGI application, web sockets through Channels.

Our views are synchronous: this serves them at a third of the cost of Django under ASGI (docs/adr/0003). It may run
in several processes (uvicorn --workers) as soon as the channel layer is Redis; the timer then gives way to beat.
"""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lucca_partecipa.settings.production")

from a2wsgi import WSGIMiddleware
from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import CookieMiddleware, SessionMiddleware
from django.conf import settings
from django.urls import re_path

from core import loop
from core.body import Receive, Scope, Send, WholeBody
from lucca_partecipa.wsgi import application as wsgi_application

# Imported after Django is set up by the line above.
from channels.auth import AuthMiddleware  # isort: skip

from lucca_partecipa.routing import websocket_urlpatterns  # isort: skip
from lucca_partecipa.timer import lifespan  # isort: skip

# Pieces of an answer that wait for a slow client without holding a thread: a photo is some 300 of them.
ANSWER_PIECES = 512


async def no_such_socket(scope: Scope, receive: Receive, send: Send) -> None:
    """Any other address: turned away before the handshake, like a page that is not there."""
    await send({"type": "websocket.close"})


threads: Any = WSGIMiddleware
http = WholeBody(
    threads(wsgi_application, workers=settings.WEB_THREADS, send_queue_size=ANSWER_PIECES),
    limit=settings.BODY_MAX_BYTES,
)
addresses: list[Any] = [*websocket_urlpatterns, re_path("", no_such_socket)]  # type: ignore[arg-type]
# The page that opens a socket must be ours: browsers send cookies along whatever page asks.
websocket: Any = AllowedHostsOriginValidator(CookieMiddleware(SessionMiddleware(AuthMiddleware(URLRouter(addresses)))))


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Routes by scope type: http, websocket, lifespan."""
    if scope["type"] == "http":
        await http(scope, receive, send)
        return
    loop.adopt()  # sockets live in this loop
    if scope["type"] == "websocket":
        await websocket(scope, receive, send)
    else:
        await lifespan(receive, send)
