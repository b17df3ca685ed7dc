"""Logged-in people for real HTTP: their cookie, and the desk's form as a browser sends it."""

from __future__ import annotations

import requests
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User


def entra(persona: User) -> dict[str, str]:
    """The session cookie of somebody who has logged in."""
    sessione = SessionStore()
    sessione[SESSION_KEY] = str(persona.pk)
    sessione[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    sessione[HASH_SESSION_KEY] = persona.get_session_auth_hash()
    sessione.save()
    return {settings.SESSION_COOKIE_NAME: str(sessione.session_key)}


def compi_dal_banco(base: str, biscotti: dict[str, str], percorso: str, dati: dict[str, str]) -> int:
    """Takes a step as the desk's form does; answers the HTTP status."""
    with requests.Session() as cliente:
        cliente.cookies.update(biscotti)
        cliente.get(base + percorso.rsplit("passi/", 1)[0], timeout=20).raise_for_status()
        dati = {**dati, "csrfmiddlewaretoken": str(cliente.cookies["csrftoken"])}
        return cliente.post(base + percorso, data=dati, allow_redirects=False, timeout=20).status_code
