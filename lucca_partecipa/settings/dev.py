"""Development: `make run` and every tool of the command line."""

from .base import *
from .base import ALLOWED_HOSTS, SECRET_KEY

DEBUG = True
SECRET_KEY = SECRET_KEY or "solo-per-lo-sviluppo-non-e-un-segreto"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
