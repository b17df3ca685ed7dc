"""System checks of our own: what `check --deploy` of Django cannot know about this house.

E: the platform would break a promise. W: parts of the embedded default, which are one process's own, in production.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.files.storage import FileSystemStorage
from django.http.request import validate_host

from core.storage import privato


@register(Tags.files)
def private_files_are_private(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001: photos as they came must not lie where a web server looks."""
    storage = privato()
    if not isinstance(storage, FileSystemStorage):
        return []
    here = Path(storage.location).resolve()
    public = [Path(folder).resolve() for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if folder]
    if not any(here == folder or folder in here.parents for folder in public):
        return []
    return [Error(f"The private storage {here} lies inside a public folder.", id="core.E001")]


@register()
def public_numbers_can_be_read(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E002: CODICE_ENTE opens every public number, 16 characters in all."""
    if re.fullmatch(r"[A-Z]{2,6}", settings.CODICE_ENTE):
        return []
    return [Error("CODICE_ENTE must be two to six capital letters A-Z.", id="core.E002")]


@register(Tags.security, deploy=True)
def the_client_is_known(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E003: TLS is believed from a proxy's header, so there is a proxy, so addresses come through it too."""
    if settings.TRUSTED_PROXIES > 0 or not settings.SECURE_PROXY_SSL_HEADER:
        return []
    hint = "Everybody would share the proxy's address, and its rate limits. Set TRUSTED_PROXIES."
    return [Error("SECURE_PROXY_SSL_HEADER is set and TRUSTED_PROXIES is 0.", hint=hint, id="core.E003")]


@register(Tags.security, deploy=True)
def mails_lead_here(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E004: the links in mails open, over TLS."""
    site = urlsplit(settings.SITO_URL)
    if site.scheme == "https" and validate_host(site.hostname or "", settings.ALLOWED_HOSTS):
        return []
    return [Error("SITO_URL must be https and its host one of ALLOWED_HOSTS.", id="core.E004")]


@register(deploy=True)
def processes_can_meet(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """W001: memory channel layer, memory cache and tasks in place reach one process only."""
    parts = {
        "CHANNEL_LAYERS": "InMemory" in settings.CHANNEL_LAYERS["default"]["BACKEND"],
        "CACHES": "locmem" in settings.CACHES["default"]["BACKEND"],
        "CELERY_TASK_ALWAYS_EAGER": settings.CELERY_TASK_ALWAYS_EAGER,
    }
    alone = [name for name, is_alone in parts.items() if is_alone]
    if not alone:
        return []
    return [Warning(f"{', '.join(alone)}: good for one process only. Set REDIS_URL.", id="core.W001")]
