"""Settings common to every place. All that varies is read here, once, from typed environment variables.

With none set, this is the embedded default: SQLite, one process, memory channels, tasks run right after commit,
mail into a folder. DATABASE_URL, REDIS_URL, EMAIL_URL and the S3_* variables turn each part into the real thing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE

from .wagtail import *

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
# The demonstration sets ENV_FILE to nothing: whatever stands in .env is not meant for it.
_env_file = env.str("ENV_FILE", default=str(BASE_DIR / ".env"))
if _env_file and Path(_env_file).exists():
    env.read_env(_env_file)

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
DEMO = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
# Where mails and feeds say that the site lives; Wagtail builds its admin links from it too.
SITO_URL = env.str("SITO_URL", default="http://127.0.0.1:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = SITO_URL
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many proxies of ours stand in front, each adding one address to X-Forwarded-For (core.ratelimit.indirizzo).
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
WEB_THREADS = env.int("WEB_THREADS", default=16)  # per process

# --- apps -------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "notiziario",
    "home",
    "redazione",
    "ricerca",
    "riservatezza",
    "segnalazioni",
    "chiarezza",
    "sportelli",
    "protocollo",
    "ascolto",
    "notifiche",
    "comune",
    "cms",
    "accounts",
    "core",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.PersoneConfig",  # wagtail.users, with our people
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "redazione.apps.AmministrazioneConfig",  # wagtail.admin, with our notices
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "csp",
    "django.forms",  # its templates: FORM_RENDERER looks for them among the project's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.middleware.RequestIdMiddleware",
    "core.middleware.ContentPolicyMiddleware",
    "core.middleware.DatabaseDownMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.LimitsMiddleware",
    "core.public_cache.PublicCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.DomainErrorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "lucca_partecipa.urls"
WSGI_APPLICATION = "lucca_partecipa.wsgi.application"
ASGI_APPLICATION = "lucca_partecipa.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.sito",
            ],
            "builtins": ["django.templatetags.static", "django.templatetags.i18n", "core.templatetags.lp"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows pages in a frame of the same site

# --- database ---------------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'sviluppo.sqlite3'}")
}
_db = DATABASES["default"]
if _db["ENGINE"].endswith("sqlite3"):
    # WAL lets readers read while one writes; IMMEDIATE takes the write lock at BEGIN, so that two writers
    # queue instead of failing in the middle with "database is locked" (measured: docs/adr/0004).
    _db["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    _db["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)  # right for WSGI threads
    _db["CONN_HEALTH_CHECKS"] = True
    _db.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)  # seconds, then a readable 503
    # Our queries last milliseconds: compiling them took 310 of the 433 ms of the desk's counts at 100,000 cases, and
    # starting more processes for one search made it three times slower. Many people at once are the parallel work here.
    # A lock that somebody else holds, or a server that went silent, becomes a readable 503 too.
    _db["OPTIONS"].setdefault("options", "-c jit=off -c max_parallel_workers_per_gather=0 -c lock_timeout=10s")
    for name, value in {"keepalives_idle": 20, "keepalives_interval": 5, "tcp_user_timeout": 15_000}.items():
        _db["OPTIONS"].setdefault(name, value)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache, channels, tasks -------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "core.cache.RedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_connect_timeout": 2}]},
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},  # rate limits are thrown out with the rest
        }
    }
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels.layers.InMemoryChannelLayer",
            "CONFIG": {"group_expiry": 30 * 86_400},  # seconds after which an open page would hear nothing more
        }
    }
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL or "memory://")
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL and "CELERY_BROKER_URL" not in env
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "Europe/Rome"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A dead broker must not hold up a citizen's request: the rows are the outbox and the sweep sends them.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2, "max_retries": 0}

# --- people -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/area-personale/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "accounts.forms.AccediForm",
    "signup": "accounts.forms.IscrizioneForm",
    "add_email": "accounts.forms.NuovoIndirizzoForm",
    "change_password": "accounts.forms.CambiaPasswordForm",
    "set_password": "accounts.forms.PrimaPasswordForm",
    "reset_password": "accounts.forms.PasswordPersaForm",
    "reset_password_from_key": "accounts.forms.NuovaPasswordForm",
    "reauthenticate": "accounts.forms.RidilloForm",
}
ACCOUNT_CHANGE_EMAIL = True  # one address each: the old one holds until the new one is confirmed
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up
ACCOUNT_EMAIL_NOTIFICATIONS = True  # "your password has changed"
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the address changes
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodiceForm",
    "reauthenticate": "accounts.forms.RidilloCodiceForm",
    "activate_totp": "accounts.forms.AttivaCodiciForm",
}
MFA_TOTP_ISSUER = "Partecipa Lucca"
MFA_TOTP_TOLERANCE = 1  # codes: the one before and the one after pass too, clocks differ

# --- words ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "it"
# The house is Italian. Another language is that of the pages that editors have translated, under /<code>/ (ADR 0028);
# its catalogue in locale/ holds what those pages say around their own words (tests/home/test_inglese.py asks).
LANGUAGES = [("it", "Italiano"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True

# --- files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static_built"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
# Photos are private rows served through a door, never a folder the web server lists.
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "privato": {
        "BACKEND": "core.storage.CartellaPrivata",
        "OPTIONS": {"location": str(VAR_DIR / "privato")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if S3_BUCKET := env.str("S3_BUCKET", default=""):
    _s3 = {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
        "region_name": env.str("S3_REGION", default=None),
        "access_key": env.str("S3_ACCESS_KEY_ID", default=None),
        "secret_key": env.str("S3_SECRET_ACCESS_KEY", default=None),
        "file_overwrite": False,
    }
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**_s3, "location": "media"}}
    STORAGES["privato"] = {
        "BACKEND": "core.storage_s3.SecchioPrivato",
        "OPTIONS": {**_s3, "location": "privato", "default_acl": "private"},
    }
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
BODY_MAX_BYTES = 56 * 1024 * 1024  # five photos of 10 MB and the words

# --- mail -------------------------------------------------------------------------------------------------
if "EMAIL_URL" in env:
    _mail = env.email_url("EMAIL_URL")
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST = _mail["EMAIL_HOST"]
    EMAIL_PORT = _mail["EMAIL_PORT"]
    EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
else:
    EMAIL_BACKEND = "notifiche.cassetta.EmailBackend"  # a folder: one .eml per mail
EMAIL_FILE_PATH = str(VAR_DIR / "posta")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Partecipa Lucca <partecipa@comune.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- protocollo -------------------------------------------------------------------------------------------
# Without an address the platform keeps the register itself.
PROTOCOLLO_URL = env.str("PROTOCOLLO_URL", default="")
PROTOCOLLO_TOKEN = env.str("PROTOCOLLO_TOKEN", default="")
# Seconds for a whole answer; where carriers run inside the request of who filed (no queue), no more than three.
PROTOCOLLO_TIMEOUT = env.float("PROTOCOLLO_TIMEOUT", default=10.0)
if CELERY_TASK_ALWAYS_EAGER:
    PROTOCOLLO_TIMEOUT = min(PROTOCOLLO_TIMEOUT, 3.0)

# --- safety -----------------------------------------------------------------------------------------------
MAPPA_TILE_URL = env.str("MAPPA_TILE_URL", default="")
# Who else may send pictures: the tile server, and the bucket of the editors' images, each only where there is one.
_image_hosts = [
    "/".join(url.split("/")[:3])
    for url in (MAPPA_TILE_URL, S3_BUCKET and (_s3["endpoint_url"] or f"https://{S3_BUCKET}.s3.amazonaws.com"))
    if url
]
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_image_hosts],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
# The editors' side alone: core.middleware.ContentPolicyMiddleware says why.
CMS_PATH = "/cms/"
CMS_CONTENT_SECURITY_POLICY = {"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

# --- logs -------------------------------------------------------------------------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"richiesta": {"()": "core.logs.RequestIdFilter"}},
    "formatters": {
        "testo": {
            "()": "core.logs.TextFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s [%(richiesta)s] %(message)s",
        },
        "json": {"()": "core.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["richiesta"], "formatter": "testo"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Bodies and addresses of people never reach a log; Django's own 4xx lines carry only the path.
        # One line for every saved page, twice; one for every task, whose own line says what it did.
        "django_tasks": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Every scanner on the Internet would get its stack trace; the line of the request says 400.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Both say which address asked for what; core.middleware.RequestIdMiddleware has a line of its own.
        "uvicorn.error": {"level": "WARNING"},
        "uvicorn.access": {"propagate": False},
    },
}

# --- segnalazioni -----------------------------------------------------------------------------------------
CODICE_ENTE = env.str("CODICE_ENTE", default="LU")  # first letters of every public code

# --- riservatezza -----------------------------------------------------------------------------------------
# How long personal data are kept, in years (riservatezza.registro says which field has which term). Proposals: the
# Comune decides them with its data protection officer. Counted from the end of the case, or from the row itself.
CONSERVA_RECAPITI_ANNI = env.int("CONSERVA_RECAPITI_ANNI", default=2)
CONSERVA_FOTO_ANNI = env.int("CONSERVA_FOTO_ANNI", default=5)
CONSERVA_ORIGINALI_ANNI = env.int("CONSERVA_ORIGINALI_ANNI", default=1)
CONSERVA_PAROLE_ANNI = env.int("CONSERVA_PAROLE_ANNI", default=10)
CONSERVA_ACCESSI_ANNI = env.int("CONSERVA_ACCESSI_ANNI", default=5)
CONSERVA_NOTIFICHE_ANNI = env.int("CONSERVA_NOTIFICHE_ANNI", default=1)
CONSERVA_APPUNTAMENTI_ANNI = env.int("CONSERVA_APPUNTAMENTI_ANNI", default=1)
