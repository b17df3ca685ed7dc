"""What people send: the steps of booking, an address, and what the desk writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.lp import giorno_corto
from sportelli.models import Prestazione
from sportelli.orari import ora

PAROLE_MASSIME = 600  # characters
FORMATO = "%Y-%m-%dT%H:%M%z"


def leggi_istante(testo: str) -> datetime | None:
    """An instant as our pages write it, «2026-11-30T09:00+0100»; None for anything else."""
    try:
        return datetime.strptime(testo, FORMATO)  # noqa: DTZ007  # its last part is %z
    except ValueError:
        return None


def scrivi_istante(istante: datetime) -> str:
    """As `leggi_istante` reads it: with its distance from UTC, since one hour of October comes twice."""
    return timezone.localtime(istante).strftime(FORMATO)


class _Modulo(forms.Form):
    """No browser bubbles: they would hide our summary and speak the browser's language."""

    use_required_attribute = False


def _email(**altro: Any) -> forms.EmailField:
    return forms.EmailField(
        label=gettext_lazy("Indirizzo e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Scrivi il tuo indirizzo e-mail."),
            "invalid": gettext_lazy("Scrivi l’indirizzo per intero, come nome@esempio.it."),
        },
        **altro,
    )


def _nome(**altro: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Nome e cognome"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Scrivi nome e cognome: ti chiamiamo così allo sportello.")},
        **altro,
    )


def _telefono(**altro: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Telefono"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        **altro,
    )


def _parole(**altro: Any) -> forms.CharField:
    # A validator and not max_length: the browser would cut what is pasted without saying so.
    return forms.CharField(
        required=False,
        validators=[MaxLengthValidator(PAROLE_MASSIME)],
        widget=forms.Textarea(attrs={"rows": 3}),
        **altro,
    )


class ChiForm(_Modulo):
    """Who comes. entrato: with an account, whose mailbox is known."""

    nome = _nome()
    email = _email(
        help_text=gettext_lazy("Qui arriva il collegamento per confermare, e il promemoria il giorno prima.")
    )
    telefono = _telefono(help_text=gettext_lazy("Lo usiamo solo se l’appuntamento salta all’ultimo momento."))
    parole = _parole(
        label=gettext_lazy("C’è qualcosa che dobbiamo sapere?"),
        help_text=gettext_lazy(
            "Per esempio se ti serve un interprete o un ingresso senza scalini. Lo legge solo l’ufficio."
        ),
    )
    # For programs that fill in whatever they find: people do not see it.
    sito = forms.CharField(label=gettext_lazy("Lascia vuoto questo campo"), required=False)

    def __init__(self, *args: Any, entrato: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if entrato:
            del self.fields["email"]

    def clean_sito(self) -> str:
        """A program that fills in whatever it finds is told so: it may be somebody's browser."""
        if self.cleaned_data["sito"]:
            raise ValidationError(_("Svuota questo campo: serve a fermare i programmi che scrivono da soli."))
        return ""


class IndirizzoForm(_Modulo):
    """Who has lost the link."""

    email = _email()


class BancoForm(_Modulo):
    """At the desk: an appointment for who calls. liberi: the instants on offer."""

    quando = forms.ChoiceField(
        label=gettext_lazy("Giorno e ora"),
        error_messages={
            "required": gettext_lazy("Scegli giorno e ora."),
            "invalid_choice": gettext_lazy("Quest’orario non è più libero: scegline un altro."),
        },
    )
    nome = _nome()
    telefono = _telefono()
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Se c’è, riceve conferma e promemoria."),
        error_messages={"invalid": gettext_lazy("Scrivi l’indirizzo per intero, come nome@esempio.it.")},
    )
    parole = _parole(label=gettext_lazy("Che cosa dobbiamo sapere"))

    def __init__(self, *args: Any, liberi: Iterable[datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scelte = [(scrivi_istante(inizio), f"{giorno_corto(inizio)}, {ora(inizio)}") for inizio in liberi]
        campo = self.fields["quando"]
        if isinstance(campo, forms.ChoiceField):
            campo.choices = [("", _("Scegli")), *scelte]


class _PrestazioneField(forms.ModelChoiceField[Prestazione]):
    def label_from_instance(self, obj: Any) -> str:
        """With its counter."""
        return f"{obj.sportello}: {obj}"


class PerCheCosaForm(_Modulo):
    """At the desk: what the appointment is for. quali: what this colleague may book."""

    per = _PrestazioneField(
        label=gettext_lazy("Per che cosa"),
        queryset=Prestazione.objects.none(),
        empty_label=gettext_lazy("Scegli"),
        error_messages={"required": gettext_lazy("Scegli per che cosa.")},
    )

    def __init__(self, *args: Any, quali: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["per"]
        if isinstance(campo, forms.ModelChoiceField):
            campo.queryset = quali


class AnnullaForm(_Modulo):
    """At the desk: why the office cancels."""

    testo = forms.CharField(
        label=gettext_lazy("Perché"),
        help_text=gettext_lazy("Lo legge chi aveva l’appuntamento, con il collegamento per sceglierne un altro."),
        validators=[MaxLengthValidator(300)],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Scrivi perché: chi doveva venire lo legge nella mail.")},
    )
