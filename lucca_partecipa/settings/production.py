"""Production: refuses to start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import ALLOWED_HOSTS, LOGGING, SECRET_KEY, SITO_URL, STORAGES, env

_needed = {
    "SECRET_KEY": len(SECRET_KEY) >= 50 and len(set(SECRET_KEY)) >= 5,
    "ALLOWED_HOSTS": bool(ALLOWED_HOSTS),
    "SITO_URL": SITO_URL.startswith("https://"),
    "DATABASE_URL": "DATABASE_URL" in env,
    "REDIS_URL": "REDIS_URL" in env,
    "EMAIL_URL": "EMAIL_URL" in env,
}
if _missing := [name for name, given in _needed.items() if not given]:
    raise ImproperlyConfigured(
        "Production does not start without: " + ", ".join(_missing) + " (see .env.example for their form)."
    )

# What former keys signed stays good for as long as they are listed: docs/operations.md, Keys.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
STORAGES["staticfiles"] = {"BACKEND": "core.storage.StaticStorage"}
LOGGING["handlers"]["console"]["formatter"] = "json"
# TLS ends at a proxy of ours, which says so and adds the client's address to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # the orchestrator asks inside, without TLS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
# W019 wants X_FRAME_OPTIONS = "DENY": Wagtail's preview shows pages in a frame of the same site.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
