"""Wiring only: settings, urls, asgi, celery. No rule lives here."""

from .celery import app as celery_app

__all__ = ["celery_app"]
