"""Asks /readyz of this container, as the proxy would: exit 0 when ready. For compose.yaml."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request

URL = "http://127.0.0.1:8000/readyz"


def ready() -> bool:
    """True when the answer is 200; the host is one of ours, or Django would refuse it."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    asked = urllib.request.Request(URL, headers={"Host": host, "X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(asked, timeout=8) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError):
        return False


if __name__ == "__main__":
    sys.exit(not ready())
