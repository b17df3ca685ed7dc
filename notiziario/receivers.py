"""Wagtail says that a page has come out or has been taken down: in its transaction, where it has one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.signals import page_published, page_unpublished

from home.models import NotiziaPage
from notiziario import actions


def ascolta() -> None:
    """Called once, when the apps are ready."""
    page_published.connect(esce, sender=NotiziaPage, dispatch_uid="notiziario.esce")
    page_unpublished.connect(va_via, sender=NotiziaPage, dispatch_uid="notiziario.va_via")


def esce(instance: NotiziaPage, **kwargs: Any) -> None:
    """A piece of news is out. One scheduled for later comes by here too, and once more when it goes live."""
    if instance.live and instance.locale.language_code == settings.LANGUAGE_CODE:
        actions.annuncia(instance)


def va_via(instance: NotiziaPage, **kwargs: Any) -> None:
    """It was taken down, or deleted."""
    actions.ritira(instance)
