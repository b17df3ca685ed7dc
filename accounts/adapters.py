"""What allauth asks us: where people land, which words it uses, how its mails leave."""

from __future__ import annotations

import logging
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.ratelimit import indirizzo
from core.tempo import oggi

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress
    from cryptography.fernet import MultiFernet

    from accounts.models import User

logger = logging.getLogger(__name__)

SCRIVANIA = "/scrivania/segnalazioni/"
PAZIENZA = 5  # seconds that a silent mail server may keep somebody waiting for the page


def _del_sito(url: str) -> str:
    """The same page at the address of the settings (SITO_URL)."""
    parti = urlsplit(url)
    percorso = urlunsplit(("", "", parti.path, parti.query, parti.fragment))
    return f"{settings.SITO_URL}{percorso}"


class AccountAdapter(DefaultAccountAdapter):
    """Staff go to their desk after login, who only writes pages to /cms/, everybody else to their own page."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Questo account è chiuso."),
        "duplicate_email": _("È già il tuo indirizzo."),
        "email_password_mismatch": _("L’indirizzo o la password non sono giusti."),
        "email_taken": _("C’è già un account con questo indirizzo."),
        "enter_current_password": _("Non è la password che usi adesso."),
        "incorrect_password": _("La password non è giusta."),
        "invalid_login": _("L’indirizzo o la password non sono giusti."),
        "invalid_password_reset": _("Questo collegamento è scaduto o è già stato usato."),
        "too_many_login_attempts": _("Troppi tentativi sbagliati. Riprova fra qualche minuto."),
        "rate_limited": _("Troppe richieste in poco tempo. Riprova fra qualche minuto."),
        "unverified_primary_email": _("Prima conferma il tuo indirizzo e-mail."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that allauth's limits count by: the one that ours count by."""
        return indirizzo(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        chi: Any = request.user
        if not getattr(chi, "di_servizio", False):
            return settings.LOGIN_REDIRECT_URL
        redazione = chi.has_perm("wagtailadmin.access_admin")
        # The desk is shut to who holds no office today; rows of comune, reached from the account.
        return settings.CMS_PATH if redazione and not chi.incarichi.in_carica(oggi()).exists() else SCRIVANIA

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Where the site lives, not what the browser called it: the Host header is the sender's word."""
        return _del_sito(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The same for the link that confirms an address."""
        return _del_sito(super().get_email_confirmation_url(request, emailconfirmation))

    def format_email_subject(self, subject: Any) -> str:
        """No "[site]" in front: the subject says what happened."""
        return str(subject)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """In Italian, like every mail of ours, and marked as sent by a machine."""
        headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", **(headers or {})}
        with override("it"):
            mail: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        mail.connection = get_connection(timeout=PAZIENZA)
        return mail

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that does not answer is said to who waits for the mail: nothing else of the page fails.

        Said alike whether the address has an account or not: in both cases there is a mail to send.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as errore:  # every smtplib error is one too
            logger.error("%s not sent: %s", template_prefix, type(errore).__name__)
            testo = _("In questo momento le mail non partono. Riprova fra qualche minuto.")
            messages.error(self.request, testo)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Refuses the address of somebody else, also of a colleague who has never logged in (allauth would fail)."""
        altri = get_user_model().objects.filter(email__iexact=email_address.email).exclude(pk=email_address.user_id)
        if altri.exists():
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
            return False
        return bool(super().confirm_email(request, email_address))

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The ways to say again who one is, in our words."""
        parole = {"reauthenticate": _("Usa la password"), "mfa_reauthenticate": _("Usa un codice")}
        modi = super().get_reauthentication_methods(user)
        return [{**modo, "description": parole.get(modo["id"], modo["description"])} for modo in modi]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)


class MFAAdapter(DefaultMFAAdapter):
    """Two-step login: our words, and secrets that a copy of the database does not give away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Prima di cambiare indirizzo disattiva la verifica in due passaggi."),
        "cannot_delete_authenticator": _("Non puoi disattivare la verifica in due passaggi."),
        "cannot_generate_recovery_codes": _("Prima attiva la verifica in due passaggi."),
        "incorrect_code": _("Il codice non è giusto. Guarda quello che l’app mostra adesso."),
        "unverified_email": _("Prima conferma il tuo indirizzo e-mail."),
    }

    def encrypt(self, text: str) -> str:
        """Before a secret is stored: with a key made of SECRET_KEY."""
        return _cifrario().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Also what was encrypted under one of SECRET_KEY_FALLBACKS."""
        return _cifrario().decrypt(encrypted_text.encode()).decode()


def _cifrario() -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet  # slow to import

    chiavi = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"accounts.mfa:{c}".encode()).digest())) for c in chiavi])
