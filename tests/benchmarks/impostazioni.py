"""Settings of the processes that the benches start: production's behaviour, without its certificates."""

from lucca_partecipa.settings.base import *  # noqa: F403

SECRET_KEY = "solo-per-le-misure-non-e-un-segreto"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
