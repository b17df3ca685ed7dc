"""Settings of the server that Lighthouse looks at: files compressed and named by their content, as in production."""

from lucca_partecipa.settings.base import *  # noqa: F403

SECRET_KEY = "solo-per-le-misure-non-e-un-segreto"
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_ROOT = VAR_DIR / "statici"  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "core.storage.StaticStorage"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
