"""The demonstration: its own database and folders under var/demo, whatever the environment says.

`make demo` never touches another database: DATABASE_URL and the like are set aside before the base is read.
"""

import os
from pathlib import Path

_var = Path(__file__).resolve().parent.parent.parent / "var" / "demo"
for _name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "S3_BUCKET", "CELERY_BROKER_URL", "SITO_URL"):
    os.environ.pop(_name, None)
os.environ["ENV_FILE"] = ""
os.environ["VAR_DIR"] = str(_var)
os.environ["DATABASE_URL"] = f"sqlite:///{_var / 'demo.sqlite3'}"

from .base import *  # noqa: E402
from .base import LOGGING  # noqa: E402

DEMO = True
DEBUG = False
SECRET_KEY = "solo-per-la-dimostrazione-non-e-un-segreto"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING["root"]["level"] = "WARNING"
LOGGING["loggers"]["kombu"] = {"level": "ERROR"}  # "no hostname": there is no broker, and none is needed
