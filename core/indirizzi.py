"""Addresses made from the request at hand."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse


def stesso_posto(request: HttpRequest, **altri: str) -> str:
    """The address being asked for, query string included, with other values in its path."""
    posto = request.resolver_match
    assert posto is not None  # noqa: S101  # a view is running: it was resolved
    percorso = reverse(posto.view_name, kwargs={**posto.kwargs, **altri})
    query = request.META.get("QUERY_STRING", "")
    return f"{percorso}?{query}" if query else percorso
