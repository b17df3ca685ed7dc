"""People who can log in from the form: their address is confirmed."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User
from tests.aiuti import persona


def con_account(nome: str, **extra: Any) -> User:
    """A person whose address is confirmed; the password is tests.aiuti.PASSWORD."""
    chi = persona(nome, **extra)
    EmailAddress.objects.create(user=chi, email=chi.email, verified=True, primary=True)
    return chi
