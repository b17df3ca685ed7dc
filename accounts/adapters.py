"""What allauth asks us."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Staff go to their desk after login, everybody else to their own page."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if getattr(request.user, "di_servizio", False):
            return "/scrivania/segnalazioni/"
        return "/area-personale/"

    def format_email_subject(self, subject: Any) -> str:
        """No "[site]" in front: the subject says what happened."""
        return str(subject)
