"""Tests: the embedded default, or PostgreSQL + Redis where DATABASE_URL and REDIS_URL say so."""

import os
import tempfile

os.environ["VAR_DIR"] = os.path.join(tempfile.gettempdir(), f"lucca_partecipa_test_{os.getuid()}")

from .base import *
from .base import BASE_DIR, CACHES, CHANNEL_LAYERS, DATABASES, REDIS_URL, STORAGES, VAR_DIR, env

SECRET_KEY = "solo-per-i-test-non-e-un-segreto"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Tasks run in the test's own process; the few tests that want a worker start a real one.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES["privato"] = {"BACKEND": "core.storage.MemoriaPrivata"}
WHITENOISE_AUTOREFRESH = True
STATICFILES_DIRS = [p for p in [BASE_DIR / "static_built"] if p.exists()]
# tests/sostegno/database.py puts the copy of this process here.
if "DATABASE_URL" not in env:
    DATABASES["default"]["NAME"] = str(VAR_DIR / "test.sqlite3")

# Several runs may share one Redis: keys, channels and queues of each begin with a prefix of its own, which the
# processes that a test starts inherit.
_run = os.environ.setdefault("TEST_PREFIX", f"test-{os.getpid()}")
TEST_PREFIX = f"{_run}-{os.environ.get('PYTEST_XDIST_WORKER', 'solo')}"
CACHES["default"]["KEY_PREFIX"] = TEST_PREFIX
if REDIS_URL:
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = TEST_PREFIX
CELERY_TASK_DEFAULT_QUEUE = TEST_PREFIX
