"""A real server in a thread of the test's process: sockets and threads meet as they do in production."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import uvicorn

PRONTO_ENTRO = 20.0  # seconds


@contextmanager
def in_ascolto(app: Any, *, loop: Literal["asyncio", "uvloop"] = "uvloop", **opzioni: Any) -> Iterator[str]:
    """Serves `app` as uvicorn does; answers host and port, e.g. "127.0.0.1:43211"."""
    presa = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, loop=loop, lifespan="on", log_config=None, access_log=False, timeout_graceful_shutdown=5, **opzioni
    )
    server = uvicorn.Server(config)
    filo = threading.Thread(target=server.run, kwargs={"sockets": [presa]}, name="server")
    filo.start()
    try:
        fine = time.monotonic() + PRONTO_ENTRO
        while not server.started:
            assert filo.is_alive()
            assert time.monotonic() < fine, "the server does not start"
            time.sleep(0.01)
        yield f"127.0.0.1:{presa.getsockname()[1]}"
    finally:
        server.should_exit = True
        filo.join(PRONTO_ENTRO)
        presa.close()
    assert not filo.is_alive(), "the server does not stop"
