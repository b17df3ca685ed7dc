"""allauth's forms in our words: a label, a line of help, what to do when something is missing; no placeholders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

    Testo = str | _StrPromise


@dataclass(frozen=True, slots=True)
class Parola:
    """The words of one field: label, what is said when it is empty, help, and attributes of its widget."""

    etichetta: Testo
    manca: Testo = ""
    aiuto: Testo = ""
    attrs: dict[str, str] = field(default_factory=dict)

    def metti(self, campo: forms.Field) -> None:
        """Dresses a field."""
        campo.label, campo.help_text = self.etichetta, self.aiuto
        if self.manca:
            campo.error_messages["required"] = self.manca
        campo.widget.attrs.pop("placeholder", None)
        campo.widget.attrs.update(self.attrs)


_CODICE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
_EMAIL = Parola(_("Il tuo indirizzo e-mail"), _("Scrivi il tuo indirizzo e-mail."))
_PASSWORD = Parola(_("Password"), _("Scrivi la password."))
_NUOVA = Parola(
    _("Nuova password"),
    _("Scegli una password."),
    _("Almeno 10 caratteri. Va bene una frase che ricordi solo tu."),
)


class ConParole:
    """Mixed in before a form of allauth's: puts `parole` on its fields."""

    parole: ClassVar[dict[str, Parola]]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nome, parola in self.parole.items():
            parola.metti(self.fields[nome])


class AccediForm(ConParole, account.LoginForm):
    """Log in."""

    parole = {
        "login": Parola(_EMAIL.etichetta, _EMAIL.manca, attrs={"autocomplete": "username"}),
        "password": _PASSWORD,
    }


class IscrizioneForm(ConParole, account.SignupForm):
    """Make an account: address, password, and how to call you, if you like."""

    nome = forms.CharField(required=False, max_length=150)
    field_order = ["email", "nome", "password1"]
    parole = {
        "email": Parola(_EMAIL.etichetta, _EMAIL.manca, _("Ti mandiamo un collegamento per confermarlo.")),
        "nome": Parola(
            _("Come ti chiami"),
            aiuto=_("Nelle pagine pubbliche non compare mai."),
            attrs={"autocomplete": "name"},
        ),
        "password1": Parola(_PASSWORD.etichetta, _NUOVA.manca, _NUOVA.aiuto),
    }

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the person is saved."""
        user.first_name = self.cleaned_data["nome"]
        user.save(update_fields=["first_name"])


class CambiaPasswordForm(ConParole, account.ChangePasswordForm):
    """Old password, new password; once, as everywhere: who mistypes it resets it."""

    password2 = None
    parole = {
        "oldpassword": Parola(_("La password che usi adesso"), _("Scrivi la password che usi adesso.")),
        "password1": _NUOVA,
    }


class PrimaPasswordForm(ConParole, account.SetPasswordForm):
    """A password for an account that has none."""

    password2 = None
    parole = {"password1": _NUOVA}


class NuovaPasswordForm(ConParole, account.ResetPasswordKeyForm):
    """The new password, by way of the link in the mail."""

    password2 = None
    parole = {"password1": _NUOVA}


class PasswordPersaForm(ConParole, account.ResetPasswordForm):
    """Where to send the link for a new password."""

    parole = {"email": _EMAIL}


class NuovoIndirizzoForm(ConParole, account.AddEmailForm):
    """The address to move to."""

    parole = {
        "email": Parola(
            _("Nuovo indirizzo e-mail"),
            _("Scrivi il nuovo indirizzo e-mail."),
            _("Ti mandiamo lì un collegamento: finché non lo confermi resta valido quello di adesso."),
        )
    }


class RidilloForm(ConParole, account.ReauthenticateForm):
    """The password again, before something delicate."""

    parole = {"password": _PASSWORD}


class CodiceForm(ConParole, mfa.AuthenticateForm):
    """Second step of the log-in."""

    parole = {
        "code": Parola(
            _("Codice"),
            _("Scrivi il codice."),
            _("Quello di 6 cifre che l’app mostra adesso, oppure uno dei tuoi codici di recupero."),
            _CODICE,
        )
    }


class RidilloCodiceForm(ConParole, mfa.ReauthenticateForm):
    """The code again, before something delicate."""

    parole = CodiceForm.parole


class AttivaCodiciForm(ConParole, ActivateTOTPForm):
    """The first code of a new app: proves that it works."""

    parole = {"code": Parola(_("Codice di 6 cifre"), _("Scrivi il codice che l’app mostra."), "", _CODICE)}
