"""Settings of the server under test: development's, and the cheap passwords of the tests' people."""

from lucca_partecipa.settings.dev import *  # noqa: F403

DEBUG = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
