"""HTTP: Django's WSGI application, carried by uvicorn through a2wsgi (see asgi.py)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lucca_partecipa.settings.production")

application = get_wsgi_application()
